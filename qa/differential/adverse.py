"""What is taken as what makes ill: of each drug of a case its adverse effects, as one more candidate.

The rate is that of those who take the drug, on the scale of all others: so many of 100,000 as have one of its effects
and see somebody for it. How often an effect is seen under placebo is taken off, where that is told.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock

from graph.model import Assertion, Entity
from graph.view import GraphView
from qa.differential.explain import numbers
from qa.differential.matrix import Matrix
from qa.differential.model import Candidate, Case, Explained, Finding, Ranking
from qa.differential.phrased import adverse_effect
from qa.differential.score import CHANCE, GENERAL, weights
from qa.evidence.frequency import UNTOLD, how_often
from text.names import normalise

SEEN = 0.3
"""The part of those with an adverse effect who are seen for it, by judgement."""
_UNTOLD, _LEAST, _MOST = 0.005, 0.0005, 0.9
"""How often an effect is of which nobody says how often, and the bounds of all."""
_PLACEBO_LEFT = 0.2
"""At least this part of how often an effect is seen is taken for the drug's."""


KEPT = 500
"""Drugs whose effects are kept at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """The adverse effects of a drug, by the term of the matrix how often each is, and the statement that says so."""

    drug: Entity
    often: Mapping[int, float]
    stated: Mapping[int, Assertion]
    total: float


class Taken:
    """The effects of the drugs that were asked for last. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[object, ...], Effects | None] = OrderedDict()

    def of(self, view: GraphView, matrix: Matrix, ids: tuple[str, ...]) -> Effects | None:
        """As `effects` has them."""
        key = (view.version(), view.access, ids)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        known = effects(view, matrix, ids)
        with self._lock:
            self._kept[key] = known
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return known


def with_effects(
    matrix: Matrix, ranking: Ranking, taken: Mapping[str, Effects | None], temper: float, whole: float, limit: int
) -> Ranking:
    """The ranking with the adverse effects of what is taken among its candidates, as far as they explain a finding.
    `temper` is the exponent of what findings say, and `whole` the logarithm of the weights of all other candidates."""
    weighed = [candidate(matrix, told, of, ranking.case, temper) for told, of in taken.items() if of is not None]
    weighed = [(one, weight) for one, weight in weighed if any(each.by and not each.wider for each in one.explained)]
    if not weighed:
        return ranking
    top = max(whole, *(weight for _, weight in weighed))
    total = math.exp(whole - top) + sum(math.exp(weight - top) for _, weight in weighed)
    left = math.exp(whole - top) / total
    candidates = [replace(one, probability=one.probability * left) for one in ranking.candidates]
    for one, weight in sorted(weighed, key=lambda pair: pair[1]):
        probability = math.exp(weight - top) / total
        place = next((at for at, other in enumerate(candidates) if other.probability < probability), len(candidates))
        candidates.insert(place, replace(one, probability=probability))
    return replace(ranking, candidates=tuple(candidates[:limit]), other=ranking.other * left)


def effects(view: GraphView, matrix: Matrix, ids: tuple[str, ...]) -> Effects | None:
    """The adverse effects of a drug with these ids; None where none is stated. Raises what the graph raises."""
    rows = [
        row
        for row in view.statements(subjects=ids, predicates=["has_adverse_effect"])
        if row.polarity == "affirmed" and row.experiencer == "patient" and row.certainty == "certain"
    ]
    objects = view.entities({row.object for row in rows})
    drugs = view.entities({row.subject for row in rows})
    terms = _terms(view, matrix, objects)
    often: dict[int, float] = {}
    stated: dict[int, Assertion] = {}
    for row in rows:
        for term in terms.get(row.object, ()):
            share = _share(row)
            if share > often.get(term, 0.0):
                often[term], stated[term] = share, row
    if not often or not drugs:
        return None
    drug = drugs[next(id for id in (*ids, *drugs) if id in drugs)]
    spread: dict[int, float] = {}
    for term, share in often.items():
        for above in matrix.ancestors(term).tolist():
            spread[above] = max(share, spread.get(above, 0.0))
    return Effects(drug, spread, stated, min(1.0, sum(often.values())))


def candidate(matrix: Matrix, told: str, of: Effects, case: Case, temper: float) -> tuple[Candidate, float]:
    """The candidate that a drug's adverse effects are, without a probability, and the logarithm of its weight."""
    explained = tuple(
        _explained(matrix, of, place, finding)
        for place, finding in enumerate(case.observed)
        if numbers(matrix, finding)
    )
    parts = weights(matrix, [asked for finding in case.observed if (asked := numbers(matrix, finding))])
    explained = tuple(replace(each, ratio=each.ratio**part) for each, part in zip(explained, parts, strict=True))
    score = sum(math.log(each.ratio) for each in explained)
    before = math.log(100_000 * SEEN * of.total)
    terms = matrix.profiles.terms
    return Candidate(
        id=of.drug.id,
        ids=(of.drug.id,),
        name=adverse_effect(of.drug.name).en,
        probability=0.0,
        score=score,
        prior=before,
        drug=told,
        explained=explained,
        behind={terms[term]: of.stated[term] for term in of.stated if terms[term] in {each.by for each in explained}},
    ), temper * score + before


def _explained(matrix: Matrix, of: Effects, place: int, finding: Finding) -> Explained:
    """What a finding says for them: by itself or a more specific effect, or little by what is more general."""
    best, which, general = 0.0, None, None
    for term in numbers(matrix, finding):
        for above in matrix.ancestors(term).tolist():
            share = min(_MOST, of.often.get(above, 0.0) / of.total)
            value = share / float(matrix.usual[above])
            value = value if above == term else value**GENERAL
            if value > best:
                best, which, general = value, above, None if above == term else above
    by = None if which is None else _stating(matrix, of, which)
    terms = matrix.profiles.terms
    return Explained(
        place=place,
        ratio=CHANCE + (1 - CHANCE) * best,
        by="" if by is None else terms[by],
        often=None if by is None else of.often[by],
        told=by is not None and how_often(of.stated[by]) != UNTOLD,
        wider="" if general is None else terms[general],
    )


def _stating(matrix: Matrix, of: Effects, term: int) -> int | None:
    """The most frequent stated effect that is the term or more specific."""
    within = [one for one in of.stated if term in matrix.ancestors(one)]
    return max(within, key=lambda one: of.often[one], default=None)


def _terms(view: GraphView, matrix: Matrix, objects: Mapping[str, Entity]) -> dict[str, list[int]]:
    """By the id of each effect the terms of the matrix that it is, by itself or by its names."""
    names = {id: {normalise(one.name), *(normalise(name.text) for name in one.synonyms)} for id, one in objects.items()}
    lacking = {id for id in objects if id not in matrix.term_number}
    bearers = view.named({name for id in lacking for name in names[id]} - {""})
    terms: dict[str, list[int]] = {id: [matrix.term_number[id]] for id in objects if id in matrix.term_number}
    for id in lacking:
        first = {one.id: None for name in (normalise(objects[id].name), *names[id]) for one in bearers.get(name, ())}
        found = [matrix.term_number[one] for one in first if one in matrix.term_number]
        if found:
            terms[id] = found[:1]
    return terms


def _share(row: Assertion) -> float:
    """How often an effect is the drug's doing."""
    often = how_often(row)
    if often == UNTOLD:
        return _UNTOLD
    under = max(0.0, how_often(row, "placebo"))
    return min(_MOST, max(_LEAST, often - under, often * _PLACEBO_LEFT))
