from typing import Any

from qa.evidence.bundle import Part
from qa.evidence.telling import told
from qa.evidence.typed import Typed
from qa.steps.passages import Passages
from qa.steps.sentences import Search
from qa.steps.told_of import untold, value, warnings_of


def test_the_one_number_asked_for_is_the_value(asking: Any) -> None:
    made = asking("What dose of metformin was tolerated?")
    assert value(made, Passages().search(made)) == Typed("value", value="500", unit="mg")
    assert value(made, Search()) is None


def test_that_nothing_tells_it_is_said_with_what_was_asked(asking: Any) -> None:
    (piece,) = untold(asking("Which test confirms Marfan syndrome?"), Search()).unread
    assert piece.said("en") == "Nothing among the texts here tells how Marfan syndrome is diagnosed."
    assert piece.said("zh") == "此处的文献没有说明马凡综合征如何诊断。"


def test_a_plan_of_a_study_is_named_as_one(asking: Any) -> None:
    (piece,) = untold(asking("Did it help in measles?"), Search(protocol="Needling: a protocol.")).unread
    assert "plan of a study" in piece.said("en")
    assert "Needling: a protocol" in piece.said("zh")


def test_what_no_answer_may_leave_out_stays() -> None:
    warning, fact = told((), "Beware", "小心", warns=True), told((), "Known", "已知")
    (part,) = warnings_of([Part((warning, fact))])
    assert part.evidence == (warning,)
    typed = Part((fact,), typed=Typed("list"))
    assert warnings_of([typed]) == [typed]
