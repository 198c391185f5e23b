"""Units behind numbers: what measures and names nothing, though a graph may call something so (mg, IU, cap)."""

from __future__ import annotations

import re

_UNIT = (
    r"(?:mc?g|µg|μg|ug|ng|pg|kg|g|gm|gr|lbs?|ml|dl|l|cc|cm|mm|km|m|iu|u|units?|mu|meq|mmol|µmol|umol|nmol|pmol|mol|mosm|mm\s?hg|"
    r"kpa|cmh2o|bpm|hz|mhz|kcal|cal|kj|gy|cgy|mci|mbq|ppm|puffs?|drops?|gtt|caps?|tabs?|tablets?|capsules?|"
    r"sec|secs|min|mins|h|hr|hrs|hours?|d|day|days|wk|wks|weeks?|mo|months?|y|yr|yrs|years?|yo|m2|m²|dose)"
)
_MEASURED = re.compile(
    rf"(?<![A-Za-z])\d[\d.,]*\s*(?:[-–~至到]\s*\d[\d.,]*\s*)?(?P<unit>%|{_UNIT}(?:\s*(?:/|\bper\b|\ba\b)\s*{_UNIT}){{0,3}})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_RATE = re.compile(
    rf"\b(?P<unit>(?:mc?g|µg|μg|ng|ml|iu|units?|mmol|µmol|meq)\s*/\s*{_UNIT}(?:\s*/\s*{_UNIT})?)\b", re.IGNORECASE
)


def units(text: str) -> list[tuple[int, int]]:
    """Where units stand in `text` behind a number, or as a rate such as mg/dl."""
    return sorted({match.span("unit") for pattern in (_MEASURED, _RATE) for match in pattern.finditer(text)})
