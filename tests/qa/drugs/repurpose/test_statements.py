"""What is stated of candidates already."""

from __future__ import annotations

from graph.view import GraphView
from qa.drugs.repurpose.statements import stated
from qa.evidence.records import Records


def test_who_states_it_and_what_is_told_apart(view: GraphView) -> None:
    told = stated(view, Records(view), "drugs", ["DRUG:1", "DRUG:2", "DRUG:3", "DRUG:4"], "DISEASE:1")
    # What a withdrawn paper says of C is not told.
    assert {id: one.standing for id, one in told.items()} == {
        "DRUG:1": ("treats",),
        "DRUG:2": ("contraindicated",),
        "DRUG:4": ("denied",),
    }
    assert [row.predicate for row in told["DRUG:2"].curated] == ["has_role", "contraindicated_in"]


def test_nobody_and_genes(view: GraphView) -> None:
    assert stated(view, Records(view), "drugs", [], "DISEASE:1") == {}
    told = stated(view, Records(view), "targets", ["GENE:1", "GENE:3"], "DISEASE:1")
    assert {id: one.standing for id, one in told.items()} == {"GENE:1": ("associated",)}
