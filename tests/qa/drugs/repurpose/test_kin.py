"""What may be ranked for in place of a disease that nothing leads to."""

from __future__ import annotations

from graph.view import GraphView
from qa.drugs.repurpose.kin import kin


def test_what_it_is_a_kind_of_comes_before_its_kinds(view: GraphView) -> None:
    assert kin(view, ["DISEASE:1"], {"DISEASE:3": 0}) == ("DISEASE:3",)
    assert kin(view, ["DISEASE:3"], {"DISEASE:1": 0, "DISEASE:2": 1}) == ("DISEASE:1",)
    assert kin(view, ["DISEASE:9"], {"DISEASE:1": 0}) == ()
    assert kin(view, [], {"DISEASE:1": 0}) == ()
