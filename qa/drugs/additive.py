"""What follows where two drugs list the same adverse effect, of a short list of those that add up (`additive.tsv`).

It is a hint: how often either drug has the effect is not weighed, so it has no grade, and never makes an alarm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Lock

from graph.model import Assertion
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.model import Derived, Drug, one_substance
from qa.drugs.names import exactly
from qa.evidence.records import Records
from qa.evidence.wording import Words
from storage import deadline
from text.names import normalise

Effects = Mapping[str, Sequence[Assertion]]
"""By effect of the list what curated sources state of one drug."""


class Additive:
    """Knows which concepts of a graph are effects of the list; looks anew when it has changed. Safe for threads."""

    def __init__(self, graph: GraphStore) -> None:
        self._graph = graph
        self._lock = Lock()
        self._version = ""
        self._concepts: dict[str, str] = {}

    def of(self, view: GraphView, records: Records, drugs: Sequence[Drug]) -> list[Effects]:
        """For each drug, in their order, the effects of the list that curated sources state. Raises what the graph
        raises."""
        concepts = self._all()
        holders: dict[str, list[int]] = {}
        for place, drug in enumerate(drugs):
            for id in drug.ids:
                holders.setdefault(id, []).append(place)
        effects: list[dict[str, list[Assertion]]] = [{} for _ in drugs]
        rows = (
            view.statements(subjects=holders, predicates=["has_adverse_effect"], objects=concepts)
            if len(drugs) > 1 and concepts
            else ()
        )
        for row in rows:
            source = records.source(row.source)
            if source is None or source.kind != "curated" or source.retracted or row.polarity != "affirmed":
                continue
            for place in holders[row.subject]:
                effects[place].setdefault(concepts[row.object], []).append(row)
        return list(effects)

    def _all(self) -> dict[str, str]:
        """By id of a concept the name of the effect."""
        with deadline.turn(self._lock):
            version = self._graph.version()
            if version != self._version:
                view = GraphView(self._graph, None)
                listed = {id: name for name, (_, ids) in _listed().items() for id in ids}
                entities = exactly(view, listed)
                self._concepts = {entities[id].id: listed[id] for id in entities}
                named = view.named({normalise(word) for name, (zh, _) in _listed().items() for word in (name, zh)})
                for name, (zh, _) in _listed().items():
                    for entity in (*named.get(normalise(name), ()), *named.get(normalise(zh), ())):
                        if entity.type not in ("Drug", "Gene", "Patient"):
                            self._concepts.setdefault(entity.id, name)
                self._version = version
            return self._concepts


def of_effects(one: Drug, other: Drug, ones: Effects, others: Effects) -> Iterator[Derived]:
    """What follows for two drugs from the effects that both list."""
    for name in ones.keys() & others.keys():
        links = [
            (mine, theirs)
            for mine in ones[name]
            for theirs in others[name]
            if not one_substance(one, mine.subject, other, theirs.subject)
        ]
        if links:
            zh = _listed()[name][0]
            yield Derived(
                kind="shared effect",
                severity="unknown",
                mechanism=Words(
                    f"Both list {name} as an adverse effect, which may add up; how much is not known.",
                    f"两药的不良反应均列有{zh}，可能叠加，程度不明。",
                ),
                management=Words(f"Watch for {name}.", f"留意{zh}。"),
                path=min(links, key=lambda pair: (pair[0].id, pair[1].id)),
            )


@cache
def _listed() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """By name of an effect its Chinese name and ids. Read when first asked for."""
    lines = Path(__file__).with_name("additive.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {name: (zh, tuple(ids.split("|"))) for name, zh, ids in rows[1:]}
