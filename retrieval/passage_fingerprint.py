"""A sum over everything that a passage file holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from sqlite3 import Connection
from typing import Any

from retrieval import passage_sql as sql
from retrieval.passage_write import meta

_ENTITIES = 7
"""Their place in a row of `sql.ALL_PASSAGES`."""


def fingerprint(db: Connection, standing: Mapping[str, str]) -> str:
    """64 hex digits: see `PassageStore.fingerprint`."""
    total = 0
    encoder = meta(db, "encoder")
    for kind, statement in (("document", sql.ALL_DOCUMENTS), (f"passage of {encoder}", sql.ALL_PASSAGES)):
        for row in db.execute(statement):
            told = row if kind == "document" else _standing(row, standing)
            digest = hashlib.blake2b(repr((kind, *told)).encode(), digest_size=32)
            total += int.from_bytes(digest.digest(), "big")
    return f"{total % 2**256:064x}"


def _standing(row: tuple[Any, ...], standing: Mapping[str, str]) -> tuple[Any, ...]:
    """A row of `sql.ALL_PASSAGES` with what its entities stand for."""
    entities = json.loads(row[_ENTITIES])
    if standing.keys().isdisjoint(entities):
        return row
    ends = json.dumps(sorted({standing.get(id, id) for id in entities}))
    return (*row[:_ENTITIES], ends, *row[_ENTITIES + 1 :])
