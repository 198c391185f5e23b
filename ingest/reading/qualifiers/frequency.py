"""How often a sentence says that something is seen: in words of leaflets, in percent, as a count.

Of each word or number it is told whether it heads what follows (`Common: headache, nausea`) or closes what stands
before it (`headache in 12%`), and so whose it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ingest.reading.qualifiers.places import Place, overlaps

_ENGLISH = {
    "very common": r"very (?:commonly|common|frequently|frequent)",
    "very rare": r"(?:very|extremely|exceptionally) (?:rarely|rare)|isolated (?:cases|reports)",
    "uncommon": r"less common(?= (?:side|adverse|reactions?|effects?|symptoms?))|uncommonly|uncommon|infrequently"
    r"|infrequent",
    "common": r"(?<!more )(?<!less )(?:commonly|common|frequently|frequent|(?<!most )often)",
    "occasional": r"occasionally|occasional|sometimes",
    "rare": r"rarely|rare|seldom",
    "unknown": r"(?:frequency )?(?:is )?not known|frequency unknown|unknown frequency",
}
_CHINESE = {
    "very common": r"十分常见|非常常见|很常见|极常见|极为常见",
    "very rare": r"十分罕见|非常罕见|极为罕见|极罕见|极少见",
    "uncommon": r"不常见|少见",
    "common": r"常见|多见",
    "occasional": r"偶见|偶有|偶尔|偶可",
    "rare": r"罕见",
    "unknown": r"(?:发生率|发生频率|频率)(?:未知|不明|不详)",
}
_WORDS = tuple(_ENGLISH)
_WORD = re.compile(
    "|".join(f"(?P<w{at}>\\b(?:{_ENGLISH[name]})\\b|{_CHINESE[name]})" for at, name in enumerate(_WORDS)),
    re.IGNORECASE,
)
# What is called common or rare is no frequency of an effect: a common cold, a rare disease, the commonest cause.
_NAMES = re.compile(
    r" (?:cold|bile|carotid|iliac|femoral|peroneal|variant|variable|allele|polymorphism|ground|practice|cause|caus|"
    r"reason|disease|disorder|condition|form|type|sense|terminology|genetic|inherited|in (?:men|women|child|adult))|"
    r"病|疾病|的?病因|的?原因|于|遗传|的?类型|问题",
    re.IGNORECASE,
)
_HEAD_WORD = re.compile(
    r"\s*(?:\([^()]{0,80}\)|（[^（）]{0,60}）)?\s*[:：–—-]"
    r"|\s+(?:but|side|adverse|undesirable|unwanted|reactions?|effects?|symptoms?|signs?|findings?|manifestations?|"
    r"features?|complications?|cases?|reports?|instances?|complaints?|ones)\b"
    r"|\s*\((?:may affect|affects?|≥|>|up to|more than|less than|\d)[^()]{0,60}\)\s*:?"
    r"|\s*[（(][^（）()]{0,40}[）)]\s*[:：]?",
    re.IGNORECASE,
)
_TAIL_WORD = re.compile(
    r"\s*(?:(?:been )?(?:seen|reported|observed|encountered|noted|found|occurs?|occurred|present)\b"
    r"(?! (?:side|adverse|undesirable|symptoms?|signs?|reactions?|events?|were|are|is|was))|[,.;)。，；、）]|$"
    r"|(?:in|with|during|after|at|among|and|but|的?患者|，?约)(?=\W|$|\w))",
    re.IGNORECASE,
)
_BEING = re.compile(
    r"(?:\b(?:is|are|was|were|been|be|remains?|occurs?|occurred)(?: \w+ly)?|[，,：:]?\s*(?:也|较|为|均)?)\s*$",
    re.IGNORECASE,
)
_BEING_A = re.compile(
    r"\b(?:is|are|was|were|remains?) (?:an? |one of the )(?:potentially |relatively )?$", re.IGNORECASE
)
_ADVERB = re.compile(r"ly$|often|sometimes|seldom", re.IGNORECASE)

_N = r"\d{1,3}(?:\.\d{1,2})?"
_PERCENT = r"\s?(?:%|％|percent\b|per cent\b)"
_NUMBER = re.compile(
    rf"(?P<from>{_N})(?:{_PERCENT})?\s?(?:-|–|—|~|～|to|至)\s?(?P<to>{_N}){_PERCENT}"
    rf"|(?P<part2>\d{{1,5}}) \({_N}{_PERCENT}\) (?:of|out of)(?: the)? (?P<whole2>\d{{1,6}})"
    rf"|(?<![.\d/])(?P<share>{_N}){_PERCENT}"
    r"|(?<![.\d/])(?P<part>\d{1,5}) ?(?:of|out of|/)(?: the| these| those)? ?(?P<whole>\d{1,6})(?![.\d/%])"
    r"(?=\s*[();,（）]| (?:patients?|cases?|subjects?|people|persons?|children|women|men|participants?|individuals?"
    r"|adults?|"
    r"infants?)|\s?例)"
    r"|\b(?P<one>1|one) in (?P<every>\d{1,3}(?:,\d{3})*|ten|five|four|three)\b"
    r"|(?P<hpart>\d{1,5})\s?例(?!患|病)",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"(?P<n>\d{1,6})\s?例(?!次)")
_MORE = re.compile(r"(?:≥|>=|more than|over|above|at least|超过|大于|高于|不低于)\s?$", re.IGNORECASE)
_LESS = re.compile(r"(?:<|＜|≤|less than|fewer than|under|below|up to|at most|小于|低于|不足|不到)\s?$", re.IGNORECASE)
_EVERY = {"ten": 10, "five": 5, "four": 4, "three": 3}
_OF_EMA = {
    10: ("common", "very common"),
    100: ("uncommon", "common"),
    1000: ("rare", "uncommon"),
    10000: ("very rare", "rare"),
}
"""What `up to 1 in n` and `more than 1 in n` stand for in leaflets."""
_BEHIND = re.compile(
    r"\s*(?:$|[.,;:)。，；：、）]|(?:of|patients|cases|people|children|women|men|subjects|participants|and|vs\.?|versus|in|with|compared|on|during|among|taking|treated|receiving|"
    r"respectively|for)\b|[和与及]|的?(?:患者|病例|患儿|人|孕妇|受试者|可见|出现|发生|病人|有))",
    re.IGNORECASE,
)
_HAVING = re.compile(
    r"[^,;:.，；。：]{0,60}?(?:\b(?:ha[sd]|have|develop(?:ed|s)?|reported|experienced?|experiences|get|gets|got|suffer(?:ed)?|"
    r"show(?:ed)?|presented with)\b|(?:出现|发生|可见|见|有|伴有?|表现为)(?![。，；、]|$|率))\s*(?!$)",
    re.IGNORECASE,
)
_HEADED = re.compile(r"\s*(?:(?:of )?(?:the )?(?:patients|people|users|cases|women)|的?患者)?\s*[)）]?\s*[:：]")
_OTHER = re.compile(
    r"\b(?:reduc|decreas|increas|lower|improv|rais|fell|rose|remission|respon|surviv|mortality|cure[ds]?\b|success|"
    r"sensitiv|specific|accura|confidence|CI\b|discontinu|withdr|complet|bioavailab|absorb|bound|excret)\w*"
    r"|有效率|缓解率|治愈率|生存率|存活率|降低|升高|减少|增加|改善|灵敏度|敏感|特异|准确|停药|退出|可信|置信|降至",
    re.IGNORECASE,
)
"""What a number between may be of, when it is not how often something is seen."""
_SEEN = re.compile(
    r"\b(?:occur\w*|develop\w*|report\w*|experienc\w*|seen|observed|noted|present|found|in|by|among|affect\w*|incidence|"
    r"frequency|rate|was|were|is|are|at|and|of)\b|[(（]\s*(?:n\s?=\s?)?$|发生率|比例|发生|出现|见于|率|为|占|约|达|者|例|、",
    re.IGNORECASE,
)
_PLACEBO = re.compile(
    r"(?:(?!than\b|compared|similar|高于|低于|相比|相似)[^,，;；。%％]){0,40}?(?:\bplacebo\b|安慰剂|\bcontrols?\b|对照组)",
    re.IGNORECASE,
)
_BEFORE_PLACEBO = re.compile(r"(?:\bplacebo|安慰剂组?)\W{0,3}(?:为|was|,)?\s?$", re.IGNORECASE)
_ENDS = re.compile(r"[;；。]|\.(?=\s)|\bwhereas\b|\bbut\b", re.IGNORECASE)
_RESPECTIVELY = re.compile(r"\brespectively\b|分别", re.IGNORECASE)
_ITEMS = re.compile(r"\s*(?:,|;|，|、|；|\band\b|\bor\b|和|及|与|以及)\s*", re.IGNORECASE)
_IN_BRACKETS = re.compile(
    r"(?:\b(?:n|may affect|affects?|in|about|approximately|up to|the|incidence|frequency|rate|occur(?:s|red|ring)?|"
    r"observed|seen|of|both)\b|约|发生率|为|达|至|[\s\d,/:=≥≤<>~])*+",
    re.IGNORECASE,
)
"""What may stand in brackets before a number that is of what stands before the brackets."""
_CLARIFIES = re.compile(
    r"\s?[,，(（]?\s?(?:occurring in |seen in |in )?(?:about|approximately|约|发生率(?:为|约)?)?\s?"
)
"""What stands between `common` and the number that it means."""
_OPENS = re.compile(
    r"\b(?:in|of|after|during|among|for|with|at|on|under|overall|was|were)\b|[中组后时用者]", re.IGNORECASE
)
"""In what stands before a list and is none of its things."""
_REACH = 160


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or number that tells how often."""

    start: int
    end: int
    value: str
    way: Literal["heads", "closes"]
    number: bool
    placebo: bool = False


