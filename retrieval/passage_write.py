"""How documents are written into the passage store and taken out of it, within one transaction of its file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from sqlite3 import Connection, IntegrityError

import numpy as np

from retrieval import passage_shelves as shelves
from retrieval import passage_sql as sql
from retrieval.encoder import Vectors
from retrieval.errors import EncoderMismatch
from retrieval.families import FAMILIES, as_encoded, family
from retrieval.model import DocumentInfo, Passage, passage_key
from retrieval.passage_rows import sought
from text.fold import fold, fold_version

_STALE = "stale_words"
"""Whether the full-text index still holds words of passages that are gone."""


def check(info: DocumentInfo, passages: Sequence[Passage], vectors: Vectors) -> None:
    if vectors.ndim != 2 or len(vectors) != len(passages):
        raise ValueError(f"{info.id}: {len(passages)} passages need as many vectors, not shape {vectors.shape}")
    if not np.isfinite(vectors).all():
        raise ValueError(f"{info.id}: a vector that is not finite")
    if any(passage.document != info.id for passage in passages):
        raise ValueError(f"{info.id}: a passage of another document")


def settle_encoder(db: Connection, encoder: str, dimensions: set[int]) -> None:
    if not dimensions:
        return
    if len(dimensions) > 1:
        raise ValueError(f"vectors of several dimensions in one batch: {sorted(dimensions)}")
    given = (encoder, str(dimensions.pop()))
    held = (meta(db, "encoder"), meta(db, "dimension"))
    if held != given and held[0] is not None and db.execute(sql.ANY_VECTOR).fetchone():
        raise EncoderMismatch(
            f"the passages hold vectors of {held[0]} ({held[1]} dimensions), not of {given[0]} ({given[1]}): "
            "`medgraph reindex` encodes them anew"
        )
    for name, value in zip(("encoder", "dimension"), given, strict=True):
        db.execute(sql.META_SET, (name, value))


def add(db: Connection, info: DocumentInfo, passages: Sequence[Passage], vectors: Vectors) -> None:
    labels = json.dumps(sorted(info.access))
    db.execute(sql.ADD_SET, (labels,))
    set_key = db.execute(sql.FIND_SET, (labels,)).fetchone()[0]
    db.executemany(sql.ADD_GRANT, [(label, set_key) for label in sorted(info.access)])
    keywords = json.dumps(info.keywords)
    lists = {"keywords": keywords, "publication_types": json.dumps(info.publication_types)}
    doc = db.execute(sql.ADD_DOCUMENT, {**asdict(info), **lists, "set_key": set_key}).lastrowid
    for name in _types(info.publication_types):
        db.execute(sql.ADD_TYPE, (name,))
        db.execute(sql.ADD_TYPED, {"doc": doc, "name": name})
    first = db.execute(sql.NEXT_ROW).fetchone()[0]
    rows = list(enumerate(passages, first))
    try:
        db.executemany(sql.ADD_PASSAGE, [_row(row, doc, info.title, passage) for row, passage in rows])
    except IntegrityError as error:
        raise ValueError(f"two passages of {info.id} have one id or one ordinal") from error
    halves = np.ascontiguousarray(vectors, np.float16)
    db.executemany(sql.ADD_VECTOR, [(row, halves[row - first].tobytes()) for row, _ in rows])
    db.executemany(sql.ADD_MENTION, [(entity, row) for row, p in rows for entity in sorted(set(p.entities))])
    heading = _heading(info.title, info.keywords)
    shelves.put(db, set_key, [(row, heading, fold(p.text)) for row, p in rows])
    db.executemany(sql.LOG, [(passage_key(p.id),) for _, p in rows])


def set_families(db: Connection) -> None:
    """Tell the families of all passages, which a file of an earlier layout does not."""
    for row, title, text, start in db.execute(sql.ALL_TEXTS).fetchall():
        if number := _family(title, text, start):
            db.execute(sql.SET_FAMILY, (number, row))


def _family(title: str, text: str, start: int) -> int:
    return FAMILIES.index(family(as_encoded(title, text, start)))


def _row(row: int, doc: int | None, title: str, passage: Passage) -> dict[str, object]:
    return {
        **asdict(passage),
        "row": row,
        "key": passage_key(passage.id),
        "doc": doc,
        "family": _family(title, passage.text, passage.start),
        "entities": json.dumps(passage.entities),
    }


def remove(db: Connection, document: str) -> bool:
    there = db.execute(sql.FIND_DOCUMENT, (document,)).fetchone()
    if there is None:
        return False
    doc, set_key = there
    stored = db.execute(sql.STORED, (doc,)).fetchall()
    shelves.take(db, set_key, [(row, _heading(t, json.loads(k)), fold(text)) for row, _, text, _, t, k in stored])
    for row, key, _, entities, _, _ in stored:
        db.executemany(sql.REMOVE_MENTION, [(entity, row) for entity in json.loads(entities)])
        db.execute(sql.REMOVE_VECTOR, (row,))
        db.execute(sql.REMOVE_NEXT_VECTOR, (row,))
        db.execute(sql.LOG, (key,))
    for name in _types(json.loads(db.execute(sql.TYPES_OF, (doc,)).fetchone()[0])):
        db.execute(sql.REMOVE_TYPED, {"doc": doc, "name": name})
        db.execute(sql.REMOVE_TYPE, {"name": name})
    db.execute(sql.REMOVE_PASSAGES, (doc,))
    db.execute(sql.REMOVE_DOCUMENT, (doc,))
    db.execute(sql.REMOVE_SET, {"set": set_key})
    db.execute(sql.REMOVE_GRANTS, {"set": set_key})
    db.execute(sql.META_SET, (_STALE, "1"))
    return True


def refold(db: Connection) -> None:
    """Make the words anew if they were folded by other rules: what to take out is worked out from the rules of now."""
    if meta(db, "fold") != fold_version():
        index_words(db)


def index_words(db: Connection) -> None:
    """Make the full-text index anew from the passages."""
    if db.execute(sql.ANY_PASSAGE).fetchone():
        shelves.clear(db)
        for (_, set_key), stored in groupby(db.execute(sql.ALL_STORED), lambda one: one[:2]):
            rows = [
                (row, _heading(title, json.loads(keywords)), fold(text)) for *_, row, text, title, keywords in stored
            ]
            shelves.put(db, set_key, rows)
    db.execute(sql.META_SET, ("fold", fold_version()))


def forget_words(db: Connection) -> None:
    """Take out of the file the words of passages that are gone: until then the full-text index only marks them as such.

    The index's own option `secure-delete` would do so, too, but no SQLite before 3.42 opens what it has touched.
    """
    if meta(db, _STALE) is not None:
        for statement in sql.WORDS_MERGE:
            db.execute(statement)
        db.execute(sql.META_REMOVE, (_STALE,))


def meta(db: Connection, name: str) -> str | None:
    row = db.execute(sql.META, (name,)).fetchone()
    return row[0] if row else None


def _types(names: Sequence[str]) -> list[str]:
    """Publication types as they are looked for, each once."""
    return sorted({sought(name) for name in names})


def _heading(title: str, keywords: Sequence[str]) -> str:
    return fold(" ; ".join((title, *keywords)))
