"""What a patient's record says for a check: drugs, conditions and allergies, and what speaks against drugs besides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph.model import Assertion, Entity
from qa.drugs.implied import implied
from qa.drugs.kidney import Measured, kidney
from qa.drugs.person import Person
from qa.evidence.chart import standing_of
from qa.evidence.wording import Words

_NOW = ("current", "possible", "planned")
_TERM = timedelta(days=310)
"""So long ago no pregnancy of today began."""
_HALF = 0.5
"""Of a year: as far as an age may be off of which the year of birth is known."""
_BORN = re.compile(r"Born: (\d{4})")
_DIED = re.compile(r"Died: (\d{4})")
_SEX = re.compile(r"Sex: (female|male)")
_STATUS = {
    "LOINC:82810-3": Words("pregnant", "妊娠"), "LOINC:11449-6": Words("pregnant", "妊娠"),
    "LOINC:63895-7": Words("breastfeeding", "哺乳"),
}  # fmt: skip
"""Observations of a state."""
_YES = re.compile(
    r"(?:yes|true|pregnant|currently pregnant|positive|breast-?feeding|是|妊娠|怀孕|阳性|哺乳)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a record states for now: the names of the drugs taken, each once, and for whom."""

    drugs: tuple[str, ...]
    person: Person


def recorded(
    statements: Iterable[Assertion],
    entities: Mapping[str, Entity],
    shown: Mapping[str, Entity],
    about: Sequence[str] = (),
    today: date | None = None,
) -> Recorded:
    """What the statements about a patient say is so now, may be so, or is planned.

    Names are those of the graph where `shown` has the id, for everybody; else those of the record in `entities`.
    `about` are the lines that tell sex and year of birth (`Sex: female`, `Born: 1961`).
    """
    today = today or date.today()
    names: dict[str, dict[str, None]] = {"takes": {}, "has_condition": {}, "allergic_to": {}}
    conditions: dict[str, None] = {}
    measured: list[Measured] = []
    states: list[tuple[str, str, bool]] = []
    for row in statements:
        if standing_of(row) not in _NOW:
            continue
        entity, own = shown.get(row.object) or entities.get(row.object), entities.get(row.object)
        name = entity.name if entity else row.object
        qualifiers = dict(row.qualifiers)
        both = dict.fromkeys(one.name for one in (own, entity) if one)
        if row.predicate == "has_condition" and _long_over(both, qualifiers.get("date", ""), today):
            continue
        if row.predicate in names:
            names[row.predicate][name] = None
        if row.predicate == "has_condition":
            conditions |= both
        elif row.predicate == "has_measurement":
            ids = frozenset((row.object, *(own.xrefs if own else ())))
            value, day = qualifiers.get("value", ""), qualifiers.get("date", "")
            measured.append(Measured(ids, own.name if own else name, value, qualifiers.get("unit", ""), day))
            states += [(_STATUS[id].en, day, bool(_YES.fullmatch(value))) for id in ids & _STATUS.keys()]
    return Recorded(
        tuple(names["takes"]),
        _person(tuple(names["has_condition"]), tuple(names["allergic_to"]), conditions, measured, states, about, today),
    )


def _person(
    stated: tuple[str, ...],
    allergies: tuple[str, ...],
    conditions: Iterable[str],
    measured: Sequence[Measured],
    states: Sequence[tuple[str, str, bool]],
    about: Sequence[str],
    today: date,
) -> Person:
    lines = "\n".join(about)
    age = _age(lines, today)
    sex = match[1] if (match := _SEX.search(lines)) else ""
    told = [Words(f"about {age:.0f} years old", f"约{age:.0f}岁")] if age is not None else []
    says = implied(conditions)
    works = kidney(measured, age, sex)
    latest = {state: (day, holds) for state, day, holds in sorted(states)}
    pregnant = latest.get("pregnant", ("", says.pregnant))
    young = not _before(pregnant[0], today)
    by = {words.en: (name, words) for name, words in reversed(tuple(says.by.items()))}
    told += [Words(f"{words.en} (by “{name}”)", f"{words.zh}（据“{name}”）") for name, words in reversed(by.values())]
    told += [Words("pregnant (observed)", "妊娠（观察记录）")] if pregnant[0] and pregnant[1] and young else []
    told += [works.told] if works else []
    return Person(
        conditions=stated,
        allergies=allergies,
        age=age,
        age_within=0.0 if age is None else _HALF,
        pregnant=says.pregnant or (pregnant[1] and young),
        lactating=says.lactating or latest.get("breastfeeding", ("", False))[1],
        egfr=works.egfr if works else says.egfr,
        liver=says.liver,
        told=tuple(told),
    )


def _age(lines: str, today: date) -> float | None:
    """The age by the year of birth, in the middle of what it may be; None where that is not told."""
    born = _BORN.search(lines)
    died = _DIED.search(lines)
    now = int(died[1]) + _HALF if died else today.year + today.timetuple().tm_yday / 366
    return max(now - int(born[1]) - _HALF, 0.0) if born else None


def _long_over(names: Iterable[str], day: str, today: date) -> bool:
    """Whether it is a pregnancy that began too long ago to be one today, though nobody ended it in the record."""
    return _before(day, today) and implied(names).pregnant


def _before(day: str, today: date) -> bool:
    """Whether a day, as far as it is known, lies longer ago than a pregnancy lasts."""
    parts = [int(part) for part in day.split("-") if part.isdigit()]
    if not parts:
        return False
    year, month, number = (*parts, 12, 28)[:3] if len(parts) == 1 else (*parts, 28)[:3]
    try:
        return date(year, month, number) < today - _TERM
    except ValueError:
        return False
