"""What a newer release of a curated source changes, against the one whose place it takes.

The former release is put aside in a temporary file before it goes; at the end what the graph holds of the newer one is
put beside it, and both are compared: memory stays flat. So ids are on both sides what they stand for in the end, and
what still waits for a declaration counts on neither. Links of documents and patients to ids that are gone, or that are
called otherwise, are counted.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from graph.model import Assertion, KeptMatch, Source
from graph.store import GraphStore
from ingest.model import Release

Row = TypeVar("Row")

SHOWN = 1_000
"""How many ids of each kind a Release lists; the counts are of all."""

_PAGE = 20_000
_SPLIT = "\x1f"
_PATIENTS = ("has_condition", "takes", "allergic_to", "has_measurement", "underwent")
_TABLES = """
CREATE TABLE stated (source TEXT, triple TEXT, new INTEGER, told TEXT, PRIMARY KEY (source, triple, new, told))
    WITHOUT ROWID;
CREATE TABLE matched (source TEXT, triple TEXT, new INTEGER, told TEXT, PRIMARY KEY (source, triple, new, told))
    WITHOUT ROWID;
CREATE TABLE concept (source TEXT, id TEXT, name TEXT, documents INTEGER, patients INTEGER, PRIMARY KEY (source, id))
    WITHOUT ROWID;
