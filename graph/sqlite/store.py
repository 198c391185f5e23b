"""The embedded GraphStore: one SQLite file, in process.

How the file is shared among readers, writers and processes is `storage.sqlite`'s. The work is in `write`, `declare` and
`read`; the tables are in `schema`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path as FilePath

from graph.checks import check_paths, check_reading, need_one
from graph.errors import UnknownEntity
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
from graph.schema import PREDICATES
from graph.sqlite import counts as sqlite_counts
from graph.sqlite import queries as sqlite_queries
from graph.sqlite import read as sqlite_read
from graph.sqlite import versions
from graph.sqlite import write as sqlite_write
from graph.sqlite.columns import AFFIRMED
from graph.sqlite.layout import LAYOUT
from graph.sqlite.rows import listed, visible
from graph.sqlite.schema import ERRORS, put_predicates, reader, writer
from graph.sqlite.settle import end
from graph.store import Access
from graph.versions import NAMES
from storage import deadline
from storage.sqlite import SqliteFile


class SqliteStore:
    """See GraphStore for what every method promises.

    The file is made, with its folder, where there is none. Raises StoreUnavailable where it cannot be opened, and
    StoreCorrupt where it is no graph or one of another layout.
    """

    def __init__(self, path: FilePath, *, wait: float = 30.0) -> None:
        """`wait`: seconds to wait for another process that is writing."""
        self._path = path
        self._stats: tuple[str, Stats] | None = None
        self._file = SqliteFile(path, ERRORS, layout=LAYOUT, writer=writer, reader=reader, wait=wait)
        try:
            self._know_predicates()
        except BaseException:
            self._file.close()
            raise

    # writing

    def replace(self, contributions: Sequence[Contribution]) -> None:
        with self._writing() as connection:
            sqlite_write.replace(connection, contributions)

    def load(self, source: Source, entities: Iterable[Entity] = (), assertions: Iterable[Assertion] = ()) -> None:
        entities, assertions = tuple(entities), tuple(assertions)
        with self._writing(whole=True) as connection:
            sqlite_write.load(connection, source, entities, assertions)

    def delete(self, sources: Collection[str]) -> int:
        with self._writing() as connection:
            return sqlite_write.delete(connection, sources)

    def add_mappings(self, pairs: Iterable[tuple[str, str] | Match], source: Source) -> int:
        pairs = tuple(pairs)
        with self._writing(whole=True) as connection:
            return sqlite_write.add_mappings(connection, pairs, source)

    # reading

    def mappings(self) -> Mapping[str, str]:
        with self._reading() as connection:
            return dict(connection.execute("SELECT other, canonical FROM canonical_id ORDER BY other"))

    def merged(self, id: str) -> list[KeptMatch]:
        with self._reading() as connection:
            return sqlite_read.merged(connection, sqlite_read.canonical(connection, id))

    def matches(self) -> list[KeptMatch]:
        with self._reading() as connection:
            return sqlite_read.matches(connection)

    def refused(self) -> list[KeptMatch]:
        with self._reading() as connection:
            return sqlite_read.refused(connection)

    def waiting(self, *, limit: int = 10) -> tuple[int, list[str]]:
        with self._reading() as connection:
            return sqlite_read.waiting(connection, limit)

    def sources(self, *, kind: str | None = None) -> list[Source]:
        with self._reading() as connection:
            return sqlite_read.sources(connection, kind=kind)

    def source(self, id: str) -> Source | None:
        with self._reading() as connection:
            return next(iter(sqlite_read.sources(connection, id=id)), None)

    def entity(self, id: str, *, access: Access) -> Entity:
        with self._reading() as connection:
            canonical = sqlite_read.canonical(connection, id)
            entities = sqlite_read.entities(connection, [canonical], visible(connection, access))
        if canonical not in entities:
            raise UnknownEntity(id)
        return entities[canonical]

    def entities(self, ids: Collection[str], *, access: Access) -> dict[str, Entity]:
        with self._reading() as connection:
            canonical = sqlite_read.canonicals(connection, ids)
            return sqlite_read.entities(connection, canonical, visible(connection, access))

    def find_entities(self, text: str, *, type: str | None = None, limit: int = 10, access: Access) -> list[NameMatch]:
        check_reading(type=type)
        with self._reading() as connection:
            groups = visible(connection, access)
            return sqlite_read.find(connection, text, type=type, limit=limit, groups=groups)

    def named(self, names: Collection[str], *, access: Access) -> dict[str, list[Entity]]:
        with self._reading() as connection:
            return sqlite_read.named(connection, names, visible(connection, access))

    def names(self, *, curated_only: bool = True) -> Iterator[tuple[str, str, str, str]]:
        with self._reading() as connection:
            yield from connection.execute(sqlite_queries.CURATED_NAMES if curated_only else sqlite_queries.ALL_NAMES)

    def names_version(self, *, curated_only: bool = True) -> str:
        """Computed once after a curated source's names have changed, and then kept in the file."""
        if not curated_only:
            return self._version_of((NAMES,))
        with self._reading() as connection:
            kept: dict[str, str] = dict(connection.execute("SELECT key, value FROM meta"))
            change = kept.get("names", "0")
            then, _, version = kept.get("names_version", "").partition(" ")
            if version and then == change:
                return version
            version = sqlite_read.names_digest(connection)
        with self._file.writing() as connection:  # which changes nothing that is read
            connection.execute(
                "INSERT INTO meta (key, value) VALUES ('names_version', ?)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (f"{change} {version}",),
            )
        return version

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
        with self._reading() as connection:
            return list(
                sqlite_read.relations(
                    connection, sqlite_queries.OF_OBJECTS if subjects is None else sqlite_queries.OF_SUBJECTS,
                    subjects=None if subjects is None else sqlite_read.canonicals(connection, subjects),
                    objects=None if objects is None else sqlite_read.canonicals(connection, objects),
                    predicates=predicates, groups=visible(connection, access), limit=limit, offset=offset,
                )
            )  # fmt: skip

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
        with self._reading() as connection:
            wanted = sqlite_read.related(
                subjects=None if subjects is None else sqlite_read.canonicals(connection, subjects),
                objects=None if objects is None else sqlite_read.canonicals(connection, objects),
                predicates=predicates, groups=visible(connection, access),
            )  # fmt: skip
            statement = sqlite_queries.OF_OBJECTS if subjects is None else sqlite_queries.OF_SUBJECTS
            return sqlite_counts.count(connection, statement, wanted)

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
        with self._reading() as connection:
            groups = visible(connection, access)
            key = sqlite_read.visible_key(connection, sqlite_read.canonical(connection, id), groups)
            return list(
                sqlite_read.relations(
                    connection, sqlite_queries.OF_NEIGHBOURS,
                    key=key, type=type, predicates=predicates, groups=groups, limit=max(limit, 0), offset=offset,
                )
            )  # fmt: skip

    def count_neighbours(
        self, id: str, *, predicates: Collection[str] | None = None, type: str | None = None, access: Access
    ) -> int:
        check_reading(type=type, predicates=predicates)
        with self._reading() as connection:
            groups = visible(connection, access)
            key = sqlite_read.visible_key(connection, sqlite_read.canonical(connection, id), groups)
            wanted = sqlite_read.related(key=key, type=type, predicates=predicates, groups=groups)
            return sqlite_counts.count(connection, sqlite_queries.OF_NEIGHBOURS, wanted)

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
        with self._reading() as connection:
            wanted = sqlite_read.stated(connection, subject, predicate, object, source, access)
            return sqlite_read.assertions(connection, {**wanted, "limit": max(limit, 0), "offset": offset})

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
        check_reading(predicates=None if predicate is None else (predicate,))
        with self._reading() as connection:
            wanted = sqlite_read.stated(connection, subject, predicate, object, source, access)
            return sqlite_counts.count_assertions(connection, wanted)

    def statements(
        self,
        *,
        subjects: Collection[str],
        predicates: Collection[str],
        objects: Collection[str] | None = None,
        access: Access,
    ) -> list[Assertion]:
        check_reading(predicates=predicates)
        with self._reading() as connection:
            ends = [None if ids is None else sqlite_read.canonicals(connection, ids) for ids in (subjects, objects)]
            return sqlite_read.statements(
                connection,
                {
                    "subjects": listed(ends[0] or ()),
                    "predicates": listed(predicates),
                    "objects": None if ends[1] is None else listed(ends[1]),
                    "groups": visible(connection, access),
                },
            )

    def stars(self, predicates: Collection[str], *, access: Access) -> Iterator[Star]:
        check_reading(predicates=predicates)
        with self._reading() as connection:
            wanted = {"predicates": listed(predicates), "groups": visible(connection, access), "affirmed": AFFIRMED}
            for subject, kind, predicate, other, objects in connection.execute(sqlite_queries.STARS, wanted):
                yield Star(subject, kind, predicate, other, tuple(sorted(json.loads(objects))))

    def stated(self, predicates: Collection[str], *, access: Access) -> Iterator[Assertion]:
        check_reading(predicates=predicates)
        with self._reading() as connection:
            wanted = {"predicates": listed(predicates), "groups": visible(connection, access)}
            yield from sqlite_read.stated_by(connection, wanted)

    def passage(self, id: str, *, access: Access) -> PassageNode | None:
        with self._reading() as connection:
            return sqlite_read.passage(connection, id, visible(connection, access))

    def mentions(
        self, *, entity: str | None = None, source: str | None = None, access: Access, limit: int = 100
    ) -> list[Mention]:
        need_one("mentions() needs an entity or a source", entity, source)
        with self._reading() as connection:
            bearer = None if entity is None else sqlite_read.canonical(connection, entity)
            groups = visible(connection, access)
            return sqlite_read.mentions(connection, entity=bearer, source=source, groups=groups, limit=max(limit, 0))

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
        with self._reading() as connection:
            groups = visible(connection, access)
            first, last = (
                sqlite_read.visible_key(connection, sqlite_read.canonical(connection, id), groups)
                for id in (start, end)
            )
            return sqlite_read.paths(
                connection, first, last, max_hops=max_hops, limit=limit, predicates=predicates, types=types,
                avoiding=sqlite_read.canonicals(connection, avoiding), groups=groups,
            )  # fmt: skip

    def version(self) -> str:
        with self._reading() as connection:
            return versions.version(connection)

    def version_of(self, predicates: Collection[str]) -> str:
        check_reading(predicates=predicates)
        return self._version_of(predicates)

    def stats(self) -> Stats:
        """Counted once for each version of the graph."""
        with deadline.for_all(), self._reading() as connection:
            version = versions.version(connection)
            kept = self._stats
            if kept is None or kept[0] != version:
                self._stats = kept = version, sqlite_counts.stats(connection)
        return kept[1]

    def stated_counts(self) -> dict[tuple[str, str], int]:
        with self._reading() as connection:
            return sqlite_counts.stated_counts(connection)

    def fingerprint(self) -> str:
        with self._reading() as connection:
            return sqlite_read.fingerprint(connection)

    def ping(self) -> str:
        with self._reading() as connection:
            connection.execute("SELECT 1 FROM entity LIMIT 1").fetchone()
        return f"SQLite {sqlite3.sqlite_version}, layout {LAYOUT.version}, {self._path.name}"

    def close(self) -> None:
        self._file.close()

    def _version_of(self, words: Collection[str]) -> str:
        with self._reading() as connection:
            return versions.version_of(connection, words)

    def _know_predicates(self) -> None:
        """Give predicates that the schema has got since the file was made their keys."""
        with self._reading() as connection:
            (count,) = connection.execute(
                "SELECT count(*) FROM predicate WHERE name IN (SELECT value FROM json_each(?))", (listed(PREDICATES),)
            ).fetchone()
        if count < len(PREDICATES):
            with self._file.writing() as connection:
                put_predicates(connection)

    def _reading(self) -> AbstractContextManager[sqlite3.Connection]:
        return self._file.reading()

    @contextmanager
    def _writing(self, *, whole: bool = False) -> Iterator[sqlite3.Connection]:
        """A transaction that gives the graph another version, if it changes anything; `whole`: without asking what."""
        with self._file.writing() as connection:
            before = connection.total_changes
            yield connection
            if connection.total_changes != before:
                versions.renew(connection, whole=whole)
                end(connection)
