"""Drugs that a source knows by name alone, under the ids that the shipped lexicon gives those names.

Only a whole non-proprietary name or a listed synonym counts. It is the lexicon that decides and not what is in the
graph, so that what a file says never depends on what was loaded before it.
"""

from __future__ import annotations

from ingest.sources.curated.lexicon import shipped
from ingest.sources.files.tables import Row, rows
from ingest.sources.ids import curie
from text.names import normalise


def by_name() -> dict[str, str]:
    """The id of each drug of the shipped lexicon under its normalised English names; a name of two has none."""
    ids: dict[str, str] = {}
    several: set[str] = set()
    for path in shipped():
        for row in rows(path, ("id", "type", "name")):
            if not isinstance(row, Row) or row["type"] != "Drug":
                continue
            id = curie(row["id"])
            for name in (row["name"], *row["synonyms"].split("|")):
                key = normalise(name)
                if key and ids.setdefault(key, id) != id:
                    several.add(key)
    return {key: id for key, id in ids.items() if key not in several}
