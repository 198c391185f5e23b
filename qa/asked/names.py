"""The names of the graph in a text: the longest ones from left to right, each with all that it can mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.model import Entity
from graph.namesakes import same_name_as
from graph.view import GraphView
from qa.asked.doses import units
from qa.asked.eponyms import full_names, one_meant
from qa.asked.lay import firstly, meanings
from qa.asked.vocabulary import EVERYDAY, ORDINARY
from text.names import Token, is_chinese, normalise

LONGEST = {"en": 8, "zh": 12}
"""Tokens in the longest name looked up; a Chinese character is a token."""
HOMONYMS = 4
"""Entities kept at most for one name."""

BREAK = re.compile(r"[.;:?!，。；：？！、\n()（）]")
"""What a name never crosses; it may cross a comma (Neoplasms, Breast) or a slash."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text that names entities, by its tokens (`first` to `last`) and characters (`start` to `end`);
    `via` is the word looked up where it is not what was written, `read` the reader's reason where no name was looked
    up."""

    first: int
    last: int
    start: int
    end: int
    entities: tuple[Entity, ...]
    via: str = ""
    read: str = ""


Bearers = Callable[[Collection[str]], Mapping[str, Sequence[Entity]]]
"""Who bears each of these normalised names, as `GraphView.named` tells it."""


Said = Callable[[str, str, str], tuple[str, ...]]
"""What a graph may call a normalised name that is written so in a text, as `lay.meanings` tells it."""


def _everyday(name: str, surface: str, text: str) -> tuple[str, ...]:
    return (EVERYDAY[name],) if name in EVERYDAY else ()


def names_in(text: str, words: Sequence[Token], view: GraphView, named: Bearers | None = None) -> list[Span]:
    """The longest names in the text, whose tokens are `words`, from left to right; they do not overlap. Names are
    looked up by `named` where it is given, else in the graph."""
    spans: list[Span] = []
    for span in names_at(text, words, named or view.named, meanings):
        if not spans or spans[-1].last < span.first:
            spans.append(span)
    return spans


def names_at(text: str, words: Sequence[Token], named: Bearers, said: Said = _everyday) -> list[Span]:
    """The longest name that begins at each token, where one does, in order; they may overlap. `said` has what is tried
    for a name that nothing bears."""
    looked_up = {(first, last): name for first, last, name in possible_names(text, words)}
    otherwise = {
        place: ways
        for place, name in looked_up.items()
        if (ways := said(name, text[words[place[0]].start : words[place[1]].end], text))
    }
    whole = {
        place: ways
        for place, name in looked_up.items()
        if (ways := full_names(name, text[words[place[0]].start : words[place[1]].end]))
    }
    more = (way for ways in (*otherwise.values(), *whole.values()) for way in ways)
    bearers = named({*looked_up.values(), *more})
    for place, ways in whole.items():
        if (one := one_meant(ways, bearers)) and place not in otherwise:
            otherwise[place] = (one,)
    longest = (_longest(text, words, position, looked_up, otherwise, bearers) for position in range(len(words)))
    return [span for span in longest if span is not None]


def possible_names(text: str, words: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Stretches of tokens (first, last) that could be a name, with the name as it is looked up."""
    measured = units(text)
    for first in range(len(words)):
        if any(start <= words[first].start < end for start, end in measured):
            continue
        longest = LONGEST["zh" if is_chinese(words[first].norm) else "en"]
        for last in range(first, min(first + longest, len(words))):
            if last > first and BREAK.search(text, words[last - 1].end, words[last].start):
                break
            name = " ".join(token.norm for token in words[first : last + 1])
            # A gene may be called WAS: among words in small letters, capitals are meant.
            written = text[words[first].start : words[first].end]
            symbol = first == last and len(name) > 2 and written.isupper() and not text.isupper()
            if len(name) > 1 and (symbol or name not in ORDINARY):
                yield first, last, name


def _longest(
    text: str,
    words: Sequence[Token],
    first: int,
    looked_up: Mapping[tuple[int, int], str],
    otherwise: Mapping[tuple[int, int], tuple[str, ...]],
    bearers: Mapping[str, Sequence[Entity]],
) -> Span | None:
    """The longest name that begins at a token."""
    for last in range(min(first + LONGEST["zh"], len(words)) - 1, first - 1, -1):
        name = looked_up.get((first, last), "")
        start, end = words[first].start, words[last].end
        ways = otherwise.get((first, last), ())
        own = {entity.name for entity in bearers.get(name, ()) if entity.type == "Gene"}
        first_meant = bool(name) and text[start:end] not in own and firstly(name, text[start:end])
        for spelling in ways if first_meant else (name, *ways):
            entities = _meant(bearers.get(spelling, ()), text[start:end]) if spelling else ()
            if entities:
                return Span(first, last, start, end, entities, via="" if spelling == name else spelling)
    return None


def _meant(entities: Sequence[Entity], surface: str) -> tuple[Entity, ...]:
    """The entities that `surface` can mean, those that have it as preferred name first.

    A gene symbol counts only as symbols are written: `was` and `set` are words, WAS and SET are genes.
    """
    key = normalise(surface)
    possible = [
        entity
        for entity in entities
        if entity.type != "Patient" and (entity.type != "Gene" or not surface.islower() or " " in surface)
    ]
    possible.sort(key=lambda entity: (normalise(entity.name) != key, entity.type == "Gene", entity.id))
    return tuple(possible[:HOMONYMS])


def with_namesakes(spans: Sequence[Span], view: GraphView) -> list[Span]:
    """Add to each span the entities of the same type under the same preferred name, and the phenotypes and diseases
    that go by a name of one another.

    Vocabularies that nobody has mapped declare one disease each, and only some of them carry the Chinese name.
    """
    entities = {entity.id: entity for span in spans for entity in span.entities}
    bearers = view.named({normalise(entity.name) for entity in entities.values()})
    kin = same_name_as(view, entities.values())
    return [
        replace(span, entities=tuple(_namesakes(span.entities, bearers, kin).values())[: 2 * HOMONYMS])
        for span in spans
    ]


def _namesakes(
    entities: Collection[Entity], bearers: Mapping[str, Sequence[Entity]], kin: Mapping[str, Sequence[Entity]]
) -> dict[str, Entity]:
    """The entities by id, and after them those that bear the same preferred name, and their kin."""
    named = {entity.id: entity for entity in entities}
    for own in entities:
        for other in bearers.get(normalise(own.name), ()):
            if other.type == own.type and normalise(other.name) == normalise(own.name):
                named.setdefault(other.id, other)
    for own in entities:
        for other in kin.get(own.id, ()):
            named.setdefault(other.id, other)
    return named
