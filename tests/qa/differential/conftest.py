"""A small graph of findings: a few rare diseases as HPO annotates them, and two common ones with rates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from graph.model import PUBLIC, Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.model import Finding

HPOA = Source("HPOA", "curated")
TABLES = Source("medgraph-conditions", "curated")

FINDINGS = {
    "HP:1": "abnormality of the eye", "HP:11": "ectopia lentis", "HP:12": "myopia", "HP:121": "high myopia",
    "HP:2": "abnormality of the limbs", "HP:21": "long fingers", "HP:22": "tall stature",
    "HP:3": "constitutional symptom", "HP:31": "fever", "HP:32": "headache", "HP:33": "cough",
}  # fmt: skip
PARENTS = {
    "HP:11": "HP:1", "HP:12": "HP:1", "HP:121": "HP:12", "HP:21": "HP:2", "HP:22": "HP:2", "HP:31": "HP:3",
    "HP:32": "HP:3", "HP:33": "HP:3",
}  # fmt: skip
DISEASES = {
    "OMIM:1": "Marfan syndrome", "OMIM:2": "Homocystinuria", "OMIM:3": "Osteodystrophy type 1",
    "OMIM:4": "Osteodystrophy type 2", "MESH:1": "Influenza", "MESH:2": "Migraine",
}  # fmt: skip


def has(disease: str, finding: str, often: str = "", *, paper: str = "PMID:1", **more: Any) -> Assertion:
    qualifiers = more.pop("qualifiers", {}) | ({"frequency": often} if often else {})
    return Assertion.new(
        disease,
        "has_phenotype",
        finding,
        source=more.pop("source", "HPOA"),
        sentence="a line",
        record=paper,
        qualifiers=qualifiers,
        **more,
    )


def about(disease: str, predicate: str, object: str, **qualifiers: str) -> Assertion:
    return Assertion.new(
        disease, predicate, object, source=TABLES.id, sentence="a line", record=disease, qualifiers=qualifiers
    )


ROWS = [
    has("OMIM:1", "HP:11", "60/100"), has("OMIM:1", "HP:21", "HP:0040281"), has("OMIM:1", "HP:121", "20%"),
    has("OMIM:1", "HP:22", "1/1", paper="PMID:2"), has("OMIM:2", "HP:11", "HP:0040281"), has("OMIM:2", "HP:22"),
    has("OMIM:2", "HP:21", "0/40", polarity="negated"), has("OMIM:3", "HP:21", "50%"), has("OMIM:4", "HP:21", "45%"),
    has("MESH:1", "HP:31", "85%", source="medgraph-conditions", qualifiers={"kind": "exam"}),
    has("MESH:1", "HP:33", "80%", source="medgraph-conditions", qualifiers={"kind": "history"}),
    has("MESH:1", "HP:32", "60%", source="medgraph-conditions", qualifiers={"kind": "history"}),
    has("MESH:2", "HP:32", "98%", source="medgraph-conditions", qualifiers={"kind": "history"}),
    has("MESH:2", "HP:31", "1%", source="medgraph-conditions", qualifiers={"kind": "exam"}),
]  # fmt: skip
RATES = [
    about("MESH:1", "occurs_in", "MEDGRAPH:population-general", incidence="10000", female="50",
          ages="newborn=1 infant=8 child=10 adolescent=8 young=6 middle=5 old=5"),
    about("MESH:2", "occurs_in", "MEDGRAPH:population-general", incidence="3000", female="75",
          ages="newborn=0 infant=0 child=3 adolescent=8 young=10 middle=6 old=1"),
    about("MESH:1", "occurs_in", "MEDGRAPH:season-winter"),
    about("MESH:1", "has_course", "MEDGRAPH:tempo-days", share="0.9"),
    about("MESH:2", "has_course", "MEDGRAPH:tempo-episodes", share="0.8"),
    about("MESH:2", "has_course", "MEDGRAPH:tempo-hours", share="0.2"),
    about("MESH:1", "has_modifier", "MEDGRAPH:must-not-be-missed", why="it may kill the old", why_zh="可致老人死亡"),
    about("MEDGRAPH:factor-contact", "contributes_to", "MESH:1", ratio="10"),
]  # fmt: skip


def entities() -> Iterable[Entity]:
    yield from (Entity(id, "Phenotype", name) for id, name in FINDINGS.items())
    yield from (Entity(id, "Disease", name) for id, name in DISEASES.items())
    for word in ("population-general", "season-winter", "tempo-days", "tempo-episodes", "tempo-hours",
                 "must-not-be-missed", "factor-contact"):  # fmt: skip
        yield Entity(f"MEDGRAPH:{word}", "Concept", word)


def fill(store: Any) -> None:
    parents = [
        Assertion.new(child, "subclass_of", parent, source="HPOA", sentence="is_a") for child, parent in PARENTS.items()
    ]
    store.load(HPOA, [*entities()], [*parents, *(row for row in ROWS if row.source == "HPOA")])
    store.load(TABLES, [], [row for row in (*ROWS, *RATES) if row.source == TABLES.id])


@pytest.fixture
def store(tmp_path: Path) -> Iterable[SqliteStore]:
    store = SqliteStore(tmp_path / "graph.sqlite")
    fill(store)
    yield store
    store.close()


@pytest.fixture
def view(store: SqliteStore) -> GraphView:
    return GraphView(store, PUBLIC)


@pytest.fixture
def find() -> Callable[..., tuple[Finding, ...]]:
    """Findings by their names in the small graph."""
    ids = {name: id for id, name in FINDINGS.items()}
    return lambda *names: tuple(Finding(name, (ids[name],)) for name in names)
