"""How much there is, in the SQLite store: functions over one connection, inside one read transaction."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping

from graph.model import Stats
from graph.sqlite import queries as sql
from graph.sqlite.read import statement_for


def count(connection: sqlite3.Connection, statement: str, wanted: Mapping[str, object]) -> int:
    """How many rows one of the statements above gives without a limit."""
    everything = {**wanted, "limit": -1, "offset": 0}
    counting = f"SELECT count(*) FROM ({statement})"  # noqa: S608  # a constant of `queries`
    return int(connection.execute(counting, everything).fetchone()[0])


def count_assertions(connection: sqlite3.Connection, wanted: Mapping[str, object]) -> int:
    """See GraphStore.count_assertions; `wanted` as for `assertions`, without limit and offset."""
    statement = statement_for(wanted)
    if statement is sql.STATED_BY_SOURCE:
        return int(connection.execute(sql.COUNT_BY_SOURCE, wanted).fetchone()[0])
    # Neither texts nor an order are needed, which of a large source are most of the work.
    counting = "SELECT count(*)" + statement[statement.index("\nFROM") : statement.rindex("ORDER BY")]
    return int(connection.execute(counting, wanted).fetchone()[0])


def stated_counts(connection: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """See GraphStore.stated_counts."""
    rows = connection.execute(sql.STATED_COUNTS)
    return {(source, predicate): count for source, predicate, count in rows}


def stats(connection: sqlite3.Connection) -> Stats:
    """See GraphStore.stats. What rests is not counted."""

    def count(statement: str) -> int:
        return int(connection.execute(statement).fetchone()[0])

    # Counted here, for SQLite would put all of them in order first. They come as they lie, and each once.
    keys = Counter(key for (key,) in connection.execute(sql.RELATED))
    names = dict(connection.execute("SELECT key, name FROM predicate"))
    by_predicate = dict(sorted((names[key], number) for key, number in keys.items()))
    by_type = dict(
        connection.execute("SELECT type, count(*) FROM entity WHERE type IS NOT NULL GROUP BY type ORDER BY type")
    )
    resting = count(sql.WAITING)
    return Stats(
        documents=count("SELECT count(*) FROM source WHERE kind = 'document'"),
        passages=count("SELECT count(*) FROM passage"),
        mentions=count("SELECT count(*) FROM mention") - count(sql.RESTING_MENTIONS),
        entities=sum(by_type.values()),
        assertions=count("SELECT count(*) FROM assertion") - resting,
        relations=sum(by_predicate.values()),
        sources=count("SELECT count(*) FROM source"),
        by_type=by_type,
        by_predicate=by_predicate,
    )
