"""Sentences, content words, and what a negation covers: the wording of questions, evidence and answers, compared.

Pure functions over texts in English and Chinese. A word is compared in the form `text.names` gives it; Chinese has no
blanks between words, so what is compared there are pairs of neighbouring characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from text.names import Token, is_chinese, tokens
from text.question_language import words

FUNCTION_WORDS = words(
    "a an the this that these those it its itself they them their there here he she his her we our us you "
    "your i my me "
    "is are was were be been being am do does did done doing have has had having can could may might must "
    "shall should "
    "will would of in on at to for from with without within by as into onto over under between among against during "
    "before after since until through about above below up down out off and or nor but if then than so because while "
    "whereas although though when where which who whom whose what why how all any both each few more most "
    "other another "
    "some such only own same too very also just not no never neither cannot t s e g i.e etc vs via per however thus "
    "therefore hence moreover furthermore whether either one ones s"
)
"""Words that carry no medical content. Negation is among them because it is compared apart, by scope."""

_CHINESE_FUNCTION = frozenset(
    "的了着过和与及或在是有为以于对把被从向到而且但若如则也都就还又很更最这那其之该此等个种者由"
)

_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s)|[。！？；]+[”’）」]*|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|cf|al|fig|figs|dr|mr|mrs|prof|no|nos|approx|ca|resp|inc|st|ref|refs|spp|sp|var|"
    r"etc|min|max)"
    r"|\b[A-Z]|\b[a-z])\.$",
    re.IGNORECASE,
)
_CJK_PAIR = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")

_NEGATION = words(
    "no not never without neither nor cannot absent absence denied denies denying lack lacks lacking none"
)
_NEGATED_VERB = words("don doesn didn isn aren wasn weren haven hasn hadn won wouldn shouldn couldn can")
_TURN = words(
    "but however although though whereas while except instead yet which who because since despite than rather"
)
_CHINESE_NEGATION = re.compile(r"没有?|未能?|并?无|不|非|否认|排除|缺乏|禁止")
# Where those characters negate nothing: adverse, ill, weakness, aseptic, non-steroidal, non-small-cell, future …
_CHINESE_PSEUDO = re.compile(
    r"不良|不适|不足|不全|不整|不齐|不稳|不孕|不育|不宁|不安|不清|不明|不仅|不但|不论|无论|不同|不断|不规则|"
    r"不耐受|不典型|"
    r"不张|不等|不过|无力|无菌|无创|无症状|无尿|无汗|无脉|非甾体|非小细胞|非霍奇金|非典型|非酒精性|非洲|"
    r"非常|未来|未知|有没有|是不是|能不能|"
    r"会不会|可不可以|不能排除|不排除|除非|并非不"
)
_CLAUSE_END = frozenset(".;:?!,，。；：？！\n")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of the sentences of `text`, in order, without the blanks around them; none is empty."""
    spans, start = [], 0
    for match in _END.finditer(text):
        end = match.end()
        if match.group()[0] == "." and _ABBREVIATION.search(text[max(start, end - 8) : end]):
            continue
        following = text[end : end + 2].lstrip()
        if match.group()[0] == "." and following and following[0].islower():
            continue
        spans.append((start, end))
        start = end
    spans.append((start, len(text)))
    return [span for span in (_trimmed(text, *span) for span in spans) if span[0] < span[1]]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def content_words(text: str) -> list[str]:
    """The content words of `text` in order, normalised: Latin words that are no function words, pairs of neighbouring
    Chinese characters. Numbers are not among them; see `numbers`."""
    return [word for word, _ in _content(text)]


