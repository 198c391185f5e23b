"""The drug in a line of a list of medicines: `warfarin 5 mg po qd` is warfarin, `二甲双胍0.5g bid` is 二甲双胍.

Signs and abbreviations are those of prescriptions (https://www.nlm.nih.gov/medlineplus/appendixb.html lists the Latin
ones).
"""

from __future__ import annotations

import re

_AMOUNT = re.compile(
    r"(?:(?<![A-Za-z0-9-])|(?<=[\u4e00-\u9fff]))\d[\d.,/-]{0,30}\s*(?:mg|mcg|µg|μg|ug|g|kg|ml|l|iu|u|units?|meq|mmol|%|puffs?|tabs?|"
    r"tablets?|caps?|capsules?|drops?|gtt|x|毫克|微克|克|毫升|单位|国际单位|片|粒|支|袋|滴|喷|次)(?![A-Za-z])",
    re.IGNORECASE,
)
_SIG = re.compile(
    r"(?<![A-Za-z])(?:p\.?o\.?|i\.?v\.?|i\.?m\.?|s\.?c\.?|s\.?l\.?|p\.?r\.?n\.?|q\.?d\.?|o\.?d\.?|b\.?i\.?d\.?|t\.?i\.?d\.?|"
    r"q\.?i\.?d\.?|q\.?o\.?d\.?|q\d+h|q\.?h\.?s\.?|h\.?s\.?|qn|qam|qpm|daily|nightly|weekly|monthly|once|twice|thrice|"
    r"every|each|at (?:night|bedtime)|as needed|by mouth|orally|topically|per day|a day)(?![A-Za-z])"
    r"|每日|每天|每晚|每周|一天|一日|口服|静脉|静滴|皮下|肌注|肌内|外用|睡前|必要时|饭前|饭后|早晚|顿服",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"^(?:an?|the|some|any|my)\s+(?=\S{3})|^(?:tab(?:let)?s?|cap(?:sule)?s?|inj(?:ection)?|syr(?:up)?|eye ?drops?|"
    r"drops?|susp|sol(?:ution)?|oint(?:ment)?|cream|patch(?:es)?|inhaler)\.?\s+(?=\S)|^注射用\s*(?=\S)",
    re.IGNORECASE,
)


_BETWEEN = re.compile(
    r"[;；、，\n]|,(?=\s)|\+|\s&\s|\s(?:and|with|plus)\s|/(?=\s*[A-Za-z\u4e00-\u9fff])|\s/|(?<=[\u4e00-\u9fff])[和与及]",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"(?<=[A-Za-zµμ%克升位片粒])\s*/\s*(?:\d[\d.]*\s*)?(?:hours?|hrs?|h|days?|d|minutes?|min|ml|l|kg|m2|m²|doses?|puffs?|"
    r"sprays?|actuations?|act|tab(?:let)?s?|cap(?:sule)?s?|小时|分钟|毫升|公斤|天|日|次|喷|吸)(?![A-Za-z])",
    re.IGNORECASE,
)
"""In what time, volume or weight an amount is: the slash of `25 mcg/h` parts no drugs."""
JOINING = re.compile(r"\s(?:and|with|plus)\s|\s&\s|,\s|(?<=[\u4e00-\u9fff])[和与及]", re.IGNORECASE)
"""What joins two drugs in words, where no product goes by both."""
_APART = re.compile(r"[;；、\n]")
_COMMA = re.compile(r",(?=\s)|，")
_AND = re.compile(r",?\s+and\s+", re.IGNORECASE)
_LISTED = re.compile(rf"{_AND.pattern}|{_COMMA.pattern}|{_APART.pattern}", re.IGNORECASE)
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_FILLING = re.compile(
    r"\d[\d.,/-]*|\b(?:take|takes|taking|days?|doses?|hours?|hrs?|h|weeks?|wk|months?|min|kg|m2|food|meals?|water|before|"
    r"after|in|the|at|on|for|as|of|directed|needed|morning|evening|noon|night|bedtime|am|pm|tablets?|tabs?|capsules?|caps?|"
    r"sprays?|puffs?|drops?|patch(?:es)?|inhalers?|suspension|solution|injection|infusion|drip|cream|gel|ointment)\b|"
    r"餐前|餐后|饭前|饭后|早|中|晚",
    re.IGNORECASE,
)


def lines_in(text: str) -> tuple[str, ...]:
    """The lines of a list that was written into one: parted by semicolons or `、`, or by commas and a last `and`.

    One comma parts nothing, since it stands in names: `insulin, human`.
    """
    commas = len(_COMMA.findall(text))
    between = _LISTED if commas > 1 or (commas and _AND.search(text)) else _APART
    lines = tuple(part for piece in between.split(text) if (part := piece.strip()))
    return lines if len(lines) > 1 else (text,)


def drugs_in(line: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What of a line names drugs, each without amount and times: `aspirin 25 mg/dipyridamole 200 mg` names two; and
    what stands in brackets, which may be another name of one, or a form.

    What is left between two separators once amounts and words of taking are gone is never dropped, since it may be a
    drug.
    """
    line = _amounts(line)
    bare = _BRACKETS.sub(" ", line)
    parts = tuple(name for part in _BETWEEN.split(bare) if (name := _named(part)))
    inside = tuple(name for match in _BRACKETS.finditer(line) if (name := _named(match[1])))
    return parts, inside


def _amounts(line: str) -> str:
    """The line with amounts alone where it has them by hour or by volume."""
    return _RATE.sub("", line) if _AMOUNT.search(line) else line


def _named(part: str) -> str:
    left = _FILLING.sub(" ", _SIG.sub(" ", _AMOUNT.sub(" ", part))).strip(" .,:-")
    return drug_in(part) if left else ""


def drug_in(line: str) -> str:
    """What of a line names the drug: without amount, route, times, and article or words for the form ahead of it.

    The line itself where nothing else would be left.
    """
    text = _AHEAD.sub("", line.strip())
    leading = _AMOUNT.match(text)
    if leading:
        text = text[leading.end() :].lstrip(" ,")
    for pattern in (_AMOUNT, _SIG):
        if hit := pattern.search(text):
            text = text[: hit.start()] if text[: hit.start()].strip(" ,;:(（") else text
    return text.strip(" ,;:.(（") or line.strip()
