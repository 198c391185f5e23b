"""Whether a value is out of range: what the record says of it, else what ranges say by age and sex."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from qa.differential.case.measured import Value, measured
from qa.differential.model import Sex
from qa.evidence.wording import Words, name_in
from qa.steps.record.reading import Record
from qa.steps.record.series import Point, Series

Side = Literal["high", "low", ""]
_CALLED = {
    "pressure": "BP", "systolic": "BP", "pulse": "pulse", "respiration": "RR", "temperature": "T",
    "saturation": "SpO2", "bun": "BUN", "carbon dioxide": "pCO2",
}  # fmt: skip
"""How a text calls a measure, where that is not its name in the ranges."""
_PLAIN = {"mg/dL": "mg/dL", "×10³/µL": "k/uL", "kg/m²": "kg/m2", "°C": "°C"}
_LOW_WORDS = re.compile(r"\b(?:hypo|decreas|low|reduc|brady|anemia|anaemia|\w*penia\b|acidosis)", re.IGNORECASE)
_HIGH = re.compile(r"\b(?:h|hh|high|above|critical high|abnormal high|elevated)\b|偏高|升高|↑", re.IGNORECASE)
_LOW = re.compile(r"\b(?:l|ll|low|below|critical low|abnormal low)\b|偏低|降低|↓", re.IGNORECASE)
_NORMAL = re.compile(r"\b(?:n|normal|within range)\b|正常", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judgement:
    """That a value is too high or too low, or within what is known; `by` is who says so."""

    side: Side
    what: Words
    by: Words


def judgements(record: Record, series: Series, point: Point) -> list[Judgement]:
    """What is to be said of a value: each side on which it is out of range, or once that it is not. Nothing where no
    range is known."""
    if own := _of_record(point):
        return [own]
    found = [*_of_limits(record, series, point), *_of_ranges(record, series, point)]
    return [one for one in found if one.side] or found[:1]


def _of_record(point: Point) -> Judgement | None:
    side: Side = "high" if _HIGH.search(point.judged) else "low" if _LOW.search(point.judged) else ""
    if not point.judged or (not side and not _NORMAL.search(point.judged)):
        return None
    return Judgement(side, Words(point.judged, point.judged), Words("the record", "病历记录"))


def _of_ranges(record: Record, series: Series, point: Point) -> Iterator[Judgement]:
    if series.measure is None or point.number is None or not series.measure.ranges:
        return
    key = series.measure.ranges
    called = _CALLED.get(key, key)
    unit = _PLAIN.get(point.unit, point.unit)
    sex: Sex = "female" if record.sex == "female" else "male" if record.sex == "male" else ""
    age = float(point.day[:4]) - record.born if record.born is not None and point.day[:4].isdigit() else None
    text = f"{called} {point.number:.4g} {unit}"
    if point.second is not None:
        text = f"BP {point.number:.0f}/{point.second:.0f} mmHg"
    values = [value for value in measured(text, age, sex) if key != "systolic" or value.measure == "systolic"]
    entities = record.asking.records.entities(value.id for value in values)
    told: set[str] = set()
    for value in values:
        if value.id in told:
            continue
        told.add(value.id)
        name = Words(value.name, name_in(entities[value.id], "zh") if value.id in entities else value.name)
        side: Side = ("low" if _LOW_WORDS.search(value.name) else "high") if value.present else ""
        yield Judgement(side, name, _by(value))


def _by(value: Value) -> Words:
    if not value.why.startswith("by judgement"):
        return Words(value.why, value.why)
    low, high = f"{value.low:g}", f"{value.high:g} {value.unit}".strip()
    return Words(f"{low} to {high}, by judgement", f"{low}至{high}，经验范围")


@dataclass(frozen=True, slots=True)
class _Limit:
    unit: str
    sex: str
    low: float
    high: float
    side: Side
    what: Words
    by: str


def _of_limits(record: Record, series: Series, point: Point) -> Iterator[Judgement]:
    if series.measure is None or point.number is None:
        return
    limits = [one for one in _limits().get(series.measure.key, ()) if _plain(point.unit).startswith(one.unit)]
    for one in limits:
        if one.sex in ("", record.sex) and one.low <= point.number < one.high:
            yield Judgement(one.side, one.what, Words(one.by, one.by))
            return
    if limits and not series.measure.ranges.startswith(("hba1c", "bmi", "triglycerides")):
        by = "; ".join(dict.fromkeys(one.by for one in limits if one.sex in ("", record.sex)))
        yield Judgement("", Words(), Words(by, by))


def _plain(unit: str) -> str:
    return unit.casefold().replace("²", "2").replace(" ", "")


@cache
def _limits() -> dict[str, tuple[_Limit, ...]]:
    lines = Path(__file__).with_name("limits.tsv").read_text(encoding="utf-8").splitlines()
    made: dict[str, list[_Limit]] = {}
    for line in [line for line in lines if line and not line.startswith("#")][1:]:
        key, unit, sex, low, high, side, english, chinese, by = line.split("\t")
        sided: Side = "high" if side == "high" else "low"
        made.setdefault(key, []).append(_Limit(unit, sex, float(low), float(high), sided, Words(english, chinese), by))
    return {key: tuple(several) for key, several in made.items()}
