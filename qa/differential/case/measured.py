"""Numbers of a text that are findings: `T 39.2`, `血压 80/50`, `SpO2 88 %`, each by age and sex.

Normal ones exclude a finding. How each measure is called is told in `measures.tsv`, and what its values mean in
`ranges.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from qa.differential.model import Sex

_GROWN = 30.0
"""The age in years of somebody whose age is not told."""
_FAHRENHEIT = 94.0
"""What is less is no temperature in Fahrenheit where nobody says so."""
_NUMBER = r"(?P<value>\d{1,3}(?:,\d{3})+(?!\d)|\d{1,6}(?:\.\d+)?)(?:\s*[/／]\s*(?P<second>\d{2,3}))?"
_BETWEEN = (
    r"(?:\s*(?:[:：=,]|is|was|were|of|at|up to|around|about|now|today|measured|level|count|on admission|to|为|是|"
    r"在|约|达|"
    r"高达|最高|升至|降至|测得|波动于|多在|只有|仅|[(（])){0,3}\s*[<>≥≤~≈＞＜]?\s*"
)
_OF_BLOOD = frozenset(
    {"leukocytes", "neutrophils", "lymphocytes", "eosinophils", "glucose", "ldh", "albumin", "lactate"}
)
_OTHER_FLUID = re.compile(
    r"(?:关节液|滑液|前列腺液|脑脊液|胸水|胸腔积液|腹水|心包积液|分泌物|白带|精液|穿刺液|尿液?|尿常规|便常规|大便)"
    r"[^。；;血]{0,14}$"
)
"""What is before a number that is not of the blood: 关节液浑浊，白细胞9.6万."""
_SCALE = re.compile(r"[×xX*]?\s?10\s?[\^*]?\s?[9⁹]")


@dataclass(frozen=True, slots=True)
class Value:
    """A number in a text, `text[start:end]`, that means one finding: that it is there, or is not. `number` is in the
    first unit of its measure."""

    start: int
    end: int
    measure: str
    number: float
    id: str
    present: bool
    why: str
    name: str = ""
    """Of the finding, in English."""
    low: float = 0.0
    high: float = 0.0
    """From which number on and below which it means that."""
    unit: str = ""
    """Of these numbers."""


@dataclass(frozen=True, slots=True)
class _Measure:
    name: str
    pattern: re.Pattern[str]
    alone: re.Pattern[str] | None
    units: Mapping[str, str]
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class _Range:
    ages: tuple[float, float]
    sex: str
    low: float
    high: float
    id: str
    name: str
    why: str


def measured(text: str, age: float | None = None, sex: Sex = "") -> list[Value]:
    """What the numbers of `text` mean, in order of place; `age` is in years. One place may mean several findings."""
    values: dict[tuple[int, int], list[Value]] = {}
    for measure in _measures():
        for pattern in (measure.pattern, measure.alone):
            for match in pattern.finditer(text) if pattern is not None else ():
                taken = any(start < match.end() and match.start() < end for start, end in values)
                if taken or _of_other_fluid(text, measure, match.start()):
                    continue
                if found := list(_meant(measure, match, age, sex)):
                    values[match.span()] = found
    return sorted(
        (value for several in values.values() for value in several), key=lambda value: (value.start, value.id)
    )


def _of_other_fluid(text: str, measure: _Measure, start: int) -> bool:
    """Whether what stands before says that a measure of the blood is one of another fluid."""
    return measure.name in _OF_BLOOD and _OTHER_FLUID.search(text, max(0, start - 24), start) is not None


def _meant(measure: _Measure, match: re.Match[str], age: float | None, sex: Sex) -> Iterator[Value]:
    number = _in_first(measure, float(match["value"].replace(",", "")), match["unit"] or "")
    if number is None:
        return
    second = match["second"]
    parts = [(measure.name, number)]
    if measure.name == "pressure":
        if second is None:
            return
        parts = [("systolic", number), ("diastolic", float(second))]
    elif second is not None and not (measure.name == "gcs" and second == "15"):
        return
    years = _GROWN if age is None else age
    told: dict[str, Value] = {}
    for name, value in parts:
        for each in _ranges().get(name, ()):
            id, present = each.id.removeprefix("-"), not each.id.startswith("-")
            right = each.ages[0] <= years < each.ages[1] and each.low <= value < each.high
            if right and each.sex in ("", sex) and (present or id not in told):
                told[id] = Value(
                    match.start(), match.end(), name, value, id, present, each.why, each.name, each.low, each.high,
                    next((unit for unit, factor in measure.units.items() if factor == "1"), ""),
                )  # fmt: skip
    yield from told.values()


def _in_first(measure: _Measure, number: float, unit: str) -> float | None:
    """The number in the first unit of its measure; None where it cannot be one."""
    given = measure.units.get(unit.strip()) or (measure.units.get("x10^9=1") if _SCALE.match(unit.strip()) else None)
    for factor in [given] if given else dict.fromkeys(measure.units.values()):
        value = _converted(number, factor)
        if factor == "F" and not given and number < _FAHRENHEIT:
            continue
        if measure.least <= value <= measure.most:
            return value
    return None


def _converted(number: float, factor: str) -> float:
    if factor == "F":
        return (number - 32) * 5 / 9
    return number / 10.929 + 2.15 if factor == "mol" else number * float(factor)


@cache
def _measures() -> tuple[_Measure, ...]:
    return tuple(_measure(*row) for row in _lines("measures.tsv"))


def _measure(name: str, names: str, units: str, least: str, most: str, alone: str = "") -> _Measure:
    factors = dict(unit.rpartition("=")[::2] for unit in units.split("|"))
    written = "|".join(re.escape(unit) for unit in sorted(factors, key=len, reverse=True) if unit)
    unit = (
        rf"(?:\s*(?P<unit>{written}|{_SCALE.pattern}(?:/[Ll])?)(?![A-Za-z]))?(?:\s*(?:\(|on )?(?:RA|room air|air|"
        rf"r/a)\b\)?)?"
        if written
        else r"(?P<unit>)"
    )
    called = "|".join(_named(one) for one in sorted(names.split("|"), key=len, reverse=True))
    pattern = re.compile(rf"(?:{called}){_BETWEEN}{_NUMBER}(?![\d.]*\d|\s*[:：]\d){unit}")
    only = "|".join(re.escape(one) for one in alone.split("|") if one)
    bare = rf"(?<![\d.\w/]){_NUMBER}\s*(?P<unit>{only})(?![A-Za-z])"
    return _Measure(name, pattern, re.compile(bare) if only else None, factors, float(least), float(most))


def _named(name: str) -> str:
    """The pattern of a name: Latin ones stand apart."""
    return (
        rf"(?<![A-Za-z0-9])(?<!vitamin )(?<!transferrin )(?<!TF ){re.escape(name)}(?![A-Za-z])"
        if name.isascii()
        else re.escape(name)
    )


@cache
def _ranges() -> Mapping[str, tuple[_Range, ...]]:
    by_measure: dict[str, list[_Range]] = {}
    for measure, from_age, to_age, sex, low, high, id, name, reference in _lines("ranges.tsv"):
        ages = (float(from_age or 0), float(to_age or 200))
        by_measure.setdefault(measure, []).append(_Range(ages, sex, float(low), float(high), id, name, reference))
    return {measure: tuple(ranges) for measure, ranges in by_measure.items()}


def _lines(file: str) -> list[list[str]]:
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
