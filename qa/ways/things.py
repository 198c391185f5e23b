"""The things that a question names, each with all that its words may mean, and how they stand beside one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.model import Entity
from qa.drugs.model import CLASSES
from qa.model import AskedEntity
from qa.ways.topics import JOINED, NOUNS, TOPICS
from qa.ways.way import Way


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a question names by its words, with all that these may mean."""

    surface: str
    start: int
    end: int
    entities: tuple[AskedEntity, ...]

    def fitting(self, way: Way) -> tuple[str, ...]:
        """The ids of those of its meanings from which the way can start."""
        return tuple(
            dict.fromkeys(e.id for e in self.entities if way.starts_from(Entity(id=e.id, type=e.type, name=e.name)))
        )

    def meant(self, way: Way) -> tuple[str, ...]:
        """Of a name that a disease and a finding share, those of the type that the way is about."""
        ids = self.fitting(way)
        types = {e.id: e.type for e in self.entities}
        first = tuple(id for id in ids if way.prefers and types[id] == way.given[0])
        return first or ids

    @property
    def is_class(self) -> bool:
        """Whether it is a class of drugs."""
        return any(e.id.startswith(CLASSES) for e in self.entities)

    def is_one_of(self, *types: str) -> bool:
        """Whether it may be of one of these types."""
        return any(e.type in types for e in self.entities)


Run = tuple[Thing, ...]
"""Things that are asked about alike: `A, B and C`."""


def things(text: str, entities: Sequence[AskedEntity]) -> list[Thing]:
    """What is named, from left to right; words that ask for a list are no things of their own."""
    folded = text.casefold()
    named: dict[str, list[AskedEntity]] = {}
    for entity in entities:
        named.setdefault(entity.surface, []).append(entity)
    found = [
        Thing(surface, place, place + len(surface), tuple(several))
        for surface, several in named.items()
        if (place := folded.find(surface.casefold())) >= 0 and not _asks(surface)
    ]
    found.sort(key=lambda thing: (thing.start, -thing.end))
    kept: list[Thing] = []
    for thing in found:
        if kept and kept[-1].is_one_of("Gene") and thing.is_one_of("Disease") and _touch(text, kept[-1], thing):
            # `HFE hemochromatosis` is one disease.
            kept[-1] = replace(thing, start=kept[-1].start)
        elif not kept or thing.start >= kept[-1].end:
            kept.append(thing)
    return kept


def _touch(text: str, one: Thing, other: Thing) -> bool:
    return other.start >= one.end and not text[one.end : other.start].strip(" -")


def runs(text: str, named: Sequence[Thing]) -> list[Run]:
    """The things in groups of those that only `and`, `or` and commas part."""
    groups: list[list[Thing]] = []
    for thing in named:
        if groups and JOINED.fullmatch(text[groups[-1][-1].end : thing.start]):
            groups[-1].append(thing)
        else:
            groups.append([thing])
    return [tuple(group) for group in groups]


def blanked(text: str, named: Sequence[Thing]) -> str:
    """The text without these names, in its length: what asks is looked for around them."""
    for thing in named:
        text = text[: thing.start] + "□" * (thing.end - thing.start) + text[thing.end :]
    return text


def _asks(surface: str) -> bool:
    return any(topic.pattern.fullmatch(surface) for topic in TOPICS) or any(
        noun.fullmatch(surface) for noun, _ in NOUNS
    )
