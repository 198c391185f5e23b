from graph.model import PUBLIC
from qa.model import Candidate, Question


def test_a_question_sees_what_is_public_and_asks_about_nobody() -> None:
    question = Question("fever")
    assert (question.access, question.patient, question.language, question.limit) == (PUBLIC, None, None, 12)
    assert Candidate("D:1", "one", 1.0, (), ()).evidence == ()
