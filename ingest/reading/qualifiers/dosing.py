"""How a drug is given, as a sentence says it: how much, by which way, when, for how long, in which line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.reading.qualifiers.places import Place, gap, overlaps

_NUMBER = r"(?:\d{1,6}(?:,\d{3})*(?:\.\d{1,4})?)"
_OF_DRUG = (
    r"mg|mcg|µg|μg|ug|g|mL|IU|units?|mmol|mEq|毫克|微克|克|毫升|万单位|单位|万?U|tablets?|capsules?|puffs?"
    r"|drops?|片|粒|喷|滴"
)
_DOSE = re.compile(
    rf"(?<![A-Za-z0-9.,/])(?P<from>{_NUMBER})(?:\s?(?:-|–|—|~|～|to|至)\s?(?P<to>{_NUMBER}))?\s?(?P<unit>{_OF_DRUG})"
    r"(?P<per>\s?(?:/|per )\s?(?:kg|m2|m²|公斤|千克)|[/·](?:kg|m2|m²))?(?P<time>\s?[/·]\s?(?:day|d|h|hour|min|week"
    r"|天|日))?"
    r"(?![A-Za-z/])(?!\s?(?:/|per )\s?(?:d?l|ml|mmol|mol|hpf))"
    r"|\b(?P<worded>half a|one|two|three|four) (?P<pieces>tablets?|capsules?|puffs?|drops?)\b",
    re.IGNORECASE,
)
_SIZED = re.compile(
    r"\b(?P<high>(?:high|large)[- ]doses?)\b(?: of)?|\b(?P<low>(?:low|small)[- ]doses?)\b(?: of)?"
    r"|(?P<hhigh>[大高]剂量)|(?P<hlow>[小低]剂量)",
    re.IGNORECASE,
)
_BESIDE = 6
"""So far from the drug at most stands how large its dose is."""
_UNITS = {
    "毫克": "mg", "微克": "mcg", "克": "g", "毫升": "ml", "µg": "mcg", "μg": "mcg", "ug": "mcg", "片": "tablets",
    "粒": "capsules", "喷": "puffs", "滴": "drops", "单位": "units", "万单位": "0,000 units", "u": "units",
    "万u": "0,000 units", "公斤": "kg", "千克": "kg", "m²": "m2", "天": "day", "日": "day", "d": "day", "iu": "IU",
    "ml": "ml", "meq": "mEq",
}  # fmt: skip
_FOODS = (
    r"(?! (?:contracept|anticoag|hypoglyc|antidiab|cavit|mucos|ulcer|cancer|candid|health|hygiene|herpes"
    r"|rehydrat|lesion))"
)
ROUTES = {
    "oral": (rf"oral(?:ly)?(?!-){_FOODS}|by mouth|per os|p\.?o\.?(?=\W|$)(?<=[\s(]po)", r"口服(?!避孕|降糖|抗凝"
    r"|补液)|灌胃|顿服"),
    "intravenous": (r"intravenous(?:ly)?(?! drug us)|i\.?v\.?(?=[\s,.;)]|$)(?! drug us)", r"静脉(?:滴注|注射|给药"
    r"|输注|推注|使用|用药|用)|静滴|静注|静推"),
    "intramuscular": (r"intramuscular(?:ly)?|i\.m\.", r"肌肉?注射?(?!力|酸)|肌内注射"),
    "subcutaneous": (r"subcutaneous(?:ly)?(?! (?:tissue|nodule|fat|emphysema))|s\.c\.", r"皮下(?:注射|给药)"),
    "topical": (r"topical(?:ly)?|applied to the skin", r"外用|局部(?:应用|用药|涂抹|外涂)|外涂"),
    "inhaled": (r"inhaled|by inhalation|nebuli[sz]ed", r"吸入(?!性)|雾化"),
    "sublingual": (r"sublingual(?:ly)?|under the tongue", r"舌下(?:含服|给药|含化)"),
    "rectal": (r"rectal(?:ly)?(?! (?:cancer|bleed|prolapse|carcinoma))", r"直肠给药|灌肠|肛门给药"),
    "intranasal": (r"intranasal(?:ly)?|nasal spray", r"鼻内给药|滴鼻|鼻喷"),
    "transdermal": (r"transdermal(?:ly)?", r"经皮给药|透皮"),
    "intravitreal": (r"intravitreal(?:ly)?", r"玻璃体(?:腔|内)?注射"),
    "intra-articular": (r"intra-?articular(?:ly)?|joint injections?", r"关节腔?内?注射"),
    "intrathecal": (r"intrathecal(?:ly)?", r"鞘内注射"),
    "ophthalmic": (r"eye drops?|instilled into the eyes?", r"滴眼"),
    "vaginal": (r"vaginal(?:ly)?(?= (?:tablet|gel|ring|cream|administ|progest|misoprost))", r"阴道给药"),
}  # fmt: skip
_ROUTE = re.compile(
    "|".join(f"(?P<r{at}>\\b(?:{english})(?!\\w)|{han})" for at, (english, han) in enumerate(ROUTES.values())),
    re.IGNORECASE,
)
_TIMES = (
    r"once|twice|thrice|(?:two|three|four|five|six|\d{1,2})(?: (?:to|or) (?:two|three|four|five|six|\d{1,2}))? times?"
)
_PERIOD = r"day|night|week|month|year|hours?|days?|weeks?|months?|years?"
_INTERVAL = re.compile(
    rf"\b(?P<times>{_TIMES})(?: (?:a|per|every|each) (?P<per>day|night|week|month|year)| (?P<ly>daily|weekly|monthly"
    rf"|yearly|nightly))\b"
    rf"|\bevery (?:(?P<n>\d{{1,3}}(?: ?(?:-|–|to) ?\d{{1,3}})?|other|second|two|three|four|six|eight"
    rf"|twelve) )?(?P<unit>{_PERIOD})\b"
    r"|\b(?P<single>single (?:oral |intravenous |intramuscular )?dose)\b"
    r"|(?<![\w-])(?P<short>b\.?i\.?d\.?|t\.?i\.?d\.?|q\.?i\.?d\.?|q\.?d\.?|BD|TDS|QDS|q\d{1,2}h)(?!\w)"
    r"|\b(?P<plain>daily|weekly|monthly|nightly|fortnightly|annually|yearly|quarterly)\b(?! (?:living|activit|life"
    r"|practice))"
    r"|\b(?P<regular>regular(?:ly)?|periodic(?:ally)?)\b"
    r"|每(?P<hn>[一二两三四六八\d]{1,3}(?:[~～至-]\d{1,3})?)?个?(?P<hunit>小时|日|天|周|月|年|晚)(?:(?P<hfew>[一二两三四\d]{1,2}(?:[~～至-][一二两三四\d])?)次)?"
    r"|一[日天](?P<hday>[一二两三四\d](?:[~～至-][一二两三四\d])?)次|(?P<other>隔日)|(?P<hsingle>单次|顿服|一次性)|(?P<hregular>定期)",
    re.IGNORECASE,
)
_SHORT = {"bid": "twice daily", "bd": "twice daily", "tid": "three times daily", "tds": "three times daily",
          "qid": "four times daily", "qds": "four times daily", "qd": "once daily"}  # fmt: skip
_DIGITS = {"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "六": "6", "八": "8"}
_WORDED = {"1": "once", "2": "twice", "3": "three times", "4": "four times", "6": "six times", "thrice": "three times",
           "1 time": "once", "2 times": "twice", "two times": "twice", "3 times": "three times",
           "4 times": "four times"}  # fmt: skip
_HAN_UNIT = {"小时": "hours", "日": "days", "天": "days", "周": "weeks", "月": "months", "年": "years", "晚": "nights"}
_LY = {"day": "daily", "week": "weekly", "month": "monthly", "year": "yearly", "night": "nightly"}
_DURATION = re.compile(
    r"\bfor (?:up to |at least |about |a total of )?(?P<n>\d{1,3}(?: ?(?:-|–|to) ?\d{1,3})?|one|two|three|four|six"
    r"|twelve) "
    r"(?P<unit>days?|weeks?|months?|years?|hours?)\b(?! (?:follow|before|after|prior))"
    r"|\b(?P<long>long[- ]term|prolonged)(?= (?:use|treatment|therapy|administration)|[^,;.]{0,8}$)"
    r"|(?P<hlong>长期)(?=[^，；。]{0,4}(?:服|用|治疗|口服|应用))"
    r"|\b(?P<n2>\d{1,3})-(?P<unit2>day|week|month)(?= course| treatment| regimen)"
    r"|(?:连[用服续]|疗程(?:为|一般)?|持续(?:用药)?|共|治疗|灌胃)(?P<hn>\d{1,3}(?:\s?[-~～至]\s?\d{1,3})?)\s?(?P<hunit>天|日|周|个月|年)(?!后|时|龄|随访)",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(r"(?:follow(?:ed|-up)?(?: up)?|observed|stable|present|history)(?: \w+)? $", re.IGNORECASE)
LINES = {
    "first-line": r"\bfirst[- ]line\b|\bfirst[- ]choice\b|\b(?:drug|treatment|agent"
    r"|therapy)s? of (?:first )?choice\b|一线|首选",
    "second-line": r"\bsecond[- ]line\b|二线",
    "third-line": r"\bthird[- ]line\b|三线",
    "adjuvant": r"\b(?:neo)?adjuvant\b|(?:新|术后)辅助|辅助(?=化疗|放疗)",
    "adjunct": r"\badjunct(?:ive|s)?\b|\badd-on\b|辅助(?=治疗|用药|药)|添加治疗|附加治疗",
    "monotherapy": r"\bmonotherapy\b|单药(?:治疗)?",
    "maintenance": r"\bmaintenance (?:therapy|treatment)\b|维持治疗",
}
_LINE = re.compile("|".join(f"(?P<l{at}>{words})" for at, words in enumerate(LINES.values())), re.IGNORECASE)
_NEAR = 60
_BETWEEN = re.compile(r"[+;；。]| and | plus | with | or |和|联合|加用|与|或", re.IGNORECASE)
"""What leads from one drug to another."""
_OF = re.compile(r"\s*(?:of|的)?\s*(?:oral|intravenous|topical|inhaled|subcutaneous|iv)?\s*", re.IGNORECASE)

Told = tuple[int, int, str]
"""From where to where in the sentence, and what is said there."""


def doses(text: str) -> list[Told]:
    """The amounts in a sentence."""
    return [(match.start(), match.end(), words) for match in _DOSE.finditer(text) if (words := _amount(match))]


def sizes(text: str) -> list[Told]:
    """Doses that are called high or low."""
    return [(m.start(), m.end(), "high dose" if m["high"] or m["hhigh"] else "low dose") for m in _SIZED.finditer(text)]


def routes(text: str) -> list[Told]:
    """The ways of giving."""
    names = tuple(ROUTES)
    return [(m.start(), m.end(), names[int((m.lastgroup or "r0")[1:])]) for m in _ROUTE.finditer(text)]


def intervals(text: str) -> list[Told]:
    """How often anything is to be done."""
    return [(m.start(), m.end(), words) for m in _INTERVAL.finditer(text) if (words := _interval(m))]


def durations(text: str) -> list[Told]:
    """For how long anything is done."""
    return list(_durations(text))


def lines(text: str) -> list[Told]:
    """Which line of treatment."""
    names = tuple(LINES)
    return [(m.start(), m.end(), names[int((m.lastgroup or "l0")[1:])]) for m in _LINE.finditer(text)]


def dose(text: str, found: Iterable[Told], drug: Place | None, within: Place, rivals: Sequence[Place]) -> Told | None:
    """The amount of this drug: the one beside it, or the only one where no other drug stands nearer."""
    near = [one for one in found if within[0] <= one[0] < within[1] and not _taken(one, drug, rivals)]
    if drug is not None:
        near = [one for one in near if not overlaps((one[0], one[1]), (drug,))]
        behind = [one for one in near if one[0] >= drug[1]]
        if behind and _leads(text[drug[1] : behind[0][0]]):
            return behind[0]
        before = [one for one in near if one[1] <= drug[0]]
        if before and _OF.fullmatch(text, before[-1][1], drug[0]):
            return before[-1]
    return near[0] if len({one[2] for one in near}) == 1 else None


def size(found: Iterable[Told], drug: Place | None, rivals: Sequence[Place]) -> str:
    """Whether the dose of this drug is called high or low."""
    if drug is None:
        return ""
    beside = (one for one in found if gap(drug, (one[0], one[1])) <= _BESIDE and not _taken(one, drug, rivals))
    return next((one[2] for one in beside), "")


def one_near(
    found: Iterable[Told],
    about: Iterable[Place | None],
    within: Place,
    rivals: Sequence[Place] = (),
    reach: int = _NEAR,
) -> str:
    """What is said nearest to one of these places, no farther than `reach`, no part of one of them or of `rivals`, and
    nearer to it than to these."""
    places = [place for place in about if place is not None]
    near = []
    for start, end, words in found:
        if not within[0] <= start < within[1] or overlaps((start, end), (*places, *rivals)):
            continue
        apart = min((gap(place, (start, end)) for place in places), default=0)
        if all(gap(rival, (start, end)) >= apart for rival in rivals):
            near.append((apart, words))
    distance, words = min(near, default=(reach + 1, ""))
    return words if distance <= reach else ""


def _leads(between: str) -> bool:
    return len(between) <= _NEAR and not _BETWEEN.search(between)


def _taken(one: Told, drug: Place | None, rivals: Sequence[Place]) -> bool:
    """Whether another drug stands nearer to what is said."""
    place = one[0], one[1]
    return any(gap(rival, place) < (gap(drug, place) if drug else 1 << 30) for rival in rivals)


def _amount(match: re.Match[str]) -> str:
    if match["worded"]:
        return f"{match['worded'].lower()} {match['pieces'].lower()}"
    until = f"-{match['to']}" if match["to"] else ""
    unit = match["unit"]
    unit = _UNITS.get(unit.lower(), unit)
    blank = "" if unit.startswith("0") else " "
    per = re.sub(r"\s|per ", "", match["per"] or "").strip("/·")
    time = re.sub(r"\s", "", match["time"] or "").strip("/·")
    if unit == "ml" and time == "min":
        return ""  # how well kidneys filter
    parts = "".join(f"/{_UNITS.get(part.lower(), part)}" for part in (per, time) if part)
    return f"{match['from']}{until}{blank}{unit}{parts}"


def _interval(match: re.Match[str]) -> str:
    said = {name: value for name, value in match.groupdict().items() if value}
    if times := said.get("times"):
        per = said.get("ly") or _LY[said["per"].lower()]
        return f"{_WORDED.get(times.lower(), times.lower())} {per.lower()}"
    if "unit" in said:
        return _every(said.get("n", "").lower(), said["unit"].lower().rstrip("s"))
    if short := said.get("short"):
        plain = short.replace(".", "").lower()
        return _SHORT.get(plain) or f"every {plain[1:-1]} hours"
    if "hunit" in said:
        return _in_chinese(said)
    if few := said.get("hday"):
        return f"{_few(few)} daily"
    if "plain" in said:
        return said["plain"].lower()
    if "other" in said:
        return "every other day"
    return "single dose" if "single" in said or "hsingle" in said else "regular"


def _in_chinese(said: dict[str, str]) -> str:
    unit = _HAN_UNIT[said["hunit"]]
    number = _digits(said.get("hn", ""))
    if number and number != "1":
        return f"every {number} {unit}"
    period = _LY[unit.rstrip("s")] if unit != "hours" else "every hour"
    return f"{_few(said['hfew'])} {period}" if "hfew" in said and unit != "hours" else period


def _every(number: str, unit: str) -> str:
    if not number or number == "1":
        return _LY.get(unit, f"every {unit}")
    return f"every {number} {unit}" if number in ("other", "second") else f"every {number} {unit}s"


def _few(number: str) -> str:
    number = _digits(number)
    return _WORDED.get(number, f"{number} times")


def _digits(number: str) -> str:
    return re.sub(r"[~～至]", "-", "".join(_DIGITS.get(one, one) for one in number))


def _durations(text: str) -> Iterator[Told]:
    for match in _DURATION.finditer(text):
        if _FOLLOWED.search(text[max(0, match.start() - 30) : match.start()]):
            continue
        if match["long"] or match["hlong"]:
            yield match.start(), match.end(), "long-term"
            continue
        number = match["n"] or match["n2"] or _digits(match["hn"])
        unit = match["unit"] or match["unit2"] or _HAN_UNIT[match["hunit"].removeprefix("个")]
        unit = unit.lower().rstrip("s")
        yield match.start(), match.end(), f"{number} {unit}{'' if number in ('1', 'one') else 's'}"
