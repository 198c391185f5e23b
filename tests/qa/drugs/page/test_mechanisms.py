"""Paths from a drug to a disease are put in order, and what lies beside them is kept."""

from __future__ import annotations

from typing import Any

from graph.model import Assertion, Entity
from qa.drugs.page.mechanisms import _directions

W, VKOR, PATHWAY, CLOT = "DRUGBANK:DB00682", "UniProt:Q9BQB6", "GO:0000002", "GO:0000001"
PE, INFECTION = "MESH:D011655", "MESH:D007239"


def test_a_path_is_told_from_the_drug_to_the_disease(ward: Any) -> None:
    (one,) = ward.page("华法林").mechanisms
    assert (one.disease.id, one.record, one.source) == (PE, "path-1", "drugmechdb")
    assert one.nodes == ((W, VKOR, PATHWAY, CLOT, PE),)
    assert [row.predicate for row in one.chains[0]] == ["inhibits", "associated_with", "causes", "contributes_to"]
    assert [(row.subject, row.object) for row in one.beside] == [(CLOT, INFECTION)]
    assert {row.record for row in one.statements} == {"path-1"}


def test_a_drug_without_a_path_has_none(ward: Any) -> None:
    assert ward.page("heparin").mechanisms == ()


def test_a_symmetric_link_runs_as_its_record_begins() -> None:
    row = Assertion.new("A:1", "associated_with", "B:1", source="s", sentence="Beta (B:1) produces Alpha (A:1). url")
    entities = {"A:1": Entity("A:1", "Concept", "Alpha"), "B:1": Entity("B:1", "Concept", "Beta")}
    assert _directions(row, entities) == (("B:1", "A:1"),)
    assert _directions(row, {}) == (("A:1", "B:1"), ("B:1", "A:1"))
