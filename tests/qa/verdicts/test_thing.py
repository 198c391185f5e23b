"""Things of a text: named, in other words, in two scripts, and once."""

from __future__ import annotations

from graph.view import GraphView
from qa.verdicts.thing import kind_of, things_in, things_of


def test_things_stand_in_order_with_what_they_count_as(view: GraphView) -> None:
    found = things_in("Simvastatin is a statin for hypercholesterolemia", view)
    assert [thing.surface for thing in found] == ["Simvastatin", "statin", "hypercholesterolemia"]
    assert [set(thing.kinds) for thing in found] == [{"drug"}, {"class"}, {"ill"}]
    assert kind_of(found[1].entities[0]) == "class"
    assert found[0].ids(("gene",)) == frozenset()


def test_other_words_and_both_scripts_are_read(view: GraphView) -> None:
    assert things_in("抑制HMG-CoA还原酶", view)[0].ids() == {"NCBIGene:3156"}
    assert things_in("Marfan综合征", view)[0].ids() == {"MONDO:0007947"}
    assert things_in("autosomal-recessive", view)[0].ids() == {"HP:0000007"}


def test_one_under_two_names_is_there_once(view: GraphView) -> None:
    assert len(things_in("马凡综合征（Marfan syndrome）", view)) == 1


def test_several_texts_are_read_together(view: GraphView) -> None:
    first, second, third = things_of(("FBN1", "nothing", "CFTR and asthma"), view)
    assert [thing.surface for thing in first] == ["FBN1"]
    assert second == []
    assert [(thing.surface, thing.start) for thing in third] == [("CFTR", 0), ("asthma", 9)]


def test_a_part_of_a_longer_name_is_no_name(view: GraphView) -> None:
    assert things_in("尼曼-哮喘", view) == []
