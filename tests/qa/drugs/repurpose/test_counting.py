"""Path counts against values worked out by hand, and against every path found by looking for it."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from graph.model import Star
from qa.drugs.repurpose.counting import Counts
from qa.drugs.repurpose.metapaths import Metapath, every, parse
from qa.drugs.repurpose.network import Network, network

TYPES = {"A": "Anatomy", "C": "Drug", "D": "Disease", "G": "Gene"}


def stars(*edges: str) -> list[Star]:
    """`C1 binds G1`, by the first letters of the ends."""
    rows = []
    for edge in edges:
        subject, predicate, object = edge.split()
        rows.append(Star(f"X:{subject}", TYPES[subject[0]], predicate, TYPES[object[0]], (f"X:{object}",)))
    return rows


def count(net: Network, metapath: str, start: str, disease: str) -> float:
    counts = Counts(net, net.numbers["D"][f"X:{disease}"]).paths(parse(metapath))
    return float(counts[net.numbers[metapath[0]][f"X:{start}"]])


def test_two_steps_by_hand() -> None:
    # C1 binds two genes, G1 is bound by two drugs; G1 has two diseases, D1 two genes.
    net = network(
        stars(
            "C1 binds G1", "C1 binds G2", "C2 binds G1", "G1 gene_associated_with D1", "G1 gene_associated_with D2",
            "G3 gene_associated_with D1",
        )
    )  # fmt: skip
    # One path C1-G1-D1: the degrees 2, 2 along CbG and 2, 2 along GaD.
    assert count(net, "CbGaD", "C1", "D1") == pytest.approx(16**-0.4)
    # C2 binds one gene only.
    assert count(net, "CbGaD", "C2", "D1") == pytest.approx(8**-0.4)
    assert count(net, "CbGaD", "C2", "D2") == pytest.approx(4**-0.4)


def test_what_it_is_stated_for_is_no_path_to_itself() -> None:
    # C1 treats D1 and resembles itself through nobody: the only walk C1-r-C2-r-C1-t-D1 returns to C1.
    net = network(stars("C1 resembles C2", "C1 treats D1"))
    assert count(net, "CrCrCtD", "C1", "D1") == 0
    assert count(net, "CrCtD", "C2", "D1") == pytest.approx(1.0)
    assert count(net, "CrCtD", "C1", "D1") == 0


def test_a_path_that_turns_back_is_none() -> None:
    # C1 and C2 bind G1; C2 treats D1: one path. The walk C1-G1-C1 brings nothing, for C1 treats D2.
    net = network(stars("C1 binds G1", "C2 binds G1", "C2 treats D1", "C1 treats D2"))
    assert count(net, "CbGbCtD", "C1", "D1") == pytest.approx((1 * 2 * 2 * 1 * 1 * 1) ** -0.4)
    assert count(net, "CbGbCtD", "C1", "D2") == 0


def _by_looking(net: Network, path: Metapath, start: int, disease: int) -> float:
    """The sum over every path that passes nothing twice, each found by following its edges."""
    total = 0.0
    letters = [path[0].start, *(step.end for step in path)]

    def follow(place: int, passed: list[int], weight: float) -> None:
        nonlocal total
        if place == len(path):
            total += weight * (passed[-1] == disease)
            return
        columns, values = net.matrix(path[place]).row(passed[-1])
        for column, value in zip(columns, values, strict=True):
            if all(letters[i] != letters[place + 1] or passed[i] != column for i in range(place + 1)):
                follow(place + 1, [*passed, int(column)], weight * float(value))

    follow(0, [start], 1.0)
    return total


def _random(seed: int) -> Network:
    draw = random.Random(seed)
    kinds = [
        ("C", "binds", "G"), ("C", "upregulates", "G"), ("C", "resembles", "C"), ("C", "treats", "D"),
        ("C", "palliates", "D"), ("G", "gene_associated_with", "D"), ("D", "upregulates", "G"),
        ("D", "resembles", "D"), ("G", "interacts_with", "G"), ("G", "regulates", "G"), ("A", "upregulates", "G"),
        ("D", "located_in", "A"), ("C", "downregulates", "G"), ("D", "downregulates", "G"), ("G", "covaries_with", "G"),
        ("A", "downregulates", "G"),
    ]  # fmt: skip
    return network(
        stars(
            *(
                f"{a}{i} {predicate} {b}{j}"
                for a, predicate, b in kinds
                for i, j in itertools.product(range(4), range(4))
                if draw.random() < 0.45
            )
        )
    )


@pytest.mark.parametrize(("start", "longest", "seed"), [("C", 4, 1), ("C", 3, 2), ("G", 4, 3), ("G", 3, 4)])
def test_every_kind_of_path_is_counted_as_by_looking(start: str, longest: int, seed: int) -> None:
    net = _random(seed)
    draw = random.Random(seed)
    counts = Counts(net, 1)
    paths = list(every(start, "D", longest))
    for path in draw.sample(paths, min(len(paths), 150)):
        expected = [_by_looking(net, path, thing, 1) for thing in range(len(net.ids[start]))]
        assert counts.paths(path) == pytest.approx(np.array(expected), abs=1e-9), path


def test_more_than_four_steps_are_not_counted() -> None:
    net = _random(1)
    with pytest.raises(ValueError, match="at most 4"):
        Counts(net, 0).paths(parse("CbGiGiGiGaD"))
