"""Which candidates are forms of one disease: "Osteogenesis imperfecta type 1" to "type 4" are shown as one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from text.names import normalise

_NUMBER = r"(?:\d+[a-z]?|[ivx]+[a-z]?)"
_TYPE = re.compile(
    rf"(?:,?\s*(?:type|form|group|class|complementation group|with or without .*|due to .*|"
    rf"susceptibility to,?)\s*(?:{_NUMBER}|[a-z]\d*)?"
    rf"|,?\s+{_NUMBER}|,\s*(?:autosomal|x-linked|digenic|y-linked)[\w\s,-]*|,\s*\w+ type|\s*\([^)]*\))+$",
    re.IGNORECASE,
)
_INHERITED = re.compile(
    r"^(?:autosomal (?:dominant|recessive)|x-linked(?: (?:dominant|recessive))?|familial|"
    r"hereditary)\s+",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"(?:[，,]?\s*(?:[IVX]+[A-Za-z]?|\d+[A-Za-z]?|[一二三四五六七八九十]+)\s*型?|[甲乙丙]型)$")
_RAGGED = re.compile(r"[\s,，、(（-]+(?:type|form|group|型)?[\s,，、(（-]*$", re.IGNORECASE)
_PART_OF_WORD = re.compile(r"\w+$")
_WORDS, _CHARACTERS = 2, 4


def stem(name: str) -> str:
    """The name without what tells its forms apart; the name itself where too little would be left."""
    short = _INHERITED.sub("", _TYPE.sub("", _CHINESE.sub("", name)))
    key = normalise(short)
    if len(key.split()) >= _WORDS or len(key) >= 2 * _CHARACTERS or (len(key) >= _CHARACTERS and not key.isascii()):
        return key
    return normalise(name)


def grouped(names: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Ids of pairs (id, name), those of one disease together, in the order in which each first comes."""
    groups: dict[str, list[str]] = {}
    for id, name in names:
        groups.setdefault(stem(name), []).append(id)
    return list(groups.values())


def heading(names: list[str]) -> str:
    """A name for several forms of one disease: what their names begin with alike, else the first name."""
    alike = names[0]
    for name in names[1:]:
        while alike and not name.casefold().startswith(alike.casefold()):
            alike = alike[:-1]
    if len(alike) < len(names[0]) and re.match(r"[\w]", names[0][len(alike) :]) and alike.isascii():
        alike = _PART_OF_WORD.sub("", alike)
    alike = _RAGGED.sub("", alike).strip(" ,-(")
    return alike if len(alike) >= _CHARACTERS or (alike and not alike.isascii()) else names[0]
