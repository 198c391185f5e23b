"""The values of one measure in a record, in order of time, and how they are written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.model import Assertion
from qa.asked.measures import Measure, measure, measure_of
from qa.asked.since import Since
from qa.evidence.chart import standing_of
from qa.evidence.wording import Words
from qa.steps.record.reading import Record, dated

_UNITS = {
    "mm[Hg]": "mmHg", "Cel": "°C", "[degF]": "°F", "kg/m2": "kg/m²", "10*3/uL": "×10³/µL", "10*6/uL": "×10⁶/µL",
    "10*9/L": "×10⁹/L", "10*12/L": "×10¹²/L", "{score}": "", "[pH]": "", "{INR}": "", "umol/L": "µmol/L",
    "[IU]/L": "U/L", "mL/min/{1.73_m2}": "mL/min/1.73 m²", "mL/min/1.73m2": "mL/min/1.73 m²", "1": "",
    "{T-score}": "", "{ratio}": "",
}  # fmt: skip
_NUMBER = re.compile(r"\s*(?:[<>]=?)?\s*(-?\d+(?:\.\d+)?)\s*")
_LARGE = 100
"""From here on one digit behind the point is shown, below two: a record may hold what a machine computed."""


@dataclass(frozen=True, slots=True)
class Point:
    """One value. `number` is what is compared, None where it is none; `second` the lower pressure of a pair."""

    day: str
    text: str
    number: float | None
    unit: str
    rows: tuple[Assertion, ...]
    second: float | None = None
    judged: str = ""
    """What the record itself says of it, such as `High`."""

    @property
    def shown(self) -> str:
        return f"{self.text} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Series:
    name: Words
    points: tuple[Point, ...]
    """The earliest first; never empty."""
    measure: Measure | None = None

    @property
    def last(self) -> Point:
        return self.points[-1]


def series_of(record: Record, wanted: Measure) -> Series | None:
    """The values of a measure; of several units those of the latest. None where none is recorded."""
    if wanted.key == "pressure":
        return _pressure(record, wanted)
    return _series(Words(wanted.english, wanted.chinese), _points(_rows(record, wanted.codes)), wanted)


def all_series(record: Record) -> list[Series]:
    """Every measure of the record: those known by code, then others by their own names."""
    known: dict[str, Measure] = {}
    others: dict[str, list[Assertion]] = defaultdict(list)
    for row in _measurements(record):
        found = measure_of(_ids(record, row))
        if found is None:
            others[row.object].append(row)
        else:
            known[found.key] = found
    if {"systolic", "diastolic"} <= known.keys():
        known = {"pressure": measure("pressure")} | {
            key: one for key, one in known.items() if key not in ("systolic", "diastolic")
        }
    made = [series_of(record, one) for one in known.values()]
    made += [_series(record.name(rows[0]), _points(rows), None) for rows in others.values()]
    return [one for one in made if one is not None]


def of_rows(record: Record, rows: Sequence[Assertion]) -> Series | None:
    """The values that these rows state, which are of one thing."""
    return _series(record.name(rows[0]), _points(rows), measure_of(_ids(record, rows[0]))) if rows else None


def within(series: Series, since: Since, latest: str) -> Series | None:
    """What of it is of the time asked about; all where none is. None where nothing is."""
    if since.exact:
        kept = [point for point in series.points if point.day.startswith(since.day)]
    else:
        begin = begins(since, latest)
        kept = [point for point in series.points if point.day[: len(begin)] >= begin]
    return Series(series.name, tuple(kept), series.measure) if kept else None


def begins(since: Since, latest: str) -> str:
    """The day from which on is asked, as far as it is known; empty for ever. Months count back from the last entry."""
    if since.months and len(latest) >= 7:
        year, month = int(latest[:4]), int(latest[5:7]) - since.months
        while month < 1:
            year, month = year - 1, month + 12
        return f"{year}-{month:02d}"
    return since.day


def number_of(text: str) -> float | None:
    """The number that a value is; None where it is a word."""
    return float(match[1]) if (match := _NUMBER.fullmatch(text)) else None


def written(value: str) -> str:
    """A value as it is shown: with no more digits than tell something."""
    number = number_of(value)
    if number is None or len(value.partition(".")[2]) <= 2:
        return value
    mark = value.strip()[:2].rstrip("0123456789.- ") if value.strip()[:1] in "<>" else ""
    return f"{mark}{shortened(number)}"


def shortened(number: float) -> str:
    """A number as it is shown."""
    if 0 < abs(number) < 1 / _LARGE:
        return f"{number:.2g}"
    return f"{number:.1f}" if abs(number) >= _LARGE else f"{number:.2f}"


def unit_of(unit: str) -> str:
    """A unit as people write it."""
    return _UNITS.get(unit, unit)


def difference(first: Point, last: Point) -> str:
    """By how much the last is more or less than the first, without a sign; of pairs both."""
    if first.number is None or last.number is None:
        return ""
    parts = [last.number - first.number]
    if first.second is not None and last.second is not None:
        parts.append(last.second - first.second)
    shown = "/".join(f"{abs(float(shortened(part))):g}" for part in parts)
    return f"{shown} {last.unit}".strip()


def _measurements(record: Record) -> list[Assertion]:
    return [
        row
        for row in record.rows
        if row.predicate == "has_measurement"
        and standing_of(row) in ("current", "past", "possible")
        and dict(row.qualifiers).get("value")
    ]


def _ids(record: Record, row: Assertion) -> tuple[str, ...]:
    entity = record.entities.get(row.object)
    return (row.object, dict(row.qualifiers).get("code", ""), *(entity.xrefs if entity else ()))


def _rows(record: Record, codes: Sequence[str]) -> list[Assertion]:
    wanted = set(codes)
    return [row for row in _measurements(record) if wanted & set(_ids(record, row))]


def _points(rows: Iterable[Assertion]) -> list[Point]:
    made: dict[tuple[str, str, str], Point] = {}
    for row in sorted(rows, key=lambda row: (dict(row.qualifiers).get("date", ""), row.id)):
        told = dict(row.qualifiers)
        value, unit = told.get("value", ""), unit_of(told.get("unit", ""))
        point = Point(dated(row), written(value), number_of(value), unit, (row,), judged=told.get("interpretation", ""))
        made.setdefault((told.get("date", ""), point.text, unit), point)
    return list(made.values())


def _series(name: Words, points: Sequence[Point], wanted: Measure | None) -> Series | None:
    if not points:
        return None
    kept = tuple(point for point in points if point.unit == points[-1].unit)
    return Series(name, kept, wanted)


def _pressure(record: Record, wanted: Measure) -> Series | None:
    """Both pressures of a day as one value."""
    upper, lower = (_points(_rows(record, [code])) for code in wanted.codes)
    by_day: dict[str, list[Point]] = defaultdict(list)
    for point in lower:
        by_day[point.day].append(point)
    paired = []
    for high in upper:
        low = by_day[high.day].pop(0) if by_day[high.day] else None
        if low is None:
            continue
        paired.append(
            Point(
                high.day, f"{high.text}/{low.text}", high.number, high.unit, (*high.rows, *low.rows), low.number,
                high.judged or low.judged,
            )
        )  # fmt: skip
    return _series(Words(wanted.english, wanted.chinese), paired, wanted)
