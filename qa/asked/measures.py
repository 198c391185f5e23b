"""What is measured of people, as questions call it and as records code it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LOINC = "LOINC:"


@dataclass(frozen=True, slots=True)
class Measure:
    """`codes` are ids of what is measured; `ranges` is its name in tables of what values mean, empty where there is
    none."""

    key: str
    english: str
    chinese: str
    codes: tuple[str, ...]
    ranges: str = ""


@dataclass(frozen=True, slots=True)
class NamedMeasure:
    """A measure that a text names at `text[start:end]`."""

    measure: Measure
    start: int
    end: int


def measures_in(text: str) -> list[NamedMeasure]:
    """What a text names, in order of place; of names that overlap the longest."""
    kept: list[NamedMeasure] = []
    for match in _pattern().finditer(text):
        name = re.sub(r"\s+", " ", match[0].casefold())
        kept.append(NamedMeasure(_by_name()[name], match.start(), match.end()))
    return kept


def measure_of(ids: Collection[str]) -> Measure | None:
    """The measure that one of these ids codes; of a pair such as blood pressure each is a measure of its own."""
    return next((_by_code()[id] for id in ids if id in _by_code()), None)


def measure(key: str) -> Measure:
    """The measure of this key. Raises KeyError."""
    return next(one for one, _ in _measures() if one.key == key)


@cache
def _measures() -> tuple[tuple[Measure, tuple[str, ...]], ...]:
    lines = Path(__file__).with_name("measures.tsv").read_text(encoding="utf-8").splitlines()
    made = []
    for line in [line for line in lines if line and not line.startswith("#")][1:]:
        key, english, chinese, codes, names, ranges = line.split("\t")
        ids = tuple(LOINC + code for code in codes.split("|"))
        made.append((Measure(key, english, chinese, ids, ranges), tuple(names.split("|"))))
    return tuple(made)


@cache
def _by_name() -> Mapping[str, Measure]:
    return {name: one for one, names in _measures() for name in names}


@cache
def _by_code() -> Mapping[str, Measure]:
    return {code: one for one, _ in reversed(_measures()) for code in one.codes if one.key != "pressure"}


@cache
def _pattern() -> re.Pattern[str]:
    ordered = sorted(_by_name(), key=len, reverse=True)
    return re.compile("|".join(_written(name) for name in ordered), re.IGNORECASE)


def _written(name: str) -> str:
    """The pattern of a name: Latin ones stand apart."""
    if not name.isascii():
        return re.escape(name)
    spaced = r"\s+".join(re.escape(part) for part in name.split())
    return rf"(?<![A-Za-z0-9]){spaced}(?![A-Za-z0-9])"
