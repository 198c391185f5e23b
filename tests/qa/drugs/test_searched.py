"""Which sources of interactions were looked into."""

from __future__ import annotations

from graph.licences import RESTRICTED
from graph.model import PUBLIC
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.searched import Searches


def test_sources_of_interactions_are_counted_and_closed_ones_told(pharmacy: GraphStore) -> None:
    searches = Searches(pharmacy)
    seen, closed = searches.of(GraphView(pharmacy, PUBLIC))
    assert [(one.source.id, one.interactions) for one in seen] == [
        ("book", 4),
        ("medgraph-pharmacology", 2),
        ("second", 2),
    ]
    assert [source.id for source in closed] == ["closed"]
    every, shut = searches.of(GraphView(pharmacy, PUBLIC | RESTRICTED))
    assert ("closed", 1) in [(one.source.id, one.interactions) for one in every]
    assert not shut
    administrator, _ = searches.of(GraphView(pharmacy, None))
    assert len(administrator) == len(every)


def test_a_graph_without_any_has_none(shop: GraphStore) -> None:
    assert Searches(shop).of(GraphView(shop, PUBLIC)) == ((), ())
