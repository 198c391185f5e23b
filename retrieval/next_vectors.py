"""The vectors of another encoder, kept beside those that stand until they take their place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from sqlite3 import Connection

import numpy as np

from retrieval import passage_sql as sql
from retrieval.encoder import Vectors
from retrieval.families import as_encoded
from retrieval.passage_write import meta

Opening = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A passage that is still to be encoded: its row, and what the encoder is given."""

    row: int
    text: str


class NextVectors:
    """The vectors of an encoder that is to take the place of the one whose vectors stand."""

    def __init__(self, reading: Opening, writing: Opening) -> None:
        self._reading, self._writing = reading, writing

    def begin(self, encoder: str, dimension: int) -> int:
        """How many passages are encoded by this encoder already; what another one began is forgotten."""
        wanted = {"next_encoder": encoder, "next_dimension": str(dimension)}
        with self._writing() as db:
            if any(meta(db, name) != value for name, value in wanted.items()):
                db.execute(sql.NEXT_CLEAR)
                db.executemany(sql.META_SET, list(wanted.items()))
            return int(db.execute(sql.NEXT_COUNT).fetchone()[0])

    def waiting(self, after: int, limit: int) -> list[Waiting]:
        """The next passages behind row `after` that have no next vector yet, in order of their rows."""
        with self._reading() as db:
            rows = db.execute(sql.NEXT_WAITING, (after, limit)).fetchall()
        return [Waiting(row, as_encoded(title, text, start)) for row, title, text, start in rows]

    def put(self, waiting: list[Waiting], vectors: Vectors) -> None:
        """Keep the vectors of these passages, those that are still there."""
        halves = np.ascontiguousarray(vectors, np.float16)
        with self._writing() as db:
            db.executemany(sql.NEXT_PUT, [(halves[at].tobytes(), one.row) for at, one in enumerate(waiting)])

    def switch(self) -> bool:
        """Put the next vectors in the place of those that stand, all at once; False while a passage lacks one.

        Every index has to be made anew: what changed before is forgotten. The former encoder's name is kept.
        """
        with self._writing() as db:
            if db.execute(sql.NEXT_WAITING, (-1, 1)).fetchone():
                return False
            names = {
                "former_encoder": meta(db, "encoder") or "",
                "encoder": meta(db, "next_encoder") or "",
                "dimension": meta(db, "next_dimension") or "",
            }
            for statement in sql.NEXT_SWITCH:
                db.execute(statement)
            sequence = db.execute(sql.LOG, (-1,)).lastrowid
            db.execute(sql.FORGET_CHANGES, (sequence,))
            names["log_start"] = str(sequence)
            db.executemany(sql.META_SET, list(names.items()))
            db.execute(sql.META_REMOVE, ("next_encoder",))
            return True

    def former(self) -> str:
        """The encoder whose vectors these took the place of, until that is `settled`; else empty."""
        with self._reading() as db:
            return meta(db, "former_encoder") or ""

    def settled(self) -> None:
        """Forget the former encoder: whoever had to know of the switch knows."""
        with self._writing() as db:
            db.execute(sql.META_REMOVE, ("former_encoder",))
