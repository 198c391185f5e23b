from __future__ import annotations

import json

from graph.model import Assertion, Entity, Name, Source
from ingest.sinks.obographs import BETWEEN, CLOSING, OPENING, edge, node


def test_the_pieces_make_one_graph() -> None:
    told = node(Entity("HP:1", "Phenotype", "Ear", (Name("耳", "zh"),), ("UMLS:C1",), "An ear."))
    stated = edge(Assertion.new("HP:1", "subclass_of", "HP:2", source="s", sentence="x"), Source("s", "curated"))
    (graph,) = json.loads(OPENING + told + BETWEEN + stated + CLOSING)["graphs"]
    assert graph["nodes"][0]["meta"]["synonyms"] == [{"pred": "hasExactSynonym", "val": "耳", "lang": "zh"}]
    assert (graph["edges"][0]["sub"], graph["edges"][0]["pred"]) == ("HP:1", "is_a")
