"""How candidates may act, by the curated paths of other drugs and of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.model import PUBLIC, Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.drugs.repurpose.mechanisms import borrowed
from qa.evidence.records import Records

PATHS, NET = Source("drugmechdb", "curated"), Source("net", "curated")
ENTITIES = [
    *(Entity(f"DRUG:{n}", "Drug", f"Drug {n}") for n in range(1, 6)),
    *(Entity(f"GENE:{n}", "Gene", f"G{n}") for n in range(1, 3)),
    Entity("GO:1", "Concept", "Blanching"),
    Entity("DISEASE:1", "Disease", "Pallor of Mars"),
]
OWN = [
    ("DRUG:1", "treats", "DISEASE:1"), ("DRUG:1", "inhibits", "GENE:1"), ("GENE:1", "upregulates", "GO:1"),
    ("GO:1", "contributes_to", "DISEASE:1"),
]  # fmt: skip


@pytest.fixture
def view(tmp_path: Path) -> Iterator[GraphView]:
    store = SqliteStore(tmp_path / "graph.db")
    store.load(PATHS, ENTITIES, [Assertion.new(*row, source=PATHS.id, sentence="a row", record="P1") for row in OWN])
    acting = [("DRUG:2", "binds", "GENE:1"), ("DRUG:3", "activates", "GENE:1"), ("DRUG:4", "binds", "GENE:2")]
    store.load(NET, (), [Assertion.new(*row, source=NET.id, sentence="a row") for row in acting])
    yield GraphView(store, PUBLIC)
    store.close()


def test_a_path_is_its_own_or_shared_from_where_both_act(view: GraphView) -> None:
    told = borrowed(view, Records(view), "DISEASE:1", ["DRUG:1", "DRUG:2", "DRUG:3", "DRUG:4", "DRUG:5"])
    # Drug 3 does the contrary of what the path says, drug 4 acts elsewhere, and of drug 5 nothing is stated.
    assert set(told) == {"DRUG:1", "DRUG:2"}
    own, shared = told["DRUG:1"], told["DRUG:2"]
    assert (own.act, own.nodes, own.record) == (None, ("DRUG:1", "GENE:1", "GO:1", "DISEASE:1"), "P1")
    assert (shared.drug, shared.nodes) == ("DRUG:1", ("DRUG:2", "GENE:1", "GO:1", "DISEASE:1"))
    assert shared.act is not None
    assert shared.act.predicate == "binds"
    assert [row.predicate for row in shared.rows] == ["upregulates", "contributes_to"]


def test_nobody_and_no_path(view: GraphView) -> None:
    assert borrowed(view, Records(view), "DISEASE:1", []) == {}
    assert borrowed(view, Records(view), "GO:1", ["DRUG:2"]) == {}
