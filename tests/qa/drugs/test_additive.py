"""What follows where two drugs list the same adverse effect."""

from __future__ import annotations

from graph.licences import RESTRICTED
from graph.model import PUBLIC, Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.drugs.additive import Additive
from qa.drugs.check import DrugEngine
from qa.evidence.records import Records

OPEN = PUBLIC
CLOSED = Source("closed", "curated", access=RESTRICTED)
LABELS = Source("labels", "curated")
PAPER = Source("PMID:2", "document")


def load(shop: SqliteStore, source: Source, *rows: tuple[str, str]) -> None:
    made = [
        Assertion.new(drug, "has_adverse_effect", effect, source=source.id, sentence="", access=source.access)
        for drug, effect in rows
    ]
    shop.load(source, (), made)


def filled(shop: SqliteStore) -> SqliteStore:
    drugs = [Entity(f"MESH:D99010{n}", "Drug", f"Drug {letter}") for n, letter in enumerate("ABC")]
    effects = [
        Entity("UMLS:C0151878", "Phenotype", "Electrocardiogram QT prolonged"),
        Entity("XX:1", "Phenotype", "Hyperkalaemia"),
        Entity("XX:2", "Phenotype", "Nausea"),
    ]
    shop.load(Source("names", "curated"), [*drugs, *effects])
    load(shop, LABELS, *((drug.id, effect) for drug in drugs[:2] for effect in ("UMLS:C0151878", "XX:2")))
    load(shop, PAPER, *((drug.id, "XX:1") for drug in drugs))
    load(shop, CLOSED, (drugs[2].id, "UMLS:C0151878"))
    return shop


def test_a_shared_effect_is_a_hint_without_a_grade(shop: SqliteStore) -> None:
    checked = DrugEngine(filled(shop)).check(GraphView(shop, OPEN), ["Drug A", "Drug B", "Drug C"])
    (pair,) = [pair for pair in checked.pairs if pair.derived]
    (hint,) = pair.derived
    assert (pair.a, pair.b, pair.found, pair.severity, pair.follows) == (0, 1, False, "unknown", True)
    assert (hint.kind, hint.severity) == ("shared effect", "unknown")
    assert "QT prolongation" in hint.mechanism.en
    assert "QT间期延长" in hint.mechanism.zh
    assert [(row.subject, row.source) for row in hint.path] == [("MESH:D990100", "labels"), ("MESH:D990101", "labels")]


def test_a_closed_source_counts_where_it_is_opened(shop: SqliteStore) -> None:
    checked = DrugEngine(filled(shop)).check(GraphView(shop, None), ["Drug A", "Drug C"])
    assert len(checked.pairs[0].derived) == 1


def test_a_graph_that_changes_is_looked_at_anew(shop: SqliteStore) -> None:
    engine = DrugEngine(shop)
    assert engine.check(GraphView(shop, OPEN), ["Drug A", "Drug B"]).pairs == ()
    filled(shop)
    assert engine.check(GraphView(shop, OPEN), ["Drug A", "Drug B"]).pairs[0].derived


def test_nothing_is_read_for_one_drug_alone(shop: SqliteStore) -> None:
    view = GraphView(filled(shop), OPEN)
    drugs = DrugEngine(shop).check(view, ["Drug A"]).drugs
    assert Additive(shop).of(view, Records(view), drugs) == [{}]
