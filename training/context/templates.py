"""Sentences in quantity from templates with findings swapped in: what annotated notes are too few to teach.

The templates of `english.txt` and `chinese.txt` are lines `LABELS TEMPLATE`; how they are written stands at their head.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_NAMED = re.compile(r"([A-Z]) = (.*)")
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_SLOT = re.compile(r"\{([A-Z])\}|<([A-Z])>")


@dataclass(frozen=True, slots=True)
class Example:
    """A mention `start`-`end` of `text`: whether it is denied, and whether it is of the past (None: nobody says)."""

    text: str
    start: int
    end: int
    language: str
    negated: bool
    historical: bool | None


@dataclass(frozen=True, slots=True)
class Templates:
    """The lines (labels, template) of a language and the words for their slots."""

    language: str
    lines: tuple[tuple[str, str], ...]
    words: dict[str, tuple[str, ...]]


def read(language: str) -> Templates:
    """The templates of `en` or `zh`, which are read from this package as code is."""
    name = "chinese.txt" if language == "zh" else "english.txt"
    lines = []
    words: dict[str, tuple[str, ...]] = {}
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if match := _NAMED.fullmatch(line):
            words[match[1]] = tuple(match[2].split("|"))
        elif line and not line.startswith("#"):
            labels, _, template = line.partition(" ")
            lines.append((labels, template.replace("\\n", "\n")))
    return Templates(language, tuple(lines), words)


def written(templates: Templates, each: int, chance: random.Random) -> Iterator[Example]:
    """`each` sentences of every template; in one of eight everything is in capitals."""
    for labels, template in templates.lines:
        for _ in range(each):
            text, start, end = _filled(template, templates.words, chance)
            if templates.language == "en" and chance.random() < 0.125:
                text = text.upper()
            yield Example(text, start, end, templates.language, "n" in labels, "h" in labels)


def _filled(template: str, words: dict[str, tuple[str, ...]], chance: random.Random) -> tuple[str, int, int]:
    while match := _CHOICE.search(template):
        template = template[: match.start()] + chance.choice(match[1].split("|")) + template[match.end() :]
    template = re.sub(r" +(?=[ ,.]|$)", "", template)
    text = ""
    at = start = end = 0
    used: set[str] = set()
    for match in _SLOT.finditer(template):
        text += template[at : match.start()]
        kind = match[1] or match[2]
        word = chance.choice([word for word in words[kind] if word not in used])
        used.add(word)
        # A name keeps its capitals, and what opens a sentence gets one.
        word = word[0].upper() + word[1:] if _opens(text) else word[0].lower() + word[1:] if kind == "P" else word
        if match[2]:
            start, end = len(text), len(text) + len(word)
        text += word
        at = match.end()
    return text + template[at:], start, end


def _opens(text: str) -> bool:
    return not text or text.endswith(("\n", ". "))
