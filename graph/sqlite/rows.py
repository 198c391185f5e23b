"""Lists as parameters of a statement, and sets of access labels by their keys."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable


def listed(values: Iterable[object] | None) -> str | None:
    """A JSON array for `json_each`, so that a statement takes any number of values as one parameter."""
    return None if values is None else json.dumps(list(values))


class AccessSets:
    """The integer keys of sets of access labels, as one transaction sees them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._keys: dict[frozenset[str], int] = {}
        self._labels: dict[int, frozenset[str]] = {}

    def key(self, labels: frozenset[str]) -> int:
        """The key of a set, made where there is none yet."""
        number = self._keys.get(labels)
        if number is None:
            text = json.dumps(sorted(labels))
            row = self._connection.execute("SELECT key FROM access_set WHERE labels = ?", (text,)).fetchone()
            if row is None:
                row = (self._connection.execute("INSERT INTO access_set (labels) VALUES (?)", (text,)).lastrowid,)
                self._connection.executemany(
                    "INSERT INTO access_label (label, access) VALUES (?, ?)", [(label, row[0]) for label in labels]
                )
            number = self._keys[labels] = int(row[0])
        return number

    def labels(self, key: int) -> frozenset[str]:
        """The labels of a key."""
        labels = self._labels.get(key)
        if labels is None:
            (text,) = self._connection.execute("SELECT labels FROM access_set WHERE key = ?", (key,)).fetchone()
            labels = self._labels[key] = frozenset(json.loads(text))
        return labels


def visible(connection: sqlite3.Connection, access: Collection[str] | None) -> str | None:
    """The sets of labels that hold one of the reader's, as a JSON array of keys; None where he may see everything."""
    if access is None:
        return None
    return listed(
        key
        for (key,) in connection.execute(
            "SELECT DISTINCT access FROM access_label WHERE label IN (SELECT value FROM json_each(?)) ORDER BY access",
            (listed(access),),
        )
    )