def cues(text: str) -> list[Cue]:
    """All of a sentence, in order, none within another."""
    found = sorted([*_of_words(text), *_of_numbers(text)], key=lambda cue: (cue.start, -cue.end))
    kept: list[Cue] = []
    for cue in found:
        if not kept or cue.start >= kept[-1].end:
            kept.append(cue)
    return kept


def often(text: str, found: Sequence[Cue], what: Place, besides: Place | None) -> dict[str, str]:
    """How often `what` is seen, by the cues of the sentence, and how often under placebo; empty where none is of it."""
    own = [cue for cue in found if not overlaps((cue.start, cue.end), (what, besides))]
    drug = [cue for cue in own if not cue.placebo]
    chosen = _chosen(text, own, drug, what)
    if chosen is None:
        return {}
    if chosen.number and (shared := _in_turn(text, drug, what)):
        return {"frequency": shared} if shared != "?" else {}
    told = {"frequency": chosen.value}
    following = own[own.index(chosen) + 1 : own.index(chosen) + 2]
    if chosen.number and following and following[0].placebo and not _ENDS.search(text, chosen.end, following[0].start):
        told["placebo"] = following[0].value
    return told


def _chosen(text: str, every: Sequence[Cue], drug: Sequence[Cue], what: Place) -> Cue | None:
    closing, heading = _closing(text, every, drug, what), _heading(text, drug, what)
    # `commonly a cough, and fever is rare`: the one that heads is of the first.
    if closing is None or (heading and not closing.number and _ITEMS.search(text[what[1] : closing.start])):
        return heading
    if closing.number:
        return closing
    return next((cue for cue in drug if cue.number and _CLARIFIES.fullmatch(text, closing.end, cue.start)), closing)


