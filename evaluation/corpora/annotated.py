"""The words of annotated documents: what every format of annotations is read into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from evaluation.corpora.identifiers import identifiers
from ingest.sources.annotated.spelling import alike
from ingest.sources.ids import hashed
from ingest.vocabulary import kind


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention as annotated. `ids` is empty where it has none, and holds several for a composite mention."""

    start: int
    end: int
    type: str
    ids: frozenset[str] = frozenset()
    polarity: str | None = None
    certainty: str | None = None
    experiencer: str | None = None

    @property
    def span(self) -> tuple[int, int, str]:
        return self.start, self.end, self.type


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """A relation at document level: two identifiers in order of the alphabet, for who reads a pair has no side."""

    first: str
    second: str
    kind: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its annotations. Marks come in order, none twice at one place with one type."""

    name: str
    """What the file calls it."""
    text: str
    """Empty where the file does not hold it."""
    marks: tuple[Mark, ...]
    pairs: frozenset[Pair] = frozenset()


@dataclass(slots=True)
class Draft:
    """A document that a reader is filling."""

    name: str
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    pairs: set[Pair] = field(default_factory=set)
    misplaced: int = 0

    def mark(
        self, start: int, end: int, type: str, id: str, surface: str = "", context: Iterable[str | None] = ()
    ) -> str:
        """Take a mention; what is wrong with it, or an empty string. Blanks at its ends do not belong to it."""
        if not 0 <= start < end or (self.text and end > len(self.text)):
            return "a mention whose offsets lie outside the text"
        if not type.strip():
            return "a mention without a type"
        if self.text:
            there = self.text[start:end]
            if surface.strip() and not alike(surface.strip(), there.strip()):
                self.misplaced += 1
            if there.strip():
                start, end = start + len(there) - len(there.lstrip()), end - len(there) + len(there.rstrip())
        type = kind(type)
        self.marks.append(Mark(start, end, type, identifiers(id, type), *context))
        return ""

    def relate(self, kind: str, first: str, second: str) -> None:
        """Take a relation, or one for each two identifiers where those are composite."""
        for one in identifiers(first):
            for other in identifiers(second):
                self.pairs.add(Pair(min(one, other), max(one, other), kind))

    def done(self) -> Annotated:
        merged: dict[tuple[int, int, str], Mark] = {}
        for mark in self.marks:
            before = merged.get(mark.span)
            ids = mark.ids | before.ids if before else mark.ids
            first = before or mark
            context = (first.polarity, first.certainty, first.experiencer)
            merged[mark.span] = Mark(mark.start, mark.end, mark.type, ids, *context)
        return Annotated(self.name, self.text, tuple(merged[span] for span in sorted(merged)), frozenset(self.pairs))


def anonymous(title: str, text: str) -> str:
    """The name of a document that its file does not name: by its text, as the reader of JSON lines does it."""
    return hashed(f"{title}\x00{text}")
