"""How doctors and patients say what an ontology calls otherwise: lay words, abbreviations and clinical Chinese.

The table says it of ids and not of names, so that it holds whatever names a graph has been given. A phrase in capitals
is an abbreviation and counts only where it is written so: `LOC`, not `loc`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from text.names import is_chinese, normalise


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """By normalised phrase the ids of findings that it may mean. Read when first asked for."""
    meant: dict[str, tuple[str, ...]] = {}
    for ids, said in _rows():
        for phrase in said:
            key = normalise(phrase)
            meant[key] = tuple(dict.fromkeys((*meant.get(key, ()), *ids)))
    return meant


@cache
def capitals() -> frozenset[str]:
    """The normalised phrases that are abbreviations, which count in capitals alone."""
    return frozenset(normalise(phrase) for _, said in _rows() for phrase in said if _short(phrase))


def written_so(surface: str) -> bool:
    """Whether `surface` may be one of the phrases, as it is written."""
    return normalise(surface) not in capitals() or any(letter.isupper() for letter in surface)


def _short(phrase: str) -> bool:
    return phrase.isupper() and not is_chinese(phrase) and len(phrase) <= 6


@cache
def _rows() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    lines = Path(__file__).with_name("phrases.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(
        (tuple(ids.split("|")), tuple(phrase for column in said for phrase in column.split("|") if phrase))
        for ids, _, *said in rows[1:]
    )
