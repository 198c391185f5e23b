from typing import Any

from qa.plans import adverse_effect
from qa.steps.passages import Passages, documents_asked, search_text
from retrieval.model import Filter


def test_a_chinese_question_is_searched_in_english_too(asking: Any) -> None:
    text = "阿司匹林有哪些不良反应？"
    searched = search_text(text, asking(text).understanding.entities, adverse_effect.PLAN.passages.search_words)
    assert searched == f"{text} Aspirin adverse effects"


def test_an_english_question_is_searched_as_it_is(asking: Any) -> None:
    text = "What treats fever?"
    assert search_text(text, asking(text).understanding.entities, "treatment") == text
    assert search_text("今天天气怎么样？", (), "treatment") == "今天天气怎么样？"


def test_a_passage_is_quoted_verbatim_with_its_ranks(world: Any, asking: Any) -> None:
    pieces = Passages(joins=True)(asking("aspirin together with warfarin"))
    assert pieces[0].source == "PMID:4"
    for piece in pieces:
        assert world.passages.text(piece.source, access=None)[piece.start : piece.end] == piece.text
        assert piece.ranking.words or piece.ranking.meaning
        assert sum(other.source == piece.source for other in pieces) <= 3


def test_what_joins_two_things_is_not_answered_by_a_text_about_one(asking: Any) -> None:
    made = asking("metformin and warfarin")
    assert Passages(joins=True)(made) == ()
    assert Passages()(made) == ()
    assert {piece.source for piece in Passages()(asking("metformin"))} == {"PMID:2"}


def test_a_retracted_paper_is_not_found(asking: Any) -> None:
    assert "PMID:5" not in {piece.source for piece in Passages()(asking("aspirin cures asthma"))}


def test_a_question_about_the_patient_alone_is_answered_from_the_patients_documents(asking: Any) -> None:
    access = frozenset({"public", "patient:42"})
    made = asking("Which medicines does the patient take?", access=access, patient="patient:42")
    assert {piece.source for piece in Passages()(made)} <= {"fhir:note-42"}


def test_documents_are_of_the_years_and_kinds_that_are_asked_for() -> None:
    assert documents_asked("What treats gout?") is None
    assert documents_asked("2010年以后痛风的研究") == Filter(None, year_from=2010)
    trials = documents_asked("randomised trials of colchicine before 2000")
    assert trials == Filter(None, year_to=2000, study_types=frozenset({"randomized controlled trial"}))
