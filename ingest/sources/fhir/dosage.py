"""How a drug is to be taken, in words, from every part of FHIR's Dosage and Timing that changes it.

An instruction that has a text is that text, once: what its other parts say is what the text was made of. Several
instructions stand in the order of their `sequence`, joined by `then`; those of one sequence hold together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ingest.sources.fhir.resource import text_of
from ingest.sources.fhir.values import UNITS, number_of, quantity_of, range_of, ratio_of

_DAYS = {
    "mon": "Mondays", "tue": "Tuesdays", "wed": "Wednesdays", "thu": "Thursdays", "fri": "Fridays",
    "sat": "Saturdays", "sun": "Sundays",
}  # fmt: skip
_WHEN = {
    "MORN": "in the morning", "MORN.early": "in the early morning", "MORN.late": "in the late morning",
    "NOON": "at noon", "AFT": "in the afternoon", "AFT.early": "in the early afternoon",
    "AFT.late": "in the late afternoon", "EVE": "in the evening", "EVE.early": "in the early evening",
    "EVE.late": "in the late evening", "NIGHT": "at night", "PHS": "after sleep", "HS": "before sleep",
    "WAKE": "on waking", "C": "with meals", "CM": "with breakfast", "CD": "with lunch", "CV": "with dinner",
    "AC": "before meals", "ACM": "before breakfast", "ACD": "before lunch", "ACV": "before dinner",
    "PC": "after meals", "PCM": "after breakfast", "PCD": "after lunch", "PCV": "after dinner",
}  # fmt: skip
_CODES = {
    "BID": "twice daily", "TID": "three times daily", "QID": "four times daily", "QD": "daily",
    "QOD": "every other day",
    "AM": "every morning", "PM": "every evening", "Q1H": "every hour", "Q2H": "every 2 hours", "Q3H": "every 3 hours",
    "Q4H": "every 4 hours", "Q6H": "every 6 hours", "Q8H": "every 8 hours", "BED": "at bedtime", "WK": "weekly",
    "MO": "monthly",
}  # fmt: skip
_TIMES = {"1": "once", "2": "twice"}


def dosage_of(instructions: Sequence[Mapping[str, Any]]) -> str:
    """All instructions in order: `10 mg daily for a week, then 5 mg daily`."""
    ordered = sorted(instructions, key=lambda one: one.get("sequence") or 0)  # stable: those without stay in place
    text, last = "", None
    for instruction in ordered:
        words = instruction_of(instruction)
        if not words:
            continue
        if text:
            sequence = instruction.get("sequence")
            text += "; " if sequence is None or sequence == last else ", then "
            words = words.removeprefix("then ") if text.endswith("then ") else words
        text, last = text + words, instruction.get("sequence")
    return text


def instruction_of(instruction: Mapping[str, Any]) -> str:
    """One Dosage: its text as it is, else its parts."""
    for name in ("text", "patientInstruction"):
        if name == "patientInstruction" and any(key in instruction for key in ("timing", "doseAndRate", "dose")):
            break
        if isinstance(text := instruction.get(name), str) and text.strip():
            return " ".join(text.split())
    amount = ", ".join(filter(None, _amounts(instruction)))
    return ", ".join(filter(None, (" ".join(filter(None, (amount, *_often(instruction)))), *_parts(instruction))))


def _parts(instruction: Mapping[str, Any]) -> Iterator[str]:
    repeat = (instruction.get("timing") or {}).get("repeat") or {}
    yield from _length(repeat)
    yield from _as_needed(instruction)
    for key, before in (("route", ""), ("site", "at "), ("method", "by ")):
        name = text_of(instruction.get(key))
        yield f"{before}{name}" if name else ""
    for key, per in (("maxDosePerAdministration", "a dose"), ("maxDosePerLifetime", "in a lifetime")):
        amount = quantity_of(instruction.get(key))
        yield f"at most {amount} {per}" if amount else ""
    most = instruction.get("maxDosePerPeriod")
    for one in most if isinstance(most, list) else (most,):
        yield _most(one)
    for extra in instruction.get("additionalInstruction") or ():
        yield text_of(extra)
    if isinstance(told := instruction.get("patientInstruction"), str):
        yield " ".join(told.split())


def _amounts(instruction: Mapping[str, Any]) -> Iterator[str]:
    # MedicationAdministration has `dose` and `rate[x]` at the top, MedicationRequest in `doseAndRate`.
    yield quantity_of(instruction.get("dose"))
    for given in (*(instruction.get("doseAndRate") or ()), instruction):
        yield quantity_of(given.get("doseQuantity"))
        yield range_of(given.get("doseRange"))
        rate = (
            quantity_of(given.get("rateQuantity"))
            or range_of(given.get("rateRange"))
            or ratio_of(given.get("rateRatio"))
        )
        yield f"at {rate}" if rate else ""


def _most(ratio: Mapping[str, Any] | None) -> str:
    if not ratio:
        return ""
    amount, per = quantity_of(ratio.get("numerator")), ratio.get("denominator") or {}
    if not amount:
        return ""
    if per.get("value") is None:
        return f"at most {amount}"
    return f"at most {amount} per {_span(per.get('value'), None, str(per.get('code') or per.get('unit') or ''))}"


def _as_needed(instruction: Mapping[str, Any]) -> Iterator[str]:
    concepts = instruction.get("asNeededFor") or [instruction.get("asNeededCodeableConcept")]
    reason = ", ".join(filter(None, map(text_of, concepts)))
    if reason:
        yield f"as needed for {reason}"
    elif instruction.get("asNeededBoolean") is True or instruction.get("asNeeded") is True:
        yield "as needed"


def _often(instruction: Mapping[str, Any]) -> Iterator[str]:
    timing = instruction.get("timing") or {}
    repeat = timing.get("repeat") or {}
    code = text_of(timing.get("code"))
    code = _CODES.get(code, code)
    often = _frequency(repeat)
    if code and not (often and code in _CODES.values()):
        yield code
    yield often
    if days := [_DAYS.get(day, day) for day in repeat.get("dayOfWeek") or ()]:
        yield f"on {_listed(days)}"
    if times := [str(time)[:5] for time in repeat.get("timeOfDay") or ()]:
        yield f"at {_listed(times)}"
    if moments := [_WHEN.get(when, when) for when in repeat.get("when") or ()]:
        offset = repeat.get("offset")
        yield f"{f'{offset} minutes ' if offset else ''}{_listed(moments)}"
    if events := [str(event)[:10] for event in timing.get("event") or ()]:
        yield f"on {_listed(events)}"


def _frequency(repeat: Mapping[str, Any]) -> str:
    """`twice daily`, `every 4–6 hours`, `1–3 times per 2 days`."""
    times, most = repeat.get("frequency"), repeat.get("frequencyMax")
    period, longest, unit = repeat.get("period"), repeat.get("periodMax"), str(repeat.get("periodUnit") or "")
    if period is None:
        if times is None and most is None:
            return ""
        return f"{_times(times, most)}"
    span = _span(period, longest, unit)
    if most is None and times in (None, 1):
        return "daily" if span == "day" else f"every {span}"
    if span == "day":
        return f"{_times(times, most)} daily"
    return f"{_times(times, most)} per {span}"


def _times(low: Any, high: Any) -> str:
    if low is None or high is None or low == high:
        count = str(high if low is None else low)
        words = _TIMES.get(count, f"{count} times")
        return words if low is not None else f"at most {words}"
    return f"{low}–{high} times"


def _span(low: Any, high: Any, unit: str) -> str:
    """`day`, `2 days`, `4–6 hours`."""
    name = UNITS.get(unit, unit)
    if high is not None and high != low:
        return f"{number_of(low)}–{number_of(high)} {name}{'s' if unit in UNITS else ''}"
    if float(str(low)) == 1:
        return name
    return f"{number_of(low)} {name}{'s' if unit in UNITS else ''}"


def _length(repeat: Mapping[str, Any]) -> Iterator[str]:
    count, most = repeat.get("count"), repeat.get("countMax")
    if count is not None or most is not None:
        yield f"{_times(count, most)} in all"
    if (duration := repeat.get("duration")) is not None:
        yield f"over {_counted(duration, repeat.get('durationMax'), str(repeat.get('durationUnit') or ''))}"
    if bounds := repeat.get("boundsDuration"):
        unit = str(bounds.get("code") or bounds.get("unit") or "")
        yield f"for {_counted(bounds.get('value'), None, unit)}" if bounds.get("value") is not None else ""
    if bounds := range_of(repeat.get("boundsRange")):
        yield f"for {bounds}"
    if period := repeat.get("boundsPeriod"):
        start, end = str(period.get("start") or "")[:10], str(period.get("end") or "")[:10]
        yield " ".join(filter(None, (f"from {start}" if start else "", f"until {end}" if end else "")))


def _counted(low: Any, high: Any, unit: str) -> str:
    span = _span(low, high, unit)
    return f"1 {span}" if high is None and float(str(low)) == 1 else span


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
