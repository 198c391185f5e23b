"""A number that a sentence gives as a result: which measure, its value, interval, p and unit, and of which group."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.reading.qualifiers.places import Place

_MEASURES = {
    "odds ratio": r"\b(?:adjusted |pooled |crude )?odds ratios?\b|\b[ac]?ORs?\b|比值比|优势比",
    "hazard ratio": r"\b(?:adjusted |pooled )?hazard ratios?\b|\ba?HRs?\b|风险比(?!例)",
    "risk ratio": r"\b(?:adjusted |pooled )?(?:risk|rate) ratios?\b|\b(?:relative risks?)\b|\ba?RRs?\b|相对危险度"
    r"|相对风险",
    "standardised mean difference": r"\bstandardi[sz]ed mean differences?\b|\bSMD\b|标准化均数差",
    "mean difference": r"\b(?:weighted )?mean differences?\b|\bW?MD\b|均数差",
    "AUC": r"\barea under the (?:receiver[- ]operating[- ]characteristic )?(?:ROC )?curve\b|\bAUC(?:-?ROC)?s?\b"
    r"|\bAUROC\b|曲线下面积",
    "sensitivity": r"\bsensitivity\b|灵敏度|敏感[度性]",
    "specificity": r"\bspecificity\b|特异[度性]",
    "positive predictive value": r"\bpositive predictive value\b|\bPPV\b|阳性预测值",
    "negative predictive value": r"\bnegative predictive value\b|\bNPV\b|阴性预测值",
    "survival": r"(?P<years>\b(?:\d{1,2}|one|two|three|five|ten)|[一二三五十])(?:[- ]?years?[- ]| ?年(?:总|无病"
    r"|无进展)?)"
    r"(?:(?:overall|disease-free|event-free|progression-free|relapse-free) )?(?:survival(?: rates?)?|生存率|存活率)",
    "median survival": r"\bmedian (?:overall )?survival(?: time)?\b|中位(?:总)?生存(?:期|时间)",
    "median progression-free survival": r"\bmedian (?:progression-free survival|PFS)\b|中位(?:无进展生存期|PFS)",
    "response rate": r"\b(?:overall |objective )?response rates?\b|客观缓解率|(?:总)?有效率",
    "remission rate": r"\b(?:complete )?remission rates?\b|完全缓解率",
    "cure rate": r"\bcure rates?\b|治愈率",
    "mortality": r"\b(?:(?:\d+-day|in-hospital|hospital|overall) )?(?:mortality|case[- ]fatality)(?: rates?)?\b"
    r"|[病死]死率|死亡率",
    "prevalence": r"\bprevalence\b|患病率",
    "correlation": r"\bcorrelation coefficients?\b|相关系数",
}
_NAMES = tuple(_MEASURES)
_MEASURE = re.compile(
    "|".join(
        f"(?P<m{at}>{words})" if words.startswith("(?P<years>") else f"(?P<m{at}>(?:{words}))"
        for at, words in enumerate(_MEASURES.values())
    )
)
_RATIOS = frozenset(("odds ratio", "hazard ratio", "risk ratio"))
_DIFFERENCES = frozenset(("standardised mean difference", "mean difference", "correlation"))
_SHARES = frozenset(
    ("sensitivity", "specificity", "positive predictive value", "negative predictive value", "survival",
     "response rate", "remission rate", "cure rate", "mortality", "prevalence")
)  # fmt: skip
_SIGNED = r"[-–−]?\d{1,6}(?:[.·]\d{1,4})?"
_FILLING = re.compile(
    r"(?:\s?[\[(（]\s?(?:[A-Z]{2,5}|95 ?% ?CI)\s?[)\]）])?[\s:=,，：\[(（]*(?:(?:in|for|of"
    r"|with) [^\d,;.()]{2,50}? (?:was|were|is|of) |"
    r"(?:of|was|were|is|for|in|at|about|approximately|rate|为|约|达|高达)[\s:=：]*|[^\d,;.，；。()（）]{1,12}(?:为|达)\s*){0,2}"
)
_VALUE = re.compile(
    rf"(?P<value>{_SIGNED})(?:\s?(?P<unit>%|％|percent\b|kg/m2|kg|mmHg|mm Hg|points?\b|mg/dL|mmol/L|months?\b"
    rf"|years?\b|days?\b|"
    r"weeks?\b|个月|分|天|d\b))?"
)
_UNITS = {"％": "%", "percent": "%", "mm Hg": "mmHg", "个月": "months", "分": "points", "天": "days", "d": "days",
          "point": "points", "month": "months", "year": "years", "day": "days", "week": "weeks"}  # fmt: skip
_INTERVAL = re.compile(
    r"95\s?[%％]\s?(?:CIs?\b|confidence intervals?|置信区间|可信区间)\s?(?:\[CI\]|\(CI\))?[\s:：=,，\[(（]*(?:为|of"
    r"|was|from)?\s?"
    rf"(?P<low>{_SIGNED})\s?[%％]?\s?(?:-|–|—|−|~|～|to|至|,|，|and)\s?(?P<high>{_SIGNED})",
    re.IGNORECASE,
)
_P = re.compile(
    r"(?<![A-Za-z])[Pp](?:[- ]?values?)?\s?(?:was|of|值)?\s?(?P<sign>[<=>≤＜＝]|&lt;)\s?(?P<p>0?\.\d{1,5}|0)"
)
_SIGNS = {"＜": "<", "＝": "=", "&lt;": "<"}
_GROUP = re.compile(
    r"\s?(?:\([^()]{0,60}\)\s?)?(?:in|among|for) (?:the |those (?:on|given|treated with) |patients (?:on|given"
    r"|treated with) )"
    r"?(?P<en>[\w -]{2,40}?) (?:group|arm|cohort)\b|(?P<zh>[\u4e00-\u9fff]{2,8}组)(?=[^组]{0,12}$)",
    re.IGNORECASE,
)
_YEARS = {"one": "1", "two": "2", "three": "3", "five": "5", "ten": "10", "一": "1", "二": "2", "三": "3", "五": "5",
          "十": "10"}  # fmt: skip
_DIGIT = re.compile(r"\d")
_REACH = 70
_FAR = 150
_COMMA = re.compile(r"[,;，；。]")


@dataclass(frozen=True, slots=True)
class Result:
    """The one result of a sentence; `start`-`end` is where it stands."""

    start: int
    end: int
    told: dict[str, str]

    def is_of(self, text: str, one: Place | None, other: Place | None) -> bool:
        """Whether it is of these two: before both or behind, or between them with no comma to the later."""
        places = sorted(place for place in (one, other) if place is not None)
        if not places:
            return False
        first, last = places[0], places[-1]
        if self.start >= last[1]:
            return self.start - last[1] <= _FAR
        if self.end <= first[0]:
            return first[0] - self.end <= _FAR
        return _COMMA.search(text, self.end, last[0]) is None


def result(text: str) -> Result | None:
    """The one result that a sentence gives; None where it gives none or several."""
    if not _DIGIT.search(text):
        return None
    found = [(match, value) for match in _MEASURE.finditer(text) if (value := _value_of(text, match))]
    if len(found) != 1:
        return None
    measure, value = found[0]
    name = _name(measure)
    told = {"measure": name, "value": _plain(value["value"])}
    if name not in _RATIOS and (unit := value["unit"]):
        told["unit"] = _UNITS.get(unit, unit)
    intervals = list(_INTERVAL.finditer(text))
    if len(intervals) == 1 and 0 <= intervals[0].start() - value.end() <= _REACH:
        told["interval_95"] = f"{_plain(intervals[0]['low'])} to {_plain(intervals[0]['high'])}"
    if p := _only_p(text):
        told["p"] = p
    if name not in _RATIOS and (group := _GROUP.match(text, value.end())):
        told["group"] = group["en"] or group["zh"]
    return Result(measure.start(), value.end(), told)


def _value_of(text: str, measure: re.Match[str]) -> re.Match[str] | None:
    filling = _FILLING.match(text, measure.end())
    value = _VALUE.match(text, filling.end() if filling else measure.end())
    if value is None or text[value.end() : value.end() + 1].isalpha():
        return None
    # An abbreviation with a whole number behind it may be a room or a rate of the heart.
    exact = "." in _plain(value["value"]) or "=" in text[measure.end() : value.start()] or len(measure[0]) > 4
    return value if _fits(_name(measure), value, exact=exact) else None


def _fits(name: str, value: re.Match[str], *, exact: bool) -> bool:
    """Whether a measure can have this value."""
    number = float(_plain(value["value"]))
    share = value["unit"] in ("%", "％", "percent")
    if name in _RATIOS:
        return exact and 0 < number < 1000 and not share
    if name == "AUC":
        return 0.3 <= number <= 1 or (share and number <= 100)
    if name.startswith("median"):
        return bool(value["unit"]) and not share
    if name in _SHARES or name.endswith("survival"):
        return 0 <= number <= 100 and (share or number <= 1)
    return name in _DIFFERENCES


def _name(measure: re.Match[str]) -> str:
    at = next(int(name[1:]) for name, said in measure.groupdict().items() if said and name != "years")
    name = _NAMES[at]
    if years := measure["years"]:
        return f"{_YEARS.get(years.lower(), years)}-year survival"
    return name


def _only_p(text: str) -> str:
    found = {(_SIGNS.get(match["sign"], match["sign"]), match["p"]) for match in _P.finditer(text)}
    if len(found) != 1:
        return ""
    sign, number = found.pop()
    number = number if number.startswith("0") else f"0{number}"
    return number if sign == "=" else f"{sign}{number}"


def _plain(number: str) -> str:
    return number.replace("·", ".").replace("–", "-").replace("−", "-")
