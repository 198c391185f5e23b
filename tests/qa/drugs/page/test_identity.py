"""Names, codes, classes, preparations and authorisations."""

from __future__ import annotations

from typing import Any

from qa.drugs.page.identity import AUTHORITY


def test_names_and_codes_of_all_ids(ward: Any) -> None:
    identity = ward.page("Warfarin").identity
    assert identity.english[:2] == ("Warfarin", "Coumadin")
    assert set(identity.english) >= {"Warfarin sodium"}
    assert identity.chinese == ("华法林", "华法林钠")
    assert identity.codes["ATC"] == ("B01AA03",)
    assert identity.codes["DRUGBANK"] == ("DB00682",)
    assert identity.codes["MESH"] == ("D999001",)
    # An id that is made here is nobody's code.
    assert ward.page("Augmentin").identity.codes == {}
    assert not any("+" in code for codes in ward.page("heparin, apixaban").identity.codes.values() for code in codes)


def test_classes_and_preparations(ward: Any) -> None:
    facts = ward.page("Warfarin").facts
    assert [fact.what.name for fact in facts["classes"]] == ["Vitamin K antagonists", "vitamin K antagonist"]
    assert facts["classes"][0].told["code"].en == "B01AA03"
    assert [fact.what.name for fact in ward.page("amoxicillin").facts["products"]] == ["Augmentin"]


def test_an_authorisation_tells_its_state(ward: Any) -> None:
    (fact,) = ward.page("Warfarin").facts["authorisations"]
    assert {row.source for row in fact.rows} == {AUTHORITY}
    assert (fact.kind, fact.told["date"].en, fact.what.name) == ("withdrawn", "2020-01-02", f"Brand of {fact.what.id}")
