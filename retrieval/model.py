"""The words of retrieval.

A document's text is cut into passages that follow one another without gap or overlap: joined in order they are the
text. Offsets are Unicode code points into that text.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from text.links import link

Mode = Literal["lexical", "dense", "hybrid", "rerank"]
"""How passages are ranked: by words, by meaning, by both, or by both and then the best of them read again."""
DEFAULT_MODE: Mode = "hybrid"
"""What search does where nothing else is asked for."""

PUBLIC: frozenset[str] = frozenset({"public"})


def passage_id(document: str, start: int, end: int, text: str) -> str:
    """The id of a passage: a hash of its document, its span and its text (32 hex digits)."""
    key = f"{document}\x1f{start}\x1f{end}\x1f{text}"
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()


def passage_key(id: str) -> int:
    """The passage id as the non-negative 63-bit integer that a vector index needs: the first 16 hex digits."""
    return int(id[:16], 16) & 0x7FFF_FFFF_FFFF_FFFF


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known of a document beside its text. `access`: visible to a reader who holds at least one label."""

    id: str
    title: str = ""
    year: int | None = None
    language: str = "en"
    source: str = ""
    licence: str = ""
    url: str = ""
    """An address of the web that may be shown; any other is left out."""
    hash: str = ""
    keywords: tuple[str, ...] = ()
    retracted: bool = False
    access: frozenset[str] = PUBLIC
    publication_types: tuple[str, ...] = ()
    """What kind of publication it is in the words of its source, such as `Randomized Controlled Trial`."""

    def __post_init__(self) -> None:
        # Also of what an older version stored: nothing else is ever shown.
        object.__setattr__(self, "url", link(self.url))


@dataclass(frozen=True, slots=True)
class Passage:
    id: str
    document: str
    ordinal: int
    section: str
    start: int
    end: int
    text: str
    entities: tuple[str, ...] = ()
    """Ids of the entities mentioned, sorted, without duplicates."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a hit must satisfy; None means anything. `access=None` is an administrator: everything."""

    access: frozenset[str] | None
    year_from: int | None = None
    year_to: int | None = None
    languages: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    documents: frozenset[str] | None = None
    entities: frozenset[str] | None = None
    """At least one of these is mentioned in the passage."""
    retracted: bool = False
    """Whether retracted documents may be found."""
    sections: frozenset[str] | None = None
    """The name of the passage's section holds one of these: `methods` lets `materials and methods` through."""
    study_types: frozenset[str] | None = None
    """The name of one of the document's publication types holds one of these, in capitals or not, hyphens or blanks."""
    labels: frozenset[str] | None = None
    """The document carries at least one of these access labels, which the reader must hold besides."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Which documents to list; None, or an empty title, means any. `access=None` is an administrator: everything."""

    access: frozenset[str] | None
    year_from: int | None = None
    year_to: int | None = None
    languages: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    """The collections they are of, such as `pubmed`."""
    retracted: bool | None = None
    title: str = ""
    """Stands in the title, in capitals or not."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A passage near to a question in meaning. `nearness` is how many standard deviations its cosine is above that of
    texts which have nothing to do with each other, so that cosines of two encoders can be compared."""

    id: str
    cosine: float
    nearness: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` is the fused score, higher is better; `parts` says how it came about,
    such as `{"lexical_rank": 1, "dense_rank": 4, "cosine": 0.71}`. `Neighbour` tells of
    `nearness`, `fusion` of the shares."""

    passage: Passage
    document: DocumentInfo
    score: float
    parts: dict[str, float] = field(default_factory=dict)
