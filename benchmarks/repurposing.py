"""Drugs and targets foretold for diseases: held-out indications, by pair and by whole disease, each beside what is
simpler: how much a drug and a disease are known for, and random walks with restart.

    python benchmarks/repurposing.py [--data DIR] [--start C|G] [--samples N]

A held-out indication is taken out of the network before anything is counted, and what is learnt is learnt in networks
without it, too. Of the network's other edges none is made from indications: `resembles` between diseases comes from
their co-occurrence in MEDLINE, between compounds from their structure. Pairs that are not stated are drawn, and weighed
by how many each stands for. Intervals are of diseases drawn again.
All of it takes some six minutes of one core.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from report import figure, peak_memory

from qa.drugs.repurpose.metapaths import METAEDGES, PREDICTED, TYPES
from qa.drugs.repurpose.network import Network, Numbers, Vector
from training.repurposing.features import FOLDS, Crossed, Pairs, kinds, pairs
from training.repurposing.fit import fit, scores
from training.repurposing.graph import denied, of_hetionet

RESTART = 0.5
ROUNDS = 12
SEED = 7
STEPS = (0.0, 0.01, 0.05, 0.1, 0.2, 0.5, 1.01)
"""Between which probabilities it is counted how many come true."""


class Walk:
    """Random walks over a network that go on by any edge and, half of the times, begin again."""

    def __init__(self, network: Network) -> None:
        self._first: dict[str, int] = {}
        total = 0
        for letter in TYPES:
            self._first[letter] = total
            total += len(network.ids[letter])
        rows, columns = [], []
        for name, matrix in network.edges.items():
            one, other = METAEDGES[name].ends
            rows += [self._first[one] + matrix.rows, self._first[other] + matrix.columns]
            columns += [self._first[other] + matrix.columns, self._first[one] + matrix.rows]
        self._ends, self._starts = np.concatenate(rows), np.concatenate(columns)
        self._total = total
        self._leaving = 1.0 / np.maximum(np.bincount(self._starts, minlength=total), 1)

    def found(self, disease: int, start: str, things: Numbers) -> Vector:
        """How much of the time a walk from the disease is at these things."""
        seed = np.zeros(self._total)
        seed[self._first["D"] + disease] = 1.0
        here = seed
        for _ in range(ROUNDS):
            went = np.bincount(self._ends, weights=(here * self._leaving)[self._starts], minlength=self._total)
            here = (1 - RESTART) * went + RESTART * seed
        return here[self._first[start] + things]


def curves(score: Vector, stated: NDArray[np.bool_], weight: Vector) -> tuple[float, float]:
    """(AUROC, AUPRC) of pairs that are each weighed; equal scores count half in the one, together in the other."""
    order = np.argsort(-score, kind="stable")
    last = np.flatnonzero(np.diff(score[order], append=-np.inf))
    hits = np.cumsum(weight[order] * stated[order])[last]
    misses = np.cumsum(weight[order] * ~stated[order])[last]
    if hits[-1] == 0 or misses[-1] == 0:
        return float("nan"), float("nan")
    new_hits, new_misses = np.diff(hits, prepend=0.0), np.diff(misses, prepend=0.0)
    roc = float((new_misses * (hits - new_hits / 2)).sum() / hits[-1] / misses[-1])
    precision = hits / np.maximum(hits + misses, 1e-300)
    return roc, float((precision * new_hits).sum() / hits[-1])


def interval(
    score: Vector, some: Pairs, weight: Vector, samples: int
) -> tuple[tuple[float, float], list[tuple[float, float]]]:
    """AUROC and AUPRC, and the 95 % interval of each over diseases drawn again."""
    draw = np.random.default_rng(SEED)
    diseases, place = np.unique(some.diseases, return_inverse=True)
    drawn = []
    for _ in range(samples):
        times = np.bincount(draw.integers(0, len(diseases), len(diseases)), minlength=len(diseases))
        drawn.append(curves(score, some.stated, weight * times[place]))
    low, high = np.nanquantile(np.array(drawn), [0.025, 0.975], axis=0)
    return curves(score, some.stated, weight), [(float(a), float(b)) for a, b in zip(low, high, strict=True)]


def within(score: Vector, some: Pairs, weight: Vector) -> float:
    """The mean AUROC of the diseases: how good the order is that somebody sees who asks for one."""
    each = [
        curves(score[here], some.stated[here], weight[here])[0]
        for disease in np.unique(some.diseases)
        if (here := some.diseases == disease).any()
    ]
    return float(np.nanmean(each))


def held_out(network: Network, some: Pairs, share: float) -> dict[str, Vector]:
    """The score of each pair by each method that has not seen what the pair's fold states."""
    metapaths = kinds(some.start)
    crossed = Crossed(network, metapaths, some)
    found = {name: np.zeros(len(some)) for name in ("paths", "paths without popularity", "popularity", "random walk")}
    for fold in range(FOLDS):
        here = some.folds == fold
        features = crossed.without({fold})
        learnt, stated = crossed.learnt({fold})
        for name, popular in (("paths", True), ("paths without popularity", False)):
            model = fit(some.start, metapaths, learnt, stated, share=share, popular=popular)
            found[name][here] = scores(model, metapaths, features)
        found["popularity"][here] = np.log1p(features.degrees) + np.log1p(features.others)
        fewer = network.without(PREDICTED[some.start], some.edges({fold}))
        found["random walk"][here] = _walked(fewer, some.of(here))
    return found


