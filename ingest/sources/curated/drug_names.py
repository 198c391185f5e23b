"""Drugs by their names, as the shipped lexicon has them: for sources that know a drug by name alone, and against
sources that give a name the id of another drug.

Only a whole non-proprietary name or a listed synonym counts. It is the lexicon that decides and not what is in the
graph, so that what a file says never depends on what was loaded before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph.model import Entity, Name
from ingest.sources.curated.lexicon import shipped
from ingest.sources.files.tables import Row, rows
from ingest.sources.ids import curie
from text.names import normalise


@dataclass(frozen=True, slots=True)
class DrugNames:
    """The drugs of the shipped lexicon."""

    ids: dict[str, str]
    """By normalised name in either language; a name of two drugs has none."""
    names: dict[str, str]
    """The preferred name by id, by every id of the drug."""
    same: dict[str, str]
    """By every id of a drug the lexicon's own."""
    of: dict[str, frozenset[str]]
    """By the lexicon's own id all ids of the drug."""

    def mistaken(self, id: str, name: str, *, alone: bool = False) -> str:
        """Why a record that gives a name this id is wrong: the lexicon has the name as one drug's, the id as another's.

        An id that the lexicon does not have may be an older one, or a salt's: it is wrong only where nothing but a name
        or an id hangs on it (`alone`) and the lexicon has another id of that vocabulary for the name. Empty where
        nothing speaks against the record.
        """
        own = self.ids.get(normalise(name))
        if own is None or self.same.get(id) == own:
            return ""
        if id in self.same:
            return f"{id}, which is {self.names[id]}, is given the name {name}"
        prefix = id.partition(":")[0]
        others = sorted(other for other in self.of[own] if other.partition(":")[0] == prefix)
        return f"{id} is given the name {name}, which is {others[0]}" if alone and others else ""


def known() -> DrugNames:
    """What the shipped lexicon knows of drugs. Reads it anew."""
    ids: dict[str, str] = {}
    names: dict[str, str] = {}
    same: dict[str, str] = {}
    several: set[str] = set()
    for path in shipped():
        for row in rows(path, ("id", "type", "name")):
            if not isinstance(row, Row) or row["type"] != "Drug":
                continue
            id = curie(row["id"])
            for one in (id, *(curie(other) for other in row["same_as"].split("|") if other.strip())):
                names.setdefault(one, row["name"])
                same.setdefault(one, id)
            for name in (row["name"], *row["synonyms"].split("|"), *row["zh"].split("|")):
                key = normalise(name)
                if key and ids.setdefault(key, id) != id:
                    several.add(key)
    all_of: dict[str, set[str]] = {}
    for one, id in same.items():
        all_of.setdefault(id, set()).add(one)
    return DrugNames(
        {key: id for key, id in ids.items() if key not in several},
        names,
        same,
        {id: frozenset(every) for id, every in all_of.items()},
    )


def together(entities: Iterable[Entity]) -> list[Entity]:
    """Each once, with the names and cross-references of all that a source declares under its id, in their order: a
    source that has a drug as several salts gives one drug all their names."""
    held: dict[str, Entity] = {}
    for entity in entities:
        first = held.setdefault(entity.id, entity)
        if first is not entity:
            names = (*first.synonyms, *([Name(entity.name)] if entity.name != first.name else ()), *entity.synonyms)
            xrefs = (*first.xrefs, *entity.xrefs)
            held[entity.id] = replace(first, synonyms=tuple(dict.fromkeys(names)), xrefs=tuple(dict.fromkeys(xrefs)))
    return list(held.values())
