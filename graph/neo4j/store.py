"""The GraphStore on a Neo4j server, through the official driver.

Every call is one managed transaction: where the server or the connection fails for a moment, the driver runs it again
from the start, which is safe because writes are idempotent. The work is in `write` and `read`; every statement is
in `layout`, `write_cypher` and `read_cypher`.

Neo4j itself knows nothing of access labels (its Community edition has one database and one role): whoever may log in
to the server reads everything, and only this store asks for labels.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from graph.checks import check_paths, check_reading, checked_matches, need_one
from graph.errors import StoreCorrupt, UnknownEntity
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
from graph.neo4j import layout, migrate, read_cypher, write_cypher
from graph.neo4j import read as neo4j_read
from graph.neo4j import write as neo4j_write
from graph.neo4j.connection import Connection
from graph.neo4j.read import seen
from graph.neo4j.rows import assertion_of, kept_match_of, mention_of, passage_of, relation_of, source_of
from graph.store import Access
from graph.versions import NAMES, joined
from storage import deadline

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

P = ParamSpec("P")
T = TypeVar("T")

PART = 10_000
"""How many assertions one transaction deletes at most."""
PAIRS = 500
"""How many mappings one transaction adds or deletes at most."""


class Neo4jStore:
    """See GraphStore for what every method promises.

    `url` is `neo4j://HOST:PORT`, `bolt://HOST:PORT` or one of these with `+s`. Opening connects, and lays out
    constraints and indexes where there are none. Raises StoreUnavailable where the server cannot be reached or does
    not let this user in, and StoreCorrupt where another version wrote the database.
    """

    def __init__(self, url: str, user: str, password: str, database: str = "neo4j") -> None:
        self._connection = Connection(url, user, password, database)
        self._mapped: tuple[str | None, dict[str, str]] = (None, {})
        self._stats: tuple[str, Stats] | None = None
        self._lock = threading.Lock()
        try:
            self._lay_out()
        except BaseException:
            self._connection.close()
            raise

    def _lay_out(self) -> None:
        with self._connection.session() as session:
            rows = session.run(layout.FIND_GRAPH).values()
            if not rows:
                for statement in layout.LAY_OUT:
                    session.run(statement).consume()
                rows = session.run(layout.OPEN_GRAPH, layout=layout.LAYOUT).values()
            for number, migration in migrate.MIGRATIONS.items():
                if rows[0][0] == number:
                    migration(session)
                    rows = session.run(layout.FIND_GRAPH).values()
        number, url = rows[0][0], self._connection.url
        if number != layout.LAYOUT:
            raise StoreCorrupt(f"the graph at {url} has layout {number}; this program reads layout {layout.LAYOUT}")

    # writing

    def replace(self, contributions: Sequence[Contribution]) -> None:
        self._connection.write(lambda tx: neo4j_write.replace(tx, contributions, self._mappings(tx)))

    def load(self, source: Source, entities: Iterable[Entity] = (), assertions: Iterable[Assertion] = ()) -> None:
        # Read whole before the transaction begins: it may have to begin again.
        declared, stated = tuple(entities), tuple(assertions)
        self._connection.write(lambda tx: neo4j_write.load(tx, source, declared, stated, self._mappings(tx)))

    def delete(self, sources: Collection[str]) -> int:
        """One transaction, save for a source with more than `PART` assertions or `PAIRS` mappings.

        Neo4j holds a transaction in its heap: 40,000 assertions with their edges took 700 MB. Such a source, which no
        document is, loses these a part at a time, and all else with the last of them. Where that is cut
        short, every part is kept whole, the source is still there, and deleting it again goes on.
        """
        for source in sorted(set(sources)):
            for part, most in ((neo4j_write.delete_part, PART), (neo4j_write.delete_mappings, PAIRS)):
                while self._delete_part(part, source, most):
                    pass
        return self._connection.write(lambda tx: neo4j_write.delete(tx, sources, self._mappings(tx)), bool)

    def _delete_part(self, part: Callable[..., bool], source: str, most: int) -> bool:
        return self._connection.write(lambda tx: part(tx, source, most, self._mappings(tx)), bool)

    def add_mappings(self, pairs: Iterable[tuple[str, str] | Match], source: Source) -> int:
        """A transaction for every `PAIRS` mappings, for what they move may be large.

        Where that is cut short, those before stand, and adding all of them again goes on.
        """
        wanted = checked_matches(pairs)
        return sum(
            self._add_mappings(wanted[start : start + PAIRS], source) for start in range(0, len(wanted) or 1, PAIRS)
        )

    def _add_mappings(self, part: Sequence[Match], source: Source) -> int:
        return self._connection.write(lambda tx: neo4j_write.add_mappings(tx, part, source, self._mappings(tx)))

    # reading

    def mappings(self) -> Mapping[str, str]:
        return dict(sorted(self._connection.read(self._mappings).items()))

    def merged(self, id: str) -> list[KeptMatch]:
        def read(tx: ManagedTransaction) -> list[KeptMatch]:
            (canonical,) = self._canonical(tx, [id])
            return [kept_match_of(row) for (row,) in tx.run(read_cypher.MERGED, id=canonical)]

        return self._connection.read(read)

    def matches(self) -> list[KeptMatch]:
        rows = self._connection.read(neo4j_read.values, read_cypher.MATCHES, {})
        return [kept_match_of(properties) for (properties,) in rows]

    def refused(self) -> list[KeptMatch]:
        rows = self._connection.read(neo4j_read.values, read_cypher.REFUSED, {})
        return [kept_match_of(properties) for (properties,) in rows]

    def waiting(self, *, limit: int = 10) -> tuple[int, list[str]]:
        def read(tx: ManagedTransaction) -> tuple[int, list[str]]:
            (row,) = tx.run(read_cypher.WAITING)
            return int(row[0]), [id for (id,) in tx.run(read_cypher.WAITED_FOR, limit=limit)]

        return self._connection.read(read)

    def sources(self, *, kind: str | None = None) -> list[Source]:
        rows = self._connection.read(neo4j_read.values, read_cypher.SOURCES, {"kind": kind})
        return [source_of(properties) for (properties,) in rows]

    def source(self, id: str) -> Source | None:
        rows = self._connection.read(neo4j_read.values, read_cypher.SOURCE, {"id": id})
        return source_of(rows[0][0]) if rows else None

    def entity(self, id: str, *, access: Access) -> Entity:
        for entity in self.entities([id], access=access).values():
            return entity
        raise UnknownEntity(id)

    def entities(self, ids: Collection[str], *, access: Access) -> dict[str, Entity]:
        return self._connection.read(lambda tx: neo4j_read.entities(tx, self._canonical(tx, ids), access))

    def find_entities(self, text: str, *, type: str | None = None, limit: int = 10, access: Access) -> list[NameMatch]:
        check_reading(type=type)
        return self._connection.read(neo4j_read.find, text, type, limit, access)

    def named(self, names: Collection[str], *, access: Access) -> dict[str, list[Entity]]:
        return self._connection.read(neo4j_read.named, names, access)

    def names(self, *, curated_only: bool = True) -> Iterator[tuple[str, str, str, str]]:
        # Not a managed transaction: what has been yielded cannot be taken back and read again.
        with self._connection.session() as session, session.begin_transaction(timeout=deadline.left()) as tx:
            rows = tx.run(read_cypher.NAMES, curated_only=curated_only)
            yield from ((text, language, id, type) for text, language, id, type in rows)

    def names_version(self, *, curated_only: bool = True) -> str:
        if not curated_only:
            return self._version_of((NAMES,))
        rows = self._connection.read(neo4j_read.values, write_cypher.NAMES_VERSION, {})
        return rows[0][0] or f"{0:032x}"

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
        need_one("relations() needs subjects or objects", subjects, objects)
        check_reading(predicates=predicates)
        return self._connection.read(
            lambda tx: neo4j_read.relations(
                tx,
                subjects=None if subjects is None else self._canonical(tx, subjects),
                objects=None if objects is None else self._canonical(tx, objects),
                predicates=predicates,
                access=access,
                limit=limit,
                offset=offset,
            )
        )

    def count_relations(
        self,
        *,
        subjects: Collection[str] | None = None,
        objects: Collection[str] | None = None,
        predicates: Collection[str] | None = None,
        access: Access,
    ) -> int:
        need_one("count_relations() needs subjects or objects", subjects, objects)
        check_reading(predicates=predicates)
        if predicates is not None and not predicates:
            return 0
        statement = read_cypher.relations(predicates, subjects=subjects is not None, objects=objects is not None)

        def read(tx: ManagedTransaction) -> int:
            ends = {"subjects": self._canonical(tx, subjects or ()), "objects": self._canonical(tx, objects or ())}
            return neo4j_read.count(
                tx, statement, {key: sorted(set(ids)) for key, ids in ends.items()} | {"access": seen(access)}
            )

        return self._connection.read(read)

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
        check_reading(type=type, predicates=predicates)

        def read(tx: ManagedTransaction) -> list[Relation]:
            (canonical,) = self._canonical(tx, [id])
            neo4j_read.require(tx, canonical, access)
            if predicates is not None and not predicates:
                return []
            wanted = {"id": canonical, "type": type, "access": seen(access), "limit": max(limit, 0), "offset": offset}
            return [relation_of(row) for row in tx.run(read_cypher.neighbours(predicates), wanted)]

        return self._connection.read(read)

    def count_neighbours(
        self, id: str, *, predicates: Collection[str] | None = None, type: str | None = None, access: Access
    ) -> int:
        check_reading(type=type, predicates=predicates)

        def read(tx: ManagedTransaction) -> int:
            (canonical,) = self._canonical(tx, [id])
            neo4j_read.require(tx, canonical, access)
            if predicates is not None and not predicates:
                return 0
            wanted = {"id": canonical, "type": type, "access": seen(access)}
            return neo4j_read.count(tx, read_cypher.neighbours(predicates), wanted)

        return self._connection.read(read)

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
        need_one("assertions() needs a subject, an object or a source", subject, object, source)

        def read(tx: ManagedTransaction) -> list[Assertion]:
            statement, wanted = self._stated(tx, subject, predicate, object, source, access)
            rows = tx.run(statement, {**wanted, "limit": max(limit, 0), "offset": offset})
            return [assertion_of(properties) for (properties,) in rows]

        return self._connection.read(read)

    def count_assertions(
        self,
        *,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        source: str | None = None,
        access: Access,
    ) -> int:
        need_one("count_assertions() needs a subject, an object or a source", subject, object, source)
        return self._connection.read(
            lambda tx: neo4j_read.count(tx, *self._stated(tx, subject, predicate, object, source, access))
        )

    def _stated(
        self, tx: ManagedTransaction, subject: str | None, predicate: str | None, object: str | None, *rest: Any
    ) -> tuple[str, dict[str, Any]]:
        check_reading(predicates=None if predicate is None else (predicate,))
        one, other = (None if id is None else self._canonical(tx, [id])[0] for id in (subject, object))
        return neo4j_read.stated(one, predicate, other, *rest)

    def statements(
        self,
        *,
        subjects: Collection[str],
        predicates: Collection[str],
        objects: Collection[str] | None = None,
        access: Access,
    ) -> list[Assertion]:
        check_reading(predicates=predicates)
        if not predicates:
            return []

        def read(tx: ManagedTransaction) -> list[Assertion]:
            ends = [None if ids is None else self._canonical(tx, ids) for ids in (subjects, objects)]
            rows = tx.run(read_cypher.statements(predicates), subjects=ends[0], objects=ends[1], access=seen(access))
            return [assertion_of(properties) for (properties,) in rows]

        return self._connection.read(read)

    def stars(self, predicates: Collection[str], *, access: Access) -> Iterator[Star]:
        check_reading(predicates=predicates)
        # Not a managed transaction: what has been yielded cannot be taken back and read again.
        with self._connection.session() as session, session.begin_transaction(timeout=deadline.left()) as tx:
            rows = tx.run(read_cypher.STARS, predicates=list(predicates), access=seen(access))
            for subject, kind, predicate, other, objects in rows:
                yield Star(subject, kind, predicate, other, tuple(objects))

    def stated(self, predicates: Collection[str], *, access: Access) -> Iterator[Assertion]:
        check_reading(predicates=predicates)
        # As with stars, what has been yielded cannot be taken back.
        with self._connection.session() as session, session.begin_transaction(timeout=deadline.left()) as tx:
            for (properties,) in tx.run(read_cypher.STATED_BY, predicates=list(predicates), access=seen(access)):
                yield assertion_of(properties)

    def passage(self, id: str, *, access: Access) -> PassageNode | None:
        rows = self._connection.read(neo4j_read.values, read_cypher.PASSAGE, {"id": id, "access": seen(access)})
        return passage_of(rows[0][0]) if rows else None

    def mentions(
        self, *, entity: str | None = None, source: str | None = None, access: Access, limit: int = 100
    ) -> list[Mention]:
        need_one("mentions() needs an entity or a source", entity, source)

        def read(tx: ManagedTransaction) -> list[Mention]:
            bearer = None if entity is None else self._canonical(tx, [entity])[0]
            wanted = {"entity": bearer, "source": source, "access": seen(access), "limit": max(limit, 0)}
            rows = tx.run(read_cypher.mentions(entity=entity is not None, source=source is not None), wanted)
            return [mention_of(*row) for row in rows]

        return self._connection.read(read)

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
        check_paths(predicates, types)

        def read(tx: ManagedTransaction) -> list[Path]:
            one, other, *others = self._canonical(tx, [start, end, *avoiding])
            way = neo4j_read.Way(predicates, types, others, access)
            return neo4j_read.paths(tx, one, other, max_hops, limit, way)

        return self._connection.read(read)

    def version(self) -> str:
        return str(self._connection.read(neo4j_read.values, layout.VERSION, {})[0][0])

    def version_of(self, predicates: Collection[str]) -> str:
        check_reading(predicates=predicates)
        return self._version_of(predicates)

    def stats(self) -> Stats:
        """Counted once for each version of the graph."""

        def read(tx: ManagedTransaction) -> tuple[str, Stats]:
            version = str(neo4j_read.values(tx, layout.VERSION, {})[0][0])
            with self._lock:
                kept = self._stats
            return kept if kept is not None and kept[0] == version else (version, neo4j_read.stats(tx))

        with deadline.for_all():
            counted = self._connection.read(read)
        with self._lock:
            self._stats = counted
        return counted[1]

    def stated_counts(self) -> dict[tuple[str, str], int]:
        return self._connection.read(neo4j_read.stated_counts)

    def fingerprint(self) -> str:
        return self._connection.read(neo4j_read.fingerprint)

    def ping(self) -> str:
        rows = self._connection.read(neo4j_read.values, layout.COMPONENTS, {})
        name, version, edition = next(row for row in rows if row[0] == "Neo4j Kernel")
        return f"{name} {version} {edition}, layout {layout.LAYOUT}, {self._connection.url}"

    def close(self) -> None:
        self._connection.close()

    # how

    def _version_of(self, names: Collection[str]) -> str:
        ((version, words),) = self._connection.read(neo4j_read.values, layout.STATED, {})
        return joined(json.loads(words), names) if words else str(version)

    def _mappings(self, tx: ManagedTransaction) -> dict[str, str]:
        """All mapped ids with what they stand for; read again when another version of them is in the graph."""
        (row,) = tx.run(write_cypher.MAPPINGS_VERSION)
        version = row[0]
        with self._lock:
            kept, mapped = self._mapped
        if version != kept:
            mapped = dict(tx.run(write_cypher.ENDS).values())
            with self._lock:
                self._mapped = (version, mapped)
        return mapped

    def _canonical(self, tx: ManagedTransaction, ids: Iterable[str]) -> list[str]:
        mapped = self._mappings(tx)
        return [mapped.get(id, id) for id in ids]
