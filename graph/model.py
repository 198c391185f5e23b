"""The words of the graph.

Ids are CURIEs or content hashes, so that writing a thing twice leaves one thing. Offsets are Unicode code points
into the text of the document a thing was read from.

Ownership is what makes deletion exact: every entity declaration, passage, mention and assertion belongs to exactly
one `Source` (a document, or a curated data set), and goes when that source goes. An `Entity` as read is the merge
of its declarations; a `Relation` as read is the aggregate of its assertions. Neither is ever written by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from text.context.judgement import Certainty, Experiencer, Polarity
from text.links import link

PUBLIC: frozenset[str] = frozenset({"public"})
"""The access of what anybody may read. A thing is visible to a reader who holds at least one of its labels."""


Kind = Literal["curated", "document"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""The kinds of sources, in the order in which their declarations count."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document, or a curated data set: what a fact comes from, and the unit of deletion.

    `id` is a CURIE (`PMID:1`, `PMCID:PMC1`, `fhir:…`, `sha256:…`) or, for a data set, a word (`HPO`).
    """

    id: str
    kind: Kind
    title: str = ""
    version: str = ""
    licence: str = ""
    year: int | None = None
    language: str = ""
    url: str = ""
    """An address of the web that may be shown; any other is left out."""
    retracted: bool = False
    access: frozenset[str] = PUBLIC

    def __post_init__(self) -> None:
        # Also of what an older version stored: nothing else is ever shown.
        object.__setattr__(self, "url", link(self.url))


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """One name of an entity in one language (ISO 639-1; `und` where the source does not say)."""

    text: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Entity:
    """A concept. `id` is its canonical CURIE, `type` one of `schema.ENTITY_TYPES`, `name` the preferred name."""

    id: str
    type: str
    name: str
    synonyms: tuple[Name, ...] = ()
    xrefs: tuple[str, ...] = ()
    definition: str = ""
    access: frozenset[str] = PUBLIC


class Match(NamedTuple):
    """An exact match by which `other` names what `canonical` names. A plain pair of ids is one without doubts."""

    other: str
    canonical: str
    confidence: float = 1.0
    justification: str = ""
    """Why, in the words of SSSOM, such as `semapv:ManualMappingCuration`; empty where the source does not say."""


@dataclass(frozen=True, slots=True, order=True)
class KeptMatch:
    """A match as one source states it, with what became of it."""

    other: str
    canonical: str
    source: str
    confidence: float
    justification: str
    refused: str
    """Why it is not followed; empty where nothing speaks against it."""


@dataclass(frozen=True, slots=True)
class PassageNode:
    """A span of a document, as the graph shows it: `text` is the document's text from `start` to `end`."""

    id: str
    document: str
    section: str
    start: int
    end: int
    text: str
    access: frozenset[str] = PUBLIC


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity named in a passage. `start` and `end` are offsets into the document's text; `surface` stands there."""

    passage: str
    entity: str
    start: int
    end: int
    surface: str
    score: float = 1.0
    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    experiencer: Experiencer = "patient"
    tagger: str = ""
    reason: str = ""
    """Why the surface was linked to this entity."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """One statement by one source, never changed once made. Build it with `Assertion.new`, which computes the id.

    Where it comes from: for a document, `passage` with the span `start`-`end` whose verbatim text is `sentence`; for
    a curated source, `record` names the line or key there and `sentence` is the record as the source has it.
    """

    id: str
    subject: str
    predicate: str
    object: str
    source: str
    sentence: str
    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    experiencer: Experiencer = "patient"
    qualifiers: tuple[tuple[str, str], ...] = ()
    """Sorted pairs such as `("frequency", "HP:0040281")`, `("dose", "5 mg")`, `("onset", "HP:0003577")`."""
    passage: str = ""
    start: int = -1
    end: int = -1
    record: str = ""
    extractor: str = ""
    """Name and version of what made it, such as `patterns/1` or `obo/1`."""
    confidence: float = 1.0
    access: frozenset[str] = PUBLIC

    @staticmethod
    def new(
        subject: str,
        predicate: str,
        object: str,
        *,
        source: str,
        sentence: str,
        polarity: Polarity = "affirmed",
        certainty: Certainty = "certain",
        experiencer: Experiencer = "patient",
        qualifiers: Mapping[str, str] | None = None,
        passage: str = "",
        start: int = -1,
        end: int = -1,
        record: str = "",
        extractor: str = "",
        confidence: float = 1.0,
        access: frozenset[str] = PUBLIC,
    ) -> Assertion:
        """Make an assertion; its id is a hash of what is said, by whom, and where, so a replay makes the same one."""
        pairs = tuple(sorted(qualifiers.items())) if qualifiers else ()
        stated = (subject, predicate, object, source, polarity, certainty, experiencer, record, passage, str(start))
        key = "\x1f".join((*stated, *(f"{name}={value}" for name, value in pairs)))
        return Assertion(
            id=hashlib.blake2b(key.encode(), digest_size=16).hexdigest(),
            subject=subject,
            predicate=predicate,
            object=object,
            source=source,
            sentence=sentence,
            polarity=polarity,
            certainty=certainty,
            experiencer=experiencer,
            qualifiers=pairs,
            passage=passage,
            start=start,
            end=end,
            record=record,
            extractor=extractor,
            confidence=confidence,
            access=access,
        )


@dataclass(frozen=True, slots=True)
class Relation:
    """The edge between two entities, derived from its visible assertions. It exists while at least one does."""

    subject: str
    predicate: str
    object: str
    affirmed: int
    negated: int
    sources: int
    """How many distinct sources state it."""
    confidence: float
    """The best confidence among its assertions."""


class Star(NamedTuple):
    """What one entity is stated to have to do with entities of one type by one predicate, all at once."""

    subject: str
    type: str
    """The subject's type."""
    predicate: str
    object_type: str
    objects: tuple[str, ...]
    """Sorted."""


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of relations from `nodes[0]` to `nodes[-1]`; `len(nodes) == len(relations) + 1`.

    A relation is followed in either direction, so `relations[i]` may point from `nodes[i + 1]` to `nodes[i]`.
    """

    nodes: tuple[str, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """Everything that one source says: the unit in which documents are written and replaced."""

    source: Source
    entities: tuple[Entity, ...] = ()
    passages: tuple[PassageNode, ...] = ()
    mentions: tuple[Mention, ...] = ()
    assertions: tuple[Assertion, ...] = ()


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An entity found by a name; `score` is comparable within one result list only, higher is better."""

    entity: Entity
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Stats:
    documents: int
    passages: int
    mentions: int
    entities: int
    assertions: int
    relations: int
    sources: int = 0
    by_type: Mapping[str, int] = field(default_factory=dict)
    by_predicate: Mapping[str, int] = field(default_factory=dict)
