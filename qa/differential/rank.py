"""From findings to candidate diseases, by the information content of what they share.

The method is that of Phenomizer (Köhler 2009, doi:10.1016/j.ajhg.2009.09.003): a finding that few diseases have tells
more, `IC = -ln(diseases with it or with a more specific finding / all diseases)` (Resnik 1995), and a disease gets for
each asked finding the IC of the most specific term that covers both the finding and something the disease has. Two
simplifications, both for speed: ancestors are followed one step up and not where they are broad, and there is no
p-value. Added to it: a finding the disease is stated not to have costs score, an asked absence of a finding it has a
little, and a disease of which more is explained comes before others as good.

What is read from the graph is kept, for `FRESH` seconds at most and while names and curated sources stay the same.
Only the order of candidates can be that old: every statement that an answer cites is read anew.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import RLock
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from graph.store import GraphStore
from qa.evidence.phrases import expected

FRESH = 300.0
DISEASES = 12_600
"""The "all diseases" of the formula: about as many as HPO annotates. Only the scale depends on it, and counting anew
for every question costs more than the rest of it."""
BROAD = 200
"""An ancestor with more descendants than this is too broad to tell diseases apart."""
COMMON = 2000
"""At most so many relations are read for an ancestor; one with more is too common to count."""
POOL = 60
"""So many of the best are compared by how much of the disease is explained."""
TIED = 30
"""So many of the equally good at the top are compared by how often the findings are seen."""
UNKNOWN = math.log(DISEASES / 100)
"""What a finding weighs that no disease in the graph has: as much as one that a hundred have."""
_PRESENCE_OF_ABSENT, _ABSENCE_OF_PRESENT, _SHARE = 0.01, 1.0, 0.1
# Set on 200 of the published cases of phenopackets_dev: most diseases lack some of their findings in most patients, so
# that a heavier weight for what is absent (0.5) halves the cases in which the diagnosis comes first.


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a question: its name as asked and the ids it may mean."""

    name: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A disease with its score (1.0: explains everything asked) and, per asked finding that it explains, the ids of
    the finding or its more specific forms which the disease has."""

    disease: str
    score: float
    explained: dict[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Term:
    """Who has a finding or a more specific one, and who is stated not to: sorted indices of diseases."""

    having: NDArray[np.int64]
    denying: NDArray[np.int64]
    content: float


@dataclass(slots=True)
class _Known:
    """What has been read for one set of access labels."""

    version: tuple[str, ...]
    read: float
    index: dict[str, int] = field(default_factory=dict)
    diseases: list[str] = field(default_factory=list)
    terms: dict[tuple[str, ...], _Term | None] = field(default_factory=dict)
    closures: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    parents: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    annotated: dict[int, int] = field(default_factory=dict)
    frequencies: dict[int, dict[str, float]] = field(default_factory=dict)


class Differential:
    """Ranks diseases over a graph. Safe to use from several threads."""

    def __init__(self, graph: GraphStore) -> None:
        self._graph = graph
        self._lock = RLock()
        self._known: dict[frozenset[str], _Known] = {}

    def rank(
        self, present: Sequence[Finding], absent: Sequence[Finding], access: frozenset[str], limit: int = 10
    ) -> list[Ranked]:
        """The best candidates, best first, ties by id; none where no disease has a finding. Raises what the graph
        raises."""
        with self._lock:
            known = self._fresh(access)
            asked = [self._term(known, access, finding.ids) for finding in present]
            denied = [self._term(known, access, finding.ids) for finding in absent]
            scores = _scores(len(known.diseases), asked, [()] * len(asked), denied)
            if scores is None or np.count_nonzero(scores >= 1.0) < limit:
                # Otherwise those that explain everything are enough: nothing wider could come before them.
                wider = [self._wider(known, access, finding.ids) for finding in present]
                scores = _scores(len(known.diseases), asked, wider, denied)
            if scores is None:
                return []
            best = self._best(known, access, scores, present, asked, limit)
            return [self._explain(known, access, disease, score, present, asked) for disease, score in best]

    def _fresh(self, access: frozenset[str]) -> _Known:
        sources = self._graph.sources(kind="curated")
        version = (self._graph.names_version(), *(f"{source.id} {source.version}" for source in sources))
        known, now = self._known.get(access), monotonic()
        if known is None or known.version != version or now - known.read > FRESH:
            if len(self._known) > 8:
                self._known.clear()
            known = self._known[access] = _Known(version, now)
        return known

    def _term(self, known: _Known, access: frozenset[str], ids: tuple[str, ...]) -> _Term | None:
        if ids not in known.terms:
            known.terms[ids] = self._read(known, access, self._closure(known, access, ids), limit=None)
        return known.terms[ids]

    def _wider(self, known: _Known, access: frozenset[str], ids: tuple[str, ...]) -> list[_Term]:
        """The terms of the parents."""
        if ids not in known.parents:
            above = self._graph.relations(subjects=ids, predicates=["subclass_of"], access=access)
            known.parents[ids] = tuple(sorted({relation.object for relation in above if relation.affirmed}))
        found = []
        for parent in known.parents[ids]:
            key = ("parent", parent)
            if key not in known.terms:
                below = self._below(access, (parent,), limit=BROAD)
                known.terms[key] = self._read(known, access, below, limit=COMMON) if len(below) <= BROAD else None
            term = known.terms[key]
            if term is not None:
                found.append(term)
        return found

    def _below(self, access: frozenset[str], ids: Iterable[str], limit: int | None) -> frozenset[str]:
        """`ids` with all their descendants; reading stops once there are more than `limit`."""
        reached = set(ids)
        frontier = set(reached)
        while frontier and (limit is None or len(reached) <= limit):
            below = self._graph.relations(objects=frontier, predicates=["subclass_of"], access=access)
            frontier = {relation.subject for relation in below if relation.affirmed} - reached
            reached |= frontier
        return frozenset(reached)

    def _read(self, known: _Known, access: frozenset[str], below: frozenset[str], limit: int | None) -> _Term | None:
        rows = self._graph.relations(objects=below, predicates=["has_phenotype"], access=access, limit=limit)
        if limit is not None and len(rows) >= limit:
            return None
        having = {row.subject for row in rows if row.affirmed}
        denying = {row.subject for row in rows if row.negated and not row.affirmed} - having
        if not having and not denying:
            return None
        for disease in sorted(having | denying):
            if disease not in known.index:
                known.index[disease] = len(known.diseases)
                known.diseases.append(disease)
        content = -math.log(min(1.0, max(len(having), 1) / DISEASES))
        return _Term(
            np.array(sorted(known.index[disease] for disease in having), np.int64),
            np.array(sorted(known.index[disease] for disease in denying), np.int64),
            max(content, 0.01),
        )

    def _best(
        self,
        known: _Known,
        access: frozenset[str],
        scores: NDArray[np.float64],
        present: Sequence[Finding],
        asked: Sequence[_Term | None],
        limit: int,
    ) -> list[tuple[str, float]]:
        positive = np.flatnonzero(scores > 0)
        order = positive[np.argsort(-scores[positive], kind="stable")][:POOL]
        unread = [int(i) for i in order if int(i) not in known.annotated]
        if unread:
            counts = dict.fromkeys(unread, 0)
            subjects = [known.diseases[i] for i in unread]
            for row in self._graph.relations(subjects=subjects, predicates=["has_phenotype"], access=access):
                counts[known.index[row.subject]] += 1
            known.annotated.update(counts)
        explained = np.zeros(len(scores))
        for term in asked:
            if term is not None:
                explained[term.having] += 1
        share = {int(i): _SHARE * min(1.0, explained[i] / max(known.annotated[int(i)], 1)) for i in order}
        ranked = sorted(order, key=lambda i: (-(scores[i] + share[int(i)]), known.diseases[i]))
        tied = [i for i in ranked if scores[i] >= scores[ranked[0]] - 0.02][:TIED] if ranked else []
        seen = {i: self._seen(known, access, int(i), present, asked) for i in tied}
        tied.sort(key=lambda i: (-seen[i], ranked.index(i)))
        ranked = tied + [i for i in ranked if i not in seen]
        return [(known.diseases[i], round(float(min(scores[i], 1.0)), 4)) for i in ranked[:limit]]

    def _seen(
        self,
        known: _Known,
        access: frozenset[str],
        index: int,
        present: Sequence[Finding],
        asked: Sequence[_Term | None],
    ) -> float:
        """How often the asked findings are to be expected in a disease, each weighed by its information content."""
        if index not in known.frequencies:
            rows = self._graph.assertions(
                subject=known.diseases[index], predicate="has_phenotype", access=access, limit=1000
            )
            found: dict[str, float] = {}
            for row in rows:
                if row.polarity == "affirmed":
                    found[row.object] = max(found.get(row.object, 0.0), expected(row))
            known.frequencies[index] = found
        of_disease = known.frequencies[index]
        total = 0.0
        for finding, term in zip(present, asked, strict=True):
            if term is not None:
                ids = self._closure(known, access, finding.ids) & of_disease.keys()
                total += term.content * max((of_disease[id] for id in ids), default=0.0)
        return total

    def _explain(
        self,
        known: _Known,
        access: frozenset[str],
        disease: str,
        score: float,
        present: Sequence[Finding],
        asked: Sequence[_Term | None],
    ) -> Ranked:
        index, explained = known.index[disease], {}
        for number, (finding, term) in enumerate(zip(present, asked, strict=True)):
            if term is not None and _holds(term.having, index):
                explained[number] = self._closure(known, access, finding.ids)
        return Ranked(disease, score, explained)

    def _closure(self, known: _Known, access: frozenset[str], ids: tuple[str, ...]) -> frozenset[str]:
        if ids not in known.closures:
            known.closures[ids] = self._below(access, ids, limit=None)
        return known.closures[ids]


def _scores(
    size: int, asked: Sequence[_Term | None], wider: Sequence[Sequence[_Term]], denied: Sequence[_Term | None]
) -> NDArray[np.float64] | None:
    """One score a disease, or None where nobody has anything asked."""
    total, possible, unknown = np.zeros(size), 0.0, 0.0
    for term, ancestors in zip(asked, wider, strict=True):
        if term is None:
            unknown += UNKNOWN
            continue
        possible += term.content
        shared = np.zeros(size)
        for ancestor in ancestors:
            np.maximum.at(shared, ancestor.having, min(ancestor.content, term.content) * 0.9)
        shared[term.having] = term.content
        shared[term.denying] = -_ABSENCE_OF_PRESENT * term.content
        total += shared
    if possible == 0:
        return None
    for term in denied:
        if term is not None:
            total[term.having] -= _PRESENCE_OF_ABSENT * term.content
    return total / (possible + unknown)


def _holds(indices: NDArray[np.int64], value: int) -> bool:
    position = int(np.searchsorted(indices, value))
    return position < len(indices) and int(indices[position]) == value
