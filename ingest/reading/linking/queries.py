"""As what a span is looked up: as it stands, with its short forms as the text defines them, without brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.reading.recognition.recognizer import Span
from text import abbreviations

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*|[^\W_]+")


_JOINT = re.compile(r"\s*[-/\u2013]\s*|\s+and\s+")
_OPENS = re.compile(r"\s*[(\[]\s*(?:also\s+known\s+as\s+|or\s+|i\.e\.,?\s+)?$")
_FURTHEST = 24
_LONGEST = 400
"""Characters of a name. A longer span names nothing that a vocabulary has, but costs as if it did."""


@dataclass(frozen=True, slots=True)
class Query:
    """`expanded`: a short form was put in full, or brackets left out. `apposed`: it counts only where the others are
    unknown, being what stands beside the surface in brackets or before them, "amrubicin (SM-5887)", or a short form by
    itself of which the text says what it means."""

    surface: str
    expanded: bool
    apposed: bool = False


def queries(text: str, spans: Sequence[Span]) -> list[tuple[Query, ...]]:
    """For each span one query or more, all different, what the text defines first; none for what is too long a name."""
    meanings = defined(text, spans)
    beside = _beside(text, spans)
    rows: list[tuple[Query, ...]] = []
    for span in spans:
        surface = text[span.start : span.end]
        if len(surface) > _LONGEST:
            rows.append(())
            continue
        made: dict[str, bool] = {}
        long = _meaning(surface, meanings)
        if long:
            made[long] = True
        else:
            bare = " ".join(_BRACKETS.sub(" ", surface).split())
            full = _WORD.sub(lambda match: _meaning(match.group(), meanings) or match.group(), bare)
            if full and full != surface:
                made[full] = True
            long = full if full != bare else None
            if bare and bare not in (surface, full) and not long:
                made[bare] = True
        asked = [Query(one, expanded) for one, expanded in made.items()]
        if surface not in made:
            asked.append(Query(surface, False, bool(long)))
        other = beside.get((surface, span.label))
        if other and other not in made:
            asked.append(Query(other, True, True))
        rows.append(tuple(asked))
    return rows


def _beside(text: str, spans: Sequence[Span]) -> dict[tuple[str, str], str]:
    """The surface that a surface of the same label stands beside in brackets, the first time that it does."""
    others: dict[tuple[str, str], str] = {}
    ordered = sorted(spans, key=lambda span: span.start)
    for one, other in pairwise(ordered):
        between = text[one.end : other.start]
        if one.label != other.label or not 0 < len(between) <= _FURTHEST:
            continue
        listed = between.strip() == ";" and text[one.start - 1 : one.start] == "("  # "(Krabbe disease; AO-GLD)"
        if listed or (_OPENS.fullmatch(between) and text[other.end : other.end + 1] in tuple(")],;")):
            left, right = text[one.start : one.end], text[other.start : other.end]
            others.setdefault((left, one.label), right)
            others.setdefault((right, one.label), left)
    return others


def defined(text: str, spans: Sequence[Span]) -> dict[str, str]:
    """Long forms by short form, in both numbers. A span that ends where the long form does says better where that
    begins."""
    ends = {span.end: span.start for span in spans}
    meanings: dict[str, str] = {}
    for definition in abbreviations.find(text):
        start = max(ends.get(definition.end, definition.start), definition.end - _LONGEST)
        long = text[start : definition.end]
        for short, meaning in ((definition.short, long), *_joined(definition.short, long)):
            for form in abbreviations.forms(short):
                meanings.setdefault(form, meaning)
    return meanings


def _joined(short: str, long: str) -> list[tuple[str, str]]:
    """The parts of a short form of two and what each means: "hyperparathyroidism-jaw tumor (HPT-JT)"."""
    shorts, longs = _JOINT.split(short), _JOINT.split(long)
    if len(shorts) != 2 or len(longs) != 2:
        return []
    pairs = [(one, other.strip()) for one, other in zip(shorts, longs, strict=True)]
    spelled = all(1 < len(one) < len(other) and one[0].casefold() == other[0].casefold() for one, other in pairs)
    return pairs if spelled else []


def _meaning(word: str, meanings: dict[str, str]) -> str | None:
    return meanings.get(word)
