"""How documents are written into the passage store and taken out of it, within one transaction of its file."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from sqlite3 import Connection, IntegrityError

import numpy as np

from retrieval import passage_sql as sql
from retrieval.encoder import Vectors
from retrieval.errors import EncoderMismatch
from retrieval.families import FAMILIES, Family, as_encoded, family
from retrieval.model import DocumentInfo, Passage, passage_key
from text.fold import fold, fold_version


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
            f"the passages hold vectors of {held[0]} ({held[1]} dimensions), not of {given[0]} ({given[1]})"
        )
    for name, value in zip(("encoder", "dimension"), given, strict=True):
        db.execute(sql.META_SET, (name, value))


def add(
    db: Connection, info: DocumentInfo, passages: Sequence[Passage], vectors: Vectors, families: Collection[Family]
) -> None:
    """Add a document that is not there. `families` are those of which the encoder has one of its own."""
    labels = json.dumps(sorted(info.access))
    db.execute(sql.ADD_SET, (labels,))
    set_key = db.execute(sql.FIND_SET, (labels,)).fetchone()[0]
    db.executemany(sql.ADD_GRANT, [(label, set_key) for label in sorted(info.access)])
    keywords = json.dumps(info.keywords)
    doc = db.execute(sql.ADD_DOCUMENT, {**asdict(info), "keywords": keywords, "set_key": set_key}).lastrowid
    first = db.execute(sql.NEXT_ROW).fetchone()[0]
    rows = list(enumerate(passages, first))
    try:
        db.executemany(sql.ADD_PASSAGE, [_row(row, doc, passage) for row, passage in rows])
    except IntegrityError as error:
        raise ValueError(f"two passages of {info.id} have one id or one ordinal") from error
    halves = np.ascontiguousarray(vectors, np.float16)
    kinds = [family_of(info, p) if len(families) > 1 else "rest" for p in passages]
    numbers = [FAMILIES.index(kind) for kind in kinds]
    db.executemany(sql.ADD_VECTOR, [(row, halves[row - first].tobytes(), numbers[row - first]) for row, _ in rows])
    db.executemany(sql.ADD_MENTION, [(entity, row) for row, p in rows for entity in sorted(set(p.entities))])
    heading = _heading(info.title, info.keywords)
    db.executemany(sql.WORDS_ADD, [(row, heading, fold(p.text)) for row, p in rows])
    db.executemany(sql.LOG, [(passage_key(p.id),) for _, p in rows])


def family_of(info: DocumentInfo, passage: Passage) -> Family:
    """Which family the passage is encoded in."""
    return family(as_encoded(info.title, passage.text, passage.start))


def _row(row: int, doc: int | None, passage: Passage) -> dict[str, object]:
    return {
        **asdict(passage),
        "row": row,
        "key": passage_key(passage.id),
        "doc": doc,
        "entities": json.dumps(passage.entities),
    }


def remove(db: Connection, document: str) -> bool:
    there = db.execute(sql.FIND_DOCUMENT, (document,)).fetchone()
    if there is None:
        return False
    doc, set_key = there
    for row, key, text, entities, title, keywords in db.execute(sql.STORED, (doc,)).fetchall():
        db.execute(sql.WORDS_REMOVE, (row, _heading(title, json.loads(keywords)), fold(text)))
        db.executemany(sql.REMOVE_MENTION, [(entity, row) for entity in json.loads(entities)])
        db.execute(sql.REMOVE_VECTOR, (row,))
        db.execute(sql.LOG, (key,))
    db.execute(sql.REMOVE_PASSAGES, (doc,))
    db.execute(sql.REMOVE_DOCUMENT, (doc,))
    db.execute(sql.REMOVE_SET, {"set": set_key})
    db.execute(sql.REMOVE_GRANTS, {"set": set_key})
    return True


def refold(db: Connection) -> None:
    """Make the words anew if they were folded by other rules: what to take out is worked out from the rules of now."""
    if meta(db, "fold") == fold_version():
        return
    if db.execute(sql.ANY_PASSAGE).fetchone():
        db.execute(sql.WORDS_CLEAR)
        for row, text, title, keywords in db.execute(sql.ALL_STORED):
            db.execute(sql.WORDS_ADD, (row, _heading(title, json.loads(keywords)), fold(text)))
    db.execute(sql.META_SET, ("fold", fold_version()))


def meta(db: Connection, name: str) -> str | None:
    row = db.execute(sql.META, (name,)).fetchone()
    return row[0] if row else None


def _heading(title: str, keywords: Sequence[str]) -> str:
    return fold(" ; ".join((title, *keywords)))
