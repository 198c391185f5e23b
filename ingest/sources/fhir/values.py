"""How the values of FHIR read: quantities, ranges, ratios, periods, and every `value[x]` of an Observation."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from typing import Any

from ingest.sources.fhir.resource import text_of

_PLAIN = ("valueString", "valueDateTime", "valueTime", "valueInteger", "valueBoolean", "valueDate", "valueDecimal")

UNITS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
"""UCUM's codes of times."""


def value_of(measured: Mapping[str, Any]) -> tuple[str, str, str]:
    """(value as recorded, unit, how both read) of an Observation or of a component; empty where it has none."""
    if isinstance(quantity := measured.get("valueQuantity"), dict):
        value = quantity.get("value")
        unit = str(quantity.get("unit") or quantity.get("code") or "")
        comparator = str(quantity.get("comparator") or "")
        return f"{comparator}{'' if value is None else value}", unit, comparator + quantity_of(quantity)
    if concept := text_of(measured.get("valueCodeableConcept")):
        return concept, "", concept
    for name in _PLAIN:
        if (value := measured.get(name)) is not None:
            text = {"True": "yes", "False": "no"}.get(str(value), " ".join(str(value).split()))
            return text, "", text
    text = (
        range_of(measured.get("valueRange"))
        or ratio_of(measured.get("valueRatio"))
        or period_of(measured.get("valuePeriod"))
        or _samples(measured.get("valueSampledData"))
    )
    return text, "", text


def missing_of(measured: Mapping[str, Any]) -> str:
    """Why an Observation has no value, in words; empty where it does not say."""
    return text_of(measured.get("dataAbsentReason"))


def quantity_of(quantity: Mapping[str, Any] | None) -> str:
    """`5.4 mmol/L`; empty where there is no value."""
    if not isinstance(quantity, Mapping) or quantity.get("value") is None:
        return ""
    unit = quantity.get("unit") or quantity.get("code") or ""
    return f"{number_of(quantity['value'])} {unit}".strip()


def range_of(limits: Mapping[str, Any] | None) -> str:
    """`1–2 tablet`, `at least 3 mg`, `at most 5 mg`."""
    if not isinstance(limits, Mapping):
        return ""
    low, high = limits.get("low") or {}, limits.get("high") or {}
    if low.get("value") is None or high.get("value") is None:
        one = quantity_of(low) or quantity_of(high)
        return f"{'at least' if quantity_of(low) else 'at most'} {one}" if one else ""
    if (low.get("unit") or low.get("code")) == (high.get("unit") or high.get("code")):
        return f"{number_of(low['value'])}–{quantity_of(high)}"
    return f"{quantity_of(low)}–{quantity_of(high)}"


def age_of(age: Mapping[str, Any] | None) -> str:
    """An age or a range of ages in words, whether its unit has a name or only UCUM's code: `6 years`, `1–2 months`."""
    if not isinstance(age, Mapping):
        return ""
    if "low" in age or "high" in age:
        return range_of({side: _aged(age[side]) for side in ("low", "high") if isinstance(age.get(side), Mapping)})
    return f"{age.get('comparator') or ''}{quantity_of(_aged(age))}"


def _aged(quantity: Mapping[str, Any]) -> Mapping[str, Any]:
    name = UNITS.get(str(quantity.get("code") or ""), UNITS.get(str(quantity.get("unit") or ""), ""))
    if not name:
        return quantity
    return {**quantity, "unit": name if str(quantity.get("value")) in ("1", "1.0") else f"{name}s"}


def ratio_of(ratio: Mapping[str, Any] | None) -> str:
    """`100 mL / 1 h`; a titre of pure numbers, too: `1 / 128`."""
    if not isinstance(ratio, Mapping):
        return ""
    upper, lower = ratio.get("numerator") or {}, quantity_of(ratio.get("denominator"))
    above = str(upper.get("comparator") or "") + quantity_of(upper)
    return f"{above} / {lower}" if above and lower else above


def period_of(period: Mapping[str, Any] | None) -> str:
    """`2020-01-01 to 2020-02-01`, `from 2020-01-01`, `until 2020-02-01`."""
    if not isinstance(period, Mapping):
        return ""
    start, end = str(period.get("start") or ""), str(period.get("end") or "")
    if start and end:
        return f"{start} to {end}"
    return f"from {start}" if start else f"until {end}" if end else ""


def number_of(value: Any) -> str:
    """A number to six significant digits: readers of the text need no more, qualifiers keep it as recorded."""
    text = str(value)
    if len(text) <= 7:
        return text
    # Of the text, for a whole number of 400 digits cannot be made one itself.
    return f"{number:.6g}" if isfinite(number := float(text)) else f"{Decimal(text):.6g}"


def _samples(data: Mapping[str, Any] | None) -> str:
    if not isinstance(data, Mapping) or not data.get("data"):
        return ""
    unit = (data.get("origin") or {}).get("unit") or ""
    return f"samples {' '.join(str(data['data']).split())} {unit}".strip()
