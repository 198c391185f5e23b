"""The words of ingestion.

A reader yields records. A record of the literature or of a patient file is a Document, a Deletion, or a Failure; a
record of an ontology or a curated graph is a Source, an Entity, an Assertion, a Mapping, or a Failure. Whatever a
reader meets it yields as one of these: nothing is dropped in silence.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from graph.model import PUBLIC, Assertion, Entity, KeptMatch, Source
from text.context.judgement import Certainty, Experiencer, Polarity


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    """Such as `title`, `abstract`, `background`, `methods`; lower case."""
    text: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mention given by the input (PubTator, BioC). Offsets are into `Document.text`; `id` may be empty."""

    start: int
    end: int
    surface: str
    type: str
    id: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one record says within a document that many records make up, such as a patient's.

    Of one `key` the newest state stands, in whatever order and file the states come (`ingest.jobs.parts`).
    """

    key: str
    document: str
    """The id of the document it belongs to; may be empty where the part is taken back."""
    revision: tuple[int, int] = (0, 0)
    """When the state was made, in microseconds since 1970, and its version; 0 stands for unknown."""
    body: str = ""
    """What is said, as its reader writes it; empty where the record is taken back."""


@dataclass(frozen=True)
class Document:
    """A document as read. `text` is its sections' texts joined by one line feed: every offset counts in it.

    `statements` are facts that the record itself states in structured form (a FHIR resource, a given relation);
    each one's `sentence` stands in `text` at its `start`-`end`. `entities` are what they need declared.
    """

    id: str
    title: str
    sections: tuple[Section, ...]
    year: int | None = None
    language: str = "en"
    source: str = ""
    """The collection, such as `pubmed`, `pmc`, `fhir`, `file`; what search filters by."""
    licence: str = ""
    url: str = ""
    access: frozenset[str] = PUBLIC
    retracted: bool = False
    revision: int = 0
    """Which state of the record this is: of one id the highest stands, in whatever order they come. It fits 64 bits."""
    keywords: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = ()
    """What kind of publication it is in the words of its source, such as `Randomized Controlled Trial`."""
    annotations: tuple[Annotation, ...] = ()
    entities: tuple[Entity, ...] = ()
    statements: tuple[Assertion, ...] = ()
    parts: tuple[Part, ...] = ()
    """Where many records make the document up: those that this file has. The job joins them with those that it kept."""

    @cached_property
    def text(self) -> str:
        return "\n".join(section.text for section in self.sections)

    @cached_property
    def hash(self) -> str:
        """A hash of everything the document holds but its revision and its parts (32 hex digits)."""
        parts = (
            self.id, self.title, self.sections, self.year, self.language, self.source, self.licence, self.url,
            sorted(self.access), self.retracted, self.keywords, self.annotations,
            [(e.id, e.type, e.name, e.synonyms, e.xrefs, e.definition, sorted(e.access)) for e in self.entities],
            [(s.id, s.sentence, s.end, s.extractor, s.confidence, sorted(s.access)) for s in self.statements],
        )  # fmt: skip
        if self.publication_types:  # of documents without any, hashes stay what they were before there were these
            parts = (*parts, self.publication_types)  # type: ignore[assignment]  # longer by one
        return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Deletion:
    """The source withdraws a document (MEDLINE's DeleteCitation), or a part of one, whose key `id` then is."""

    id: str
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A record, or a whole file, that could not be read. `reason` never holds text of the record itself."""

    file: str
    record: str
    """Where: an id, `line 7`, `entry 3`, or empty for the whole file."""
    reason: str
    withdrawn: tuple[Part, ...] = ()
    """What an earlier state of the record said, where the record is refused for no longer being true."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """`other` and `canonical` name the same concept (an exact match); see `graph.model.Match` for the rest."""

    other: str
    canonical: str
    confidence: float = 1.0
    justification: str = ""


@dataclass(frozen=True, slots=True)
class Obsolete:
    """A term that its ontology has given up without naming one that took its place; `consider` may be meant instead."""

    id: str
    record: str
    consider: tuple[str, ...] = ()


Record = Document | Deletion | Failure
CuratedRecord = Source | Entity | Assertion | Mapping | Obsolete | Failure


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention found in a text. Offsets are into the text given; `surface` stands there."""

    start: int
    end: int
    surface: str
    type: str
    entity: str | None
    score: float
    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    experiencer: Experiencer = "patient"
    tagger: str = ""
    reason: str = ""
    label: str = ""
    """The type in the words of the corpus that a trained tagger learned from; empty where there is none."""


TOLD = 1_000
"""So many ids of documents are told of one job."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the records read so far: `added + updated + unchanged + deleted + failures == read`."""

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    outdated: int = 0
    """Those of the unchanged whose record is older than the state of it that stands, and was left aside for it."""
    deleted: int = 0
    failures: int = 0
    failed: tuple[Failure, ...] = ()
    """The first thousand of the failures."""
    failures_file: str = ""
    """Where all of them stand, if they are more than that and there is a place for them."""
    documents: tuple[str, ...] = field(default=(), compare=False)
    """The ids under which what was read stands, written now or before; the first thousand."""
    labels: tuple[str, ...] = field(default=(), compare=False)
    """The labels of the patients whose records these are, where they are of the sender's own bringing."""
    left: tuple[str, ...] = ()
    """Files beside the data of a folder that hold none, such as its README: they are left alone, and not counted."""


@dataclass(frozen=True, slots=True)
class Release:
    """What a newer release of a curated source changed."""

    source: str
    old: str
    new: str
    """The versions."""
    added: int
    removed: int
    """Statements, by subject, predicate and object."""
    changed: int
    """Statements in both whose qualifiers, polarity or certainty differ."""
    fresh: int
    """Ids in statements, that the former release has none about."""
    renamed: tuple[tuple[str, str, str], ...]
    """(id, former name, name now); the first thousand of `renamed_count`."""
    renamed_count: int
    retired: tuple[tuple[str, str], ...]
    """(id, the id it is merged into, or empty where it is gone); the first thousand of `retired_count`."""
    retired_count: int
    document_links: int
    patient_links: int
    """How many mentions in documents, and facts of patients, were linked to ids that are retired."""
    mappings_added: int = 0
    mappings_removed: int = 0
    mappings_changed: int = 0
    """Pairs of mapped ids; changed are those of another confidence or justification."""

    @property
    def mappings(self) -> int:
        """How many mappings came, went or changed."""
        return self.mappings_added + self.mappings_removed + self.mappings_changed


@dataclass(frozen=True, slots=True)
class Merged:
    """What mappings and waiting statements have come to when a loading ends."""

    before: int
    """How many entities there were when it began."""
    after: int
    largest: tuple[tuple[str, int], ...]
    """The canonical ids for which the most ids stand, largest first, with how many; only where mappings were loaded."""
    refused: tuple[KeptMatch, ...]
    """The mappings that are not followed, with the reasons; only where this loading could have changed them."""
    waiting: int
    """How many statements wait for an entity that nobody declares yet."""
    waited_for: tuple[tuple[str, str], ...]
    """The first of the ids that they wait for, with what is known of why they are not there."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Yielded by a job after every batch."""

    stage: str
    file: str
    done: Tally
    seconds: dict[str, float]
    """Time spent so far, by stage: read, tag, relate, encode, passages, graph, ledger."""
    releases: tuple[Release, ...] = ()
    """Of the last one of a loading, the sources of which a newer release took the place of another."""
    merged: Merged | None = None
    """The last of a loading has it."""
