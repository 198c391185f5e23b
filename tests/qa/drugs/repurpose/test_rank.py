"""Drugs and targets proposed over a graph, on both stores: who, why, and what is known already."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph.licences import RESTRICTED
from graph.model import PUBLIC, Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.repurpose.rank import Repurposing


def test_drugs_are_ranked_by_the_paths_that_lead_to_the_disease(view: GraphView, engine: Repurposing) -> None:
    proposal = engine.propose(view, "drugs", "DISEASE:1")
    assert proposal is not None
    assert [one.id for one in proposal.candidates] == ["DRUG:2", "DRUG:1", "DRUG:4"]
    assert proposal.compared == 3
    # B binds G1 (which two drugs bind) and inhibits G2 (so do two), and resembles C, which treats what resembles it.
    counts = 2 * (2 * 2 * 1 * 2) ** -0.4, 1.0
    logit = -3 + 2 * np.arcsinh(counts[0] / 0.5) + np.arcsinh(counts[1] / 0.5)
    best = proposal.candidates[0]
    assert best.probability == pytest.approx(1 / (1 + np.exp(-logit)))
    # A treats it already: that is no path, and does not count for how much else A treats.
    alone = 2 * np.arcsinh((1 * 2 * 1 * 2) ** -0.4 / 0.5) - 3
    assert proposal.candidates[1].probability == pytest.approx(1 / (1 + np.exp(-alone)))


def test_each_has_its_best_paths(view: GraphView, engine: Repurposing) -> None:
    proposal = engine.propose(view, "drugs", "DISEASE:1")
    assert proposal is not None
    ways = proposal.candidates[0].ways
    assert {way.nodes for way in ways} == {
        ("DRUG:2", "GENE:1", "DISEASE:1"), ("DRUG:2", "GENE:2", "DISEASE:1"),
        ("DRUG:2", "DRUG:3", "DISEASE:2", "DISEASE:1"),
    }  # fmt: skip
    assert sum(way.share for way in ways) == pytest.approx(1.0)
    assert [way.share for way in ways] == sorted((way.share for way in ways), reverse=True)
    steps = {way.nodes: [row.predicate for row in way.relations] for way in ways}
    assert steps["DRUG:2", "GENE:2", "DISEASE:1"] == ["inhibits", "gene_associated_with"]
    assert steps["DRUG:2", "DRUG:3", "DISEASE:2", "DISEASE:1"] == ["resembles", "treats", "resembles"]
    assert {id for way in ways for id in way.nodes} <= proposal.entities.keys()


def test_what_is_known_already_stands_beside_each(view: GraphView, engine: Repurposing) -> None:
    proposal = engine.propose(view, "drugs", "DISEASE:1")
    assert proposal is not None
    by_id = {one.id: one for one in proposal.candidates}
    assert (by_id["DRUG:1"].stated.standing, by_id["DRUG:1"].new) == (("treats",), False)
    assert (by_id["DRUG:4"].stated.standing, by_id["DRUG:4"].new) == (("denied",), True)
    # A class of B must not be used in what the disease is a kind of.
    assert by_id["DRUG:2"].stated.standing == ("contraindicated",)
    assert [row.sentence for row in by_id["DRUG:2"].stated.literature_for] == ["B helps."]
    assert [row.sentence for row in by_id["DRUG:2"].stated.literature_against] == ["B harms."]


def test_only_new_ones_where_that_is_asked(view: GraphView, engine: Repurposing) -> None:
    proposal = engine.propose(view, "drugs", "DISEASE:1", limit=1, new=True)
    assert proposal is not None
    assert ([one.id for one in proposal.candidates], proposal.compared) == (["DRUG:2"], 2)


def test_targets_are_ranked_the_same_way(view: GraphView, engine: Repurposing) -> None:
    proposal = engine.propose(view, "targets", "DISEASE:1")
    assert proposal is not None
    # G1 is bound by what treats it; G3 interacts with what interacts with G1; and both are counted by hand.
    by_id = {one.id: one for one in proposal.candidates}
    assert set(by_id) == {"GENE:1", "GENE:3"}
    assert by_id["GENE:1"].stated.standing == ("associated",)
    assert by_id["GENE:3"].new
    logit = -2 + 2 * np.arcsinh((2 * 1 * 1 * 1) ** -0.4 / 0.5)
    assert by_id["GENE:1"].probability == pytest.approx(1 / (1 + np.exp(-logit)))
    logit = -2 + np.arcsinh((1 * 2 * 2 * 1 * 1 * 2) ** -0.4 / 0.5)
    assert by_id["GENE:3"].probability == pytest.approx(1 / (1 + np.exp(-logit)))
    assert by_id["GENE:3"].ways[0].nodes == ("GENE:3", "GENE:4", "GENE:1", "DISEASE:1")


def test_a_disease_to_which_nothing_leads_has_no_proposal(view: GraphView, engine: Repurposing) -> None:
    assert engine.propose(view, "drugs", "DISEASE:9") is None
    assert engine.propose(view, "drugs", "NOTHING:1") is None


def test_a_licence_keeps_its_edges_from_whoever_may_not_see_them(world: GraphStore, engine: Repurposing) -> None:
    for access, expected in ((PUBLIC, False), (PUBLIC | RESTRICTED, True)):
        proposal = engine.propose(GraphView(world, access), "drugs", "DISEASE:1", limit=10)
        assert proposal is not None
        assert ("DRUG:5" in [one.id for one in proposal.candidates]) == expected


def test_what_the_graph_learns_counts_at_once(engine: Repurposing, tmp_path: Path) -> None:
    store, source = SqliteStore(tmp_path / "graph.db"), Source("s", "curated")
    store.load(
        source,
        [Entity("DRUG:1", "Drug", "A"), Entity("GENE:1", "Gene", "G"), Entity("DISEASE:1", "Disease", "D")],
        [Assertion.new("GENE:1", "gene_associated_with", "DISEASE:1", source="s", sentence="s")],
    )
    view = GraphView(store, PUBLIC)
    first = engine.propose(view, "drugs", "DISEASE:1")
    assert first is not None
    assert first.candidates == ()
    assert engine.network(view) is engine.network(view)
    store.load(source, (), [Assertion.new("DRUG:1", "binds", "GENE:1", source="s", sentence="s")])
    second = engine.propose(view, "drugs", "DISEASE:1")
    assert second is not None
    assert [one.id for one in second.candidates] == ["DRUG:1"]
    store.close()
