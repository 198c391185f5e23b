"""The derived edges between entities: one for each (subject, predicate, object) and set of access labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from graph import cypher
from graph.model import Assertion
from graph.neo4j_rows import Triple, labels

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

Group = tuple[int, int, int, float, frozenset[str]]
"""Affirmed, negated, sources, best confidence, access."""


class Edges:
    """Collects what a transaction touches, then derives the edges of that again."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self._tx = tx
        self._touched: set[Triple] = set()
        self._fresh: dict[Triple, list[Group]] = {}

    def touch(self, triple: Triple) -> None:
        """An assertion of this triple goes, changes, rests or wakes."""
        self._touched.add(triple)

    def expect(self, assertions: Collection[Assertion], triples: Mapping[str, Triple]) -> None:
        """These assertions are about to be created; call this before.

        A triple of which nothing is stated yet has no edge, so its edges are computed here and created blindly.
        Looking up every edge instead costs most where it matters most, at entities with many edges.
        """
        stated: dict[Triple, list[Assertion]] = defaultdict(list)
        for assertion in assertions:
            stated[triples[assertion.id]].append(assertion)
        hashes = sorted({triple[0] for triple in stated.keys() - self._touched})
        known = {row[0] for row in self._tx.run(cypher.KNOWN_TRIPLES, triples=hashes)} if hashes else set()
        for triple, said in stated.items():
            if triple in self._touched or triple[0] in known:
                self._touched.add(triple)
            else:
                self._fresh[triple] = _grouped(said)

    def derive(self) -> None:
        """Bring the edges into line with the assertions that are now there."""
        edges: dict[str, dict[Triple, list[Group]]] = defaultdict(dict)
        for triple, groups in self._fresh.items():
            edges[triple[2]][triple] = groups
        pairs: dict[str, list[list[str]]] = defaultdict(list)
        for _, subject, predicate, object in sorted(self._touched):
            pairs[predicate].append([subject, object])
        for predicate, rows in sorted(pairs.items()):
            self._tx.run(cypher.drop_edges(predicate), rows=sorted(rows)).consume()
        if self._touched:
            for triple, found in self._tx.run(cypher.AGGREGATE, triples=[list(t) for t in sorted(self._touched)]):
                groups = [(*group[:4], frozenset(group[4])) for group in found]
                edges[triple[2]][tuple(triple)] = groups
        for predicate, triples in sorted(edges.items()):
            self._put(predicate, triples)

    def _put(self, predicate: str, triples: Mapping[Triple, list[Group]]) -> None:
        ids = sorted({id for _, subject, _, object in triples for id in (subject, object)})
        place = {id: i for i, id in enumerate(ids)}
        accesses: dict[frozenset[str], int] = {}
        rows = [
            [
                place[subject], place[object], hash,
                [[*group[:4], accesses.setdefault(group[4], len(accesses))] for group in groups],
            ]
            for (hash, subject, _, object), groups in triples.items()
        ]  # fmt: skip
        self._tx.run(
            cypher.put_edges(predicate), entities=ids, rows=rows, accesses=[labels(access) for access in accesses]
        ).consume()


def _grouped(assertions: Collection[Assertion]) -> list[Group]:
    by_access: dict[frozenset[str], list[Assertion]] = defaultdict(list)
    for assertion in assertions:
        by_access[assertion.access].append(assertion)
    return [
        (
            sum(a.polarity == "affirmed" for a in said),
            sum(a.polarity == "negated" for a in said),
            len({a.source for a in said}),
            max(float(a.confidence) for a in said),
            access,
        )
        for access, said in by_access.items()
    ]
