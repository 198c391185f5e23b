"""What is read around ids, and what is folded to one fact."""

from __future__ import annotations

from typing import Any

from graph.model import Assertion
from graph.view import GraphView
from qa.drugs.page.reading import around, folded, heard, towards
from qa.evidence.records import Records

W, APIX = "DRUGBANK:DB00682", "DRUGBANK:DB06605"


def test_both_ends_are_read(ward: Any) -> None:
    view = GraphView(ward.store, None)
    ends = {(row.subject, row.object) for row in around(view, [APIX], ["interacts_with"])}
    assert ends == {(W, APIX), ("DRUGBANK:DB01050", APIX)}
    assert around(view, [], ["treats"]) == towards(view, [], ["treats"]) == []
    assert towards(view, [W], ["treats"]) == []


def test_what_bears_one_name_in_any_order_of_its_words_is_one(ward: Any) -> None:
    view = GraphView(ward.store, None)
    records = Records(view)
    rows = view.statements(subjects=[W, APIX], predicates=["treats"])
    (fact,) = [one for one in folded(rows, records, lambda row: row.object, lambda row: "") if len(one.rows) > 2]
    assert {row.object for row in fact.rows} == {"MESH:D011655", "DOID:9477"}
    assert heard(fact) == 3


def test_what_was_seen_in_animals_is_no_fact_about_patients(ward: Any) -> None:
    records = Records(GraphView(ward.store, None))
    seen = [
        Assertion.new(W, "causes", "MESH:D011655", source="pharmacotherapydb", sentence="s", qualifiers=qualifiers)
        for qualifiers in ({"species": "rat"}, {})
    ]
    (fact,) = folded(seen, records, lambda row: row.object, lambda row: "")
    assert fact.rows == (seen[1],)
    assert folded(seen[:1], records, lambda row: row.object, lambda row: "") == []
