"""A page as a whole: what is known of a drug, of a class, of a preparation, of nobody; and every statement is there."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model import PUBLIC
from graph.view import GraphView
from qa.drugs.model import Unknown
from qa.drugs.page.gather import closed

OPEN = PUBLIC
W, AUG = "DRUGBANK:DB00682", "MEDGRAPH:product-aabbccddee03"


@pytest.mark.parametrize("name", ["Warfarin", "Coumadin", "华法林", W, "Warfarin sodium 5 mg", "B01AA03", "Jantoven"])
def test_a_page_is_found_by_every_name(name: str, ward: Any) -> None:
    page = ward.page(name)
    assert W in page.drug.ids
    assert page.facts["effects"][0].what.name == "Bleeding"


@pytest.mark.parametrize("access", [OPEN, None])
@pytest.mark.parametrize(
    "name", ["Warfarin", "Augmentin", "NSAID", "vitamin K antagonist", "Heparin", "布洛芬", "阿哌沙班"]
)
def test_every_statement_shown_is_in_the_graph_and_may_be_read(name: str, access: Any, ward: Any) -> None:
    page = ward.page(name, access)
    view = GraphView(ward.store, access)
    assert page.statements
    subjects = {row.subject for row in page.statements}
    assert set(page.statements) <= {row for id in subjects for row in view.assertions(subject=id, limit=1000)}
    assert {end for row in page.statements for end in (row.subject, row.object)} <= page.entities.keys()
    assert {row.source for row in page.statements} == {source.id for source in page.sources}


@pytest.mark.parametrize("disease", ["肺栓塞", "Atrial fibrillation", "Infection"])
def test_every_use_is_in_the_graph(disease: str, ward: Any) -> None:
    uses = ward.uses(disease, None, ("Ibuprofen",))
    view = GraphView(ward.store, None)
    rows = [
        row for use in (*uses.drugs, *uses.denied, *uses.interacting) for row in (*use.fact.rows, *use.fact.against)
    ]
    assert rows
    subjects = {row.subject for row in rows}
    assert set(rows) <= {row for id in subjects for row in view.assertions(subject=id, limit=1000)}


def test_a_licence_closes_what_it_covers_and_that_is_told(ward: Any) -> None:
    page = ward.page("Warfarin", OPEN)
    assert {row.source for row in page.statements}.isdisjoint({"sider"})
    assert [source.id for source in page.closed] == ["sider"]
    assert [(fact.what.name, fact.told["frequency"].en) for fact in page.facts["effects"] if fact.told] == [
        ("bleeding", "common")
    ]
    assert ward.page("Warfarin").closed == ()
    assert closed(GraphView(ward.store, None)) == ()


def test_a_class_has_what_is_stated_of_it_and_its_drugs(ward: Any) -> None:
    page = ward.page("维生素K拮抗剂")
    assert [one.name for one in page.identity.members] == ["Phenprocoumon", "Warfarin"]
    assert page.alternatives == ()
    told = {fact.what.name: fact.told["members"] for fact in page.facts["indications"]}
    assert {name: words.en for name, words in told.items()} == {
        "Embolism, pulmonary": "2 of its 2 drugs",
        "Saddle embolism": "1 of its 2 drugs",
        "Atrial fibrillation": "1 of its 2 drugs",
    }
    assert next(iter(told.values())).zh == "该类2种药中的2种"
    assert [(fact.what.name, fact.kind) for fact in page.facts["interactions"]] == [
        ("NSAID", "major"),
        ("drug that makes bleed", "moderate"),
    ]
    assert [fact.what.name for fact in page.facts["contraindications"]] == ["Atrial fibrillation"]


def test_a_preparation_has_what_is_stated_of_what_it_holds(ward: Any) -> None:
    page = ward.page("奥格门汀")
    assert {one.name for one in page.drug.ingredients} == {"Amoxicillin", "Clavulanate"}
    assert [fact.what.name for fact in page.facts["indications"]] == ["Infection"]
    assert page.identity.english[0] == "Augmentin"
    assert "Amoxicillin" not in page.identity.english


def test_what_no_drug_bears_is_unknown_with_the_nearest(ward: Any) -> None:
    view = GraphView(ward.store, OPEN)
    assert ward.pages.page(view, "warfarine x") == Unknown("warfarine x", ("Warfarin",))
    assert isinstance(ward.pages.page(view, "Infection"), Unknown)
    assert isinstance(ward.pages.uses(view, "Warfarin"), Unknown)


def test_alternatives_are_told_with_what_they_interact_with(ward: Any) -> None:
    page = ward.page("Warfarin", taken=("Ibuprofen", "qqqq"))
    told = {one.use.what.name: (one.shared and one.shared.name, one.interacts) for one in page.alternatives}
    assert told == {
        "Phenprocoumon": ("Vitamin K antagonists", (("Ibuprofen", "major"),)),
        "Apixaban": (None, ()),
        "Heparin": (None, ()),
        "PubChem compound 77": (None, ()),
    }
    assert [one.asked for one in page.untaken] == ["qqqq"]
