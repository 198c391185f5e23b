"""The names nearest to one that nothing bears."""

from __future__ import annotations

from graph.model import PUBLIC, Entity, Source
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.nearest import Nearest


def test_the_nearest_names_come_best_first_and_far_ones_not_at_all(view: GraphView) -> None:
    nearest = Nearest(view.store)
    assert nearest.names(view, "clopidogrl") == ("Clopidogrel",)
    assert nearest.names(view, "西地那菲") == ("西地那非",)
    assert nearest.names(view, "qqqqqqqq") == ()


def test_a_name_that_the_reader_may_not_see_is_not_near(shop: GraphStore) -> None:
    nearest = Nearest(shop)
    hidden = frozenset({"ward:7"})
    shop.load(Source("s", "curated", access=hidden), [Entity("A:1", "Drug", "Secretol", access=hidden)])
    assert nearest.names(GraphView(shop, PUBLIC), "secretal") == ()
    assert nearest.names(GraphView(shop, hidden), "secretal") == ("Secretol",)


def test_the_names_follow_the_graph(shop: GraphStore) -> None:
    nearest = Nearest(shop)
    view = GraphView(shop, PUBLIC)
    assert nearest.names(view, "metformine") == ()
    shop.load(Source("s", "curated"), [Entity("A:1", "Drug", "Metformin")])
    assert nearest.names(view, "metformine") == ("Metformin",)
