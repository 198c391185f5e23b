"""What a writer is given, and how it calls what it writes.

One mention is written once, with all the ids of its concepts, though a composite one is several Mentions here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from ingest.model import Document, Mention
from ingest.reading.relations.model import Finding
from ingest.vocabulary import KINDS, word


@dataclass(frozen=True, slots=True)
class Tagged:
    """A document with what was found in it. Mentions come in order of `start`."""

    name: str | int
    """What its input calls the document; whoever gave it finds it again by that."""
    document: Document
    mentions: tuple[Mention, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One mention as it is written: where it stands, the first of its Mentions, and all their entities."""

    start: int
    end: int
    mention: Mention
    entities: tuple[str, ...]


class Sink(Protocol):
    """A form of output. What it gives, one after another, is the file; nothing of it depends on when it is written."""

    @property
    def version(self) -> str: ...

    def opening(self) -> str:
        """What stands before the first document."""

    def document(self, tagged: Tagged, *, first: bool) -> str:
        """One document; `first` says whether none stands before it."""

    def closing(self) -> str:
        """What stands behind the last document."""


def places(tagged: Tagged) -> Iterator[Place]:
    """The mentions as they are written, in order of (start, end, type)."""
    ordered = sorted(tagged.mentions, key=_place)
    for (start, end, _), group in groupby(ordered, key=_place):
        concepts = list(group)
        entities = dict.fromkeys(m.entity for m in concepts if m.entity is not None)
        yield Place(start, end, concepts[0], tuple(entities))


def _place(mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.end, type_of(mention)


def type_of(mention: Mention) -> str:
    """The type of a mention in the words of the corpora: its label, or the PubTator word for its type in the graph."""
    return mention.label or word(mention.type)


def pubtator_type(mention: Mention) -> str:
    """One of `vocabulary.KINDS`, or empty where PubTator knows nothing of the kind."""
    return next((name for name in (mention.label, word(mention.type)) if name in KINDS), "")
