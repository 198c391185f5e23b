"""The GraphStore protocol. `sqlite.store` and `neo4j.store` keep it; one contract suite runs over both.

Promises of every store:

* A write call is one transaction: it is kept whole or not at all, and is durable when the call returns.
* Writing is idempotent, and the order of writes from different sources, mappings among them, never shows in what is
  read: an id stands for what all mappings together make of it, an entity is
  the merge of its declarations, curated sources before documents, then in the order of their source ids (the first
  gives the type, the first of those that declare its own id name and definition; synonyms follow in this order, xrefs
  and access are the sorted union), a relation the aggregate of its assertions.
* `delete` leaves the graph as if the source had never been written, by `fingerprint`.
* Readers see only what carries one of their `access` labels; aggregates count only that. `access=None` means an
  administrator: everything.
* Unknown ids in a batch read are left out of the result; an unknown id in a single read raises UnknownEntity.
* Result order is total and documented per method, so that pages do not overlap.
* Methods raise StoreUnavailable when the store cannot be reached and StoreFull when it has no space; SchemaViolation
  where a type, predicate or id is not of the schema.
* A store may be used from several threads. It is opened by its constructor and closed by `close`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from graph.model import (
    Assertion,
    Contribution,
    Entity,
    KeptMatch,
    Match,
    Mention,
    NameMatch,
    PassageNode,
    Path,
    Relation,
    Source,
    Star,
    Stats,
)

Access = frozenset[str] | None


class GraphStore(Protocol):
    """See the module's docstring for what every method promises."""

    # writing

    def replace(self, contributions: Sequence[Contribution]) -> None:
        """Write documents: what each source said before goes, what it says now takes its place. One transaction.

        A contribution's mentions and assertions may name entities it does not declare, so long as they exist;
        an assertion that names an unknown entity is refused with UnknownEntity and nothing is written.
        """

    def load(self, source: Source, entities: Iterable[Entity] = (), assertions: Iterable[Assertion] = ()) -> None:
        """Add a batch of a curated source: declarations and assertions are upserted, nothing is taken away.

        Meant for batches of up to about 10,000, called repeatedly with the same source. An assertion may name what
        nobody declares yet: it rests, unseen, until somebody does (`waiting`).
        """

    def delete(self, sources: Collection[str]) -> int:
        """Remove these sources and all that only they said; return how many of them were there. One transaction."""

    def add_mappings(self, pairs: Iterable[tuple[str, str] | Match], source: Source) -> int:
        """Keep matches of ids that name the same concept; return how many pairs are new.

        They may come at any time. What is stated stays as stated, and what its ids stand for is derived again: so
        nothing depends on whether mappings or what they merge came first, and `delete` takes them back exactly. A
        source that states a pair twice counts as it does so most strongly. See `identity.follow` for what is followed.
        """

    # reading

    def mappings(self) -> Mapping[str, str]:
        """Every mapped id with its canonical id, chains followed."""

    def merged(self, id: str) -> list[KeptMatch]:
        """The matches of all ids that stand for the same entity as `id`, by (other, canonical, source).

        Not all of them need be followed: an id follows its strongest.
        """

    def matches(self) -> list[KeptMatch]:
        """All matches as their sources state them, by (other, canonical, source)."""

    def refused(self) -> list[KeptMatch]:
        """The matches that are not followed because they would join what a source tells apart, in the same order."""

    def waiting(self, *, limit: int = 10) -> tuple[int, list[str]]:
        """How many assertions rest, and the first of the ids that no source declares, sorted."""

    def sources(self, *, kind: str | None = None) -> list[Source]:
        """The sources, by id. `kind` is `document` or `curated`."""

    def source(self, id: str) -> Source | None:
        """One source, or None."""

    def entity(self, id: str, *, access: Access) -> Entity:
        """One entity by its canonical id or a mapped one. Raises UnknownEntity."""

    def entities(self, ids: Collection[str], *, access: Access) -> dict[str, Entity]:
        """Entities by canonical id, in no order; unknown ids are left out."""

    def find_entities(self, text: str, *, type: str | None = None, limit: int = 10, access: Access) -> list[NameMatch]:
        """Entities by name in any language: whole-name matches after `names.normalise` first, then full-text.

        Best first, ties by id. An empty or wordless text finds nothing.
        """

    def named(self, names: Collection[str], *, access: Access) -> dict[str, list[Entity]]:
        """Entities by exact name: keys are those of `names` (already put through `names.normalise`) that are known,
        values the entities that bear such a name, by id. Thousands of names are one round trip or a few.
        """

    def names(self, *, curated_only: bool = True) -> Iterator[tuple[str, str, str, str]]:
        """Rows (name as written, language, entity id, entity type), sorted: what the dictionary tagger reads.

        By default only names that a curated source declares, so that the reading of one document never depends on
        another. Patient entities are never among them.
        """

    def names_version(self, *, curated_only: bool = True) -> str:
        """A short hash that changes when what `names()` yields changes. Cheap. That of all names, as `version_of`, may
        change without need.
        """

    def relations(
        self,
        *,
        subjects: Collection[str] | None = None,
        objects: Collection[str] | None = None,
        predicates: Collection[str] | None = None,
        access: Access,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Relation]:
        """Relations whose subject and object are among those given (None: any; not both None).

        Most sources first, then confidence, then most assertions for it, then (subject, predicate, object).
        """

    def count_relations(
        self,
        *,
        subjects: Collection[str] | None = None,
        objects: Collection[str] | None = None,
        predicates: Collection[str] | None = None,
        access: Access,
    ) -> int:
        """How many relations `relations` has for these."""

    def neighbours(
        self,
        id: str,
        *,
        predicates: Collection[str] | None = None,
        type: str | None = None,
        access: Access,
        limit: int = 50,
        offset: int = 0,
    ) -> list[Relation]:
        """Relations in which the entity is subject or object, in the order of `relations`. Raises UnknownEntity.

        `type` is the type of the entity at the other end.
        """

    def count_neighbours(
        self, id: str, *, predicates: Collection[str] | None = None, type: str | None = None, access: Access
    ) -> int:
        """How many relations `neighbours` has for these. Raises UnknownEntity."""

    def assertions(
        self,
        *,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        source: str | None = None,
        access: Access,
        limit: int = 100,
        offset: int = 0,
    ) -> list[Assertion]:
        """Assertions that match all that is given (at least one of subject, object, source), by confidence then id."""

    def count_assertions(
        self,
        *,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        source: str | None = None,
        access: Access,
    ) -> int:
        """How many assertions `assertions` has for these."""

    def statements(
        self,
        *,
        subjects: Collection[str],
        predicates: Collection[str],
        objects: Collection[str] | None = None,
        access: Access,
    ) -> list[Assertion]:
        """All assertions with one of these predicates from any of `subjects` to any of `objects` (None: to anything).

        By subject, predicate and object, then as in `assertions`. One round trip, for hundreds of ids.
        """

    def stars(self, predicates: Collection[str], *, access: Access) -> Iterator[Star]:
        """Everything that curated sources affirm by these predicates, between two entities, for who needs the whole.

        By subject, predicate and type of the objects. Hundreds of thousands of edges take a few seconds; only one star
        is held.
        """

    def stated(self, predicates: Collection[str], *, access: Access) -> Iterator[Assertion]:
        """All assertions by these predicates, of documents and curated sources, in no order, for who needs the whole.

        Hundreds of thousands take some seconds; only one is held.
        """

    def passage(self, id: str, *, access: Access) -> PassageNode | None:
        """One passage, or None."""

    def mentions(
        self, *, entity: str | None = None, source: str | None = None, access: Access, limit: int = 100
    ) -> list[Mention]:
        """Mentions of an entity or in a document, by (passage, start, end, entity)."""

    def paths(
        self,
        start: str,
        end: str,
        *,
        max_hops: int = 4,
        limit: int = 5,
        predicates: Collection[str] | None = None,
        types: Collection[str] | None = None,
        avoiding: Collection[str] = (),
        access: Access,
    ) -> list[Path]:
        """Short paths between two entities, those through little connected entities first: see `graph.paths`.

        Relations are followed in either direction, of these `predicates` only where some are given. Relations with no
        affirmed assertion are not followed, nor are patients passed through, nor entities of other types than `types`
        where some are given, nor those `avoiding` names. Raises UnknownEntity for an end; no path is an empty list.
        """

    def version(self) -> str:
        """A short word that every write that changed anything makes anew, of whatever process. Cheap.

        Equal words mean equal content, also of two stores: what was made of the graph can be kept under it. No word
        comes again, not even when everything is deleted and written anew.
        """

    def version_of(self, predicates: Collection[str]) -> str:
        """A word for what is stated by these predicates: it changes when such a statement comes, goes or changes, and
        when what stands in one gets another name, type or label or stands for something else. Cheap.

        It may change without need, as with every load of a curated source; else it is as `version`.
        """

    def stated_counts(self) -> dict[tuple[str, str], int]:
        """How many assertions each curated source states, by (source id, predicate). What rests is not counted."""

    def stats(self) -> Stats:
        """Counts over everything stored."""

    def fingerprint(self) -> str:
        """64 hex digits over everything stored, independent of the order in which it was written and of the store."""

    def ping(self) -> str:
        """A short description of the reachable store and its version; raises StoreUnavailable."""

    def close(self) -> None:
        """Release everything. Closing twice is harmless."""
