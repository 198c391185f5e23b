"""Every way is proved on both stores, from both of its ends where another way leads back."""

import pytest

from graph.model import PUBLIC
from graph.view import GraphView
from qa.ways.known import WAYS
from qa.ways.reach import reach
from qa.ways.way import Way
from tests.qa.ways.conftest import Stated

IDS = {
    "Disease": "MONDO:1", "Phenotype": "HP:1", "Drug": "DB:1", "Gene": "GENE:1", "Anatomy": "UBERON:1",
    "Concept": "GO:1", "Variant": "VAR:1", "Measurement": "LOINC:1", "Procedure": "PROC:1",
}  # fmt: skip


def ends_of(way: Way) -> tuple[str, str]:
    """A thing that it starts from and one that it leads to."""
    given = IDS[(way.given or ("Concept",))[0]]
    member = IDS[(way.members or ("Disease",))[0]]
    return given, member.replace(":1", ":2")


def test_each_way_leads_to_what_is_stated_and_to_nothing_else(stated: Stated) -> None:
    for type, id in IDS.items():
        stated.entity(id, type, f"first {type}")
        stated.entity(id.replace(":1", ":2"), type, f"second {type}")
    stated.names()
    for place, way in enumerate(WAYS.values()):
        given, member = ends_of(way)
        for predicate in way.predicates:
            row = (given, predicate, member) if way.end != "subject" else (member, predicate, given)
            stated.curated(f"source{place}", row)
    view = GraphView(stated.graph, PUBLIC)
    for way in WAYS.values():
        given, member = ends_of(way)
        found = reach(view, way, [given], opened=False)
        assert member in {id for one in found.members for id in one.ids}, way.name
        assert all(row.predicate in way.predicates for one in found.members for row in one.rows), way.name


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_each_way_has_words_for_one_and_for_several_in_both_languages(way: Way) -> None:
    assert all("{x}" in words.of(language) for words in (way.one, way.many) for language in ("en", "zh"))
    assert way.name in WAYS
