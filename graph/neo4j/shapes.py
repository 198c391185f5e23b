"""Entity nodes and names, as the declarations of all sources make them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from graph import identity
from graph.model import Entity
from graph.neo4j import layout, write_cypher
from graph.neo4j.edges import Edges
from graph.neo4j.rows import PHRASES, SUFFIXES, Properties, declared_of, entity_properties, norms
from graph.versions import renewed

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

Declarations = dict[tuple[str, str], Properties]
"""The declarations of one entity by (source id, declared id); the `kind` of the source stands among the properties."""


@dataclass(slots=True)
class _Changes:
    """What becomes of entities whose declarations changed."""

    shaped: dict[tuple[str, bool], list[Properties]] = field(default_factory=lambda: defaultdict(list))
    """New properties by (type, whether it was another one)."""
    resting: list[str] = field(default_factory=list)
    waking: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    added: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By normalised name, the entities that bear it from now on."""
    dropped: list[list[str]] = field(default_factory=list)
    """Pairs of a normalised name and an entity that bore it."""


class Shapes:
    """Derives entity nodes and names from declarations."""

    def __init__(self, tx: ManagedTransaction, edges: Edges) -> None:
        self._tx = tx
        self._edges = edges
        self._names_change = 0
        self.forgotten: list[str] = []
        """Element ids of names that nothing bears any more, to be deleted when no index is needed any more."""
        self.changed: list[str] = []
        """The entities that are declared otherwise than before."""

    def derive(
        self, before: Mapping[str, Declarations], after: Mapping[str, Declarations], asleep: Collection[str]
    ) -> set[str]:
        """Derive those of `after` whose declarations differ from `before`; return those that rest from now on.

        `asleep` are those that rest so far.
        """
        changes = _Changes()
        for id in sorted(after):
            was, now = before.get(id, {}), after[id]
            if was != now:
                self.changed.append(id)
                old, new = merged(id, was), merged(id, now)
                _compare(id, old, new, now, id in asleep, changes)
                self._names_change += _names_sum(id, now, new) - _names_sum(id, was, old)
        self._write(changes)
        return set(changes.resting)

    def _write(self, changes: _Changes) -> None:
        for (type, relabel), rows in sorted(changes.shaped.items(), key=lambda item: item[0]):
            self._tx.run(write_cypher.shape_entities(type, changed=relabel), rows=rows).consume()
        if changes.added:
            added = [[norm, ids] for norm, ids in sorted(changes.added.items())]
            self._tx.run(write_cypher.ADD_NAMES, rows=added).consume()
        if changes.dropped:
            self._tx.run(write_cypher.DROP_NAMES, rows=sorted(changes.dropped)).consume()
            norms = sorted({norm for norm, _ in changes.dropped})
            self.forgotten += [row[0] for row in self._tx.run(write_cypher.FORGOTTEN_NAMES, norms=norms)]
        if changes.resting:
            self._tx.run(write_cypher.REST_ENTITIES, ids=changes.resting).consume()
            self._tx.run(write_cypher.REST_ASSERTIONS, ids=changes.resting).consume()
        if changes.waking:
            for row in self._tx.run(write_cypher.WAKE_ASSERTIONS, ids=changes.waking):
                self._edges.touch(tuple(row))
        recaptioned = changes.renamed + changes.waking
        if recaptioned:
            self._tx.run(write_cypher.RECAPTION, ids=recaptioned, phrases=PHRASES, suffixes=SUFFIXES).consume()

    def finish(self, touched: Collection[str] | None) -> None:
        """Bring the version of the names and the words of these predicates, or of all, up to date: last, for all who
        write wait for this one lock."""
        if self._names_change:
            (row,) = self._tx.run(write_cypher.LOCK_GRAPH)
            version = _hex(int(row[0] or "0", 16) + self._names_change)
            self._tx.run(write_cypher.SET_NAMES_VERSION, names=version).consume()
        (kept,) = self._tx.run(layout.LOCK_STATED)
        words = renewed(json.loads(kept[0] or "{}"), touched)
        self._tx.run(layout.SET_STATED, words=json.dumps(words)).consume()


def without_kind(declaration: Properties) -> Properties:
    """The declaration as its edge holds it."""
    return {name: value for name, value in declaration.items() if name != "kind"}


def _compare(
    id: str, old: Entity | None, new: Entity | None, declarations: Declarations, asleep: bool, changes: _Changes
) -> None:
    """Add what becomes of one entity, which is `new` as these declarations make it."""
    if new is None:
        changes.resting.append(id)
    else:
        relabel = old is None or old.type != new.type
        changes.shaped[new.type, relabel].append(shape(new, declarations))
        if asleep:
            changes.waking.append(id)
        elif old is not None and old.name != new.name:
            changes.renamed.append(id)
    were, are = set(norms(old) if old else ()), set(norms(new) if new else ())
    for norm in are - were:
        changes.added[norm].append(id)
    changes.dropped += [[norm, id] for norm in were - are]


def merged(id: str, declarations: Declarations) -> Entity | None:
    """What the declarations make of the entity; None where there are none."""
    if not declarations:
        return None
    return identity.merge(
        id,
        [
            identity.Declaration(source, properties["kind"], declared_of(properties))
            for (source, _), properties in declarations.items()
        ],
    )


def _curated(declarations: Declarations) -> Declarations:
    return {key: properties for key, properties in declarations.items() if properties["kind"] == "curated"}


def shape(entity: Entity, declarations: Declarations) -> Properties:
    """What the node of an entity holds that is made of these declarations."""
    curated = merged(entity.id, _curated(declarations))
    return entity_properties(
        entity,
        mixed=len({tuple(properties["access"]) for properties in declarations.values()}) > 1,
        curated_type=curated.type if curated and curated.type != entity.type else None,
    )


def _names_sum(id: str, declarations: Declarations, entity: Entity | None) -> int:
    """The sum of the rows that `names` yields of this entity."""
    declared = _curated(declarations)
    curated = merged(id, declared)
    if entity is None or curated is None or "Patient" in (entity.type, curated.type):
        return 0
    names = {
        (text, language)
        for properties in declared.values()
        for text, language in zip(properties["names"], properties["name_languages"], strict=True)
    }
    return _sum((text, language, id, curated.type) for text, language in names)


def names_version(rows: Iterable[Sequence[str]]) -> str:
    """The version of the names that `names` yields, 32 hex digits: a sum of hashes, so that a change can be added."""
    return _hex(_sum(rows))


def _sum(rows: Iterable[Sequence[str]]) -> int:
    return sum(int.from_bytes(blake2b("\x1f".join(row).encode(), digest_size=16).digest(), "big") for row in rows)


def _hex(total: int) -> str:
    return f"{total % (1 << 128):032x}"
