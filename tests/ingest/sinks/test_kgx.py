from __future__ import annotations

import json

from graph.licences import RESTRICTED
from graph.model import Assertion, Entity, Name, Source
from ingest.sinks.kgx import EDGE_COLUMNS, NODE_COLUMNS, edge, edge_json, node, node_json


def test_a_node_is_a_line() -> None:
    line = node(Entity("A:1", "Drug", "blue\tdrug", (Name("a|b"), Name("c", "zh")), ("B:1", "B:2"), "x\ny"))
    assert line == "A:1\tbiolink:ChemicalEntity\tblue\\tdrug\ta\x1fb|c\ten|zh\tB:1|B:2\tx\\ny\t\n"
    assert line.count("\t") == len(NODE_COLUMNS) - 1
    assert node(Entity("A:1", "Drug", "x", access=RESTRICTED)).endswith("restricted\n")


def test_an_edge_is_a_line() -> None:
    line = edge(Assertion.new("A:1", "treats", "B:1", source="s", sentence="a\tb\n"), Source("s", "curated"))
    cells = line.rstrip("\n").split("\t")
    assert len(cells) == len(EDGE_COLUMNS)
    assert cells[1:4] == ["A:1", "biolink:treats", "B:1"]
    assert cells[-1] == "a\\tb\\n"


def test_the_same_as_objects() -> None:
    told = json.loads(node_json(Entity("A:1", "Drug", "blue", (Name("a|b"), Name("蓝", "zh")), access=RESTRICTED)))
    assert told["category"] == ["biolink:ChemicalEntity"]
    assert (told["synonym"], told["synonym_language"]) == (["a|b", "蓝"], ["en", "zh"])
    assert "xref" not in told
    row = Assertion.new("A:1", "treats", "B:1", source="s", sentence="a\tb\n", polarity="negated")
    edge = json.loads(edge_json(row, Source("s", "curated")))
    assert (edge["predicate"], edge["negated"], edge["supporting_text"]) == ("biolink:treats", True, "a\tb\n")
