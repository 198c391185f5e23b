"""How a kidney works by what was measured: an eGFR, or one computed from creatinine.

Computed is the CKD-EPI equation of 2021 without race (Inker et al., N Engl J Med 2021;385:1737), for adults.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qa.evidence.wording import Words

ADULT = 18
_MICROMOLES = 88.42
"""µmol/L of creatinine in 1 mg/dL."""
_EGFR = frozenset(
    f"LOINC:{code}"
    for code in (
        "33914-3", "48642-3", "48643-1", "50044-7", "50210-4", "50384-2", "62238-1", "69405-9", "70969-1", "77147-7",
        "88293-6", "88294-4", "94677-2", "98979-8", "98980-6", "102097-3",
    )
)  # fmt: skip
_CREATININE = frozenset(f"LOINC:{code}" for code in ("2160-0", "38483-4", "14682-9", "59826-8", "77140-2"))
_EGFR_NAME = re.compile(r"\begfr\b|glomerular filtration|肾小球滤过率", re.IGNORECASE)
_CREATININE_NAME = re.compile(r"creatinine|肌酐", re.IGNORECASE)
_NOT_OF_BLOOD = re.compile(r"urin|ratio|clearance|albumin|尿|比值|清除", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([<>]=?)?\s*(\d+(?:\.\d+)?)\s*")


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement of a record: its ids, names, value and unit as recorded, and its day."""

    ids: frozenset[str]
    name: str
    value: str
    unit: str
    date: str


@dataclass(frozen=True, slots=True)
class Kidney:
    egfr: float
    """In mL/min per 1.73 m²."""
    told: Words


def kidney(measured: Iterable[Measured], age: float | None, sex: str) -> Kidney | None:
    """What the latest measurement says, an eGFR before creatinine of the same day. None where none says anything.

    Creatinine says something where age and sex (`female`, `male`) are known and the person is an adult.
    """
    told = [(row.date, rank, result) for row in measured for rank, result in _told(row, age, sex)]
    return max(told, key=lambda one: one[:2])[2] if told else None


def _told(row: Measured, age: float | None, sex: str) -> Iterable[tuple[int, Kidney]]:
    number = _NUMBER.fullmatch(row.value)
    of, of_zh = (f" of {row.date}", f"（{row.date}）") if row.date else ("", "")
    if number is None:
        return
    value = float(number[2])
    if row.ids & _EGFR or _EGFR_NAME.search(row.name):
        # Below 60 is not 60.
        value = max(value - 1, 0) if number[1] == "<" else value
        shown = f"{number[1] or ''}{float(number[2]):.0f}"
        yield 1, Kidney(value, Words(f"eGFR {shown}{of}", f"eGFR {shown}{of_zh}"))
    elif row.ids & _CREATININE or (_CREATININE_NAME.search(row.name) and not _NOT_OF_BLOOD.search(row.name)):
        mg = _milligrams(value, row.unit)
        if mg and not number[1] and age is not None and age >= ADULT and sex in ("female", "male"):
            egfr = round(ckd_epi(mg, age, female=sex == "female"))
            shown = f"{value:.4g} {row.unit}"
            yield (
                0,
                Kidney(
                    egfr,
                    Words(
                        f"eGFR {egfr}, computed (CKD-EPI 2021) from creatinine {shown}{of}",
                        f"eGFR {egfr}，按CKD-EPI 2021由肌酐{shown}计算{of_zh}",
                    ),
                ),
            )


def _milligrams(value: float, unit: str) -> float:
    """Creatinine in mg/dL; 0 where the unit is another."""
    plain = unit.casefold().replace("μ", "u").replace("µ", "u").replace(" ", "")
    if plain in ("mg/dl", "mg/100ml"):
        return value
    return value / _MICROMOLES if plain in ("umol/l", "micromol/l") else 0.0


def ckd_epi(creatinine: float, age: float, *, female: bool) -> float:
    """The eGFR in mL/min per 1.73 m² of an adult with this creatinine in mg/dL."""
    kappa, alpha = (0.7, -0.241) if female else (0.9, -0.302)
    share = creatinine / kappa
    egfr: float = 142 * min(share, 1.0) ** alpha * max(share, 1.0) ** -1.2 * 0.9938**age
    return egfr * 1.012 if female else egfr
