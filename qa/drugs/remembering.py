"""A view that remembers what it read of one id or name, for as long as the graph stays as it is.

Checks ask for the same drugs and classes time and again; what is asked of several things together is asked anew.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from threading import Lock

from graph.model import Assertion, Entity
from graph.store import Access
from graph.view import GraphView

MOST = 50_000
"""So many answers are kept at most; beyond that all are forgotten."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was read of one state of a graph with the labels of one reader, by what it was asked for."""

    entities: dict[str, Entity] = field(default_factory=dict)
    named: dict[str, list[Entity]] = field(default_factory=dict)
    statements: dict[tuple[tuple[str, ...], str], list[Assertion]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.entities) + len(self.named) + len(self.statements)


@dataclass(frozen=True, slots=True)
class RememberingView(GraphView):
    """A `GraphView` over the same store. Safe for several threads: what two read at once is the same."""

    kept: Kept = field(default_factory=Kept, repr=False, compare=False)

    def entities(self, ids: Collection[str]) -> dict[str, Entity]:
        wanted = set(ids)
        kept = self.kept.entities
        # What is not shown under an id may be shown under the one that a mapping joined it to: that is asked each time.
        shown = GraphView.entities(self, new) if (new := wanted - kept.keys()) else {}
        kept.update(shown)
        return {id: kept[id] for id in wanted & kept.keys()} | shown

    def named(self, names: Collection[str]) -> dict[str, list[Entity]]:
        wanted = set(names)
        new = wanted - self.kept.named.keys()
        shown = GraphView.named(self, new) if new else {}
        self.kept.named.update({name: shown.get(name, []) for name in new})
        return {name: list(bearers) for name in wanted if (bearers := self.kept.named[name])}

    def statements(
        self, *, subjects: Collection[str], predicates: Collection[str], objects: Collection[str] | None = None
    ) -> list[Assertion]:
        if objects is not None:
            return GraphView.statements(self, subjects=subjects, predicates=predicates, objects=objects)
        wanted, by = set(subjects), tuple(sorted(predicates))
        kept = self.kept.statements
        new = {id for id in wanted if (by, id) not in kept}
        read: dict[str, list[Assertion]] = {}
        for row in GraphView.statements(self, subjects=new, predicates=predicates) if new else ():
            read.setdefault(row.subject, []).append(row)
        # Of what has none only that is known which stands for itself: an id that a mapping joined to another has what
        # that one has.
        kept.update({(by, id): [] for id in new - read.keys() if id in self.kept.entities})
        kept.update({(by, id): rows for id, rows in read.items()})
        rows = read | {id: kept[by, id] for id in wanted if (by, id) in kept}
        # Sorted by subject, as the store's are.
        return [row for id in sorted(rows) for row in rows[id]]


class Memory:
    """Makes views that share what they remember, until the graph changes. Safe for several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version = ""
        self._kept: dict[Access, Kept] = {}

    def view(self, view: GraphView) -> RememberingView:
        """The same view, remembering. Raises what the graph raises."""
        version = view.version()
        with self._lock:
            if version != self._version or sum(kept.size for kept in self._kept.values()) > MOST:
                self._version, self._kept = version, {}
            return RememberingView(view.store, view.access, self._kept.setdefault(view.access, Kept()))
