"""The text of record: documents, their passages, vectors and words, in one SQLite file."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from types import MappingProxyType

import numpy as np

from retrieval import passage_sql as sql
from retrieval.encoder import Vectors
from retrieval.errors import IndexCorrupt, StorageFull, StorageUnavailable
from retrieval.families import FAMILIES, Family, names
from retrieval.index import Keys
from retrieval.model import DocumentInfo, Filter, Listing, Passage, passage_key
from retrieval.next_vectors import NextVectors
from retrieval.passage_filters import Choices, Part, choices, matching, unmet
from retrieval.passage_fingerprint import fingerprint
from retrieval.passage_rows import arrays, bound, document_of, listed, passage_of
from retrieval.passage_sight import Sights, sequence
from retrieval.passage_words import ranking, rarity
from retrieval.passage_write import (
    add,
    check,
    forget_words,
    index_words,
    meta,
    refold,
    remove,
    set_families,
    settle_encoder,
)
from storage.sqlite import Errors, Layout, SqliteFile
from text.fold import query_words

_ID = re.compile("[0-9a-f]{32}")
_Item = tuple[DocumentInfo, Sequence[Passage], Vectors]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a vector index must do to come up to `sequence`: `vectors[i]` (float32) belongs to `added[i]`."""

    sequence: int
    added: Keys
    vectors: Vectors
    removed: Keys


