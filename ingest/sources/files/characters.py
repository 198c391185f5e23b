"""The characters of a text in XML: its white space, and references by name."""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

_BLANKS = re.compile("[ \t\r\n]{2,}|[\t\r\n]")


_UNSEEN = re.compile("[\u200b\u2060\ufeff]|(?<=[^\\W\\d_])\u00ad(?=[^\\W\\d_])")


def visible(text: str) -> str:
    """`text` without the places where a word may be broken, or may not: they cut a name in two.

    A soft hyphen that is not within a word was meant for a hyphen, as in a range of numbers.
    """
    return _UNSEEN.sub("", text).replace("\u00ad", "-") if not text.isascii() else text


def collapse(text: str) -> str:
    """`visible` text with every run of XML white space as one blank and none at its ends. Other blanks are kept."""
    return _BLANKS.sub(" ", visible(text)).strip(" ")


def character(entity: etree._Entity) -> str:
    """What a reference such as `&alpha;` stands for; the reference itself where no list knows it."""
    return html5.get(f"{entity.name};", entity.text or "")
