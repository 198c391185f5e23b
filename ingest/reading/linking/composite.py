"""Composite mentions: "ovarian and breast cancer", "A/B deficiency", "hyper- or dyskinesia", taken apart."""

from __future__ import annotations

import re

_JOIN = re.compile(r"\s*(?:,\s*(?:and/or|and|or)\s|,\s|\s(?:and/or|and|or|as well as)\s|/(?=[^\W\d])|\s&\s)\s*")
_OF = re.compile(r"^(.*?\b(?:of|in|to|for)\s+(?:the\s+)?)(.+)$")
_MOST = 5
_AND = r"\s*(?:/|,\s*(?:and|or)\s|,|\s(?:and|or)\s|&)\s*-?\s*"
_NUMBER = r"\d{1,3}[A-Za-z]?"
_NUMBERS = re.compile(rf"^(?P<stem>.*[^\W\d_][\s-]*)(?P<numbers>{_NUMBER}(?:{_AND}{_NUMBER})+)(?P<rest>\s\D*)?$")


def parts(surface: str) -> list[tuple[str, ...]]:
    """The ways to read `surface` as a list of names, the likeliest first; none where nothing joins parts.

    The readings: each part with the words that follow in the last one ("ovarian and breast cancer": "ovarian cancer",
    "breast cancer"), from the longest such ending to none; each with the words that lead the first one ("cancer of
    the ovary and breast").
    """
    if numbered := _numbered(surface):
        return [numbered]
    pieces = [piece.strip(" -") for piece in _JOIN.split(surface)]
    pieces = [piece for piece in pieces if piece]
    if not 2 <= len(pieces) <= _MOST:
        return []
    ways: list[tuple[str, ...]] = []
    last = pieces[-1].split()
    for keep in range(1, len(last)):
        head = " ".join(last[keep:])
        ways.append((*(f"{piece} {head}" for piece in pieces[:-1]), pieces[-1]))
    if "-" in pieces[-1] and len(last) == 1:  # "breast/ovarian-cancer"
        head = pieces[-1].partition("-")[2]
        ways.append((*(f"{piece} {head}" for piece in pieces[:-1]), pieces[-1]))
    if led := _OF.match(pieces[0]):
        lead = led[1]
        ways.append((pieces[0], *(f"{lead}{piece}" for piece in pieces[1:])))
    first = pieces[0].split()
    if len(first) > 1:  # "Duchenne muscular dystrophy and its kind" has no such reading, "type 1 and 2 diabetes" has
        ways.append((pieces[0], *(f"{' '.join(first[:-1])} {piece}" for piece in pieces[1:])))
    ways.append(tuple(pieces))
    return list(dict.fromkeys(ways))


def _numbered(surface: str) -> tuple[str, ...]:
    """The members of a family by their numbers: "caspase-3/7", "MMP-2, -9 and -12", "type 1 and 2 diabetes"."""
    match = _NUMBERS.match(surface)
    if not match:
        return ()
    numbers = re.findall(_NUMBER, match["numbers"])
    return tuple(f"{match['stem']}{number}{match['rest'] or ''}" for number in numbers) if len(numbers) <= _MOST else ()