class PassageStore:
    """Documents with their passages; a passage and its vector are written together or not at all.

    Vectors are kept as float16. Safe to use from several threads and processes: many read while one writes, and each
    method sees one state of the file. Every method may raise IndexCorrupt or StorageUnavailable; those that write
    also StorageFull, and then nothing has changed. `access` is what the reader holds: None, an administrator,
    sees everything; otherwise a document is visible to who holds at least one of its labels.
    """

    def __init__(self, path: Path, timeout: float = 30.0) -> None:
        """Open the file, or make it. `timeout`: seconds to wait for another process that is writing."""
        self._file = SqliteFile(path, _ERRORS, layout=_LAYOUT, writer=_prepared, reader=_prepared, wait=timeout)
        self._folded = False
        self._families: tuple[int, dict[Family, int]] = (-1, {})
        self._sights = Sights()

    def close(self) -> None:
        self._file.close()

    # Writing

    def replace(self, items: Sequence[_Item], *, encoder: str) -> None:
        """Write each document with its passages and their vectors, in one transaction; what it had before goes.

        `vectors` has shape (len(passages), dimension). Raises EncoderMismatch if the file holds vectors of another
        encoder or dimension, ValueError if an item is not consistent in itself.
        """
        wanted = {info.id: (info, passages, vectors) for info, passages, vectors in items}
        for item in wanted.values():
            check(*item)
        with self._writing() as db:
            for document in wanted:
                remove(db, document)
            settle_encoder(db, encoder, {v.shape[1] for _, passages, v in wanted.values() if len(passages)})
            for item in wanted.values():
                add(db, *item)

    def delete(self, documents: Collection[str]) -> int:
        """Delete the documents with all they have, in one transaction. Returns how many were there."""
        with self._writing() as db:
            there = sum([remove(db, document) for document in sorted(set(documents))])
            forget_words(db)
            return there

    def forget_replaced(self) -> None:
        """Take the words of what was replaced out of the full-text index, if anything was. Whoever replaces documents
        does so at the end: it is as much work for one as for many."""
        with self._writing() as db:
            forget_words(db)

    def truncate(self, sequence: int) -> None:
        """Forget the changes up to `sequence`: an index that holds them is saved."""
        with self._writing() as db:
            db.execute(sql.FORGET_CHANGES, (sequence,))
            start = max(sequence, int(meta(db, "log_start") or 0))
            db.execute(sql.META_SET, ("log_start", str(start)))

    def next_vectors(self) -> NextVectors:
        """The vectors of another encoder, which are to take the place of those that stand."""
        return NextVectors(self._reading, self._writing)

    # Reading

    def document(self, id: str, *, access: frozenset[str] | None) -> DocumentInfo | None:
        with self._reading() as db:
            row = db.execute(sql.DOCUMENT, {"id": id, "access": listed(access)}).fetchone()
        return document_of(row) if row else None

    def documents(self, ids: Collection[str]) -> dict[str, DocumentInfo]:
        """The documents by id, without regard to access; unknown ids are left out."""
        with self._reading() as db:
            return {row[0]: document_of(row) for row in db.execute(sql.DOCUMENTS, {"ids": listed(ids)})}

    def listed(self, wanted: Listing, *, limit: int, offset: int = 0) -> tuple[list[DocumentInfo], int]:
        """The documents wanted, the latest year first and then by id, and how many there are in all."""
        bound = {
            "access": listed(wanted.access),
            "year_from": wanted.year_from,
            "year_to": wanted.year_to,
            "languages": listed(wanted.languages),
            "sources": listed(wanted.sources),
            "retracted": wanted.retracted,
            "title": wanted.title,
        }
        with self._reading() as db:
            (total,) = db.execute(sql.COUNT_LISTED, bound).fetchone()
            rows = db.execute(sql.LISTED, {**bound, "limit": max(limit, 0), "offset": offset})
            return [document_of(row) for row in rows], total

    def text(self, document_id: str, *, access: frozenset[str] | None) -> str:
        """The document's text: its passages joined. Empty where there is no such document."""
        return "".join(passage.text for passage in self.passages_of(document_id, access=access))

    def passages_of(self, document_id: str, *, access: frozenset[str] | None) -> list[Passage]:
        """The document's passages in order."""
        with self._reading() as db:
            return [passage_of(r) for r in db.execute(sql.PASSAGES_OF, {"id": document_id, "access": listed(access)})]

    def passages(self, ids: Collection[str], *, access: frozenset[str] | None) -> dict[str, Passage]:
        """The passages by id; those that are unknown, or not to be seen, are left out."""
        wanted = {id for id in ids if _ID.fullmatch(id)}
        keys = listed(passage_key(id) for id in wanted)
        with self._reading() as db:
            under = [passage_of(row) for row in db.execute(sql.PASSAGES, {"keys": keys, "access": listed(access)})]
        return {passage.id: passage for passage in under if passage.id in wanted}

    def lexical(self, query: str, filter: Filter, k: int) -> list[tuple[str, float]]:
        """The `k` best (passage id, BM25), higher is better, ties by id.

        `query` is plain words, never a query syntax: a passage that holds one of them is found. A word in title or
        keywords counts twice. How rare a word is, is told by the passages that `filter.access` shows alone.
        """
        words = query_words(query)
        if not words or k < 1:
            return []
        with self._reading() as db:
            return ranking(db, self._sights.of(db, filter.access), words, filter, k)

    def rarity(self, words: Collection[str], *, access: frozenset[str] | None) -> dict[str, float]:
        """How much it says that a passage holds each word: its inverse document frequency, as BM25 counts it."""
        with self._reading() as db:
            return rarity(db, self._sights.of(db, access), sorted(set(words)))

    def visible(self, keys: Collection[int], filter: Filter) -> dict[int, str]:
        """Which of these passage keys the filter lets through, with the passage id of each."""
        with self._reading() as db:
            return dict(db.execute(sql.VISIBLE, {"keys": listed(int(key) for key in keys), **bound(filter)}))

    def matching(self, filter: Filter) -> Keys:
        """The keys of all passages that the filter lets through, rising."""
        with self._reading() as db:
            keys = np.fromiter((row[0] for row in db.execute(matching(filter), bound(filter))), np.int64)
        keys.sort()
        return keys

    def count(self, filter: Filter) -> int:
        """How many passages the filter lets through."""
        with self._reading() as db:
            return int(db.execute(sql.COUNTING.format(matching(filter)), bound(filter)).fetchone()[0])

    def choices(self, *, access: frozenset[str] | None) -> Choices:
        """What the reader can filter by."""
        with self._reading() as db:
            return choices(db, access)

    def unmet(self, filter: Filter) -> tuple[Part, ...]:
        """The names of the parts of the filter that no passage meets: see `passage_filters.unmet`."""
        with self._reading() as db:
            return unmet(db, filter)

    def counts(self) -> tuple[int, int, int]:
        """How many documents, passages and vectors there are."""
        with self._reading() as db:
            documents, passages, vectors = db.execute(sql.COUNTS).fetchone()
        return documents, passages, vectors

    def families(self) -> dict[Family, int]:
        """How many vectors there are of each family that has some; all are of `rest` where one encoder is for all."""
        counted, held = self._families
        with self._reading() as db:
            if sequence(db) != counted:
                others = {}
                if _split(db):
                    others = {FAMILIES[number]: count for number, count in db.execute(sql.COUNT_OTHERS)}
                rest = db.execute(sql.COUNTS).fetchone()[2] - sum(others.values())
                held = {**({"rest": rest} if rest else {}), **others}
                self._families = (sequence(db), held)
        return held

    def has_chinese(self, *, access: frozenset[str] | None) -> bool:
        """Whether the reader may see a passage of the family of Chinese, where that has vectors of its own."""
        with self._reading() as db:
            return _split(db) and self._sights.of(db, access).any_of(db, "zh")

    def seen(self, *, access: frozenset[str] | None) -> tuple[int, int]:
        """How many documents and passages the reader may see."""
        with self._reading() as db:
            documents, passages = db.execute(sql.COUNT_SEEN, {"access": listed(access)}).fetchone()
        return documents, passages

    def identity(self) -> str:
        """A random word made with the file, so that an index saved for another file is not taken for one of this."""
        with self._reading() as db:
            return meta(db, "identity") or ""

    def encoder(self) -> tuple[str, int] | None:
        """The name and dimension of the encoder of the vectors; None while there are none."""
        with self._reading() as db:
            name, dimension = meta(db, "encoder"), meta(db, "dimension")
            if not db.execute(sql.ANY_VECTOR).fetchone():
                return None
        return (name, int(dimension)) if name and dimension else None

    def sequence(self) -> int:
        """The number of the last change. It rises with every passage written or deleted."""
        with self._reading() as db:
            return sequence(db)

    def changes(self, after: int, limit: int = 50_000, *, family: Family | None = None) -> Changes | None:
        """What the next `limit` changes after `after` come to; None if they have been forgotten.

        A passage that changed again later is given as it is now, and will come again. One that is not of the `family`
        asked for counts as removed.
        """
        with self._reading() as db:
            if after < int(meta(db, "log_start") or 0) or after > sequence(db):
                return None
            upto = db.execute(sql.LAST_CHANGE_OF_BATCH, (after, limit)).fetchone()[0] or after
            if family is None or not _split(db):
                rows = db.execute(sql.CHANGED, (after, upto)).fetchall()
            else:
                rows = db.execute(sql.CHANGED_OF, (after, upto, FAMILIES.index(family))).fetchall()
        there = [(key, vector) for key, vector in rows if vector is not None]
        gone = [key for key, vector in rows if vector is None]
        return Changes(upto, *arrays(there), np.array(gone, np.int64))

    def vectors(self, batch: int = 20_000, *, family: Family | None = None) -> Iterator[tuple[Keys, Vectors]]:
        """All keys with their vectors, or those of a family, in batches. What is written meanwhile may or may not be
        among them."""
        statement = sql.VECTORS_OF_OTHERS_AFTER if family not in (None, "rest") else sql.VECTORS_OF_AFTER
        last = 0
        while True:
            with self._reading() as db:
                if family is None or not _split(db):
                    rows = db.execute(sql.VECTORS_AFTER, (last, batch)).fetchall()
                else:
                    rows = db.execute(statement, (last, FAMILIES.index(family), batch)).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield arrays([row[1:] for row in rows])

    def recorded(self, keys: Keys) -> tuple[Keys, Vectors]:
        """Those of these keys that there are, in any order, with their vectors."""
        with self._reading() as db:
            return arrays(db.execute(sql.VECTORS_OF, (listed(int(key) for key in keys),)).fetchall())

    def fingerprint(self, standing: Mapping[str, str] = MappingProxyType({})) -> str:
        """64 hex digits over all documents, passages and vectors, whatever the order they were written in.

        An entity counts as the id that it stands for in `standing`, if any: so it does not show whether a text was read
        before its ids were mapped. The sum of the hashes of the rows (AdHash, Bellare and Micciancio 1997).
        """
        with self._reading() as db:
            return fingerprint(db, standing)

    # Within

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._file.reading() as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._file.writing() as db:
            if not self._folded:
                refold(db)
            yield db
        self._folded = True


def _prepared(db: Connection) -> None:
    db.execute("PRAGMA cache_size = -8192")
    db.execute("PRAGMA journal_size_limit = 67108864")
    db.executescript(sql.STEMMER)


def _create(db: Connection) -> None:
    for statement in sql.SCHEMA.split(";"):
        db.execute(statement)
    db.execute(sql.META_SET, ("identity", secrets.token_hex(16)))


def _from_1(db: Connection) -> None:
    for statement in sql.FROM_1_TO_2.split(";"):
        db.execute(statement)
    set_families(db)


def _from_2(db: Connection) -> None:
    for statement in sql.FROM_2_TO_3.split(";"):
        db.execute(statement)
    index_words(db)


_ERRORS = Errors(full=StorageFull, unavailable=StorageUnavailable, corrupt=IndexCorrupt)
_LAYOUT = Layout(
    application=sql.APPLICATION, version=sql.SCHEMA_VERSION, create=_create, migrations={1: _from_1, 2: _from_2}
)


def _split(db: Connection) -> bool:
    """Whether the families have encoders of their own."""
    return len(names(meta(db, "encoder") or "")) > 1
