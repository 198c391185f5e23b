"""What is kept of the graph: which statements become which edges, and how they are weighed."""

from __future__ import annotations

import numpy as np
import pytest

from graph.model import Star
from qa.drugs.repurpose.metapaths import parse
from qa.drugs.repurpose.network import Sparse, network

STARS = [
    Star("DRUG:2", "Drug", "binds", "Gene", ("GENE:1", "GENE:2")),
    Star("DRUG:1", "Drug", "inhibits", "Gene", ("GENE:2",)),
    Star("DRUG:1", "Drug", "binds", "Gene", ("GENE:2",)),
    Star("DRUG:1", "Drug", "resembles", "Drug", ("DRUG:2",)),
    Star("GENE:1", "Gene", "gene_associated_with", "Disease", ("DISEASE:1",)),
    Star("GENE:1", "Gene", "regulates", "Gene", ("GENE:1", "GENE:2")),
    Star("DRUG:1", "Drug", "interacts_with", "Drug", ("DRUG:2",)),
    Star("DISEASE:1", "Disease", "has_phenotype", "Phenotype", ("HP:1",)),
    Star("DISEASE:1", "Disease", "upregulates", "Gene", ("GENE:2",)),
]


def test_edges_are_those_of_the_metaedges() -> None:
    net = network(STARS)
    assert net.ids == {"A": (), "C": ("DRUG:1", "DRUG:2"), "D": ("DISEASE:1",), "G": ("GENE:1", "GENE:2")}
    dense = {
        name: [(int(row), int(column)) for row, column in zip(matrix.rows, matrix.columns, strict=True)]
        for name, matrix in net.edges.items()
        if len(matrix.cells)
    }
    assert dense == {
        "CbG": [(0, 1), (1, 0), (1, 1)],
        "CrC": [(0, 1), (1, 0)],
        "DaG": [(0, 0)],
        "DuG": [(0, 1)],
        "Gr>G": [(0, 1)],
    }


def test_an_edge_is_weighed_by_the_degrees_at_both_its_ends() -> None:
    net = network(STARS)
    (step,) = parse("CbG")
    assert net.degrees(step).tolist() == [1, 2]
    # DRUG:1 binds one gene that two drugs bind; DRUG:2 two.
    assert net.matrix(step).values == pytest.approx([2**-0.4, 2**-0.4, 4**-0.4])
    (back,) = parse("GbC")
    assert net.degrees(back).tolist() == [1, 2]
    assert net.matrix(back).shape == (2, 2)


def test_a_network_without_some_edges_leaves_the_first_as_it_was() -> None:
    net = network(STARS)
    (step,) = parse("CbG")
    before = net.matrix(step).values.copy()
    fewer = net.without("CbG", [(1, 1)])
    assert fewer.degrees(step).tolist() == [1, 1]
    assert fewer.matrix(step).values == pytest.approx([1, 1])
    assert net.matrix(step).values == pytest.approx(before)
    around = fewer.around(parse("CrC")[0], parse("CrC")[0])
    assert around == pytest.approx(net.around(parse("CrC")[0], parse("CrC")[0]))


def test_a_matrix_is_multiplied_turned_and_joined_as_a_full_one() -> None:
    draw = np.random.default_rng(3)
    full, other = (draw.random((5, 4)) * (draw.random((5, 4)) < 0.5) for _ in range(2))

    def sparse(matrix: np.ndarray) -> Sparse:
        cells = np.flatnonzero(matrix)
        return Sparse(cells, matrix.ravel()[cells], (5, 4))

    column, row = draw.random(4), draw.random(5)
    assert sparse(full).times(column) == pytest.approx(full @ column)
    assert sparse(full).under(row) == pytest.approx(row @ full)
    assert sparse(full).turned.times(row) == pytest.approx(full.T @ row)
    assert sparse(full).cellwise(sparse(other)).times(column) == pytest.approx((full * other) @ column)
    columns, values = sparse(full).row(2)
    assert values == pytest.approx(full[2, columns])
    assert sparse(full).sums() == pytest.approx(full.sum(axis=1))


def test_nothing_stated_is_an_empty_network() -> None:
    net = network([])
    assert all(not ids for ids in net.ids.values())
    assert net.matrix(parse("CbG")[0]).times(np.zeros(0)).tolist() == []
