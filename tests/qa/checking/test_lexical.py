from __future__ import annotations

import pytest

from graph.model import Assertion
from qa.checking.lexical import missing_number, stated_words, turned, without_names
from qa.checking.objection import Objection
from qa.checking.support import Support, support_of
from qa.evidence.kinds import Evidence, FactEvidence, PassageEvidence, Ranking
from qa.evidence.material import Material


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
            title="",
            url="",
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
