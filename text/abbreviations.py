"""Abbreviations that a text defines itself: "chronic obstructive pulmonary disease (COPD)", "MS, i.e. mitral stenosis".

The method is that of Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in
biomedical text": the letters of the short form are looked for from right to left in the long form. Where the long form
is Chinese there are no letters to look for, and it is the words that stand before or in the bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from text.remembered import remembered_of_texts

_OPEN, _CLOSE = r"[(（\[【{〔]", r"[)）\]】}〕]"
_SHORT = r"[^\s()（）\[\]【】{}〔〕,;:=，；：、。\"'“”‘’\u3400-\u9fff]{2,10}"
_QUOTED = rf"[\"'“‘]?({_SHORT})[\"'”’]?"
_CALLED = (
    r"here(?:in)?after|henceforth|abbr(?:\.|eviated|eviation)?|"
    r"(?:also |often |commonly )?(?:known|called|termed|denoted|shortened|designated)|referred to|in short|short(?=:)"
)
_CALLED_SO = (
    rf"(?:{_CALLED})(?:,? (?:here(?:in)?after|here|below|called|referred to|abbreviated))?"
    r"(?: (?:as|to|by))?:?\s{1,2}"
)
_CHINESE_CALLED = r"(?:以下|下文)?(?:英文)?(?:简称|缩写|下称)(?:为|是)?[:：]?\s*"
# The long form stands before: "mitral stenosis (MS", "mitral stenosis [hereafter MS]", "二尖瓣狭窄（简称MS）".
_BRACKET = re.compile(
    rf"{_OPEN}\s{{0,2}}(?:{_CALLED_SO}|or\s|{_CHINESE_CALLED})?{_QUOTED}"
    rf"(?: for short| hereafter)?\s{{0,2}}(?:{_CLOSE}|[,;，；])",
    re.IGNORECASE,
)
# "mitral stenosis, hereafter MS, was": without a bracket the words must say so.
_NAMED_SO = re.compile(
    rf"(?:[,，]\s?|(?<!\s)\s{{1,2}})(?:{_CALLED_SO}|{_CHINESE_CALLED}){_OPEN}?{_QUOTED}", re.IGNORECASE
)
_OR = re.compile(rf",? or ({_SHORT})(?: for short)?(?=[,;.)])")
# Both stand in a bracket: "二尖瓣狭窄（mitral stenosis，MS）".
_BOTH = re.compile(
    rf"{_OPEN}\s{{0,2}}([^()（）\[\]【】{{}}〔〕,;，；。]{{4,120}}?)\s*[,;，；、]\s*({_SHORT})\s{{0,2}}{_CLOSE}"
)
# The short form stands first: "MS (mitral stenosis)", "MS = mitral stenosis", "MS stands for mitral stenosis".
_MEANS = (
    r"i\.?\s?e\.?[,:]?|that is(?: to say)?,?|namely,?|"
    r"(?:is )?(?:short|an? (?:abbreviation|acronym)|(?:the )?abbreviation) (?:for|of)|"
    r"stands? for|standing for|meaning|means|denot(?:es|ing)|refers to|=|即|全称(?:为|是)?[:：]?|是指|指的是"
)
_EXPLAINED = re.compile(
    rf"(?<![\w-])({_SHORT})\s{{0,2}}{_OPEN}\s{{0,2}}(?:(?:{_MEANS})\s{{0,2}})?[\"“‘]?([^()（）\[\]【】{{}}〔〕,;，；。\"”]{{2,160}})"
    rf"[\"”’]?\s{{0,2}}(?:{_CLOSE}|[,;，；])([^()（）]{{0,12}})",
    re.IGNORECASE,
)
_EQUATED = re.compile(
    rf"(?<![\w-])({_SHORT})\s{{0,2}}[,，]?\s{{0,2}}(?:{_MEANS}|[:：])\s{{0,2}}(?:the |an? )?[\"“‘]?(?=\w)",
    re.IGNORECASE,
)
_ITEM = re.compile(rf"(?<![\w-])({_SHORT})\s{{0,2}}[,:=，：]\s{{0,2}}([^,;:.，；。\n]{{4,120}})(?=[;.；。\n]|$)")
_LISTED = re.compile(r"\babbreviations?\b(?: used)?|缩写", re.IGNORECASE)
_LIST = 1500
_CITED = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\bet al\b|\bn\s*=|[<>≤≥%]|^(?:see|fig|figure|table|group|ref|all|both|vs)\b", re.IGNORECASE
)
# A bracket that begins so only describes: "MS (mostly severe)".
_DESCRIBED = re.compile(
    r"^(?:mostly|mainly|mild|moderate|severe|some|several|many|most|more|median|mean (?!score|sign)|men|male|mothers?|"
    r"and|or|in|with|without|for|from|but|not|including|especially|particularly)\b",
    re.IGNORECASE,
)
_RUN = re.compile(r"[\u3400-\u9fff][\u3400-\u9fffA-Za-z0-9α-ωΑ-Ω-]*$")
_FURTHEST_RUN = 20
# What is no name: "对照组（MS）", "两例（MS）".
_NO_NAME = re.compile(r"(?:组|例|者|人|型|期|级|图|表|年|月|日|次|岁|前|后|等)$")
# A Chinese bracket behind a short form mostly tells a stage or a kind; these endings are names.
_NAME = re.compile(
    r"(?:病|症|征|炎|癌|瘤|狭窄|硬化|衰竭|梗死|栓塞|出血|障碍|肺|谱|法|评分|量表|指数|系统|技术|值|率|酸|素|酶|蛋白|"
    r"抗体|基因|治疗)$"
)
_STOP = re.compile(r"[,;:.()\[\]，；。（）]")
_SMALL = frozenset(["of", "the", "and", "in", "for", "with", "to", "a", "an", "on", "by", "de"])


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """`short` stands for the text from `start` to `end`; where not `whole`, for an ending of that text."""

    short: str
    start: int
    end: int
    whole: bool = True

    def readings(self, text: str) -> Iterator[str]:
        """What the long form may be in `text`, from the longest."""
        yield text[self.start : self.end]
        if not self.whole:
            yield from (text[start : self.end] for start in range(self.start + 1, self.end - 1))


@remembered_of_texts(16)
def find(text: str) -> tuple[Abbreviation, ...]:
    """The definitions in `text`, in order; a short form that is defined twice is given twice."""
    definitions = [*_before(text), *_in_brackets(text), *_behind(text)]
    return tuple(sorted(dict.fromkeys(definitions), key=lambda one: (one.end, one.start, one.short)))


def forms(short: str) -> tuple[str, ...]:
    """A short form as it is defined, and its other number: `MS` and `MSs`."""
    singular = short[:-1] if short.endswith("s") and len(short) > 2 and short[-2].isupper() else ""
    return (short, singular) if singular else (short, f"{short}s")


def places(text: str, names: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where each of `names` stands in `text`, in whatever company; by the start, of one start the longest first."""
    import ahocorasick

    automaton: Any = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, name)
    if not len(automaton):
        return []
    automaton.make_automaton()
    found = ((last + 1 - len(name), last + 1, name) for last, name in automaton.iter(text))
    return sorted(found, key=lambda place: (place[0], -place[1]))


