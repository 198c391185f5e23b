"""What a reader adds to the names of the graph: words that the graph does not list as names, and names it lacks."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import UnknownEntity
from graph.model import Entity
from graph.view import GraphView
from qa.asked.doses import units
from qa.asked.names import Span
from qa.asked.reader import Read
from qa.asked.vocabulary import ORDINARY, SMALL
from text.names import Token, normalise

# What a text about one of them is not about another. People and animals are read as organisms in any question.
_TOLD_APART = ("Drug", "Disease", "Phenotype", "Gene", "Variant")


def left_over(words: Sequence[Token], spans: Sequence[Span]) -> bool:
    """Whether a word in Latin letters is neither part of a name nor what any question may hold. Chinese names are no
    reason to read: those that the reader knows are in the lexicon, and an entity is declared with them."""
    inside = {index for span in spans for index in range(span.first, span.last + 1)}
    return any(
        len(token.norm) > 1 and token.norm[0].isascii() and token.norm[0].isalpha() and token.norm not in SMALL
        for index, token in enumerate(words)
        if index not in inside
    )


def read_spans(text: str, words: Sequence[Token], mentions: Sequence[Read], view: GraphView) -> list[Span]:
    """What a reader read and the graph holds: one stretch for all that a mention names."""
    held = {id: _held(id, view) for id in {m.entity for m in mentions if m.entity is not None}}
    spans: dict[tuple[int, int], Span] = {}
    measured = units(text)
    for mention in mentions:
        place = (mention.start, mention.end)
        entity = held.get(mention.entity or "")
        covered = [at for at, token in enumerate(words) if token.start < mention.end and mention.start < token.end]
        unit = any(start <= mention.start < end for start, end in measured)
        if entity is None or unit or not covered or normalise(text[mention.start : mention.end]) in ORDINARY:
            continue
        others = spans[place].entities if place in spans else ()
        spans[place] = Span(covered[0], covered[-1], *place, (*others, entity), read=mention.reason)
    return list(spans.values())


def _held(id: str, view: GraphView) -> Entity | None:
    try:
        entity = view.entity(id)
    except UnknownEntity:
        return None
    return None if entity.type == "Patient" else entity


def joined(spans: Sequence[Span], read: Sequence[Span]) -> list[Span]:
    """Both in order of place, none overlapping another: a name of the graph's stands where it is not only a part of
    what was read."""
    result = list(spans)
    for span in read:
        overlapping = [other for other in result if other.first <= span.last and span.first <= other.last]
        if all(_within(other, span) for other in overlapping):
            result = [other for other in result if other not in overlapping] + [span]
    return sorted(result, key=lambda span: span.first)


def _within(part: Span, whole: Span) -> bool:
    longer = whole.last - whole.first > part.last - part.first
    return longer and whole.first <= part.first and part.last <= whole.last


def unknown_names(text: str, mentions: Sequence[Read], spans: Sequence[Span]) -> dict[str, str]:
    """What the reader took for a name of something and nothing was there for: as written, with its type."""
    measured = units(text)
    return {
        text[m.start : m.end]: m.type
        for m in mentions
        if m.type in _TOLD_APART
        and not any(start <= m.start < end for start, end in measured)
        and normalise(text[m.start : m.end]) not in ORDINARY
        and all(m.end <= span.start or span.end <= m.start for span in spans)
    }
