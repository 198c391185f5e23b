import pytest

from qa.asked.of_patient import asked_of_patient
from qa.steps.record.reading import Record
from qa.steps.record.values import values
from tests.qa.steps.record.conftest import Ask


@pytest.mark.parametrize(
    ("text", "value", "verdict", "parts"),
    [
        ("What is her last HbA1c?", "6.8", "", ["HbA1c: 6.8 % on 2020-02-01", "7.25 % on 2019-02-01", "fell by"]),
        ("她最近一次糖化血红蛋白是多少？", "6.8", "", ["6.8 %（2020-02-01）", "7.25 %（2019-02-01）", "降低了"]),
        ("How has her HbA1c changed?", "6.8", "", ["6.1 % on 2018-02-01 to 6.8 %", "rose", "highest 7.25 %"]),
        ("糖化趋势", "6.8", "", ["从6.1 %", "升高了", "最高7.25 %"]),
        ("Highest HbA1c since 2018?", "7.25", "", ["7.25 % on 2019-02-01"]),
        ("What was her HbA1c in 2018?", "6.1", "", ["6.1 % on 2018-02-01"]),
        ("Is her blood pressure high?", "158/92", "yes", ["Yes: blood pressure was 158/92 mmHg"]),
        ("血压高吗？", "158/92", "yes", ["是：血压为158/92 mmHg"]),
        ("Is her weight normal?", "70", "yes", ["Yes, within range"]),
        ("Her kidney function?", "21", "", ["computed from creatinine", "KDIGO"]),
    ],
)
def test_a_value_with_unit_day_and_trend(ask: Ask, text: str, value: str, verdict: str, parts: list[str]) -> None:
    answer = ask(text)
    assert (answer.typed.kind, answer.typed.value, answer.typed.verdict) == ("patient", value, verdict)
    assert all(part in answer.text for part in parts), answer.text
    assert "Warfarin" not in answer.text
    assert {piece.kind for piece in answer.evidence} == {"patient"}


@pytest.mark.parametrize(("text", "name"), [("Last potassium?", "potassium"), ("最近一次血钾是多少？", "血钾")])
def test_what_is_not_recorded_is_said_so(ask: Ask, text: str, name: str) -> None:
    answer = ask(text)
    assert answer.abstained
    assert name in answer.message
    assert "6.8" not in answer.message


def test_what_a_turn_leaves_out_comes_from_the_one_before(ask: Ask) -> None:
    answer = ask("比上一年高了还是低了？", "patient:7", "她最近一次血压多少？")
    assert "130/80" in answer.text
    assert "升高了28/12 mmHg" in answer.text


def test_a_time_without_a_value_tells_the_nearest(record: Record) -> None:
    asked = asked_of_patient("Her HbA1c since 2022?", (), ())
    assert asked is not None
    (piece,) = values(record, asked).evidence
    assert piece.text == "No HbA1c is recorded since 2022; the last before is 6.8 % on 2020-02-01."