def _before(text: str) -> Iterator[Abbreviation]:
    """Definitions whose long form stands before the short one."""
    for pattern in (_BRACKET, _NAMED_SO, _OR):
        for match in pattern.finditer(text):
            short = match.group(1).rstrip(".")
            if len(short) < 2 or not _may_be_short(short) or (pattern is not _BRACKET and not _capital(short)):
                continue
            end = match.start()
            while end > 0 and text[end - 1].isspace():
                end -= 1
            if end and "\u3400" <= text[end - 1] <= "\u9fff":
                run = _RUN.search(text, max(0, end - _FURTHEST_RUN), end)
                if run and end - run.start() > 1 and not _NO_NAME.search(text, run.start(), end):
                    yield Abbreviation(short, run.start(), end, whole=False)
                continue
            words = _most_words(short)
            long = _long_form(short, text, max(0, end - 25 * words), end)
            if long is None or text[long:end].count(" ") >= words or end - long <= len(short):
                continue
            if pattern is not _OR or ("," not in text[long:end] and _initials(text[long:end]) == short.casefold()):
                yield Abbreviation(short, long, end)


def _in_brackets(text: str) -> Iterator[Abbreviation]:
    """Definitions that stand within a bracket with both of their forms."""
    for match in _BOTH.finditer(text):
        short = match.group(2)
        if _capital(short) and _spells(short, text, match.start(1), match.end(1)):
            yield Abbreviation(short, match.start(1), match.end(1))


