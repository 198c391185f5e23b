"""The GraphStore on a Neo4j server, through the official driver.

Every call is one managed transaction: where the server or the connection fails for a moment, the driver runs it again
from the start, which is safe because writes are idempotent. The work is in `write` and `read`; every statement is
in `cypher`.

Neo4j itself knows nothing of access labels (its Community edition has one database and one role): whoever may log in
to the server reads everything, and only this store asks for labels.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from graph.checks import check_reading, need_one
from graph.errors import GraphError, StoreCorrupt, StoreFull, StoreUnavailable, UnknownEntity
from graph.identity import resolve
from graph.model import (
    Assertion,
    Contribution,
    Entity,
    Mention,
    NameMatch,
    PassageNode,
    Path,
    Relation,
    Source,
    Stats,
)
from graph.neo4j import cypher, migrate
from graph.neo4j import read as neo4j_read
from graph.neo4j import write as neo4j_write
from graph.neo4j.read import seen
from graph.neo4j.rows import assertion_of, mention_of, passage_of, relation_of, source_of, triple
from graph.schema import PREDICATES
from graph.store import Access

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Session

P = ParamSpec("P")
T = TypeVar("T")

CONNECT_SECONDS = 5.0
RETRY_SECONDS = 10.0
"""How long the driver goes on trying a transaction that failed for a passing reason."""
PART = 10_000
"""How many assertions one transaction deletes at most."""
COLLISIONS = 5
"""How often a write is begun again when another writer took away what it had just found."""


class Neo4jStore:
    """See GraphStore for what every method promises.

    `url` is `neo4j://HOST:PORT`, `bolt://HOST:PORT` or one of these with `+s`. Opening connects, and lays out
    constraints and indexes where there are none. Raises StoreUnavailable where the server cannot be reached or does
    not let this user in, and StoreCorrupt where another version wrote the database.
    """

    def __init__(self, url: str, user: str, password: str, database: str = "neo4j") -> None:
        from neo4j import GraphDatabase

        self._url = _shown(url)
        self._database = database
        self._mapped: tuple[str | None, dict[str, str]] = (None, {})
        self._lock = threading.Lock()
        with self._translating():
            self._driver = GraphDatabase.driver(
                url,
                auth=(user, password),
                connection_timeout=CONNECT_SECONDS,
                connection_acquisition_timeout=3 * CONNECT_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
                # Hints about statements are for whoever writes them; they would fill the log of whoever runs them.
                notifications_min_severity="OFF",
                telemetry_disabled=True,
                user_agent="medgraph",
            )
        try:
            self._lay_out()
        except BaseException:
            self._driver.close()
            raise

    def _lay_out(self) -> None:
        with self._session() as session:
            layout = session.run(cypher.FIND_GRAPH).values()
            if not layout:
                for statement in cypher.LAY_OUT:
                    session.run(statement).consume()
                layout = session.run(cypher.OPEN_GRAPH, layout=cypher.LAYOUT).values()
            if layout[0][0] == 1:
                migrate.by_kind(session)
                layout = session.run(cypher.FIND_GRAPH).values()
        if layout[0][0] != cypher.LAYOUT:
            raise StoreCorrupt(
                f"the graph at {self._url} has layout {layout[0][0]}; this program reads layout {cypher.LAYOUT}"
            )

    # writing

    def replace(self, contributions: Sequence[Contribution]) -> None:
        self._write(lambda tx: neo4j_write.replace(tx, contributions, self._mappings(tx)))

    def load(self, source: Source, entities: Iterable[Entity] = (), assertions: Iterable[Assertion] = ()) -> None:
        # Read whole before the transaction begins: it may have to begin again.
        declared, said = tuple(entities), tuple(assertions)
        self._write(lambda tx: neo4j_write.load(tx, source, declared, said, self._mappings(tx)))

    def delete(self, sources: Collection[str]) -> int:
        """One transaction, save for a source with more than `PART` assertions.

        Neo4j holds a transaction in its heap: 40,000 assertions with their edges took 700 MB. Such a source, which no
        document is, loses its assertions a part at a time, and all else with the last of them. Where that is cut
        short, every part is kept whole, the source is still there, and deleting it again goes on.
        """
        for source in sorted(set(sources)):
            while self._delete_part(source):
                pass
        return self._write(lambda tx: neo4j_write.delete(tx, sources, self._mappings(tx)), bool)

    def _delete_part(self, source: str) -> bool:
        return self._write(lambda tx: neo4j_write.delete_part(tx, source, PART, self._mappings(tx)), bool)

    def add_mappings(self, pairs: Iterable[tuple[str, str]], source: Source) -> int:
        wanted = tuple(pairs)
        return self._write(lambda tx: neo4j_write.add_mappings(tx, wanted, source))

    # reading

    def mappings(self) -> Mapping[str, str]:
        return dict(sorted(self._read(self._mappings).items()))

    def sources(self, *, kind: str | None = None) -> list[Source]:
        rows = self._read(neo4j_read.values, cypher.SOURCES, {"kind": kind})
        return [source_of(properties) for (properties,) in rows]

    def source(self, id: str) -> Source | None:
        rows = self._read(neo4j_read.values, cypher.SOURCE, {"id": id})
        return source_of(rows[0][0]) if rows else None

    def entity(self, id: str, *, access: Access) -> Entity:
        found = self.entities([id], access=access)
        if not found:
            raise UnknownEntity(id)
        return next(iter(found.values()))

    def entities(self, ids: Collection[str], *, access: Access) -> dict[str, Entity]:
        return self._read(lambda tx: neo4j_read.entities(tx, self._canonical(tx, ids), access))

    def find_entities(self, text: str, *, type: str | None = None, limit: int = 10, access: Access) -> list[NameMatch]:
        check_reading(type=type)
        return self._read(neo4j_read.find, text, type, limit, access)

    def named(self, names: Collection[str], *, access: Access) -> dict[str, list[Entity]]:
        return self._read(neo4j_read.named, names, access)

    def names(self, *, curated_only: bool = True) -> Iterator[tuple[str, str, str, str]]:
        # Not a managed transaction: what has been yielded cannot be taken back and read again.
        with self._session() as session, session.begin_transaction() as tx:
            rows = tx.run(cypher.NAMES, curated_only=curated_only)
            yield from ((text, language, id, type) for text, language, id, type in rows)

    def names_version(self) -> str:
        rows = self._read(neo4j_read.values, cypher.NAMES_VERSION, {})
        return rows[0][0] or f"{0:032x}"

    def relations(
        self,
        *,
        subjects: Collection[str] | None = None,
        objects: Collection[str] | None = None,
        predicates: Collection[str] | None = None,
        access: Access,
        limit: int | None = None,
    ) -> list[Relation]:
        need_one("relations() needs subjects or objects", subjects, objects)
        check_reading(predicates=predicates)
        return self._read(
            lambda tx: neo4j_read.relations(
                tx,
                subjects=None if subjects is None else self._canonical(tx, subjects),
                objects=None if objects is None else self._canonical(tx, objects),
                predicates=predicates,
                access=access,
                limit=limit,
            )
        )

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
            (known,) = self._canonical(tx, [id])
            neo4j_read.require(tx, known, access)
            if predicates is not None and not predicates:
                return []
            wanted = {"id": known, "type": type, "access": seen(access), "limit": max(limit, 0), "offset": offset}
            return [relation_of(row) for row in tx.run(cypher.neighbours(predicates), wanted)]

        return self._read(read)

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
        check_reading(predicates=None if predicate is None else (predicate,))
        statement = cypher.assertions(
            subject=subject is not None, object=object is not None, predicate=predicate is not None
        )

        def read(tx: ManagedTransaction) -> list[Assertion]:
            one = None if subject is None else self._canonical(tx, [subject])[0]
            other = None if object is None else self._canonical(tx, [object])[0]
            triples = (
                [triple(one, name, other)[0] for name in ([predicate] if predicate else PREDICATES)]
                if one is not None and other is not None
                else []
            )
            wanted = {
                "subject": one, "object": other, "entity": one or other, "triples": triples, "predicate": predicate,
                "source": source, "access": seen(access), "limit": max(limit, 0), "offset": offset,
            }  # fmt: skip
            return [assertion_of(properties) for (properties,) in tx.run(statement, wanted)]

        return self._read(read)

    def passage(self, id: str, *, access: Access) -> PassageNode | None:
        rows = self._read(neo4j_read.values, cypher.PASSAGE, {"id": id, "access": seen(access)})
        return passage_of(rows[0][0]) if rows else None

    def mentions(
        self, *, entity: str | None = None, source: str | None = None, access: Access, limit: int = 100
    ) -> list[Mention]:
        need_one("mentions() needs an entity or a source", entity, source)

        def read(tx: ManagedTransaction) -> list[Mention]:
            known = None if entity is None else self._canonical(tx, [entity])[0]
            wanted = {"entity": known, "source": source, "access": seen(access), "limit": max(limit, 0)}
            rows = tx.run(cypher.mentions(entity=entity is not None, source=source is not None), wanted)
            return [mention_of(*row) for row in rows]

        return self._read(read)

    def paths(self, start: str, end: str, *, max_hops: int = 4, limit: int = 5, access: Access) -> list[Path]:
        def read(tx: ManagedTransaction) -> list[Path]:
            one, other = self._canonical(tx, [start, end])
            return neo4j_read.paths(tx, one, other, max_hops, limit, access)

        return self._read(read)

    def version(self) -> str:
        return str(self._read(neo4j_read.values, cypher.VERSION, {})[0][0])

    def stats(self) -> Stats:
        return self._read(neo4j_read.stats)

    def fingerprint(self) -> str:
        return self._read(neo4j_read.fingerprint)

    def ping(self) -> str:
        rows = self._read(neo4j_read.values, cypher.COMPONENTS, {})
        name, version, edition = next(row for row in rows if row[0] == "Neo4j Kernel")
        return f"{name} {version} {edition}, layout {cypher.LAYOUT}, {self._url}"

    def close(self) -> None:
        self._driver.close()

    # how

    def _mappings(self, tx: ManagedTransaction) -> dict[str, str]:
        """All mappings, chains followed; read again when another version of them is in the graph."""
        (row,) = tx.run(cypher.MAPPINGS_VERSION)
        version = row[0]
        with self._lock:
            known, mapped = self._mapped
        if version != known:
            mapped = resolve((other, canonical) for _, other, canonical in tx.run(cypher.MAPPINGS))
            with self._lock:
                self._mapped = (version, mapped)
        return mapped

    def _canonical(self, tx: ManagedTransaction, ids: Iterable[str]) -> list[str]:
        mapped = self._mappings(tx)
        return [mapped.get(id, id) for id in ids]

    def _read(self, work: Callable[Concatenate[ManagedTransaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self._session() as session:
            return session.execute_read(work, *args, **kwargs)

    def _write(self, work: Callable[[ManagedTransaction], T], changed: Callable[[T], bool] = lambda result: True) -> T:
        """`changed` says of what the work gives back whether it changed anything."""
        from neo4j.exceptions import ClientError

        def renewing(tx: ManagedTransaction) -> T:
            result = work(tx)
            if changed(result):
                tx.run(cypher.RENEW_VERSION).consume()
            return result

        for attempt in range(COLLISIONS):
            with self._session() as session:
                try:
                    return session.execute_write(renewing)
                except ClientError as error:
                    # Not an error of ours that would come again: another writer deleted a node between our finding
                    # it and our locking it, or made one of the same id. The driver takes it for final.
                    if error.code not in _COLLISION or attempt == COLLISIONS - 1:
                        raise
                    time.sleep(0.05 * 2**attempt)
        raise AssertionError("the last attempt returns or raises")

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with (
            self._translating(),
            self._driver.session(
                database=self._database, bookmark_manager=self._driver.execute_query_bookmark_manager
            ) as session,
        ):
            yield session

    @contextmanager
    def _translating(self) -> Iterator[None]:
        """Turn the driver's errors into the graph's.

        Messages of the server may quote what was written, so of these only the code is passed on.
        """
        from neo4j.exceptions import AuthError, DriverError, Neo4jError

        try:
            yield
        except AuthError as error:
            raise StoreUnavailable(f"Neo4j at {self._url} does not accept the user or the password") from error
        except DriverError as error:
            raise StoreUnavailable(f"Neo4j at {self._url} cannot be reached ({type(error).__name__})") from error
        except Neo4jError as error:
            raise self._of_server(error.code or "", error.message or "") from error
        except OSError as error:
            raise StoreUnavailable(f"Neo4j at {self._url} cannot be reached ({type(error).__name__})") from error

    def _of_server(self, code: str, message: str) -> GraphError:
        if "MemoryPoolOutOfMemory" in code or "OutOfMemory" in code:
            return StoreFull(f"Neo4j at {self._url} has too little memory for this transaction ({code})")
        if "No space left" in message or "DiskFull" in code:
            return StoreFull(f"no space is left for Neo4j at {self._url} ({code})")
        if code.startswith(("Neo.TransientError", "Neo.DatabaseError", "Neo.ClientError.Database")) or (
            code.startswith(("Neo.ClientError.Security", "Neo.ClientError.Cluster"))
        ):
            return StoreUnavailable(f"Neo4j at {self._url} cannot be used now ({code})")
        return GraphError(f"Neo4j at {self._url} refused a statement ({code})")


_COLLISION = frozenset(
    (
        "Neo.ClientError.Statement.EntityNotFound",
        "Neo.ClientError.Schema.ConstraintValidationFailed",
        "Neo.ClientError.Transaction.TransactionValidationFailed",
    )
)


def _shown(url: str) -> str:
    """The address without user or password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
