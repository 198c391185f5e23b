from graph.model import Assertion, Entity
from qa.ways.known import WAYS
from qa.ways.way import Member, fits


def row(polarity: str, source: str) -> Assertion:
    return Assertion.new("A:1", "treats", "B:1", source=source, sentence="x", record=source, polarity=polarity)  # type: ignore[arg-type]  # words of the schema


def test_a_class_of_drugs_is_a_drug_and_a_patient_is_nothing() -> None:
    assert fits(Entity("MEDGRAPH:group-statin", "Concept", "statin"), ("Drug",))
    assert not fits(Entity("GO:1", "Concept", "a process"), ("Drug",))
    assert not fits(Entity("patient:1", "Patient", "x"), ())
    assert WAYS["treated_by"].starts_from(Entity("MONDO:1", "Disease", "asthma"))


def test_what_is_shown_of_a_denied_member_is_the_denial() -> None:
    claim, denial = row("affirmed", "PMID:1"), row("negated", "list")
    member = Member(Entity("A:1", "Drug", "Ginkgo"), frozenset({"A:1"}), (claim,), (denial,), True, "denied")
    assert member.best == denial
    assert member.sources == 1
    assert member.key == "ginkgo"
