"""Lexicons: names in English and Chinese for concepts known by id, one a line.

A tab-separated table with the columns `id`, `type`, `name` (English), `zh` (Chinese names, the first preferred),
`synonyms` (English) and, where wanted, `same_as` (ids of the same concept elsewhere); several values in a cell are
separated by `|`. Lines that begin with `#` are comments. The lexicons that are shipped are found by `shipped`; a user's
own have the same form.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.errors import SchemaViolation
from graph.model import Entity, Name, Source
from graph.schema import check_id, check_type
from ingest.model import CuratedRecord, Failure, Mapping
from ingest.sources.files.tables import Row, comments, rows
from ingest.sources.ids import curie

SOURCE = "medgraph-lexicon"


def shipped() -> list[Path]:
    """The lexicons that come with medgraph, sorted by name."""
    return sorted((Path(__file__).resolve().parents[2] / "lexicon").glob("*.tsv"))


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, mappings, entities.

    The Source is `medgraph-lexicon` for what is shipped; for a user's own it is what the comment `# source:` says, or
    `lexicon-` and the name of the file. Comments give `title`, `version`, `licence` and `url` likewise.
    A line is malformed whose id is no CURIE, whose type the schema does not list, or whose name is empty; so is a
    second line for one id. Raises UnreadableSource.
    """
    header = comments(path)
    own = SOURCE if path in shipped() else f"lexicon-{path.name.partition('.')[0]}"
    yield Source(
        header.get("source") or own,
        "curated",
        title=header.get("title", ""),
        version=header.get("version", ""),
        licence=header.get("licence", ""),
        url=header.get("url", ""),
    )
    entities: dict[str, Entity] = {}
    for row in rows(path, ("id", "type", "name")):
        if isinstance(row, Failure):
            yield row
            continue
        entity = _entity(row)
        if isinstance(entity, str):
            yield Failure(str(path), f"line {row.number}", entity)
        elif entity.id in entities:
            yield Failure(str(path), f"line {row.number}", f"{entity.id} has a line of its own before")
        else:
            entities[entity.id] = entity
            for other in _values(row["same_as"]):
                if same := curie(other):
                    yield Mapping(same, entity.id)
                else:
                    yield Failure(str(path), f"line {row.number}", "a same_as that is not of the form PREFIX:local")
    yield from entities.values()


def _entity(row: Row) -> Entity | str:
    """The entity, or why the row gives none."""
    id = curie(row["id"])
    try:
        check_id(id)
        check_type(row["type"])
    except SchemaViolation:
        return "an id that is not of the form PREFIX:local, or an unknown type"
    names = [Name(name, "zh") for name in _values(row["zh"])] + [Name(name, "en") for name in _values(row["synonyms"])]
    return Entity(id, row["type"], row["name"], tuple(dict.fromkeys(names)))


def _values(cell: str) -> list[str]:
    return [value for part in cell.split("|") if (value := part.strip())]
