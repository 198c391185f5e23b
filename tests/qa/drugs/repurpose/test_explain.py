"""The best single paths, against all that there are."""

from __future__ import annotations

import pytest

from graph.model import Star
from qa.drugs.repurpose.counting import Counts
from qa.drugs.repurpose.explain import best
from qa.drugs.repurpose.metapaths import parse
from qa.drugs.repurpose.network import network

NET = network(
    [
        Star("C:1", "Drug", "binds", "Gene", ("G:1", "G:2", "G:3")),
        Star("C:2", "Drug", "binds", "Gene", ("G:1", "G:2")),
        Star("C:3", "Drug", "binds", "Gene", ("G:1",)),
        Star("C:2", "Drug", "treats", "Disease", ("D:1",)),
        Star("C:3", "Drug", "treats", "Disease", ("D:1", "D:2")),
        Star("C:1", "Drug", "treats", "Disease", ("D:2",)),
    ]
)


def test_the_weights_of_all_paths_make_up_their_count() -> None:
    metapath = parse("CbGbCtD")
    counts = Counts(NET, 0)
    paths = best(NET, counts, metapath, 0, 10)
    assert [numbers for _, numbers in paths] == [(0, 1, 1, 0), (0, 0, 1, 0), (0, 0, 2, 0)]
    assert sum(weight for weight, _ in paths) == pytest.approx(float(counts.paths(metapath)[0]))
    assert best(NET, counts, metapath, 0, 1) == paths[:1]


def test_a_path_does_not_come_back_to_where_it_began() -> None:
    # C:1 treats D:2 itself: from C:1 over G:1 to C:1 is no way.
    assert all(numbers[2] != 0 for _, numbers in best(NET, Counts(NET, 1), parse("CbGbCtD"), 0, 10))
