"""Entity nodes and names, as the declarations of all sources make them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from graph import identity
from graph.model import Entity
from graph.neo4j import cypher
from graph.neo4j.edges import Edges
from graph.neo4j.rows import PHRASES, SUFFIXES, Properties, declared_of, entity_properties, norms

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

Declarations = dict[tuple[str, str], Properties]
"""The declarations of one entity by (source id, declared id); the `kind` of the source stands among the properties."""


class Shapes:
    """Derives entity nodes and names from declarations."""

    def __init__(self, tx: ManagedTransaction, edges: Edges) -> None:
        self._tx = tx
        self._edges = edges
        self._names_change = 0
        self.forgotten: list[str] = []
        """Element ids of names that nothing bears any more, to be deleted when no index is needed any more."""

    def derive(
        self, before: Mapping[str, Declarations], after: Mapping[str, Declarations], asleep: Collection[str]
    ) -> set[str]:
        """Derive those of `after` whose declarations differ from `before`; return those that rest from now on.

        `asleep` are those that rest so far.
        """
        resting, waking, renamed = [], [], []
        shaped: dict[tuple[str, bool], list[Properties]] = defaultdict(list)
        added, dropped = defaultdict(list), []
        for id in sorted(after):
            was, now = before.get(id), after[id]
            if was == now:
                continue
            old = _merged(id, was) if was else None
            new = _merged(id, now) if now else None
            if new is None:
                resting.append(id)
            else:
                shaped[new.type, old is None or old.type != new.type].append(_shape(new, now))
                if id in asleep:
                    waking.append(id)
                elif old is not None and old.name != new.name:
                    renamed.append(id)
            were, are = set(norms(old) if old else ()), set(norms(new) if new else ())
            for norm in are - were:
                added[norm].append(id)
            dropped += [[norm, id] for norm in were - are]
            self._names_change += _names_sum(id, now, new) - _names_sum(id, was or {}, old)
        for (type, relabel), rows in sorted(shaped.items(), key=lambda item: item[0]):
            self._tx.run(cypher.shape_entities(type, changed=relabel), rows=rows).consume()
        if added:
            self._tx.run(cypher.ADD_NAMES, rows=[[norm, ids] for norm, ids in sorted(added.items())]).consume()
        if dropped:
            self._tx.run(cypher.DROP_NAMES, rows=sorted(dropped)).consume()
            found = self._tx.run(cypher.FORGOTTEN_NAMES, norms=sorted({norm for norm, _ in dropped}))
            self.forgotten += [row[0] for row in found]
        if resting:
            self._tx.run(cypher.REST_ENTITIES, ids=resting).consume()
            self._tx.run(cypher.REST_ASSERTIONS, ids=resting).consume()
        if waking:
            for row in self._tx.run(cypher.WAKE_ASSERTIONS, ids=waking):
                self._edges.touch(tuple(row))
        if renamed + waking:
            self._tx.run(cypher.RECAPTION, ids=renamed + waking, phrases=PHRASES, suffixes=SUFFIXES).consume()
        return set(resting)

    def finish(self) -> None:
        """Bring the version of the names up to date: last, for all who change names wait for this one lock."""
        if self._names_change:
            (row,) = self._tx.run(cypher.LOCK_GRAPH)
            version = _hex(int(row[0] or "0", 16) + self._names_change)
            self._tx.run(cypher.SET_NAMES_VERSION, names=version).consume()


def without_kind(declaration: Properties) -> Properties:
    """The declaration as its edge holds it."""
    return {name: value for name, value in declaration.items() if name != "kind"}


def _merged(id: str, declarations: Declarations) -> Entity:
    return identity.merge(
        id,
        [
            identity.Declaration(source, properties["kind"], declared_of(properties))
            for (source, _), properties in declarations.items()
        ],
    )


def _shape(entity: Entity, declarations: Declarations) -> Properties:
    curated = {key: said for key, said in declarations.items() if said["kind"] == "curated"}
    curated_type = _merged(entity.id, curated).type if curated else None
    return entity_properties(
        entity,
        mixed=len({tuple(said["access"]) for said in declarations.values()}) > 1,
        curated_type=curated_type if curated_type != entity.type else None,
    )


def _names_sum(id: str, declarations: Declarations, entity: Entity | None) -> int:
    """The sum of the rows that `names` yields of this entity."""
    curated = {key: properties for key, properties in declarations.items() if properties["kind"] == "curated"}
    if entity is None or not curated or "Patient" in (entity.type, type := _merged(id, curated).type):
        return 0
    names = {
        (text, language)
        for properties in curated.values()
        for text, language in zip(properties["names"], properties["name_languages"], strict=True)
    }
    return _sum((text, language, id, type) for text, language in names)


def names_version(rows: Iterable[Sequence[str]]) -> str:
    """The version of the names that `names` yields, 32 hex digits: a sum of hashes, so that a change can be added."""
    return _hex(_sum(rows))


def _sum(rows: Iterable[Sequence[str]]) -> int:
    return sum(int.from_bytes(blake2b("\x1f".join(row).encode(), digest_size=16).digest(), "big") for row in rows)


def _hex(total: int) -> str:
    return f"{total % (1 << 128):032x}"