def _closing(text: str, every: Sequence[Cue], drug: Sequence[Cue], what: Place) -> Cue | None:
    """The nearest cue behind that closes what stands before it."""
    cue = next((cue for cue in drug if cue.start >= what[1]), None)
    if cue is None or cue.way != "closes" or cue.start - what[1] > _REACH:
        return None
    between = text[what[1] : cue.start]
    if _ENDS.search(between) or any(what[1] <= other.start < cue.start for other in every):
        return None
    opened = max(between.rfind("("), between.rfind("（"))
    if opened > max(between.rfind(")"), between.rfind("）")):
        return cue if _IN_BRACKETS.fullmatch(between, opened + 1) and not _ITEMS.search(between[:opened]) else None
    if cue.number and (_OTHER.search(between) or not _SEEN.search(between)):
        return None
    return cue


def _heading(text: str, drug: Sequence[Cue], what: Place) -> Cue | None:
    """The nearest cue before, if it heads what follows, up to where its list ends."""
    before = [cue for cue in drug if cue.end <= what[0]]
    heads = [cue for cue in before if cue.way == "heads"]
    if not heads or _ENDS.search(text, heads[-1].end, what[0]):
        return None
    closing = [cue for cue in before if cue.start > heads[-1].start]
    return heads[-1] if not closing and what[0] - heads[-1].end <= 2 * _REACH else None


