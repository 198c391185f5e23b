"""For whom drugs are checked: words told, and what a record says."""

from __future__ import annotations

import pytest

from graph.model import Assertion, Entity
from graph.view import GraphView
from qa.drugs.check import DrugEngine
from qa.drugs.person import Person, recorded


def test_a_condition_that_nothing_is_named_is_unknown(view: GraphView, engine: DrugEngine) -> None:
    checked = engine.check(view, ["aspirin"], Person(conditions=("astma", "DOID:0"), allergies=("peniciln",)))
    assert [one.asked for one in checked.untold] == ["astma", "DOID:0", "peniciln"]
    assert not checked.cautions


def test_an_allergy_may_be_to_what_is_no_drug(view: GraphView, engine: DrugEngine) -> None:
    checked = engine.check(view, ["aspirin"], Person(allergies=("头孢菌素类", "Asthma")))
    assert not checked.untold


@pytest.mark.parametrize(
    ("predicate", "told", "kept"),
    [
        ("takes", {}, True),
        ("takes", {"certainty": "hypothetical"}, True),
        ("takes", {"certainty": "historical"}, False),
        ("takes", {"polarity": "negated"}, False),
        ("takes", {"experiencer": "family"}, False),
        ("allergic_to", {}, True),
        ("has_condition", {"certainty": "possible"}, True),
        ("underwent", {}, False),
    ],
)
def test_a_record_says_what_is_so_now(predicate: str, told: dict[str, str], kept: bool) -> None:
    row = Assertion.new("patient:1", predicate, "RXNORM:1", source="fhir:1", sentence="", **told)  # type: ignore[arg-type]
    entities = {"RXNORM:1": Entity("RXNORM:1", "Drug", "warfarin 5 MG Oral Tablet")}
    record = recorded([row, row], entities, {})
    assert (record.drugs + record.conditions + record.allergies) == (("warfarin 5 MG Oral Tablet",) if kept else ())


def test_what_the_graph_knows_goes_by_its_name_there() -> None:
    row = Assertion.new("patient:1", "takes", "RXNORM:1", source="fhir:1", sentence="")
    local, shown = Entity("RXNORM:1", "Drug", "WARF TAB"), Entity("DRUGBANK:DB00682", "Drug", "Warfarin")
    assert recorded([row], {"RXNORM:1": local}, {"RXNORM:1": shown}).drugs == ("Warfarin",)
