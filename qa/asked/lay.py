"""What people say and what a graph calls it: lay words, abbreviations, brands, classes of drugs, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from qa.asked.vocabulary import EVERYDAY
from text.names import normalise

_HAN = re.compile(r"[\u4e00-\u9fff]")
_BRAND = re.compile(r"[\u4e00-\u9fff][林宁平康灵乐定通欣舒素清安泰诺]")
"""Two characters that end as names of products do, and so end many a name that nobody bears."""
_AHEAD = frozenset(
    "吃服用打喝和与跟及同、是了的给把对换开买点些含在有能想要会停加让于以或即叫名药片粒颗盒瓶次天月过着到为下上再又还就都不没啥"
    "问说查看请先后前时期间孩子人我你他她它爸妈"
)
"""What may stand ahead of a name in a question."""


@dataclass(frozen=True, slots=True)
class _Row:
    written: str
    """How it has to be written, where capitals tell; else empty."""
    meant: tuple[str, ...]
    near: re.Pattern[str] | None
    first: bool = False
    """Whether it is meant though the graph has another name of these letters."""


def meanings(name: str, surface: str, text: str) -> tuple[str, ...]:
    """The normalised names that a graph may have for what `text` says as `surface`, `name` when normalised, the
    likeliest first; none where nothing is known to be meant, or where a brand is only the end of another name."""
    row = _rows().get(name)
    if row is not None and _BRAND.fullmatch(surface) and _is_end(surface, text):
        return ()
    if row is None or (row.written and _several(row.written, surface)):
        return (EVERYDAY[name],) if name in EVERYDAY and row is None else ()
    return row.meant if row.near is None or row.near.search(text) else ()


def _is_end(surface: str, text: str) -> bool:
    """Whether a Chinese word of two characters stands only behind characters that end no other word of asking: 华美林
    is not 美林."""
    places = [match.start() for match in re.finditer(re.escape(surface), text)]
    return bool(places) and all(
        at > 0 and _HAN.match(text[at - 1]) is not None and text[at - 1] not in _AHEAD for at in places
    )


def firstly(name: str, surface: str) -> bool:
    """Whether what is said as `surface` means what it commonly means, whatever else the graph may call so."""
    row = _rows().get(name)
    return row is not None and row.first and not _several(row.written, surface)


def _several(written: str, surface: str) -> bool:
    """Whether `surface` is neither what has to be written nor several of it."""
    return surface not in (written, f"{written}s")


@cache
def _rows() -> Mapping[str, _Row]:
    """By normalised words what they mean. Read when first asked for."""
    lines = Path(__file__).with_name("lay.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in [line for line in lines if not line.startswith("#")][1:])
    return {
        normalise(said): _Row(
            said if re.fullmatch(r"[A-Za-z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*|[A-Z]{2}\d?", said) else "",
            tuple(normalise(one) for one in meant.split("|")),
            re.compile(near, re.IGNORECASE) if near else None,
            mark == "!",
        )
        for mark, said, meant, near in ((line[0][0], line[0].removeprefix("!"), *line[1:]) for line in rows)
    }
