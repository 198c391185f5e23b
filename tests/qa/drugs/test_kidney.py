"""How a kidney works by what was measured."""

from __future__ import annotations

import pytest

from qa.drugs.kidney import Measured, ckd_epi, kidney


@pytest.mark.parametrize(
    ("creatinine", "age", "female", "egfr"),
    [(1.0, 50, True, 69), (1.0, 50, False, 92), (0.6, 30, True, 124), (3.2, 71, False, 20)],
)
def test_the_equation(creatinine: float, age: float, female: bool, egfr: int) -> None:
    assert round(ckd_epi(creatinine, age, female=female)) == egfr


def measured(name: str, value: str, unit: str = "", date: str = "2026-01-01", id: str = "LOINC:0-0") -> Measured:
    return Measured(frozenset({id}), name, value, unit, date)


@pytest.mark.parametrize(
    ("row", "egfr"),
    [
        (measured("Creatinine", "88.42", "µmol/L"), 92),
        (measured("肌酐", "88.42", "umol/l"), 92),
        (measured("Creatinine", "1.0", "mg/dL"), 92),
        (measured("Creatinine", "1.0", "g/L"), None),
        (measured("Creatinine", "<1.0", "mg/dL"), None),
        (measured("Creatinine in urine", "1.0", "mg/dL"), None),
        (measured("Microalbumin creatinine ratio", "1.0", "mg/g"), None),
        (measured("eGFR", ">60"), 60),
        (measured("估算肾小球滤过率", "<15"), 14),
        (measured("x", "41", id="LOINC:98979-8"), 41),
        (measured("eGFR", "low"), None),
    ],
)
def test_one_measurement(row: Measured, egfr: int | None) -> None:
    works = kidney([row], 50, "male")
    assert (round(works.egfr) if works else None) == egfr


def test_creatinine_says_nothing_of_a_child_or_without_sex() -> None:
    row = measured("Creatinine", "1.0", "mg/dL")
    assert kidney([row], 12, "male") is None
    assert kidney([row], 50, "") is None
    assert kidney([row], None, "male") is None


def test_of_one_day_an_egfr_goes_first_and_a_later_one_before_it() -> None:
    rows = [measured("Creatinine", "1.0", "mg/dL"), measured("eGFR", "40")]
    works = kidney(rows, 50, "male")
    assert works is not None
    assert works.egfr == 40
    later = kidney([*rows, measured("Creatinine", "1.0", "mg/dL", "2026-02-01")], 50, "male")
    assert later is not None
    assert "CKD-EPI 2021" in later.told.en
