"""What is weighed of a message: its signs, its frames, the pictures that fit, and its runs of words or signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from qa.asked.emergency.pictures import pictures
from qa.asked.emergency.signs import framed, named
from text.names import is_chinese

BUCKETS = 1 << 13
"""How many places the runs are spread over."""
_WORDS = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|\?")
_SIGNS = re.compile(r"[^\s，。、,.！!；;“”\"]+")
_FRAMES_OF_ASKING = (
    "define", "topic", "explain", "drug_ask", "vignette", "past", "hypothetical", "prevent", "research", "figure",
    "worry", "denial", "mild", "know", "may", "chronic", "list", "dose_ask", "science", "followup", "long",
)  # fmt: skip
_FRAMES_OF_TELLING = ("now", "sudden", "self", "kin", "stranger", "help")


@dataclass(frozen=True, slots=True)
class Features:
    named: tuple[str, ...]
    buckets: tuple[int, ...]
    groups: tuple[str, ...]
    """Of the pictures that fit, by how much each asks for."""


def features(message: str) -> Features:
    """Of a message as it is written."""
    text = message.lower().replace("’", "'")
    language = "zh" if is_chinese(text) else "en"
    signs, frames = named(text, language), framed(text, language)
    fitting = [picture for picture in pictures() if picture.fits(signs | frames)]
    fitting.sort(key=lambda picture: -len(picture.needs))
    groups = tuple(dict.fromkeys(picture.group for picture in fitting))
    names = [language, *(f"sign {name}" for name in signs), *(f"{language} {name}" for name in frames)]
    names += [f"picture {group}" for group in groups]
    if fitting:
        names += ["any picture", *(f"picture and {name}" for name in frames)]
        names += [f"of {min(len(fitting), 4)} pictures", f"{min(len(fitting), 4)} pictures {language}"]
    asking = sum(name in frames for name in _FRAMES_OF_ASKING)
    telling = sum(name in frames for name in _FRAMES_OF_TELLING)
    names += [f"asking {min(asking, 3)}", f"telling {min(telling, 3)}", f"signs {min(len(signs), 8)}"]
    names += [f"asking {min(asking, 2)} telling {min(telling, 2)} {bool(fitting)}"]
    return Features(tuple(names), tuple({crc32(run.encode()) % BUCKETS for run in _runs(text, language)}), groups)


def _runs(text: str, language: str) -> Iterator[str]:
    if language == "zh":
        for piece in _SIGNS.findall(text):
            for size in (1, 2, 3):
                yield from (piece[at : at + size] for at in range(len(piece) - size + 1))
        return
    words = ["^", *_WORDS.findall(text), "$"]
    yield from words
    yield from (f"{one} {two}" for one, two in pairwise(words))