def _behind(text: str) -> Iterator[Abbreviation]:
    """Definitions whose short form stands first."""
    for match in _EXPLAINED.finditer(text):
        short, long = match.group(1), match.group(2)
        if not _capital(short) or _CITED.search(long) or _CITED.search(match.group(3)) or _DESCRIBED.match(long):
            continue
        start, end = match.start(2), match.start(2) + len(long.rstrip())
        start += 4 if long.startswith("the ") else 0
        if "\u3400" <= text[start] <= "\u9fff":
            if _NAME.search(text, start, end):
                yield Abbreviation(short, start, end)
        elif _spells(short, text, start, end):
            yield Abbreviation(short, start, end)
    for match in _EQUATED.finditer(text):
        last = _first_words(match.group(1), text, match.end()) if _capital(match.group(1)) else None
        if last is not None:
            yield Abbreviation(match.group(1), match.end(), last)
    for heading in _LISTED.finditer(text):
        for match in _ITEM.finditer(text, heading.end(), heading.end() + _LIST):
            if _capital(match.group(1)) and _spells(match.group(1), text, match.start(2), match.end(2)):
                yield Abbreviation(match.group(1), match.start(2), match.end(2))


def _may_be_short(short: str) -> bool:
    return any(c.isupper() for c in short) and short[0].isalnum() and any(c.isalpha() for c in short)


def _capital(short: str) -> bool:
    """Whether it is written as only short forms are, which is asked where no bracket says that it is one."""
    return short[0].isalnum() and sum(c.isupper() for c in short) >= 2


def _most_words(short: str) -> int:
    return min(len(short) + 5, len(short) * 2)


def _initials(long: str) -> str:
    return "".join(word[0].casefold() for word in re.findall(r"\w+", long) if word not in _SMALL)


def _spells(short: str, text: str, start: int, end: int) -> bool:
    """Whether the text from `start` to `end`, all of it, is a long form of `short`."""
    long = text[start:end]
    if len(long) <= len(short) or long.count(" ") >= _most_words(short):
        return False
    if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long):
        return False
    singular = forms(short)[1] if short.endswith("s") else short
    return any(_long_form(one, text, start, end) == start for one in (short, singular))


def _first_words(short: str, text: str, start: int) -> int | None:
    """Where the long form that begins at `start` ends: by first letters, else with the first word that completes it."""
    last = start + 25 * _most_words(short)
    ends = [word.end() for word in re.finditer(r"[\w'’-]+", text[start:last].split("\n\n")[0])]
    stop = _STOP.search(text, start, last)
    ends = [start + end for end in ends if stop is None or end <= stop.start()][: _most_words(short)]
    if ends and "\u3400" <= text[start] <= "\u9fff":
        return ends[0] if _NAME.search(text, start, ends[0]) else None
    if _DESCRIBED.match(text[start : start + 40]) or _CITED.search(text[start : start + 12]):
        return None
    spelled = [end for end in ends if _spells(short, text, start, end)]
    plain = (end for end in spelled if _initials(text[start:end]) == short.casefold())
    return next(plain, spelled[0] if spelled else None)


def _long_form(short: str, text: str, window: int, end: int) -> int | None:
    """Where the long form of `short` that ends at `end` begins, or None."""
    position = end - 1
    for index in range(len(short) - 1, -1, -1):
        letter = short[index].lower()
        if not letter.isalnum():
            continue
        while position >= window and (
            text[position].lower() != letter or (index == 0 and position > 0 and text[position - 1].isalnum())
        ):
            if _parts(text, position):
                return None
            position -= 1
        if position < window:
            return None
        if index > 0:
            position -= 1
    return position


def _parts(text: str, at: int) -> bool:
    """Whether a sentence or a line ends at `at`; a line that is only wrapped does not."""
    if text[at] == "\n":
        return not (text[at - 1 : at].islower() and text[at + 1 : at + 2].islower())
    return text[at] == "。" or text[at : at + 2] == ". "
