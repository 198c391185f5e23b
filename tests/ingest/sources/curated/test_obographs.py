from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Assertion, Entity, Name
from ingest.errors import MalformedFile
from ingest.model import Failure, Mapping, Obsolete
from ingest.sources.curated import obographs
from ingest.sources.detect import detect

OBO = "http://purl.obolibrary.org/obo/"
GRAPH = json.dumps(
    {
        "graphs": [
            {
                "nodes": [
                    {"id": f"{OBO}HP_9000001", "lbl": "Blue ear", "type": "CLASS",
                     "meta": {"definition": {"val": "An ear."}, "xrefs": [{"val": "UMLS:C9"}],
                              "synonyms": [{"pred": "hasExactSynonym", "val": "azure ear"},
                                           {"pred": "hasBroadSynonym", "val": "ear"}]}},
                    {"id": f"{OBO}HP_9000002", "lbl": "Ear", "type": "CLASS"},
                    {"id": f"{OBO}HP_9000003", "lbl": "Old", "type": "CLASS", "meta": {"deprecated": True}},
                    {"id": "x", "lbl": "part of", "type": "PROPERTY"}, {"id": "secret", "lbl": "y", "type": "CLASS"}, 7,
                ],
                "edges": [
                    {"sub": f"{OBO}HP_9000001", "pred": "is_a", "obj": f"{OBO}HP_9000002"},
                    {"sub": f"{OBO}HP_9000001", "pred": f"{OBO}BFO_0000050", "obj": f"{OBO}HP_9000002"},
                    {"sub": "x", "pred": "is_a", "obj": f"{OBO}HP_9000002"},
                ],
            }
        ]
    }
)  # fmt: skip


def test_an_ontology_of_others(write: Callable[..., Path]) -> None:
    path = write("hp.json", GRAPH)
    assert detect(path) == "obographs"
    _, *records = obographs.read(path)
    assert [r for r in records if isinstance(r, Entity)] == [
        Entity("HP:9000001", "Phenotype", "Blue ear", (Name("azure ear"),), ("UMLS:C9",), "An ear."),
        Entity("HP:9000002", "Phenotype", "Ear"),
    ]
    assert [(a.subject, a.predicate, a.object) for a in records if isinstance(a, Assertion)] == [
        ("HP:9000001", "subclass_of", "HP:9000002")
    ]
    assert [f.record for f in records if isinstance(f, Failure)] == ["node 5", "node 6", "edge 3"]


def test_a_deprecated_class_is_mapped_to_what_took_its_place(write: Callable[..., Path]) -> None:
    replaced = {"deprecated": True, "basicPropertyValues": [{"pred": f"{OBO}IAO_0100001", "val": f"{OBO}MONDO_7"}]}
    meant = "http://www.geneontology.org/formats/oboInOwl#consider"
    considered = {"deprecated": True, "basicPropertyValues": [{"pred": meant, "val": "HP:9000002"}]}
    nodes = [
        {"id": f"{OBO}HP_9000002", "lbl": "Ear", "type": "CLASS"},
        {"id": f"{OBO}HP_9000003", "lbl": "Old", "type": "CLASS", "meta": replaced},
        {"id": f"{OBO}HP_9000004", "type": "CLASS", "meta": considered},
    ]
    _, *records = obographs.read(write("hp.json", json.dumps({"graphs": [{"nodes": nodes, "edges": []}]})))
    assert records[1:] == [Mapping("HP:9000003", "MONDO:7"), Obsolete("HP:9000004", "node 3", ("HP:9000002",))]


def test_a_graph_cut_off(write: Callable[..., Path]) -> None:
    with pytest.raises(MalformedFile):
        list(obographs.read(write("hp.json", GRAPH[:-60])))