def _content(text: str) -> Iterator[tuple[str, int]]:
    """Content words with the index of the token at which they begin."""
    found = tokens(text)
    for index, token in enumerate(found):
        if is_chinese(token.norm):
            following = found[index + 1] if index + 1 < len(found) else None
            if following is None or following.start != token.end or not is_chinese(following.norm):
                continue
            if token.norm not in _CHINESE_FUNCTION and following.norm not in _CHINESE_FUNCTION:
                yield token.norm + following.norm, index
        elif token.norm not in FUNCTION_WORDS and not token.norm.isdigit() and len(token.norm) > 1:
            yield stem(token.norm), index


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A rough stem, so that treat, treated, treating and treatment meet. Not linguistics: it only has to be the same
    for forms of one word and rarely the same for different words."""
    if len(word) <= 4 or not word.isascii():
        return word
    for ending in (
        "ations",
        "ation",
        "ments",
        "ment",
        "ings",
        "ing",
        "ally",
        "edly",
        "ied",
        "ies",
        "ed",
        "ly",
        "es",
        "s",
        "e",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("y") and len(word) > 5 else word


NUMBER = re.compile(
    r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?:\s?[-–/]\s?\d+(?:\.\d+)?)?\s?(?:%|％|[a-zA-Zµμ°]+(?:/[a-zA-Z]+)?)?|\d[\d,.]*"
)
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
    found = []
    for match in _DIGITS.finditer(text):
        before = text[match.start() - 1] if match.start() else " "
        if before.isascii() and before.isalpha():
            continue  # CD20, B12: part of a name, compared as a word
        unit = ""
        if following := _UNIT.match(text, match.end()):
            unit = following.group(1).lower()
            unit = _SAME_UNIT.get(unit, unit)
            unit = _SAME_UNIT.get(unit.removesuffix("s"), unit.removesuffix("s") if len(unit) > 2 else unit)
        found.append((match.group().replace(",", "").rstrip("."), unit))
    return found


def polarities(text: str) -> dict[str, set[bool]]:
    """For each content word of `text`, whether it stands negated (True), affirmed (False), or both."""
    found = tokens(text)
    negated = negated_tokens(text, found)
    verdicts: dict[str, set[bool]] = {}
    for word, index in _content(text):
        verdicts.setdefault(word, set()).add(index in negated)
    return verdicts


def negates(text: str) -> bool:
    """Whether `text` holds any negation."""
    return bool(negated_tokens(text, tokens(text)))


def negated_tokens(text: str, found: Sequence[Token]) -> set[int]:
    """Indices of the tokens that a negation covers: from its cue to the end of the clause or a word of turning.

    The scope of NegEx (Chapman 2001) without its limit of six words; a list closed by `or` is one clause.
    """
    pseudo = [match.span() for match in _CHINESE_PSEUDO.finditer(text)]
    cues = {
        match.start()
        for match in _CHINESE_NEGATION.finditer(text)
        if not any(start <= match.start() < end for start, end in pseudo)
    }
    covered: set[int] = set()
    active = False
    for index, token in enumerate(found):
        gap = text[found[index - 1].end : token.start] if index else ""
        if (active and _ends_clause(text, gap, token.start)) or token.norm in _TURN:
            active = False
        if token.start in cues or _is_cue(found, index):
            active = True
            if token.start not in cues:
                continue
        if active:
            covered.add(index)
    return covered


def _is_cue(found: Sequence[Token], index: int) -> bool:
    word = found[index].norm
    if word in ("fail", "failed", "fails"):
        return index + 1 < len(found) and found[index + 1].norm == "to"
    if word == "t":
        return index > 0 and found[index - 1].norm in _NEGATED_VERB
    # "not only", "no doubt", "with or without" deny nothing.
    following = found[index + 1].norm if index + 1 < len(found) else ""
    if word == "without" and index > 0 and found[index - 1].norm == "or":
        return False
    return word in _NEGATION and following not in ("only", "doubt", "necessarily")


def _ends_clause(text: str, gap: str, position: int) -> bool:
    for character in gap:
        if character in _CLAUSE_END:
            if character != ",":
                return True
            rest = re.split(r"[.;:?!]|\bbut\b|\band\b", text[position : position + 120], maxsplit=1)[0]
            if not re.search(r"\b(?:or|nor)\b", rest):
                return True
    return False


def quoted(text: str) -> list[str]:
    """What stands between “ and ” in `text`."""
    return re.findall(r"“([^”]*)”", text)
