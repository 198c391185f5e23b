"""What ties two things: statements of themselves, of their classes, of their kinds; and denials."""

from __future__ import annotations

from graph.view import GraphView
from qa.verdicts.relation import RELATIONS
from qa.verdicts.thing import things_in
from qa.verdicts.ties import ENOUGH, Tie, Ties

BY_NAME = {relation.name: relation for relation in RELATIONS}


def tie(view: GraphView, relation: str, left: str, right: str) -> Tie:
    return Ties(view).between(BY_NAME[relation], things_in(left, view), things_in(right, view))[0][0]


def test_what_is_stated_ties_and_what_is_not_does_not(view: GraphView) -> None:
    assert tie(view, "treatment", "Metformin", "type 2 diabetes mellitus").worth > ENOUGH
    assert tie(view, "treatment", "Metformin", "acne").worth == 0
    assert tie(view, "interaction", "Simvastatin", "Clarithromycin").worth > ENOUGH


def test_a_denial_is_told_apart_from_silence(view: GraphView) -> None:
    found = tie(view, "treatment", "Metformin", "asthma")
    assert found.denied
    assert found.edges == (("DB:metformin", "treats", "MONDO:0004979"),)


def test_a_class_and_a_group_are_reached_upwards_alone(view: GraphView) -> None:
    assert tie(view, "class", "Simvastatin", "statin").worth == 1
    assert tie(view, "kind", "asthma", "lung disorder").edges == (("MONDO:0004979", "subclass_of", "MONDO:0005275"),)
    assert tie(view, "kind", "lung disorder", "asthma").worth == 0


def test_the_organ_is_told_by_the_group_too(view: GraphView) -> None:
    assert tie(view, "place", "cystic fibrosis", "lung").worth > ENOUGH
    assert tie(view, "place", "cystic fibrosis", "liver").worth == 0


def test_what_is_known_of_a_thing_and_loose_ties(view: GraphView) -> None:
    ties = Ties(view)
    thing = things_in("Simvastatin", view)[0]
    assert [edge.object for edge in ties.knows(BY_NAME["action"], thing)] == ["NCBIGene:3156"]
    assert ties.known_of(BY_NAME["gene"], things_in("Marfan syndrome", view)[0])[0].subject == "NCBIGene:2200"
    assert ties.loose([thing], things_in("CYP3A4", view), ["substrate_of"])[0][0].worth > 0
