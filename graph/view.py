"""The graph as one reader sees it: a store with the reader's labels bound to it once.

Whoever answers, draws or lists for a reader is given a view, never the store, so that no call can forget the labels
or read with others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from graph.model import Assertion, Entity, KeptMatch, Mention, NameMatch, PassageNode, Path, Relation, Source, Star
from graph.store import Access, GraphStore


@dataclass(frozen=True, slots=True)
class GraphView:
    """What a reader who holds the labels `access` may read of `store`; None is an administrator, who reads everything.

    Each method is the store's of the same name: see `GraphStore` for orders, limits and errors.
    """

    store: GraphStore = field(repr=False)
    access: Access

    def version(self) -> str:
        return self.store.version()

    def version_of(self, predicates: Collection[str]) -> str:
        return self.store.version_of(predicates)

    def source(self, id: str) -> Source | None:
        return self.store.source(id)

    def entity(self, id: str) -> Entity:
        return self.store.entity(id, access=self.access)

    def entities(self, ids: Collection[str]) -> dict[str, Entity]:
        return self.store.entities(ids, access=self.access)

    def merged(self, id: str) -> list[KeptMatch]:
        """The store's, also of sources that the reader may not see: what an id stands for is one for all readers."""
        return self.store.merged(id)

    def all_ids(self, ids: Iterable[str]) -> frozenset[str]:
        """These ids and all others that stand for the same: a passage keeps the id that was known when it was read."""
        every = set(ids)
        for id in tuple(every):
            every.update(end for match in self.merged(id) for end in (match.other, match.canonical))
        return frozenset(every)

    def matches(self) -> list[KeptMatch]:
        """The store's, of sources that the reader may see."""
        return self.of_seen(self.store.matches())

    def of_seen(self, matches: Iterable[KeptMatch]) -> list[KeptMatch]:
        """Those of the matches that sources which the reader may see state."""
        if self.access is None:
            return list(matches)
        seen = {source.id for source in self.store.sources(kind="curated") if source.access & self.access}
        return [match for match in matches if match.source in seen]

    def find_entities(self, text: str, *, type: str | None = None, limit: int = 10) -> list[NameMatch]:
        return self.store.find_entities(text, type=type, limit=limit, access=self.access)

    def named(self, names: Collection[str]) -> dict[str, list[Entity]]:
        return self.store.named(names, access=self.access)

    def relations(
        self,
        *,
        subjects: Collection[str] | None = None,
        objects: Collection[str] | None = None,
        predicates: Collection[str] | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Relation]:
        return self.store.relations(
            subjects=subjects, objects=objects, predicates=predicates, limit=limit, offset=offset, access=self.access
        )

    def count_relations(
        self,
        *,
        subjects: Collection[str] | None = None,
        objects: Collection[str] | None = None,
        predicates: Collection[str] | None = None,
    ) -> int:
        return self.store.count_relations(subjects=subjects, objects=objects, predicates=predicates, access=self.access)

    def neighbours(
        self,
        id: str,
        *,
        predicates: Collection[str] | None = None,
        type: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[Relation]:
        return self.store.neighbours(
            id, predicates=predicates, type=type, limit=limit, offset=offset, access=self.access
        )

    def count_neighbours(self, id: str, *, predicates: Collection[str] | None = None, type: str | None = None) -> int:
        return self.store.count_neighbours(id, predicates=predicates, type=type, access=self.access)

    def assertions(
        self,
        *,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        source: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> list[Assertion]:
        return self.store.assertions(
            subject=subject,
            predicate=predicate,
            object=object,
            source=source,
            limit=limit,
            offset=offset,
            access=self.access,
        )

    def count_assertions(
        self,
        *,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        source: str | None = None,
    ) -> int:
        return self.store.count_assertions(
            subject=subject, predicate=predicate, object=object, source=source, access=self.access
        )

    def statements(
        self, *, subjects: Collection[str], predicates: Collection[str], objects: Collection[str] | None = None
    ) -> list[Assertion]:
        return self.store.statements(subjects=subjects, predicates=predicates, objects=objects, access=self.access)

    def stars(self, predicates: Collection[str]) -> Iterator[Star]:
        return self.store.stars(predicates, access=self.access)

    def stated(self, predicates: Collection[str]) -> Iterator[Assertion]:
        return self.store.stated(predicates, access=self.access)

    def passage(self, id: str) -> PassageNode | None:
        return self.store.passage(id, access=self.access)

    def mentions(self, *, entity: str | None = None, source: str | None = None, limit: int = 100) -> list[Mention]:
        return self.store.mentions(entity=entity, source=source, limit=limit, access=self.access)

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
    ) -> list[Path]:
        return self.store.paths(
            start,
            end,
            max_hops=max_hops,
            limit=limit,
            predicates=predicates,
            types=types,
            avoiding=avoiding,
            access=self.access,
        )
