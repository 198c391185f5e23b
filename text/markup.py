"""Text that stays text where it is shown as Markdown or HTML."""

from __future__ import annotations

import re

_JOINER = "\u2060"
_MARKS = re.compile(
    r"[\\`*\[\]$]|~~|(?<!\w)_|_(?!\w)"  # emphasis, code, links, images, struck out, formulas
    r"|^(?:[#>+=-]|\d+(?=[.)]))",  # at the head of a line: headings, quotations, lists, rules
    re.MULTILINE,
)
_TAG = re.compile(r"<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_ADDRESS = re.compile(r"(?<=/)(?=/\w)|(?<=@)(?=\w)|(?i:(?<=\bwww)(?=\.)|(?<=\bmailto)(?=:))")


def markdown(text: str) -> str:
    """`text` for a client that shows Markdown: what is read is the text itself, and no tag, image, link or other
    layout is made of it. An address is still legible, but nobody makes a link of it: it is parted by a character
    without width."""
    text = _ADDRESS.sub(_JOINER, "\n".join(line.lstrip() for line in text.splitlines()))
    return _TAG.sub(_entity, _MARKS.sub(_escaped, text))


def _escaped(mark: re.Match[str]) -> str:
    if mark[0].isdigit():  # 2019. at the head of a line would be the first of a list
        return f"{mark[0]}\\"
    return "".join(f"\\{character}" for character in mark[0])


def _entity(mark: re.Match[str]) -> str:
    return "&lt;" if mark[0] == "<" else "&amp;"