def _walked(network: Network, some: Pairs) -> Vector:
    walk, score = Walk(network), np.zeros(len(some))
    for disease in np.unique(some.diseases):
        here = some.diseases == disease
        score[here] = walk.found(int(disease), some.start, some.things[here])
    return score


def run(network: Network, start: str, most: int, samples: int, also: Sequence[tuple[int, int]]) -> None:
    what = "drugs" if start == "C" else "targets"
    for by_disease in (False, True):
        begun = perf_counter()
        some = pairs(network, start, by_disease=by_disease, most=most, also=also)
        share = some.share
        # What was kept for its own sake, and not drawn, stands for itself alone.
        weight = np.where(some.stated | _among(some, also), 1.0, 1.0 / share)
        found = held_out(network, some, share)
        split = "disease" if by_disease else "pair"
        about = {"what": what, "held_out_by": split, "stated": int(some.stated.sum()), "pairs": len(some)}
        for method, score in found.items():
            values, intervals = interval(score, some, weight, samples)
            for name, value, (low, high) in zip(("auroc", "auprc"), values, intervals, strict=True):
                figure(f"repurposing_{name}", value, "", **about, method=method, low=round(low, 4), high=round(high, 4))
            figure("repurposing_auroc_within_disease", within(score, some, weight), "", **about, method=method)
            if method == "paths":
                calibrated(score, some, weight, about)
            if also:
                reverse(score, some, also, about, method)
        figure("repurposing_chance", some.stated.sum() / weight.sum(), "", **about, measure="auprc")
        figure("repurposing_seconds", perf_counter() - begun, "s", **about)
    figure("repurposing_memory", peak_memory(), "MiB")


def calibrated(score: Vector, some: Pairs, weight: Vector, about: dict[str, object]) -> None:
    """Of the pairs that are given a probability in some range, how many are stated, beside what was foretold."""
    for low, high in pairwise(STEPS):
        here = (low <= score) & (score < high)
        if not here.any():
            continue
        weights = weight[here]
        told, foretold = np.average(some.stated[here], weights=weights), np.average(score[here], weights=weights)
        given = {
            "low": low,
            "high": high,
            "foretold": round(float(foretold), 4),
            "of_stated": int(some.stated[here].sum()),
        }
        figure("repurposing_stated_of_those_given", float(told), "", **about, **given)


def _among(some: Pairs, chosen: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    wanted = set(chosen)
    return np.array([pair in wanted for pair in zip(some.things.tolist(), some.diseases.tolist(), strict=True)], bool)


def reverse(score: Vector, some: Pairs, also: Sequence[tuple[int, int]], about: dict[str, object], method: str) -> None:
    """How often a held-out indication is scored above a pair that physicians found to be none."""
    none = _among(some, also) & ~some.stated
    both = none | some.stated
    value, _ = curves(score[both], some.stated[both], np.ones(int(both.sum())))
    figure("repurposing_auroc_against_denied", value, "", **about, method=method, denied=int(none.sum()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("MEDGRAPH_DATA", "../shared/data")))
    parser.add_argument("--start", choices=("C", "G"), nargs="*", default=("C", "G"))
    parser.add_argument("--most", type=int, default=20, help="Pairs that are not stated, for each that is.")
    parser.add_argument("--samples", type=int, default=100)
    options = parser.parse_args()
    network = of_hetionet(options.data / "graph/hetionet")
    numbers = network.numbers
    none = [
        (numbers["C"][drug], numbers["D"][disease])
        for drug, disease in denied(options.data / "graph/indications/indications.tsv")
        if drug in numbers["C"] and disease in numbers["D"]
    ]
    for start in options.start:
        run(network, start, options.most if start == "C" else 3, options.samples, none if start == "C" else ())


if __name__ == "__main__":
    main()
