from __future__ import annotations

from graph.schema import ENDS as OF_GRAPH
from graph.schema import PREDICATES
from ingest.reading.statements import labels


def test_all_predicates_are_those_of_the_graph_between_types_that_it_takes() -> None:
    assert set(labels.PREDICATES) <= set(PREDICATES)
    for name, (subjects, objects) in labels.ENDS.items():
        assert subjects | objects <= set(labels.TYPES)
        if name in OF_GRAPH and name != "causes":  # of causes the graph takes fewer kinds, and leaves the others out
            assert subjects <= OF_GRAPH[name][0], name
            assert objects <= OF_GRAPH[name][1], name


def test_symmetric_predicates_are_those_of_the_graph() -> None:
    assert {name for name in labels.PREDICATES if PREDICATES[name].symmetric} == labels.SYMMETRIC


def test_a_pair_is_asked_about_both_ways_but_for_symmetric_predicates() -> None:
    assert labels.pairs(["Disease", "Drug"]) == [(1, 0)]
    assert labels.pairs(["Disease", "Phenotype"]) == [(0, 1), (1, 0)]
    assert labels.allowed("Drug", "Drug", turned=False).any()
    assert not labels.allowed("Drug", "Drug", turned=True).any()
    assert labels.pairs(["Drug", "Drug"]) == [(0, 1)]
    assert labels.pairs(["Anatomy", "Anatomy"]) == []
