"""The fingerprint of a file is over what it holds, in whatever order that came; ids count as what they stand for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

from retrieval import passage_sql as sql
from retrieval.passage_fingerprint import fingerprint
from retrieval.passage_write import add


def of(*items: Any, standing: dict[str, str] | None = None) -> str:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(sql.SCHEMA)
        for item in items:
            add(db, *item)
        return fingerprint(db, standing or {})


def test_order_does_not_show_and_ids_count_as_what_they_stand_for(make: Callable[..., Any]) -> None:
    one, two = make("A:1", "gout", entities=("X:1", "X:2")), make("A:2", "fever", entities=("X:2",))
    assert of(one, two) == of(two, one)
    assert of(one) != of(one, two)
    merged = make("A:1", "gout", entities=("X:2",))
    assert of(one, standing={"X:1": "X:2"}) == of(merged)
    assert of(one) != of(merged)
