"""How probable each disease is before any finding: by how common it is, at that age, in that sex, so long, then and
there.

One scale for all, new cases a year per 100,000. What nobody counts is taken for a rare disease. Every part is told
apart, so that it can be shown.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable

import numpy as np
from numpy.typing import NDArray

from qa.differential.explain import numbers
from qa.differential.matrix import Matrix
from qa.differential.model import Case
from qa.differential.profiles import REGIONS, SEASONS, TEMPOS

Logs = NDArray[np.float32]

UNCOUNTED = 0.02
"""New cases a year per 100,000 of a disease of which nobody says how many. Most rare diseases are rarer (5,000 to
10,000 of them concern 3 to 6 of 100 people, Nguengang Wakap 2020, doi:10.1038/s41431-019-0508-0); but who is ranked
against them has been seen by somebody who thought of one."""
OTHER = 300.0
"""The same of all that the graph does not know."""
EXPOSED = 0.02
"""The share of people whom a factor is taken to concern, where nothing is told of it."""
_ATTRIBUTED = 0.5
"""A strong factor is a rare one: each is taken for the cause of no more cases than this part of those without it."""
_POPULATION = np.array([0.001, 0.024, 0.12, 0.07, 0.29, 0.32, 0.175], np.float32)
"""The shares of the bands of age."""
_RARE_AGES = np.array([10, 8, 6, 4, 2.5, 1.5, 0.8], np.float32)
"""The relative rates of what nobody counts: most rare diseases begin early."""
_BEGIN = (28 / 365.25, 2.0, 12.0, 18.0, 40.0, 65.0)
_LEAST = 0.02
"""No age, sex or tempo makes a disease less probable than by this factor."""
_NEVER, _UNHEARD = 1e-20, 0.004
"""The same of a sex or an age that has none by a table, and of such an age close to one that has: nobody counts them
to the day."""
_CLOSE = 0.1
"""An age is close to all that are less than this part younger or older."""
_NEIGHBOUR = 0.2
"""The part of those who come after days that come after weeks, or hours, and so on."""
_SEASON, _OUT_OF_SEASON = 2.0, 0.5
_REGION, _ELSEWHERE = 8.0, 0.15


def prior(matrix: Matrix, case: Case) -> Logs:
    """The logarithm of the rate of each disease (D) for somebody as in the case, in new cases a year per 100,000."""
    profiles = matrix.profiles
    counted = np.isfinite(profiles.incidence)
    log = np.log(np.where(counted, profiles.incidence, UNCOUNTED)).astype(np.float32)
    age = _age(case)
    if age is not None:
        log += _of_age(profiles.ages, age)
    if case.sex:
        share = profiles.female if case.sex == "female" else 1 - profiles.female
        log += np.log(np.maximum(2 * share, np.where(share > 0, _LEAST / 10, _NEVER)))
    if case.tempo:
        log += _of_tempo(profiles.tempo, TEMPOS.index(case.tempo))
    if case.season:
        log += _when(profiles.seasons, SEASONS.index(case.season), _SEASON, _OUT_OF_SEASON)
    # Where nobody says where the person has been, it is not far away.
    places = [REGIONS.index(case.region)] if case.region else []
    log += _where(profiles.regions, places)
    return log + _of_factors(matrix, case)


def circumstances(case: Case) -> Hashable:
    """All that `prior` reads of a case without factors: two with the same have the same prior."""
    age = _age(case)
    bands = None if age is None else tuple(band(age * near) for near in (1 - _CLOSE, 1, 1 + _CLOSE))
    return bands, case.sex, case.tempo, case.season, case.region


def _age(case: Case) -> float | None:
    return case.onset if case.onset is not None and not case.tempo else case.age


def band(age: float) -> int:
    """The place of an age in years in `profiles.BANDS`."""
    return int(np.searchsorted(_BEGIN, age, side="right"))


def _of_age(ages: Logs, age: float) -> Logs:
    rates = np.where(ages.any(axis=1, keepdims=True), ages, _RARE_AGES)
    place = band(age)
    relative = rates[:, place] / (rates @ _POPULATION)
    close = np.maximum(rates[:, band(age * (1 - _CLOSE))], rates[:, band(age * (1 + _CLOSE))])
    least = np.where(rates[:, place] > 0, _LEAST, np.where(close > 0, _UNHEARD, _NEVER))
    return np.log(np.maximum(relative, least))


def _of_tempo(tempo: Logs, place: int) -> Logs:
    told = tempo.any(axis=1)
    spread = tempo / np.maximum(tempo.sum(axis=1, keepdims=True), 1e-6)
    # What lasts days lasts weeks in some: only what comes and goes has no neighbours.
    near = spread.copy()
    steps = TEMPOS.index("episodes")
    near[:, : steps - 1] += _NEIGHBOUR * spread[:, 1:steps]
    near[:, 1:steps] += _NEIGHBOUR * spread[:, : steps - 1]
    near /= np.maximum(near.sum(axis=1, keepdims=True), 1e-6)
    relative = (0.15 / len(TEMPOS) + 0.85 * near[:, place]) * len(TEMPOS)
    return np.where(told, np.log(np.maximum(relative, _LEAST)), 0).astype(np.float32)


def _when(seasons: NDArray[np.bool_], place: int, within: float, without: float) -> Logs:
    told = seasons.any(axis=1)
    return np.where(told, np.where(seasons[:, place], np.log(within), np.log(without)), 0).astype(np.float32)


def _where(regions: NDArray[np.bool_], places: Collection[int]) -> Logs:
    told = regions.any(axis=1)
    there = regions[:, list(places)].any(axis=1) if places else np.zeros(len(regions), np.bool_)
    return np.where(told, np.where(there, np.log(_REGION), np.log(_ELSEWHERE)), 0).astype(np.float32)


def _of_factors(matrix: Matrix, case: Case) -> Logs:
    """By how much the factors told change the odds; of several ids of one factor the strongest counts. What is a
    finding of the case, too, counts as that alone for the diseases that have it.

    A rate is that of all people, with the factor and without: who is not told to have one is a little less at risk.
    """
    profiles = matrix.profiles
    number = {id: place for place, id in enumerate(profiles.factors)} if case.factors else {}
    log = np.zeros(len(profiles.diseases), np.float32)
    for told, ids in case.factors.items():
        wanted = [number[id] for id in ids if id in number]
        rows = np.flatnonzero(np.isin(profiles.factor_of, wanted)) if wanted else np.zeros(0, np.int64)
        strongest = np.zeros(len(profiles.diseases), np.float32)
        for row in rows.tolist():
            at, odds = profiles.factor_to[row], np.log(profiles.ratio[row])
            strongest[at] = odds if abs(odds) > abs(strongest[at]) else strongest[at]
        for term in (term for finding in case.observed if finding.told == told for term in numbers(matrix, finding)):
            strongest[matrix.column(term)[0]] = 0
        log += strongest
    attributed = np.clip(EXPOSED * (profiles.ratio - 1), 0, _ATTRIBUTED)
    unexposed: Logs = np.log1p(np.bincount(profiles.factor_to, attributed, len(log)))
    return log - unexposed
