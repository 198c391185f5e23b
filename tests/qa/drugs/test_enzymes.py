"""What follows where one drug changes what another is broken down by."""

from __future__ import annotations

import pytest

from graph.model import PUBLIC, Assertion, Entity, Source
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.check import DrugEngine
from qa.drugs.enzymes import ACTIONS
from qa.drugs.model import Derived


def _of(view: GraphView, engine: DrugEngine, *asked: str) -> list[Derived]:
    return [one for pair in engine.check(view, asked).pairs for one in pair.derived if one.kind == "enzyme"]


def test_an_inhibitor_raises_its_substrate(view: GraphView, engine: DrugEngine) -> None:
    (derived,) = _of(view, engine, "simvastatin", "克拉霉素")
    assert derived.severity == "major"
    assert "Clarithromycin strongly inhibits CYP3A4" in derived.mechanism.en
    assert derived.mechanism.en.endswith("concentrations of Simvastatin rise")
    assert derived.mechanism.zh == "克拉霉素强效抑制CYP3A4，而辛伐他汀是其底物：辛伐他汀的浓度升高"
    assert "lower the dose of Simvastatin" in derived.management.en
    assert [row.predicate for row in derived.path] == ["inhibits", "substrate_of"]
    assert {row.predicate for row in derived.path} <= set(ACTIONS)


def test_an_inducer_lowers_it(view: GraphView, engine: DrugEngine) -> None:
    (derived,) = _of(view, engine, "phenytoin", "simvastatin")
    assert derived.mechanism.en.endswith("concentrations of Simvastatin fall")
    assert "raise the dose" in derived.management.en
    assert "增加" in derived.management.zh


def test_what_an_enzyme_activates_is_missing_where_it_is_inhibited(view: GraphView, engine: DrugEngine) -> None:
    (derived,) = _of(view, engine, "clopidogrel", "clarithromycin")
    assert (derived.severity, derived.mechanism.en.endswith("the active form of Clopidogrel fall")) == (
        "moderate",
        True,
    )
    assert "loss of effect" in derived.management.en


@pytest.mark.parametrize(
    ("acts", "uses", "severity"),
    [
        ({"strength": "strong"}, {"strength": "sensitive"}, "major"),
        ({"strength": "strong"}, {"strength": "minor"}, "minor"),
        ({"strength": "moderate"}, {"strength": "minor"}, None),
        ({"strength": "moderate"}, {"strength": "sensitive", "narrow": "yes"}, "major"),
        ({"strength": "strong"}, {"strength": "minor", "narrow": "yes"}, "moderate"),
        ({"strength": "weak"}, {"strength": "sensitive", "narrow": "yes"}, "minor"),
        ({}, {}, None),
    ],
)
def test_how_much_follows_from_both(
    acts: dict[str, str], uses: dict[str, str], severity: str | None, shop: GraphStore
) -> None:
    source = Source("medgraph-pharmacology", "curated")
    rows = [
        Assertion.new("A:1", "inhibits", "NCBIGene:1", source=source.id, sentence="", qualifiers=acts),
        Assertion.new("A:2", "substrate_of", "NCBIGene:1", source=source.id, sentence="", qualifiers=uses),
        Assertion.new("A:1", "substrate_of", "NCBIGene:1", source=source.id, sentence="", qualifiers=uses),
    ]
    entities = [Entity("A:1", "Drug", "One"), Entity("A:2", "Drug", "Two"), Entity("NCBIGene:1", "Gene", "CYP")]
    shop.load(source, entities, rows)
    (pair,) = DrugEngine(shop).check(GraphView(shop, PUBLIC), ["one", "two"]).pairs
    assert [one.severity for one in pair.derived] == ([severity] if severity else [])
    assert not pair.found
