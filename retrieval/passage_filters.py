"""What passages can be filtered by, and which part of a filter nothing meets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from sqlite3 import Connection
from typing import Literal

from retrieval import passage_sql as sql
from retrieval.model import Filter
from retrieval.passage_rows import bound, listed

Part = Literal[
    "access", "retracted", "years", "languages", "sources", "documents", "entities", "sections", "study_types", "labels"
]
"""A part of a filter: the name of its field; `access` stands for seeing anything at all, `years` for both years."""
_SETS: tuple[Part, ...] = ("languages", "sources", "documents", "entities", "sections", "study_types", "labels")

Counted = tuple[tuple[str, int], ...]
"""Names with how many there are of each, the commonest first."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader can filter by: sources, languages and publication types with their numbers of documents, sections
    with those of passages, and the first and the last year."""

    sources: Counted
    languages: Counted
    study_types: Counted
    sections: Counted
    years: tuple[int, int] | None


def choices(db: Connection, access: frozenset[str] | None) -> Choices:
    """What there is to filter by among what the reader may see."""
    labels = {"access": listed(access)}

    def counted(statement: str) -> Counted:
        return tuple(db.execute(statement, labels).fetchall())

    first, last = db.execute(sql.YEARS, labels).fetchone()
    return Choices(
        sources=counted(sql.SOURCES),
        languages=counted(sql.LANGUAGES),
        study_types=counted(sql.STUDY_TYPES),
        sections=counted(sql.SECTIONS),
        years=None if first is None else (first, last),
    )


def matching(filter: Filter) -> str:
    """The statement that gives the keys of the passages that the filter lets through, asked from its narrowest end."""
    if filter.documents is not None:
        return sql.MATCHING_BY_DOCUMENT
    if filter.entities is not None:
        return sql.MATCHING_BY_ENTITY
    if filter.labels is not None:
        return sql.MATCHING_BY_LABEL
    return sql.MATCHING if filter.access is None else sql.MATCHING_BY_ACCESS


def unmet(db: Connection, filter: Filter) -> tuple[Part, ...]:
    """The parts of `filter` that no passage meets by itself, of those that the reader may see; `access` alone where the
    reader sees none. Empty where each part is met, be it by different passages."""
    if not _any(db, Filter(filter.access, retracted=True)):
        return ("access",)
    return tuple(name for name, part in _parts(filter) if not _any(db, part))


def _parts(filter: Filter) -> Iterator[tuple[Part, Filter]]:
    """Each part that restricts, alone, and retracted documents where they are let through."""
    plain = Filter(filter.access, retracted=True)
    if not filter.retracted:
        yield "retracted", Filter(filter.access)
    if filter.year_from is not None or filter.year_to is not None:
        yield "years", replace(plain, year_from=filter.year_from, year_to=filter.year_to)
    for name in _SETS:
        if getattr(filter, name) is not None:
            yield name, replace(plain, **{name: getattr(filter, name)})


def _any(db: Connection, filter: Filter) -> bool:
    return db.execute(sql.ANY_MATCHING, bound(filter)).fetchone() is not None
