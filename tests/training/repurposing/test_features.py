"""The pairs that are learnt from, and that none is counted by what is to be foretold of it."""

from __future__ import annotations

import random

import numpy as np
import pytest

from graph.model import Star
from qa.drugs.repurpose.counting import Counts
from qa.drugs.repurpose.metapaths import parse, written
from qa.drugs.repurpose.network import Network, network
from training.repurposing.features import FOLDS, Crossed, counted, kinds, pairs, popularity, together


def invented(seed: int = 1, drugs: int = 24, diseases: int = 6) -> Network:
    """Drugs that bind the genes of the diseases that they treat, and a few others."""
    draw = random.Random(seed)
    stars = []
    for n in range(drugs):
        disease = n % diseases
        genes = {f"G:{disease}", f"G:{draw.randrange(diseases)}"}
        stars.append(Star(f"C:{n:02}", "Drug", "binds", "Gene", tuple(sorted(genes))))
        stars.append(Star(f"C:{n:02}", "Drug", "treats", "Disease", (f"D:{disease}",)))
        stars.append(Star(f"C:{n:02}", "Drug", "resembles", "Drug", (f"C:{(n + diseases) % drugs:02}",)))
    stars += [Star(f"G:{n}", "Gene", "gene_associated_with", "Disease", (f"D:{n}",)) for n in range(diseases)]
    stars.append(Star("C:00", "Drug", "palliates", "Disease", ("D:1",)))
    return network(stars)


def test_pairs_are_all_or_some_of_those_not_stated() -> None:
    net = invented()
    every = pairs(net, "C")
    # All of 24 drugs and 6 diseases but the one pair that is neither.
    assert (len(every), int(every.stated.sum()), every.share) == (24 * 6 - 1, 24, 1.0)
    few = pairs(net, "C", most=2, also=[(5, 0)])
    assert int(few.stated.sum()) == 24
    assert few.share == pytest.approx(2 * 24 / (24 * 5 - 1))
    assert (5, 0) in set(zip(few.things.tolist(), few.diseases.tolist(), strict=True))
    assert set(every.folds.tolist()) == set(range(FOLDS))
    whole = pairs(net, "C", by_disease=True)
    assert all(len(set(whole.folds[whole.diseases == disease].tolist())) == 1 for disease in range(6))


def test_genes_are_paired_with_the_diseases_of_which_some_are_known() -> None:
    some = pairs(invented(), "G")
    assert (len(some), int(some.stated.sum())) == (36, 6)
    assert some.edges([0, 1, 2, 3, 4]) == [(d, g) for g, d in zip(some.things, some.diseases, strict=True) if g == d]


def test_a_stated_pair_is_counted_without_its_fold() -> None:
    net = invented()
    paths = [parse("CbGaD"), parse("CrCtD"), parse("CbGbCtD")]
    some = pairs(net, "C")
    crossed = Crossed(net, paths, some)
    features, stated = crossed.learnt()
    # In the order of the folds.
    order = np.argsort(some.folds, kind="stable")
    assert stated.tolist() == some.stated[order].tolist()
    for row, place in enumerate(order.tolist()):
        fold = int(some.folds[place])
        fewer = net.without("CtD", some.edges([fold]))
        counts = Counts(fewer, int(some.diseases[place]))
        expected = [float(counts.paths(path)[some.things[place]]) for path in paths]
        assert features.counts[row] == pytest.approx(expected)
        if some.stated[place]:
            assert features.degrees[row] == 0  # each drug treats one disease, which is not known here


def test_nothing_of_a_held_fold_is_known_to_what_is_learnt() -> None:
    net = invented()
    paths = [parse("CrCtD")]
    some = pairs(net, "C")
    features, stated = Crossed(net, paths, some).learnt({0})
    assert len(stated) == int((some.folds != 0).sum())
    fewer = net.without("CtD", some.edges([0, 1]))
    ones = some.of(some.folds == 1)
    assert features.counts[: len(ones)] == pytest.approx(counted(fewer, paths, ones))
    with pytest.raises(ValueError, match="every fold"):
        Crossed(net, paths, some).learnt(range(FOLDS))


def test_popularity_counts_both_sides() -> None:
    net = invented()
    some = pairs(net, "C")
    degrees, others = popularity(net, some)
    assert set(degrees.tolist()) == {1}
    assert set(others.tolist()) == {4}
    both = together([Crossed(net, [], some).without({0, 1, 2, 3, 4})] * 2)
    assert len(both.degrees) == 2 * len(some)


def test_kinds_that_are_tried() -> None:
    drugs, genes = ([written(path) for path in kinds(start)] for start in "CG")
    assert {"CbGaD", "CbGiGaD", "CbGbCrCtD", "CrCtD"} <= set(drugs)
    assert not {"CbGiGiGaD", "CtD", "CpD"} & set(drugs)
    assert {"GbCtD", "GiGaD", "GuD", "GbCrCtD"} <= set(genes)
    assert "GaD" not in genes