CREATE TABLE named (source TEXT, id TEXT, PRIMARY KEY (source, id)) WITHOUT ROWID;
"""
# Of the triples of one release, or its mappings, those that the other has not; those in both that are told otherwise.
_MORE = """
SELECT count(DISTINCT triple) FROM {stated} one WHERE source = :source AND new = :new
AND NOT EXISTS (SELECT 1 FROM {stated} o WHERE o.source = :source AND o.triple = one.triple AND o.new = 1 - :new)
"""
_OTHERWISE = """
SELECT count(DISTINCT triple) FROM {stated} one WHERE source = :source
AND EXISTS (SELECT 1 FROM {stated} o WHERE o.source = :source AND o.triple = one.triple AND o.new = 1 - one.new)
AND NOT EXISTS (
    SELECT 1 FROM {stated} o
    WHERE o.source = :source AND o.triple = one.triple AND o.new = 1 - one.new AND o.told = one.told
)
"""
_STATEMENTS_MORE, _MAPPINGS_MORE = _MORE.replace("{stated}", "stated"), _MORE.replace("{stated}", "matched")
_STATEMENTS_OTHERWISE = _OTHERWISE.replace("{stated}", "stated")
_MAPPINGS_OTHERWISE = _OTHERWISE.replace("{stated}", "matched")
_SAME = "UPDATE OR REPLACE stated SET triple = standing(triple) WHERE source = ? AND NOT new"
_FRESH = "SELECT count(*) FROM named WHERE source = :source"


class Releases:
    """The sources that are replaced in one loading. Use as a context manager, which removes its file."""

    def __init__(self) -> None:
        self._replaced: dict[str, tuple[str, str]] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="medgraph-release-")
        self._db = sqlite3.connect(Path(self._folder.name) / "releases.sqlite", isolation_level=None)
        self._db.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")

    def __enter__(self) -> Releases:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()
        self._folder.cleanup()

    def put_aside(self, graph: GraphStore, former: Source, newer: Source) -> None:
        """Keep what `former` states, and who is linked to what it names, before it goes from the graph.

        Of a source that is replaced again what stood at first is kept.
        """
        if former.id in self._replaced:
            self._replaced[former.id] = self._replaced[former.id][0], newer.version
            return
        self._replaced[former.id] = former.version, newer.version
        self._read(graph, former.id, new=False)
        self._match(graph.matches(), {former.id}, new=False)
        ids = [id for (id,) in self._db.execute("SELECT id FROM named WHERE source = ?", (former.id,))]
        for batch in _batched(ids, _PAGE):
            entities = graph.entities(batch, access=None)
            patients: dict[str, int] = {}
            for relation in graph.relations(objects=batch, predicates=_PATIENTS, access=None):
                patients[relation.object] = patients.get(relation.object, 0) + 1
            self._db.executemany(
                "INSERT OR REPLACE INTO concept VALUES (?, ?, ?, ?, ?)",
                (
                    (
                        former.id,
                        id,
                        entity.name,
                        len(graph.mentions(entity=id, access=None, limit=_PAGE)),
                        patients.get(id, 0),
                    )
                    for id, entity in entities.items()
                ),
            )
        self._db.execute("DELETE FROM named WHERE source = ?", (former.id,))

    def compared(self, graph: GraphStore) -> Iterator[Release]:
        """A Release for each source that was replaced, by what the graph holds now."""
        mapped = graph.mappings() if self._replaced else {}
        self._match(graph.matches() if self._replaced else (), self._replaced, new=True)
        self._db.create_function(
            "standing", 1, lambda triple: _SPLIT.join(mapped.get(w, w) for w in triple.split(_SPLIT))
        )
        for source, (old, new) in self._replaced.items():
            self._db.execute(_SAME, (source,))
            self._read(graph, source, new=True)
            renamed: list[tuple[str, str, str]] = []
            retired: list[tuple[str, str]] = []
            documents = patients = retirings = renamings = 0
            rows = self._db.execute("SELECT id, name, documents, patients FROM concept WHERE source = ?", (source,))
            for batch in _batched(rows, _PAGE):
                standing = [mapped.get(id, id) for id, *_ in batch]
                self._db.executemany("DELETE FROM named WHERE source = ? AND id = ?", [(source, id) for id in standing])
                now = graph.entities(standing, access=None)
                for id, name, mentioned, held in batch:
                    target = mapped.get(id, id)
                    entity = now.get(target)
                    if entity is None or target != id:
                        retirings += 1
                        retired += [(id, target if entity is not None else "")][: SHOWN - len(retired)]
                    elif entity.name != name:
                        renamings += 1
                        renamed += [(id, name, entity.name)][: SHOWN - len(renamed)]
                        continue
                    else:
                        continue
                    documents, patients = documents + mentioned, patients + held
            yield Release(
                source=source,
                old=old,
                new=new,
                added=self._count(_STATEMENTS_MORE, source, new=1),
                removed=self._count(_STATEMENTS_MORE, source, new=0),
                changed=self._count(_STATEMENTS_OTHERWISE, source),
                fresh=self._count(_FRESH, source),
                renamed=tuple(renamed),
                renamed_count=renamings,
                retired=tuple(retired),
                retired_count=retirings,
                document_links=documents,
                patient_links=patients,
                mappings_added=self._count(_MAPPINGS_MORE, source, new=1),
                mappings_removed=self._count(_MAPPINGS_MORE, source, new=0),
                mappings_changed=self._count(_MAPPINGS_OTHERWISE, source),
            )

    def _read(self, graph: GraphStore, source: str, *, new: bool) -> None:
        """Put down what the graph holds of a source, and the ids that it names."""
        offset = 0
        while page := graph.assertions(source=source, access=None, limit=_PAGE, offset=offset):
            self._keep(source, page, new=new)
            self._name(source, (end for a in page for end in (a.subject, a.object)))
            offset += len(page)

    def _keep(self, source: str, assertions: Iterable[Assertion], *, new: bool) -> None:
        self._db.execute("BEGIN")
        self._db.executemany(
            "INSERT OR IGNORE INTO stated VALUES (?, ?, ?, ?)",
            (
                (
                    source,
                    _SPLIT.join((a.subject, a.predicate, a.object)),
                    int(new),
                    repr((a.polarity, a.certainty, a.qualifiers)),
                )
                for a in assertions
            ),
        )
        self._db.execute("COMMIT")

    def _match(self, matches: Iterable[KeptMatch], sources: Collection[str], *, new: bool) -> None:
        """Put down those of the mappings that these sources state, under the ids as stated."""
        self._db.execute("BEGIN")
        self._db.executemany(
            "INSERT OR IGNORE INTO matched VALUES (?, ?, ?, ?)",
            (
                (
                    match.source,
                    _SPLIT.join((match.other, match.canonical)),
                    int(new),
                    repr((match.confidence, match.justification)),
                )
                for match in matches
                if match.source in sources
            ),
        )
        self._db.execute("COMMIT")

    def _name(self, source: str, ids: Iterable[str]) -> None:
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR IGNORE INTO named VALUES (?, ?)", ((source, id) for id in ids))
        self._db.execute("COMMIT")

    def _count(self, statement: str, source: str, *, new: int = 0) -> int:
        return int(self._db.execute(statement, {"source": source, "new": new}).fetchone()[0])


def _batched(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    rest = iter(rows)
    while batch := list(islice(rest, size)):
        yield batch
