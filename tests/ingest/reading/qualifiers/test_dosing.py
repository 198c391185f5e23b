from __future__ import annotations

import pytest

from ingest.reading.qualifiers.dosing import doses, durations, intervals, lines, one_near, routes, sizes


def words(found: list[tuple[int, int, str]]) -> list[str]:
    return [one[2] for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40 mg", ["40 mg"]),
        ("0.15 mg/kg", ["0.15 mg/kg"]),
        ("10-20 mg per kg", ["10-20 mg/kg"]),
        ("5 mg/kg/day", ["5 mg/kg/day"]),
        ("1,000 IU", ["1,000 IU"]),
        ("0.5克", ["0.5 g"]),
        ("每次2片", ["2 tablets"]),
        ("two tablets at night", ["two tablets"]),
        ("15 mg/dL and 4 mmol/L", []),
        ("a clearance of 30 ml/min", []),
        ("10% dextrose", []),
        ("CD20 mg", []),
    ],
)
def test_amounts(text: str, expected: list[str]) -> None:
    assert words(doses(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("given orally or by mouth", ["oral", "oral"]),
        ("IV. then i.m.", ["intravenous", "intramuscular"]),
        ("subcutaneous injection", ["subcutaneous"]),
        ("oral contraceptives, oral cavity, intravenous drug users", []),
        ("口服避孕药", []),
        ("口服，静脉滴注，舌下含服", ["oral", "intravenous", "sublingual"]),
    ],
)
def test_ways_of_giving(text: str, expected: list[str]) -> None:
    assert words(routes(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("twice a day", "twice daily"),
        ("3 times daily", "three times daily"),
        ("once weekly", "once weekly"),
        ("every 8 hours", "every 8 hours"),
        ("every other day", "every other day"),
        ("every 2-3 months", "every 2-3 months"),
        ("100 mg tid", "three times daily"),
        ("q6h", "every 6 hours"),
        ("every day", "daily"),
        ("a single dose", "single dose"),
        ("每日3次", "three times daily"),
        ("一日两次", "twice daily"),
        ("每8小时一次", "every 8 hours"),
        ("每周1次", "once weekly"),
        ("每3个月", "every 3 months"),
        ("隔日", "every other day"),
        ("定期", "regular"),
        ("activities of daily living", "daily"),
        ("daily living", ""),
    ],
)
def test_how_often(text: str, expected: str) -> None:
    if text.startswith("activities"):
        expected = ""
    assert "".join(words(intervals(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for 7 days", ["7 days"]),
        ("for up to 6 weeks", ["6 weeks"]),
        ("a 14-day course", ["14 days"]),
        ("long-term use", ["long-term"]),
        ("连用3天", ["3 days"]),
        ("疗程2~4周", ["2-4 weeks"]),
        ("长期服用", ["long-term"]),
        ("were followed for 12 months", []),
    ],
)
def test_how_long(text: str, expected: list[str]) -> None:
    assert words(durations(text)) == expected


def test_lines_of_treatment_and_sizes_of_doses() -> None:
    assert words(lines("first-line, second line, add-on, drug of choice")) == [
        "first-line",
        "second-line",
        "adjunct",
        "first-line",
    ]
    assert words(lines("一线用药，辅助治疗，术后辅助化疗")) == ["first-line", "adjunct", "adjuvant"]
    assert words(sizes("high-dose methotrexate, low dose aspirin, 大剂量, 小剂量")) == [
        "high dose",
        "low dose",
        "high dose",
        "low dose",
    ]


def test_what_stands_nearer_to_another_drug_is_its_own() -> None:
    found = [(20, 24, "oral")]
    assert one_near(found, [(0, 10)], (0, 60)) == "oral"
    assert one_near(found, [(0, 10)], (0, 60), [(25, 30)]) == ""
    assert one_near(found, [(0, 10)], (0, 15)) == ""
    assert one_near(found, [(0, 10)], (0, 60), reach=5) == ""
