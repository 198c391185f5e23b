"""Declarations in the SQLite store: entities and their names, inside the transaction that the store has begun."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence

from graph import identity
from graph.model import KINDS, Entity, Source
from graph.schema import check_id, check_names, check_type
from graph.sqlite.columns import DECLARATION, Row
from graph.sqlite.identities import enter, mapped_ids, touch_declared
from graph.sqlite.rows import AccessSets, listed
from text.names import normalise


def declare(connection: sqlite3.Connection, source: Source, entities: Sequence[Entity], access: AccessSets) -> None:
    """Write the source's declarations of these entities in place of those it made of the same ids."""
    if not entities:
        return
    latest = {entity.id: entity for entity in entities}
    for entity in latest.values():
        check_id(entity.id)
        check_type(entity.type)
        check_names(entity)
    mapped = mapped_ids(connection, latest.keys())
    canonical = {id: mapped.get(id, id) for id in latest}
    keys = enter(connection, dict.fromkeys(canonical.values()))
    take_back(connection, [row[0] for row in connection.execute(
        "SELECT key FROM declaration WHERE source = ? AND declared IN (SELECT value FROM json_each(?))",
        (source.id, listed(latest)),
    )])  # fmt: skip
    place = KINDS.index(source.kind)
    connection.executemany(
        DECLARATION.insert(),
        [
            DECLARATION.row(
                entity, entity=keys[canonical[id]], place=place, source=source.id, access=access.key(entity.access)
            )
            for id, entity in latest.items()
        ],
    )
    written = dict(
        connection.execute(
            "SELECT declared, key FROM declaration WHERE source = ? AND declared IN (SELECT value FROM json_each(?))",
            (source.id, listed(latest)),
        )
    )
    borne = [
        (normalise(name.text), written[id], name.text, name.language)
        for id, entity in latest.items()
        for name in identity.borne(entity)
    ]
    _bear(connection, borne)
    _touch_entities(connection, set(keys.values()))
    if source.kind == "curated":
        names_changed(connection)
        touch_declared(connection, written.values())


def take_back(connection: sqlite3.Connection, declarations: Sequence[int]) -> None:
    """Delete declarations with the names they bear; names that nothing bears any more go in `settle.sweep`."""
    if not declarations:
        return
    touch_declared(connection, declarations)
    keys = (listed(declarations),)
    for statement in (
        "INSERT OR IGNORE INTO touched_entity SELECT entity FROM declaration"
        " WHERE key IN (SELECT value FROM json_each(?))",
        "INSERT OR IGNORE INTO touched_name SELECT name FROM bearer"
        " WHERE declaration IN (SELECT value FROM json_each(?))",
        "DELETE FROM bearer WHERE declaration IN (SELECT value FROM json_each(?))",
        "DELETE FROM declaration WHERE key IN (SELECT value FROM json_each(?))",
    ):
        connection.execute(statement, keys)


def change_kind(connection: sqlite3.Connection, source: Source) -> None:
    """What the source has declared counts as of its new kind from now on."""
    declarations = [row[0] for row in connection.execute("SELECT key FROM declaration WHERE source = ?", (source.id,))]
    touch_declared(connection, declarations)
    connection.execute("UPDATE declaration SET place = ? WHERE source = ?", (KINDS.index(source.kind), source.id))
    touch_declared(connection, declarations)
    connection.execute(
        "INSERT OR IGNORE INTO touched_entity SELECT entity FROM declaration WHERE source = ?", (source.id,)
    )
    names_changed(connection)


def names_changed(connection: sqlite3.Connection) -> None:
    """Names of curated sources may have changed: what `names_version` has computed no longer holds."""
    connection.execute(
        "INSERT INTO meta (key, value) VALUES ('names', '1')"
        " ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
    )


def _bear(connection: sqlite3.Connection, borne: Sequence[Row]) -> None:
    """Write rows (normalised name, declaration, text, language)."""
    norms = listed({row[0] for row in borne})
    missing = connection.execute(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT norm FROM name)", (norms,)
    ).fetchall()
    connection.executemany("INSERT INTO name (norm) VALUES (?)", sorted(missing))
    keys = dict(
        connection.execute("SELECT norm, key FROM name WHERE norm IN (SELECT value FROM json_each(?))", (norms,))
    )
    connection.executemany(
        "INSERT INTO name_fts (rowid, norm) VALUES (?, ?)", [(keys[norm], norm) for (norm,) in missing]
    )
    connection.executemany(
        "INSERT INTO bearer (name, declaration, text, language) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(keys[norm], *rest) for norm, *rest in borne],
    )


def _touch_entities(connection: sqlite3.Connection, keys: Collection[int]) -> None:
    connection.executemany("INSERT OR IGNORE INTO touched_entity VALUES (?)", [(key,) for key in keys])
