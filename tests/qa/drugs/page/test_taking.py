"""Of many drugs those that interact gravely with what is taken, stated or derived."""

from __future__ import annotations

from typing import Any

from graph.view import GraphView
from qa.drugs.names import resolve
from qa.drugs.nearest import Nearest
from qa.drugs.page.taking import AT_ONCE, grave
from qa.evidence.records import Records


def test_the_gravest_first_and_nothing_for_nobody(ward: Any) -> None:
    view = GraphView(ward.store, None)
    names = ["Warfarin", "Heparin", "Phenprocoumon"] * (AT_ONCE // 2)
    drugs, _ = resolve(view, names, Nearest(ward.store))
    taken, _ = resolve(view, ["ibuprofen", "apixaban"], Nearest(ward.store))
    assert grave(view, Records(view), drugs, taken, {"book"}) == {
        "Warfarin": (("apixaban", "contraindicated"), ("ibuprofen", "major")),
        "Phenprocoumon": (("ibuprofen", "major"),),
    }
    assert grave(view, Records(view), drugs, [], {"book"}) == {}
