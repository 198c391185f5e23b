"""A question with choices: its stem, the choices with their letters, and whether the odd one is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARK = re.compile(r"(?:^|(?<=[\s(（;；,，。?？:：.]))[(（]?([A-Ha-h])(?:[)）.、．:：]|\s(?=\S))\s*")
_TICKED = re.compile(r"(?:^|\n)\s*[(（]?(\d)[)）.、．]\s*")
_NOT = re.compile(
    r"\bnot\b|\bexcept\b|\ball (?:\w+ ){0,6}but\b|\bisn['’]t\b|\bleast\b|\bfalse\b|\bincorrect\b|\bdoes ?n['’]t\b|"
    r"\bodd one out\b|\bunrelated\b|不是|不属于|不包括|不用于|不引起|不会|不能引起|不正确|不符合|不适用|不经|"
    r"不抑制|不含|不见于|不可?能|不存在|不治|"
    r"除外|除了|除.{0,12}[外以]|错误的|无关|非(?:以下|下列|其|由)|没有|不[对相]",
    re.IGNORECASE,
)
_HARM = re.compile(
    r"\b(?:must|should|may|can|ought to|do|does)(?: not|n['’]t|not) (?:be )?(?:given|us\w+|tak\w+|prescri\w+|"
    r"combin\w+|receiv\w+|"
    r"administ\w+|get|have)|\bmust NOT be\b|\bcannot (?:be|take)\b|\bnot (?:be )?(?:given|recommended|safe|"
    r"advised)\b|"
    r"不(?:宜|应|能|可|得|要)(?:使?用|合用|联用|服用|给予?|同)|不适合|不建议|不推荐",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[。；;？?]|(?<=[a-z])[.:]\s|，(?![^，。]{0,6}[？?]?$)")
_ASKING = re.compile(
    r"\b(?:which|these|following|all|except|one|choices?|options?|typical)\b|哪|下列|以下|下面|上述|选项|项",
    re.IGNORECASE,
)
_BLANK = re.compile(r"_{2,}|…+|\.{3,}|[（(]\s*[)）]")


@dataclass(frozen=True, slots=True)
class Stem:
    """What is asked, and of which choices."""

    text: str
    choices: tuple[str, ...]
    odd: bool
    """Whether the one that does not fit is asked for."""


def stem_of(text: str, choices: Sequence[str]) -> Stem | None:
    """The stem and its choices, given apart or found in the text; None where there are fewer than two."""
    if len(choices) < 2:
        text, choices = _parted(text)
    if len(choices) < 2:
        return None
    bare = _BLANK.sub(" ", text).strip()
    return Stem(bare, tuple(one.strip() for one in choices), _odd(bare))


def letter(place: int) -> str:
    """The letter of a choice."""
    return chr(ord("A") + place)


def _odd(text: str) -> bool:
    """By the clauses that speak of the choices: a case that is told before may deny things of its own."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    asking = [clause for clause in clauses if _ASKING.search(clause)] or clauses[-1:]
    return any(_NOT.search(_HARM.sub(" ", clause)) for clause in asking)


def _parted(text: str) -> tuple[str, tuple[str, ...]]:
    """Choices that stand in the text under A, B, C or 1, 2, 3, one after another."""
    for pattern, first in ((_MARK, "A"), (_TICKED, "1")):
        marks: list[re.Match[str]] = []
        for found in pattern.finditer(text):
            if found[1].upper() == chr(ord(first) + len(marks)):
                marks.append(found)
        if len(marks) >= 2:
            ends = [*(mark.start() for mark in marks[1:]), len(text)]
            parts = [text[mark.end() : end].strip(" \t\n;；,，") for mark, end in zip(marks, ends, strict=True)]
            if all(parts) and max(map(len, parts)) < 200:
                return text[: marks[0].start()].strip(), tuple(re.sub(r"[。.?？]$", "", part) for part in parts)
    return text, ()
