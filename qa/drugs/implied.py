"""What the name of a condition says of the circumstances that speak against drugs: pregnancy, lactation, liver, kidney.

The stages of chronic kidney disease are those of KDIGO 2012 by the eGFR.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from qa.evidence.wording import Words

_NOT_NOW = re.compile(
    r"\b(?:history of|family|previous|past|not pregnant|non-?pregnan|prevention|screening|planning|trying|"
    r"post-?partum|after (?:pregnancy|delivery)|test(?:ing)?|counsel)"
    r"|未孕|未怀孕|未妊娠|非妊娠|备孕|既往|家族|产后|筛查",
    re.IGNORECASE,
)
_PREGNANT = re.compile(
    r"\b(?:pregnan\w+|gravid|gestation(?:al)?|expecting a (?:baby|child))\b|妊娠|怀孕|孕妇|孕期", re.IGNORECASE
)
_LACTATING = re.compile(r"\b(?:lactati\w+|breast-?\s?feed\w*|nursing mother)\b|哺乳", re.IGNORECASE)
_LIVER_SEVERE = re.compile(
    r"\b(?:(?:hepatic|liver) failure|decompensated (?:liver |hepatic )?cirrhosis|child-?pugh (?:class )?c|"
    r"(?:severe|end-?stage) (?:hepatic|liver)|hepatic (?:coma|encephalopathy))\b"
    r"|肝衰竭|失代偿期?肝硬化|重度肝功能|严重肝功能|肝性脑病",
    re.IGNORECASE,
)
_LIVER = re.compile(
    r"\b(?:cirrhosis of (?:the )?liver|(?:liver|hepatic) cirrhosis|cirrhosis|child-?pugh (?:class )?b|"
    r"(?:hepatic|liver) (?:impairment|insufficiency|dysfunction|disease)|chronic hepatitis|alcoholic hepatitis)\b"
    r"|肝硬化|肝功能不全|肝功能异常|肝功能损害|慢性肝炎|慢性肝病",
    re.IGNORECASE,
)
_NOT_OF_LIVER = re.compile(r"biliary cirrhosis of|fatty liver|steatosis|脂肪肝|cardiac cirrhosis", re.IGNORECASE)
_FAILING = re.compile(
    r"\b(?:end-?stage (?:renal|kidney)|esrd|eskd|(?:haemo|hemo)?dialysis|kidney failure|renal failure syndrome|"
    r"uraemia|uremia)\b|终末期肾|尿毒症|透析|肾衰竭|肾功能衰竭",
    re.IGNORECASE,
)
_OF_KIDNEY = re.compile(
    r"\b(?:chronic (?:kidney|renal) (?:disease|failure|insufficiency)|ckd)\b|慢性肾脏?病|慢性肾功能", re.IGNORECASE
)
_STAGE = re.compile(
    r"(?:stage|grade|期|g|ckd)\s*-?\s*(5|4|3\s*b|3\s*a|3|iv|v|iii\s*b|iii\s*a|iii)\b|(5|4|3b|3a|3)\s*期", re.IGNORECASE
)
_IMPAIRED = re.compile(
    r"\b(?:renal|kidney) (?:impairment|insufficiency|dysfunction)\b|肾功能(?:不全|损害|减退|异常)", re.IGNORECASE
)
_SEVERE = re.compile(r"\bsevere|重度|严重", re.IGNORECASE)
_BELOW = {"5": 14.0, "v": 14.0, "4": 29.0, "iv": 29.0, "3b": 44.0, "iiib": 44.0, "3a": 59.0, "iiia": 59.0}
"""The most that the eGFR of a stage is."""


@dataclass(frozen=True, slots=True)
class Implied:
    """What conditions say by their names. `egfr` is the most that it is, in mL/min per 1.73 m²."""

    pregnant: bool = False
    lactating: bool = False
    liver: Literal["", "impaired", "severe"] = ""
    egfr: float | None = None
    by: Mapping[str, Words] = field(default_factory=dict)
    """By the name of a condition what it says."""


def implied(conditions: Iterable[str]) -> Implied:
    """What these names say, together; a name of a past, a family's or an excluded condition says nothing."""
    pregnant = lactating = False
    liver: Literal["", "impaired", "severe"] = ""
    egfr: float | None = None
    by: dict[str, Words] = {}
    for name in conditions:
        if _NOT_NOW.search(name):
            continue
        if _PREGNANT.search(name):
            pregnant = True
            by[name] = Words("pregnant", "妊娠")
        if _LACTATING.search(name):
            lactating = True
            by[name] = Words("breastfeeding", "哺乳")
        if not _NOT_OF_LIVER.search(name) and (severe := bool(_LIVER_SEVERE.search(name)) or _LIVER.search(name)):
            liver = "severe" if severe is True or liver == "severe" else "impaired"
            by[name] = Words("liver function impaired", "肝功能不全")
        if (most := _kidney(name)) is not None:
            egfr = most if egfr is None else min(egfr, most)
            by[name] = Words(f"eGFR at most {most:g}", f"eGFR不高于{most:g}")
    return Implied(pregnant, lactating, liver, egfr, by)


def _kidney(name: str) -> float | None:
    """The most that the eGFR is by the name of a condition; None where that says nothing of the kidney."""
    if _FAILING.search(name) and not re.search(r"\bacute|急性", name, re.IGNORECASE):
        return 14.0
    if _OF_KIDNEY.search(name):
        stage = _STAGE.search(name)
        key = re.sub(r"\s", "", (stage[1] or stage[2]).casefold()) if stage else ""
        if key in ("3", "iii"):
            return 59.0
        return _BELOW.get(key)
    if _IMPAIRED.search(name):
        return 29.0 if _SEVERE.search(name) else 59.0
    return None
