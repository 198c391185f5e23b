"""Families of languages: which encoder a text is for. Pure functions.

An encoder of English sees little more of Chinese than single characters, and one of Chinese as little of English. So a
passage store may hold vectors of two encoders, each passage's of one: the name of the two together is the name of one
and of the other with ` + ` between.
"""

from __future__ import annotations

from typing import Literal

from text.language import of_text
from text.names import is_chinese

Family = Literal["rest", "zh"]

FAMILIES: tuple[Family, ...] = ("rest", "zh")
"""In the order of the numbers that the passage store has for them. `rest` is English and whatever is not Chinese."""

_BETWEEN = " + "


def family(text: str) -> Family:
    """The family of a text: `zh` where a third of its letters or more are Chinese characters."""
    return "zh" if not text.isascii() and of_text(text) == "zh" else "rest"


def asked_in(question: str) -> Family:
    """The family of a question: one Chinese character makes it Chinese, however many Latin names it holds."""
    return "zh" if is_chinese(question) else "rest"


def joined(rest: str, chinese: str) -> str:
    """The name of two encoders together."""
    return f"{rest}{_BETWEEN}{chinese}"


def names(encoder: str) -> dict[Family, str]:
    """The encoder of each family; of one that is for all texts, its name for `rest` alone."""
    rest, _, chinese = encoder.partition(_BETWEEN)
    return {"rest": rest, "zh": chinese} if chinese else {"rest": rest}


def as_encoded(title: str, text: str, start: int) -> str:
    """What an encoder is given of a passage that begins at `start` of its document: the title comes before it, which
    says what it is about, unless the passage begins with it."""
    return text if start == 0 or not title else f"{title}\n{text}"
