from __future__ import annotations

import pytest

from graph.model import Assertion
from qa.checking.lexical import missing_number, stated_words, turned, without_names
from qa.checking.objection import Objection
from qa.checking.support import Support, support_of
from qa.evidence.kinds import Evidence, FactEvidence
from qa.evidence.material import Material
from qa.evidence.passage import PassageEvidence
from qa.evidence.reasons import Ranking
from qa.evidence.statement import clause


def support(evidence: Evidence) -> Support:
    return support_of(evidence, Material((evidence,)))


def passage(text: str) -> Support:
    return support(
        PassageEvidence(
            id="E1",
            source="PMID:1",
            title="",
            url="",
            text=text,
            start=0,
            end=len(text),
            entities=(),
            score=0.9,
            ranking=Ranking(query="q", place=1, words=1, meaning=None, reading=None, cosine=None),
        )
    )


def fact(*, negated: bool) -> Support:
    row = Assertion.new(
        "D:1", "treats", "D:2", source="S", sentence="row", record="1", polarity="negated" if negated else "affirmed"
    )
    return support(
        FactEvidence(
            id="E1",
            assertion=row,
            subject_name="One",
            object_name="Two",
            clauses=(clause(row, "en", {}), clause(row, "zh", {})),
            title="",
            version="",
            address="",
            counted=None,
            because=None,
        )
    )


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("It was given at 500 mg.", None),
        ("It was given at 500 mL.", "500 ml"),
        ("It was given at 50 mg.", "50 mg"),
        ("It was given.", None),
    ],
)
def test_a_number_stands_in_the_evidence_with_its_unit(sentence: str, missing: str | None) -> None:
    objection = missing_number(sentence, [passage("500 mg twice a day")])
    assert objection == (None if missing is None else Objection("number", (missing,)))


def test_words_about_the_evidence_say_nothing_of_medicine() -> None:
    assert stated_words("The source states that the report was found.") == []
    assert stated_words("根据文献，") == []
    assert stated_words("The source states fever.") == stated_words("Fever.")
    assert stated_words("Fever.")


def test_names_and_predicates_are_taken_out_of_a_chinese_text_whole() -> None:
    assert without_names("甲可治疗乙", [fact(negated=False)]).count("，") >= 1
    assert without_names("甲可治疗乙", [passage("text")]) == "甲可治疗乙"


@pytest.mark.parametrize(
    ("sentence", "evidence", "objects"),
    [
        ("The patient has chest pain.", "The patient denies chest pain.", True),
        ("The patient denied chest pain.", "The patient denies chest pain.", False),
        ("The patient has no chest pain.", "The patient is denying chest pain.", False),
        ("患者有胸痛。", "患者否认胸痛。", True),
        ("患者无胸痛。", "患者否认胸痛。", False),
        ("The patient has no chest pain.", "The patient has chest pain.", True),
        # What must not be done, by every verb that says so, and what no longer holds.
        ("Lithium should be given in renal failure.", "Lithium should not be given in renal failure.", True),
        ("Lithium should be given in renal failure.", "Lithium shouldn't be given in renal failure.", True),
        ("Lithium must be given in renal failure.", "Lithium must not be given in renal failure.", True),
        ("Lithium may be given in renal failure.", "Lithium may not be given in renal failure.", True),
        ("Lithium should not be given in renal failure.", "Lithium is given in renal failure.", True),
        ("Lithium must not be given in renal failure.", "Lithium should not be given in renal failure.", False),
        ("Zinc shortens a cold.", "Zinc no longer shortens a cold.", True),
        ("Zinc shortens a cold.", "Zinc fails to shorten a cold.", True),
        ("Zinc helps a cold.", "Zinc wouldn't help a cold.", True),
        ("Zinc shortens a cold.", "It is not true that zinc shortens a cold.", True),
        ("Zinc is useful in a cold.", "Zinc is useless in a cold.", True),
        ("孕妇可以服用锂盐。", "孕妇不应服用锂盐。", True),
        ("孕妇不应服用锂盐。", "孕妇不宜服用锂盐。", False),
        ("锂盐对痛风有效。", "锂盐对痛风无效。", True),
        # A comma ends what is no list: what is denied of one thing is not of the other.
        ("Lithium treats mania.", "Lithium, which does not cause gout, treats mania.", False),
        (
            "Rituximab induced remission.",
            "Where steroids did not help, rituximab induced remission.",
            False,
        ),
        ("Rituximab treats nephritis.", "If steroids do not help, rituximab treats nephritis.", False),
        ("Aspirin relieved headache.", "In children who had no fever, aspirin relieved headache.", False),
        ("The patient has rash.", "The patient denies fever, cough, or rash.", True),
    ],
)
def test_what_is_denied_stays_denied(sentence: str, evidence: str, objects: bool) -> None:
    objection = turned(sentence, [passage(evidence)])
    assert (objection is not None and objection.kind == "turned") == objects


def test_a_disagreement_needs_two_sides() -> None:
    sentence = "Sources disagree on whether this holds: One treats Two."
    both = [fact(negated=False), fact(negated=True)]
    assert turned(sentence, both) is None
    assert turned(sentence, both[:1]) == Objection("undisputed")
    assert turned("One treats Two.", [fact(negated=True)]) == Objection("turned")
