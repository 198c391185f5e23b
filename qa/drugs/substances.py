"""Under which ids something may be stated of a drug, so that nothing stated of it is missed.

One drug may stand in the graph under several ids that no mapping joins, as its salts, as brands that hold nothing
else, and within preparations and classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from graph.model import Entity
from graph.view import GraphView
from qa.drugs.model import CLASSES, MEMBERSHIP
from qa.evidence.wording import all_names
from text.drug_names import SALTS, has_salts, ingredients
from text.names import normalise

DEPTH = 6
"""So many levels down from a class to its drugs, and from a pack to what is in it, at most."""


class Substances:
    """What some drugs, and what they hold, stand for. Made for one check."""

    def __init__(self, view: GraphView, entities: Sequence[Entity]) -> None:
        self._view = view
        self._entities: dict[str, Entity] = {}
        self._same: dict[str, set[str]] = {}
        self._bearers: dict[str, list[Entity]] = {}
        self._held: dict[str, list[str]] = {}
        self.members: dict[str, list[str]] = {}
        """By class of those asked for the ids of its drugs, also of those of the classes below it."""
        self.know(entities)
        self._hold()
        self._gather([entity.id for entity in entities if entity.id.startswith(CLASSES)])
        self._brands()

    def ids(self, id: str) -> frozenset[str]:
        """All ids under which something may be stated of this drug; of a class its own."""
        return frozenset(self._same.get(id, (id,)))

    def ingredients(self, entity: Entity) -> tuple[Entity, ...]:
        """What a preparation holds, down to what holds nothing; itself, where nothing is said of that."""
        leaves: dict[str, None] = {}
        level, seen = [entity.id], {entity.id}
        for _ in range(DEPTH):
            below: list[str] = []
            for id in level:
                held = dict.fromkeys(one for twin in sorted(self.ids(id)) for one in self._held.get(twin, ()))
                new = [one for one in held if one not in self.ids(id)]
                if not new and id != entity.id:
                    leaves[id] = None
                below += [one for one in new if one not in seen]
                seen.update(new)
            level = below
        return tuple(self._entities[id] for id in leaves if id in self._entities) or (entity,)

    def know(self, entities: Iterable[Entity]) -> None:
        """Find what else is the same as these: what prefers the same name, with or without a salt, and what goes by
        the name of one whose name it is the other way round."""
        new = {entity.id: entity for entity in entities if entity.id not in self._entities}
        while new:
            self._entities.update(new)
            drugs = [entity for entity in new.values() if entity.type == "Drug"]
            kin = {entity.id: (_own(entity), _salted(entity)) for entity in drugs}
            self._read({norm for both in kin.values() for norms in both for norm in norms})
            new = {}
            for entity in drugs:
                for other in self._twins(entity, *kin[entity.id]):
                    self._join(entity.id, other.id)
                    if other.id not in self._entities:
                        new[other.id] = other

    def _read(self, norms: set[str]) -> None:
        if unread := norms - self._bearers.keys():
            self._bearers.update({key: [] for key in unread})
            self._bearers.update(self._view.named(unread))

    def _twins(self, entity: Entity, own: Sequence[str], salted: Sequence[str]) -> Iterable[Entity]:
        mine: set[str] | None = None
        for norm in (*own, *salted):
            for other in self._bearers[norm]:
                if other.type != "Drug" or other.id == entity.id:
                    continue
                named = normalise(other.name)
                if named != norm and mine is None:
                    mine = {normalise(name) for name in all_names(entity)}
                if named == norm or (norm in own and named in (mine or ())):
                    yield other

    def _join(self, one: str, other: str) -> None:
        both = self._same.get(one, {one}) | self._same.get(other, {other})
        for id in both:
            self._same[id] = both

    def _hold(self) -> None:
        """Read what the drugs hold, and what that holds."""
        ids = {id for known in self._entities for id in self.ids(known)}
        for _ in range(DEPTH):
            rows = self._view.statements(subjects=ids, predicates=["has_ingredient"]) if ids else []
            for row in rows:
                self._held.setdefault(row.subject, []).append(row.object)
            before = set(self._entities)
            self.know(self._view.entities({row.object for row in rows} - before).values())
            ids = self._entities.keys() - before

    def _gather(self, classes: Sequence[str]) -> None:
        """Read the drugs of classes, and of the classes below them."""
        of = {id: {id} for id in classes}
        new = set(classes)
        for _ in range(DEPTH):
            rows = self._view.relations(objects=new, predicates=MEMBERSHIP) if new else []
            new = set()
            for row in rows:
                if row.affirmed and row.subject not in of:
                    new.add(row.subject)
                    of[row.subject] = set()
                if row.affirmed:
                    of[row.subject] |= of[row.object]
            new = {id for id in new if id.startswith(CLASSES)}
        self.know(self._view.entities(of.keys() - set(classes)).values())
        for id, roots in sorted(of.items()):
            for root in roots - {id} if not id.startswith(CLASSES) else ():
                self.members.setdefault(root, []).append(id)

    def _brands(self) -> None:
        """Take brands that hold nothing but one drug for that drug."""
        drugs = {id for id, entity in self._entities.items() if entity.type == "Drug"}
        products = {row.subject for row in self._view.relations(objects=drugs, predicates=["has_ingredient"])}
        rows = self._view.statements(subjects=products, predicates=["has_ingredient"]) if products else []
        held: dict[str, set[str]] = {}
        for row in rows:
            held.setdefault(row.subject, set()).add(row.object)
        for product, parts in held.items():
            one = next(iter(sorted(parts & drugs)), "")
            if one and parts <= self.ids(one):
                self._join(one, product)


def _own(entity: Entity) -> tuple[str, ...]:
    """The normalised preferred name, and that without its salt."""
    parts = ingredients(entity.name)
    forms = parts[0] if len(parts) == 1 else ()
    return tuple(dict.fromkeys(norm for name in (entity.name, *forms) if (norm := normalise(name))))


def _salted(entity: Entity) -> list[str]:
    """The normalised names of salts of it."""
    (*_, base) = _own(entity) or ("",)
    return [f"{base} {salt}" for salt in _salts()] if has_salts(base) else []


@cache
def _salts() -> tuple[str, ...]:
    return tuple(normalise(salt) for salt in SALTS)
