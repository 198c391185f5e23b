import pytest

from graph.model import Assertion
from graph.view import GraphView
from qa.drugs.regimen import Regimen, concerning

STORES = ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)]
on_both = pytest.mark.parametrize("curated", STORES, indirect=True)

WARFARIN = Regimen(takes=frozenset({"DB:warfarin"}), has=frozenset())
ASTHMA = Regimen(takes=frozenset(), has=frozenset({"DOID:2841"}))


def row(predicate: str, object: str, **stated: str) -> Assertion:
    return Assertion.new("patient:1", predicate, object, source="S", sentence="x", record=object, **stated)  # type: ignore[arg-type]  # words of the schema


def test_what_is_certain_of_a_patient() -> None:
    regimen = Regimen.of(
        [
            row("takes", "DB:warfarin"),
            row("takes", "DB:aspirin", polarity="negated"),
            row("takes", "DB:ibuprofen", certainty="possible"),
            row("has_condition", "DOID:2841"),
            row("allergic_to", "DB:propranolol"),
            row("underwent", "PROC:1"),
        ]
    )
    assert regimen == Regimen(frozenset({"DB:warfarin"}), frozenset({"DOID:2841", "DB:propranolol"}))


@on_both
def test_interactions_with_what_is_taken(public: GraphView) -> None:
    for drug in ("DB:aspirin", "DB:ibuprofen"):
        (relation,) = concerning(public, {drug}, WARFARIN)
        assert (relation.subject, relation.predicate, relation.object) == (drug, "interacts_with", "DB:warfarin")
    # Whichever end the taken one stands at.
    (relation,) = concerning(public, {"DB:warfarin"}, Regimen(frozenset({"DB:aspirin"}), frozenset()))
    assert relation.predicate == "interacts_with"


@on_both
def test_contraindications_by_what_the_patient_has(public: GraphView) -> None:
    (relation,) = concerning(public, {"DB:propranolol"}, ASTHMA)
    assert relation.predicate == "contraindicated_in"


@on_both
def test_nothing_taken_and_nothing_asked_means_nothing(public: GraphView) -> None:
    assert concerning(public, {"DB:aspirin"}, Regimen(frozenset(), frozenset())) == []
    assert concerning(public, (), WARFARIN) == []
    assert concerning(public, {"DB:metformin"}, WARFARIN) == []