def _in_turn(text: str, drug: Sequence[Cue], what: Place) -> str:
    """Where as many things as numbers are told `respectively`, the one of this thing; `?` where they do not match."""
    if not _RESPECTIVELY.search(text):
        return ""
    row = [cue for cue in drug if cue.number and cue.start >= what[1]]
    row = [cue for at, cue in enumerate(row) if at == 0 or len(text[row[at - 1].end : cue.start]) <= 8]
    begins = max((match.end() for match in re.finditer(r"[;；。:：]", text[: what[0]])), default=0)
    said = text[begins : row[0].start] if row else ""
    cuts = [begins, *(begins + match.end() for match in _ITEMS.finditer(said)), row[0].start if row else begins]
    every = list(pairwise(cuts))
    items, ahead = every[-len(row) :], every[: -len(row)]
    if len(row) < 2 or len(items) != len(row) or (ahead and not _OPENS.search(text, *ahead[-1])):
        return "?"
    return next((cue.value for cue, (a, b) in zip(row, items, strict=True) if a <= what[0] < b), "?")


def _of_words(text: str) -> Iterator[Cue]:
    for match in _WORD.finditer(text):
        if not _ADVERB.search(match[0]) and _NAMES.match(text, match.end()):
            continue
        value = _WORDS[int((match.lastgroup or "w0")[1:])]
        before = text[max(0, match.start() - 24) : match.start()]
        if _BEING_A.search(before):
            yield Cue(match.start(), match.end(), value, "closes", False)
        elif head := _HEAD_WORD.match(text, match.end()):
            yield Cue(match.start(), head.end(), value, "heads", False)
        elif not match[0].isascii():
            closes = _TAIL_WORD.match(text, match.end()) is not None and before.strip(" ，,；;、:：") == before.strip()
            yield Cue(match.start(), match.end(), value, "closes" if closes and before.strip() else "heads", False)
        elif _ADVERB.search(match[0]):
            # `and, rarely, brain damage` is of what follows.
            alone = before.rstrip().endswith((",", "(")) and text.startswith(",", match.end())
            closes = not alone and _TAIL_WORD.match(text, match.end()) is not None
            yield Cue(match.start(), match.end(), value, "closes" if closes else "heads", False)
        elif value == "unknown" or (_BEING.search(before) and before.strip()):
            yield Cue(match.start(), match.end(), value, "closes", False)


def _of_numbers(text: str) -> Iterator[Cue]:
    wholes = [(match.start(), int(match["n"])) for match in _WHOLE.finditer(text)]
    for match in _NUMBER.finditer(text):
        value = _value(text, match, wholes)
        if not value:
            continue
        headed = _HEADED.match(text, match.end()) is not None
        if (
            not headed
            and not match["hpart"]
            and not _BEHIND.match(text, match.end())
            and not _HAVING.match(text, match.end())
        ):
            continue
        if re.match(r"\s?(?:CI\b|confidence|可信|置信)", text[match.end() : match.end() + 12], re.IGNORECASE):
            continue
        heads = headed or _HAVING.match(text, match.end()) is not None
        placebo = _PLACEBO.match(text, match.end()) is not None or bool(
            _BEFORE_PLACEBO.search(text[max(0, match.start() - 16) : match.start()])
        )
        yield Cue(match.start(), match.end(), value, "heads" if heads else "closes", True, placebo)


def _value(text: str, match: re.Match[str], wholes: Sequence[tuple[int, int]]) -> str:
    before = text[max(0, match.start() - 12) : match.start()]
    sign = ">" if _MORE.search(before) else "<" if _LESS.search(before) else ""
    if match["share"]:
        sign = "≥" if before.rstrip().endswith("≥") else "≤" if before.rstrip().endswith("≤") else sign
        return f"{sign}{match['share']}%" if float(match["share"]) <= 100 else ""
    if match["from"]:
        return f"{match['from']}-{match['to']}%" if float(match["from"]) < float(match["to"]) <= 100 else ""
    if match["one"]:
        return _one_in(match["every"].replace(",", "").lower(), sign)
    if match["hpart"]:
        whole = _before(wholes, match.start())
        return _count(int(match["hpart"]), whole)
    part = match["part"] or match["part2"]
    return _count(int(part), int(match["whole"] or match["whole2"]))


def _before(wholes: Sequence[tuple[int, int]], start: int) -> int:
    place = bisect_left(wholes, (start, 0))
    return wholes[place - 1][1] if place else 0


def _one_in(every: str, sign: str) -> str:
    number = _EVERY.get(every) or int(every)
    if sign and number in _OF_EMA:
        return _OF_EMA[number][sign == ">"]
    return f"{sign}{100 / number:.3g}%" if number else ""


def _count(part: int, whole: int) -> str:
    return f"{part}/{whole}" if 0 < part <= whole else ""
