"""Numbers with their units, so that those of a sentence can be compared with those of its evidence."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_UNIT = re.compile(
    r"\s?(%|％|percent|per cent|mcg|µg|μg|ug|mg|kg|g|ml|dl|l|mmol|mol|µmol|μmol|iu|units?|mmhg|bpm|hours?|"
    r"hrs?|h|minutes?|"
    r"min|days?|weeks?|months?|years?|yrs?|毫克|微克|克|毫升|升|小时|分钟|天|日|周|个月|月|年|岁)(?![a-zA-Z])",
    re.IGNORECASE,
)
_SAME_UNIT = {
    "％": "%", "percent": "%", "per cent": "%", "µg": "mcg", "μg": "mcg", "ug": "mcg", "微克": "mcg", "毫克": "mg",
    "克": "g", "毫升": "ml", "升": "l", "hrs": "h", "hr": "h", "小时": "h", "min": "minute", "分钟": "minute",
    "天": "day", "日": "day", "周": "week", "个月": "month", "月": "month", "年": "year", "岁": "year", "yr": "year",
    "hour": "h", "μmol": "umol", "µmol": "umol",
}  # fmt: skip


def numbers(text: str) -> list[tuple[str, str]]:
    """The numbers of `text` in order, each with its unit in one spelling (`mg`, `%`, `day`) or an empty one."""
    quantities = []
    for match in _DIGITS.finditer(text):
        before = text[match.start() - 1] if match.start() else " "
        if before.isascii() and before.isalpha():
            continue  # CD20, B12: part of a name, compared as a word
        unit = ""
        if following := _UNIT.match(text, match.end()):
            unit = following.group(1).lower()
            unit = _SAME_UNIT.get(unit, unit)
            unit = _SAME_UNIT.get(unit.removesuffix("s"), unit.removesuffix("s") if len(unit) > 2 else unit)
        quantities.append((match.group().replace(",", "").rstrip("."), unit))
    return quantities
