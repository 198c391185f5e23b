import pytest

from qa.asked.of_patient import asked_of_patient
from qa.steps.record.changed import changed
from qa.steps.record.reading import Record
from tests.qa.steps.record.conftest import OTHER, Ask


@pytest.mark.parametrize(
    ("text", "parts", "left"),
    [
        ("What changed since 2019-03?", ["New conditions since 2019-03: Sore toe", "HbA1c 7.25 → 6.8 %"], "Knee"),
        ("What has changed since the last visit?", ["130/80 → 158/92 mmHg", "Influenza vaccine"], "Knee"),
        ("自2019年3月以来有什么变化？", ["以来新增诊断：Sore toe", "糖化血红蛋白 7.25 → 6.8 %"], "Knee"),
    ],
)
def test_what_is_new_ended_or_another(ask: Ask, text: str, parts: list[str], left: str) -> None:
    answer = ask(text)
    assert all(part in answer.text for part in parts), answer.text
    assert left not in answer.text
    assert answer.typed.total


def test_that_nothing_is_new_is_said(ask: Ask, record: Record) -> None:
    assert "Nothing is recorded since 2022; the last entry is of 2020-02-01" in ask("Any changes since 2022?").text
    assert "nothing can be compared" in ask("What changed since the last visit?", OTHER).text
    asked = asked_of_patient("What is new since 2017?", (), ())
    assert asked is not None
    assert any("Ended" in piece.text or "New" in piece.text for piece in changed(record, asked).evidence)
