"""From a disease to the drugs that it may be treated with, or the genes that it may depend on, by the paths between.

The method is that of Project Rephetio (Himmelstein 2017, doi:10.7554/eLife.26726): paths of each kind are counted,
weighed by the degrees along them, and a logistic model that was fitted to known indications says what each kind is
worth. So every probability comes apart again into the paths that it is made of.

All of the graph that paths may take is read once a version and set of labels, which takes seconds, and kept as
matrices: about 200 MB for the whole of Hetionet. A disease then takes a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from graph.model import Relation
from graph.view import GraphView
from qa.drugs.repurpose import explain
from qa.drugs.repurpose.counting import Counts
from qa.drugs.repurpose.kin import kin
from qa.drugs.repurpose.mechanisms import borrowed
from qa.drugs.repurpose.metapaths import METAEDGES, PREDICATES, PREDICTED, Metapath, Step, written
from qa.drugs.repurpose.model import Candidate, Grounds, Known, Proposal, Sought, Stated, Way
from qa.drugs.repurpose.network import Network, Numbers, Vector, network
from qa.drugs.repurpose.statements import stated
from qa.drugs.repurpose.weights import Weights
from qa.evidence.records import Records
from qa.evidence.statement import about
from storage import deadline

KEPT = 2
"""Networks kept at most: they are large."""
WAYS = 3
"""Paths shown of each candidate."""
_START: dict[Sought, str] = {"drugs": "C", "targets": "G"}


class Repurposing:
    """Proposes drugs and targets over a graph, with the weights of both. Safe for several threads."""

    def __init__(self, weights: Mapping[str, Weights]) -> None:
        self._weights = weights
        self._lock = Lock()
        self._kept: dict[tuple[str, GraphView], Network] = {}

    def propose(
        self, view: GraphView, sought: Sought, disease: str, *, limit: int = 10, new: bool = False
    ) -> Proposal | None:
        """The `limit` most probable candidates for a disease, by its id; None where no path leads to it.

        `new`: without what curated sources state already. Raises what the graph raises.
        """
        whole = self.network(view)
        number = whole.numbers["D"].get(disease)
        model = self._weights[_START[sought]]
        if number is None:
            return None
        counts = Counts(whole, number)
        known = _known(whole, model.start, number)
        told = _degrees(whole, model.start, known)
        parts = model.contributions([counts.paths(kind.metapath) for kind in model.kinds])
        probabilities = model.probabilities(parts, told)
        # What no path reaches is ranked by nothing but how well known it is.
        reached: NDArray[np.bool_] = np.any(parts, axis=0)
        ranked = [place for place in np.argsort(-probabilities, kind="stable").tolist() if reached[place]]
        told_already = set(known.tolist())
        order = [place for place in ranked if not (new and place in told_already)]
        chosen = order[:limit]
        ids = whole.ids[model.start]
        records = Records(view)
        rows = stated(view, records, sought, [ids[place] for place in chosen], disease)
        ways = [_ways(whole, counts, model, parts[:, place], place) for place in chosen]
        mechanisms = borrowed(view, records, disease, [ids[place] for place in chosen]) if sought == "drugs" else {}
        relations = _relations(view, {id for of in ways for _, _, nodes in of for id in nodes})
        candidates = tuple(
            Candidate(
                id=ids[place],
                probability=float(probabilities[place]),
                ways=tuple(_way(relations, *way) for way in of),
                stated=rows.get(ids[place], Stated()),
                mechanism=mechanisms.get(ids[place]),
            )
            for place, of in zip(chosen, ways, strict=True)
        )
        stood = _stood(ids, known, ranked)
        named = {disease, *(one.id for one in stood), *(id for one in candidates for id in _named(one))}
        return Proposal(
            sought=sought,
            disease=disease,
            candidates=candidates,
            compared=len(order),
            grounds=_grounds(whole, number),
            known=stood,
            entities=records.entities(sorted(named)),
        )

    def kin(self, view: GraphView, diseases: Iterable[str]) -> tuple[str, ...]:
        """The nearest diseases of the kinds of these, or of their kinds, that a drug is stated to treat. Raises what
        the graph raises."""
        whole = self.network(view)
        treated = np.flatnonzero(whole.edges["CtD"].turned.sums()).tolist()
        return kin(view, diseases, {whole.ids["D"][number]: number for number in treated})

    def network(self, view: GraphView) -> Network:
        """The network of what the reader may see now, read where it is not kept. Raises what the graph raises."""
        with deadline.turn(self._lock):
            key = (view.version_of(PREDICATES), view)
            if key not in self._kept:
                # What was read of another version is not asked for again.
                self._kept = {other: kept for other, kept in self._kept.items() if other[0] == key[0]}
                while len(self._kept) >= KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = network(view.stars(PREDICATES))
            return self._kept[key]


def _known(whole: Network, start: str, disease: int) -> Numbers:
    """The things of which the disease is stated already."""
    direct = [PREDICTED[start], "CpD"] if start == "C" else [PREDICTED[start]]
    sides = [whole.edges[name] if METAEDGES[name].ends[1] == "D" else whole.edges[name].turned for name in direct]
    return np.unique(np.concatenate([side.turned.row(disease)[0] for side in sides]))


def _named(one: Candidate) -> Iterator[str]:
    """The ids of all that is told of a candidate."""
    yield one.id
    for way in one.ways:
        yield from way.nodes
    for row in (*one.stated.curated, *one.stated.literature_for, *one.stated.literature_against):
        yield from about(row)
    if one.mechanism is not None:
        yield from (one.mechanism.drug, *one.mechanism.nodes)


def _stood(ids: Sequence[str], known: Numbers, ranked: Sequence[int]) -> tuple[Known, ...]:
    """What is stated already, with its place among all that is ranked."""
    places = {thing: place for place, thing in enumerate(ranked, 1)}
    stood = [Known(ids[thing], places.get(thing, 0)) for thing in known.tolist()]
    return tuple(sorted(stood, key=lambda one: (one.place == 0, one.place, one.id)))


def _grounds(whole: Network, disease: int) -> Grounds:
    edges = whole.edges
    return Grounds(
        drugs=len(edges["CtD"].turned.row(disease)[0]),
        genes=len(edges["DaG"].row(disease)[0]),
        similar=len(edges["DrD"].row(disease)[0]),
    )


def _degrees(whole: Network, start: str, known: Numbers) -> Vector:
    """How many other diseases each thing is stated for."""
    edges = whole.edges[PREDICTED[start]]
    degrees = (edges if METAEDGES[PREDICTED[start]].ends[1] == "D" else edges.turned).sums()
    degrees[known] = np.maximum(degrees[known] - 1, 0)
    return degrees


_Found = tuple[float, Metapath, tuple[str, ...]]


def _ways(whole: Network, counts: Counts, model: Weights, parts: Vector, thing: int) -> list[_Found]:
    """The paths that add most to what speaks for one thing: the share, the kind and the ids of each."""
    total = float(parts[parts > 0].sum())
    ways: list[tuple[float, Metapath, tuple[str, ...]]] = []
    for place in np.argsort(-parts, kind="stable").tolist()[: 2 * WAYS]:
        if parts[place] <= 0:
            break
        metapath = model.kinds[place].metapath
        count = float(counts.paths(metapath)[thing])
        for weight, numbers in explain.best(whole, counts, metapath, thing, WAYS):
            letters = [metapath[0].start, *(step.end for step in metapath)]
            ids = tuple(whole.ids[letter][number] for letter, number in zip(letters, numbers, strict=True))
            ways.append((float(parts[place]) * weight / count / total, metapath, ids))
    ways.sort(key=lambda way: (-way[0], len(way[2]), way[2]))
    # The same nodes may be joined by more than one kind of path.
    once = {way[2]: way for way in reversed(ways)}
    return [way for way in ways if once[way[2]] is way][:WAYS]


_Triples = Mapping[tuple[str, str, str], Relation]


def _relations(view: GraphView, ids: set[str]) -> _Triples:
    rows = view.relations(subjects=ids, objects=ids, predicates=PREDICATES) if ids else []
    return {(row.subject, row.predicate, row.object): row for row in rows if row.affirmed}


def _way(relations: _Triples, share: float, metapath: Metapath, nodes: Sequence[str]) -> Way:
    steps = tuple(
        _relation(relations, step, one, other) for step, one, other in zip(metapath, nodes, nodes[1:], strict=False)
    )
    return Way(share, written(metapath), tuple(nodes), steps)


def _relation(relations: _Triples, step: Step, one: str, other: str) -> Relation:
    """The relation that a step is made of: of several the first that its metaedge names."""
    metaedge = METAEDGES[step.metaedge]
    first, last = (other, one) if step.backwards != metaedge.turned else (one, other)
    if metaedge.symmetric:
        first, last = min(one, other), max(one, other)
    stated_by = [(first, predicate, last) for predicate in metaedge.predicates]
    return next(relations[triple] for triple in stated_by if triple in relations)
