"""The derived edges between entities: one for each (subject, predicate, object) and set of access labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from graph.model import Assertion
from graph.neo4j import write_cypher
from graph.neo4j.rows import Triple, labels

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

Group = tuple[int, int, int, float]
"""Affirmed, negated, sources, best confidence."""
Counted = tuple[int, int, set[str], int, float]
"""Affirmed, negated, those of the sources that are being written, how many others, best confidence."""
Groups = dict[frozenset[str], Group]
"""By access."""


class Edges:
    """Collects which triples a transaction touches, then derives their edges again."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self._tx = tx
        self._touched: set[Triple] = set()

    def touch(self, triple: Triple) -> None:
        """An assertion of this triple goes, changes, rests or wakes."""
        self._touched.add(triple)

    def predicates(self) -> set[str]:
        """Those of the triples that were touched."""
        return {predicate for _, _, predicate, _ in self._touched}

    def derive(
        self, new: Mapping[Triple, Collection[Assertion]], *, gone: Collection[str], outdated: Collection[str]
    ) -> None:
        """Bring the edges into line with what will be stated when the transaction ends.

        `new` are the assertions that it creates, `gone` the sources whose assertions it deletes, `outdated` the ids
        of single ones. Nothing of that may have happened yet: the statements here look into indexes, which is slow
        once nodes have been deleted. A triple of which nothing is stated so far has no edge to be found or taken
        away: it gets its edges blindly.
        """
        hashes = sorted({triple[0] for triple in new.keys() - self._touched})
        known = {row[0] for row in self._tx.run(write_cypher.KNOWN_TRIPLES, triples=hashes)} if hashes else set()
        standing = self._touched | {triple for triple in new if triple[0] in known}
        edges: dict[str, dict[Triple, Groups]] = defaultdict(dict)
        if standing:
            self._drop(standing)
            rows = self._tx.run(
                write_cypher.AGGREGATE,
                triples=[list(triple) for triple in sorted(standing)],
                gone=sorted(gone),
                outdated=list(outdated),
                writing=sorted({assertion.source for said in new.values() for assertion in said}),
            )
            prior = {tuple(triple): found for triple, found in rows}
            for triple in standing:
                groups = _grouped(new.get(triple, ()))
                for affirmed, negated, others, confidence, access, writing in prior.get(triple, ()):
                    _add(groups, frozenset(access), (affirmed, negated, set(writing), others, confidence))
                if groups:
                    edges[triple[2]][triple] = _summed(groups)
        for triple in new.keys() - standing:
            edges[triple[2]][triple] = _summed(_grouped(new[triple]))
        for predicate, triples in sorted(edges.items()):
            self._put(predicate, triples)

    def _drop(self, triples: Collection[Triple]) -> None:
        pairs: dict[str, list[list[str]]] = defaultdict(list)
        for _, subject, predicate, object in triples:
            pairs[predicate].append([subject, object])
        for predicate, rows in sorted(pairs.items()):
            self._tx.run(write_cypher.drop_edges(predicate), rows=sorted(rows)).consume()

    def _put(self, predicate: str, triples: Mapping[Triple, Groups]) -> None:
        ids = sorted({id for _, subject, _, object in triples for id in (subject, object)})
        place = {id: i for i, id in enumerate(ids)}
        accesses: dict[frozenset[str], int] = {}
        rows = [
            [
                place[subject], place[object], hash,
                [[*group, accesses.setdefault(access, len(accesses))] for access, group in groups.items()],
            ]
            for (hash, subject, _, object), groups in triples.items()
        ]  # fmt: skip
        self._tx.run(
            write_cypher.put_edges(predicate),
            entities=ids,
            rows=rows,
            accesses=[labels(access) for access in accesses],
        ).consume()


def _grouped(assertions: Collection[Assertion]) -> dict[frozenset[str], Counted]:
    by_access: dict[frozenset[str], list[Assertion]] = defaultdict(list)
    for assertion in assertions:
        by_access[assertion.access].append(assertion)
    return {
        access: (
            sum(a.polarity == "affirmed" for a in said),
            sum(a.polarity == "negated" for a in said),
            {a.source for a in said},
            0,
            max(float(a.confidence) for a in said),
        )
        for access, said in by_access.items()
    }


def _add(groups: dict[frozenset[str], Counted], access: frozenset[str], prior: Counted) -> None:
    """Add what was stated before: a source that is being written may have said some of it."""
    new = groups.get(access)
    groups[access] = (
        prior
        if new is None
        else (prior[0] + new[0], prior[1] + new[1], prior[2] | new[2], prior[3] + new[3], max(prior[4], new[4]))
    )


def _summed(groups: Mapping[frozenset[str], Counted]) -> Groups:
    return {
        access: (affirmed, negated, len(writing) + others, confidence)
        for access, (affirmed, negated, writing, others, confidence) in groups.items()
    }
