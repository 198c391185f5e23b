import pytest

from graph.store import GraphStore
from qa.model import Question
from qa.steps.record.answering import asked_of, of_record, unrecorded
from qa.steps.record.reading import Record
from tests.qa.drugs.page.conftest import ALL
from tests.qa.steps.record.conftest import LABEL, Ask


def test_a_question_of_knowledge_is_answered_without_the_record(ask: Ask) -> None:
    answer = ask("What is atrial fibrillation?")
    assert not any(piece.kind == "patient" for piece in answer.evidence)
    assert "Warfarin (5 mg" not in answer.text


@pytest.mark.parametrize(
    "text", ["How is the patient in bed 5 doing?", "What is the patient's last HbA1c?", "我上次的血钾多少"]
)
def test_without_a_patient_it_is_asked_which(ask: Ask, text: str) -> None:
    answer = ask(text, None)
    assert answer.abstained
    assert "6.8" not in answer.message


def test_who_is_not_there_and_who_may_not_be_seen_get_one_answer(ask: Ask, charted: GraphStore, texts: object) -> None:
    from api.answering import answerer

    text = "Which drugs does she take?"
    nobody = ask(text, "patient:99")
    question = Question(text, access=ALL, patient=LABEL)
    unseen = answerer(charted, texts[1]).answer(question)  # type: ignore[index]
    assert (nobody.text, nobody.message) == (unseen.text, unseen.message)
    assert "Warfarin (5 mg" not in unseen.text


def test_what_is_asked_and_what_is_not_recorded(record: Record) -> None:
    asking = record.asking
    asked = asked_of(asking)
    assert asked is None or of_record(asking, asked) is None
    (piece,) = unrecorded(asking).unread
    assert piece.kind == "patient"
