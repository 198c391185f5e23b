from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Assertion, Entity
from ingest.errors import MalformedFile
from ingest.model import Failure
from ingest.sources.curated import hetionet_json
from ingest.sources.detect import detect

NETWORK = json.dumps(
    {
        "metanode_kinds": ["Gene"],
        "nodes": [
            {"kind": "Compound", "identifier": "DB90001", "name": "bluemycin", "data": {}},
            {"kind": "Gene", "identifier": 77, "name": "BLU1", "data": {}},
            {"kind": "Biological Process", "identifier": "GO:9000001", "name": "bluing", "data": {}},
            {"kind": "Unheard", "identifier": 1, "name": "x"},
        ],
        "edges": [
            {"source_id": ["Compound", "DB90001"], "target_id": ["Gene", 77], "kind": "binds", "direction": "both",
             "data": {"actions": ["inhibitor"], "license": "CC BY 4.0", "sources": ["Blue (target)"]}},
            {"source_id": ["Compound", "DB90001"], "target_id": ["Gene", 77], "kind": "binds",
             "data": {"actions": ["agonist", "antagonist"]}},
            {"source_id": ["Gene", 77], "target_id": ["Biological Process", "GO:9000001"], "kind": "participates"},
            {"source_id": ["Gene", 78], "target_id": ["Gene", 77], "kind": "interacts"},
        ],
    }
)  # fmt: skip


def test_how_a_compound_acts_is_told(write: Callable[..., Path]) -> None:
    path = write("hetionet.json.gz", NETWORK)
    assert detect(path) == "hetionet-json"
    _, *records = hetionet_json.read(path)
    assert [e.id for e in records if isinstance(e, Entity)] == ["DRUGBANK:DB90001", "NCBIGene:77", "GO:9000001"]
    facts = [a for a in records if isinstance(a, Assertion)]
    assert [(a.subject, a.predicate, a.object) for a in facts] == [
        ("DRUGBANK:DB90001", "inhibits", "NCBIGene:77"), ("DRUGBANK:DB90001", "binds", "NCBIGene:77"),
        ("NCBIGene:77", "participates_in", "GO:9000001"),
    ]  # fmt: skip
    assert dict(facts[0].qualifiers) == {"actions": "inhibitor", "license": "CC BY 4.0", "sources": "Blue (target)"}
    assert [f.record for f in records if isinstance(f, Failure)] == ["node 4", "edge 4"]


def test_a_network_cut_off(write: Callable[..., Path]) -> None:
    with pytest.raises(MalformedFile):
        list(hetionet_json.read(write("hetionet.json", NETWORK[:-40])))
