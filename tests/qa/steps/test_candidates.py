from dataclasses import replace
from typing import Any

import pytest

from qa.evidence.bundle import Part
from qa.evidence.kinds import ToldEvidence
from qa.evidence.reasons import Explains
from qa.plans import cause
from qa.steps.candidates import candidates

pytestmark = pytest.mark.parametrize("world", ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)], indirect=True)


def told(part: Part) -> list[ToldEvidence]:
    return [piece for piece in part.evidence if isinstance(piece, ToldEvidence)]


def said(part: Part, language: str = "en") -> list[str]:
    return [piece.said(language) for piece in told(part)]


def test_candidates_with_the_statements_behind_them(asking: Any) -> None:
    part = candidates(asking("Which disease has ectopia lentis, arachnodactyly and headache?"))
    first, second = part.candidates[:2]
    assert (first.entity, first.explained, first.unexplained) == (
        "OMIM:154700",
        ("ectopia lentis", "arachnodactyly"),
        ("headache",),
    )
    assert second.entity == "OMIM:236200"
    assert 0 < second.probability < first.probability <= 1
    assert [(link.assertion.subject, link.because) for piece in told(part) for link in piece.chain] == [
        ("OMIM:154700", Explains("ectopia lentis")),
        ("OMIM:154700", Explains("arachnodactyly")),
        ("OMIM:236200", Explains("ectopia lentis")),
    ]
    assert "Marfan syndrome presents with ectopia lentis (very frequent, 80–99%)" in said(part)[0]
    assert said(part)[0].endswith("; not explained: headache.")


def test_it_says_how_probable_something_else_is_and_what_was_counted(asking: Any) -> None:
    part = candidates(asking("A 12-year-old girl with ectopia lentis but no fever: which disease is it?"))
    texts = said(part)
    assert any(text.startswith("Something else than these 2: ") for text in texts)
    assert any("find out next: " in text and text.endswith("?") for text in texts)
    assert "Counted as there: ectopia lentis; as absent: fever; of the person: 12 years old, female." in texts
    assert "按存在计入：ectopia lentis；按不存在计入：fever；患者情况：12岁、女性。" in said(part, "zh")


def test_what_to_ask_next_comes_first_where_it_is_asked(asking: Any) -> None:
    part = candidates(asking("What should I ask next in a patient with ectopia lentis and arachnodactyly?"))
    assert "find out next: " in said(part)[0]


def test_a_disease_asked_about_is_ranked_and_no_finding(asking: Any) -> None:
    part = candidates(asking("Could it be homocystinuria, with ectopia lentis and arachnodactyly?"))
    assert said(part)[0].startswith("Asked about, ")
    assert "Homocystinuria presents with ectopia lentis" in said(part)[0]
    assert sum("Homocystinuria presents" in text for text in said(part)) == 1


def test_two_diseases_asked_about_are_compared(asking: Any) -> None:
    part = candidates(
        asking("Is it more likely Marfan syndrome or homocystinuria with ectopia lentis and arachnodactyly?")
    )
    assert said(part)[0].startswith("By what is told Marfan syndrome is more probable than Homocystinuria, ")


def test_one_finding_is_told_in_few_words(asking: Any) -> None:
    part = candidates(asking("什么病会咳嗽？"))
    assert said(part, "zh")[0].startswith("仅凭“咳嗽”说明不了多少；首先考虑：")
    assert {link.assertion.subject for link in told(part)[0].chain} == {"DOID:8622", "DOID:2841"}


def test_a_candidates_name_is_in_the_language_of_the_question(asking: Any) -> None:
    assert candidates(asking("什么病会引起晶状体异位和蜘蛛指？")).candidates[0].name == "马凡综合征"


def test_what_is_a_finding_and_has_no_stated_cause_has_candidates(asking: Any) -> None:
    (causes,) = cause.PLAN.steps
    assert causes(asking("What causes cough?")).candidates
    assert not causes(asking("What causes measles?")).candidates


def test_nothing_present_has_no_candidates(asking: Any) -> None:
    for text in ("Which disease has no fever?", "Which disease is it?"):
        part = candidates(asking(text))
        assert (part.evidence, part.candidates) == ((), ())


def test_what_is_not_understood_is_named_before_the_candidates(asking: Any) -> None:
    made = asking("Which disease has ectopia lentis, florblitz and arachnodactyly?")
    made = replace(made, understanding=replace(made.understanding, unknown=("florblitz",)))
    assert said(candidates(made))[0].startswith("Not understood, and not counted: “florblitz”")
