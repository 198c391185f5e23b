"""Every template of every plan, over a graph that states one relation for each."""

from __future__ import annotations

from typing import Any

import pytest

from qa.model import Listed
from qa.steps.facts import Facts, Template, between, whether_a_drug_does

pytestmark = pytest.mark.parametrize("world", ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)], indirect=True)


def stated(asking: Any, text: str, **question: Any) -> list[tuple[str, str, str]]:
    """The facts that the plan for a question states, in its order."""
    made = asking(text, **question)
    steps = [step for step in asking.plan(made).steps if isinstance(step, Facts)]
    return [(e.assertion.subject, e.predicate, e.assertion.object) for step in steps for e in asking.facts(step(made))]


METFORMIN = ("DB:metformin", "treats", "DOID:9352")
WARFARIN = {("DB:aspirin", "interacts_with", "DB:warfarin"), ("DB:ibuprofen", "interacts_with", "DB:warfarin")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How is type 2 diabetes mellitus treated?", {METFORMIN}),
        ("What is metformin used for?", {METFORMIN}),
        ("What helps against fever? Which drugs?", {("DB:ibuprofen", "palliates", "HP:0001945")}),
        ("What are the side effects of aspirin?", {("DB:aspirin", "has_adverse_effect", "HP:0002239")}),
        ("Which drugs cause gastrointestinal hemorrhage?", {("DB:aspirin", "has_adverse_effect", "HP:0002239")}),
        ("What interacts with warfarin?", WARFARIN),
        ("Can I take aspirin and warfarin together?", {("DB:aspirin", "interacts_with", "DB:warfarin")}),
        ("Who should not take propranolol?", {("DB:propranolol", "contraindicated_in", "DOID:2841")}),
        ("What is contraindicated in asthma?", {("DB:propranolol", "contraindicated_in", "DOID:2841")}),
        ("What is high myopia?", {("HP:0011003", "subclass_of", "HP:0000545")}),
        ("What is metformin?", {METFORMIN}),
        ("lisinopril", {("DB:lisinopril", "treats", "DOID:10763")}),
    ],
)
def test_each_kind_of_question_has_its_relations(asking: Any, text: str, expected: set[tuple[str, str, str]]) -> None:
    facts = stated(asking, text)
    assert set(facts) == expected


def test_how_many_there_are_beside_those_stated_is_told(asking: Any) -> None:
    made = asking("What interacts with warfarin?", limit=1)
    (facts,) = [step for step in asking.plan(made).steps if isinstance(step, Facts)]
    part = facts(made)
    assert len(part.evidence) == 1
    assert part.totals == {Listed("interacts_with", "either", "DB:warfarin"): 2}
    treated = asking("What drugs treat hypertension?")
    (facts,) = [step for step in asking.plan(treated).steps if isinstance(step, Facts)]
    assert facts(treated).totals[Listed("treats", "subject", "DOID:10763")] == 2
    assert facts(asking("Does propranolol treat asthma?")).totals == {}, "what joins the two is stated whole"


def test_what_joins_the_things_asked_is_all_that_is_asked(asking: Any) -> None:
    assert stated(asking, "Does propranolol treat asthma?") == [
        ("DB:propranolol", "treats", "DOID:2841"),
        ("DB:propranolol", "contraindicated_in", "DOID:2841"),
    ]
    assert stated(asking, "Does metformin treat asthma?") == []
    assert stated(asking, "metformin and asthma") == []


def test_both_sides_of_a_relation_are_stated(asking: Any) -> None:
    made = asking("aspirin")
    facts = Facts((Template(("treats",), "object", ("Disease",)),))
    disputed = asking.facts(facts(asking("What treats asthma?")))
    # A retracted paper says the opposite: it does not count.
    assert [(e.assertion.subject, e.negated) for e in disputed] == [("DB:propranolol", True)]
    assert facts(made).evidence == ()


def test_counts_come_with_a_fact(asking: Any) -> None:
    facts = Facts((Template(("treats",), "subject", ("Drug",)),))
    (fact,) = asking.facts(facts(asking("metformin")))
    assert fact.counted is not None
    assert (fact.counted.affirmed, fact.counted.negated, fact.counted.sources) == (2, 0, 2)


def test_no_more_relations_than_pieces_are_wanted(asking: Any) -> None:
    facts = Facts((Template(("interacts_with",), "object", ("Drug",)),))
    assert len(facts(asking("warfarin")).evidence) == 2
    assert len(facts(asking("warfarin", limit=1)).evidence) == 1
    assert facts(asking("warfarin", limit=0)).evidence == ()


def test_between(asking: Any) -> None:
    made = asking("propranolol and asthma")
    assert {row.predicate for row in between(made.view.graph, made.understanding.entities)} == {
        "contraindicated_in",
        "treats",
    }
    made = asking("asthma")
    assert between(made.view.graph, made.understanding.entities) == []


def test_a_patients_drugs_come_first(asking: Any) -> None:
    access = frozenset({"public", "patient:42"})
    made = asking("Which drugs cause hemorrhage with aspirin?", access=access, patient="patient:42")
    facts = Facts((Template(("has_adverse_effect",), "subject", ("Drug",)),))
    assert [e.predicate for e in asking.facts(facts(made))] == ["interacts_with", "has_adverse_effect"]


def test_whether_a_drug_does(asking: Any) -> None:
    def whether(text: str) -> bool:
        return whether_a_drug_does(text, asking(text).understanding.entities)

    assert whether("Does aspirin cause asthma?")
    assert not whether("Which drugs cause asthma?")
    assert not whether("Does aspirin help?")
