"""What is stated of each two drugs, and what follows: apart, complete, and never calmer than a source is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.licences import RESTRICTED
from graph.model import PUBLIC, Assertion, Entity, Source
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.check import DrugEngine
from qa.drugs.interactions import RULES
from qa.drugs.model import Pair

Check = Callable[..., list[Pair]]


@pytest.fixture
def pairs(view: GraphView, engine: DrugEngine) -> Check:
    """The pairs of these names."""
    return lambda *asked: list(engine.check(view, asked).pairs)


@pytest.mark.parametrize("one", ["aspirin", "acetylsalicylic acid", "阿司匹林 100mg", "DB00945", "MESH:D001241"])
@pytest.mark.parametrize("other", ["warfarin", "Warfarin sodium", "华法林", "Jantoven", "Coumadin", "B01AA03"])
def test_what_is_stated_of_a_twin_and_a_salt_is_stated_of_the_drug(one: str, other: str, pairs: Check) -> None:
    (pair,) = pairs(one, other)
    assert (pair.found, pair.severity, pair.follows) == (True, "major", False)
    (statement,) = pair.statements
    assert (statement.assertion.source, statement.word, statement.members) == ("book", "Major", ())
    assert statement.management.of("zh") == "Avoid."


def test_what_is_stated_of_a_sources_own_classes_is_stated(pairs: Check) -> None:
    (pair,) = pairs("Viagra", "硝酸甘油")
    assert (pair.found, pair.severity) == (True, "contraindicated")
    (statement,) = pair.statements
    assert {row.object for row in statement.members} == {"BOOK:nitrates", "BOOK:ed-drugs"}
    assert not pair.derived


def test_what_follows_from_our_classes_is_derived_with_its_chain(pairs: Check) -> None:
    (pair,) = pairs("warfarin", "ibuprofen")
    assert (pair.found, pair.severity, pair.follows, pair.statements) == (False, "major", True, ())
    (derived,) = pair.derived
    assert (derived.kind, derived.mechanism.of("zh")) == ("class", "均致出血。")
    assert [row.predicate for row in derived.path] == ["has_role", "interacts_with", "has_role"]
    ends = {derived.path[0].subject, derived.path[-1].subject}
    assert ends == {"DRUGBANK:DB00682", "DRUGBANK:DB01050"}


def test_what_is_stated_and_what_follows_stand_apart(pairs: Check) -> None:
    (pair,) = pairs("warfarin", "aspirin")
    assert [one.assertion.source for one in pair.statements] == ["book"]
    assert [one.kind for one in pair.derived] == ["class"]


def test_sources_that_disagree_are_both_shown(pairs: Check) -> None:
    (pair,) = pairs("clopidogrel", "warfarin")
    assert pair.disputed
    assert dict(pair.severities) == {"book": "major", "second": "moderate"}
    assert [one.severity for one in pair.statements] == ["major", "moderate"]


def test_what_neither_states_nor_follows_is_not_found(pairs: Check) -> None:
    (pair,) = pairs("metformin", "warfarin")
    assert (pair.found, pair.severity, pair.statements, pair.derived) == (False, "unknown", (), ())


def test_a_source_that_plays_it_down_hides_nothing(shop: GraphStore) -> None:
    pair = _of(shop, {"severity": "minor"}, {"severity": "contraindicated"})
    assert (pair.severity, pair.derived_severity, pair.gravest) == ("minor", "contraindicated", "contraindicated")
    assert not pair.follows


def test_where_no_source_grades_it_the_severity_is_what_follows_and_says_so(shop: GraphStore) -> None:
    pair = _of(shop, {}, {"severity": "major"})
    assert (pair.found, pair.severity, pair.follows) == (True, "major", True)


@pytest.mark.parametrize(("severity", "gravest"), [("minor", "minor"), ("odd word", "unknown"), ("", "unknown")])
def test_a_word_that_is_not_known_is_no_severity(severity: str, gravest: str, shop: GraphStore) -> None:
    pair = _of(shop, {"severity": severity} if severity else {}, None)
    assert (pair.found, pair.gravest) == (True, gravest)


def _of(shop: GraphStore, stated: dict[str, str], rule: dict[str, str] | None) -> Pair:
    """The one pair of which a source states this, and our rule of their classes that."""
    source, ours = Source("s", "curated"), Source(RULES, "curated")
    ids = ("DRUGBANK:DB00001", "DRUGBANK:DB00002")
    groups = ("MEDGRAPH:group-a", "MEDGRAPH:group-b")
    shop.load(
        source,
        [Entity(id, "Drug", name) for id, name in zip(ids, ("Onedrug", "Otherdrug"), strict=True)],
        [Assertion.new(*_row(ids), source="s", sentence="", qualifiers=stated, record="1")],
    )
    rows = [Assertion.new(id, "has_role", g, source=RULES, sentence="") for id, g in zip(ids, groups, strict=True)]
    rows += [Assertion.new(*_row(groups), source=RULES, sentence="", qualifiers=rule)] if rule else []
    shop.load(ours, [Entity(group, "Concept", group) for group in groups], rows)
    (pair,) = DrugEngine(shop).check(GraphView(shop, PUBLIC), ["onedrug", "otherdrug"]).pairs
    return pair


def _row(ends: tuple[str, str]) -> tuple[str, str, str]:
    return ends[0], "interacts_with", ends[1]


def test_preparations_that_share_an_ingredient_still_interact_by_the_others(pairs: Check) -> None:
    (pair,) = pairs("DuoCover", "warfarin")
    assert {one.severity for one in pair.statements} == {"major", "moderate"}
    (shared,) = pairs("DuoCover", "aspirin/warfarin")
    assert shared.found
    assert {"DRUGBANK:DB00758"} <= {end for one in shared.statements for end in _ends(one.assertion)}
    (both,) = pairs("Yosprala", "aspirin 100 mg")
    assert not both.found
    assert not both.derived


def _ends(row: Assertion) -> tuple[str, str]:
    return row.subject, row.object


def test_a_drug_does_not_interact_with_itself(pairs: Check) -> None:
    for asked in (("ibuprofen", "Advil"), ("aspirin", "DB00945"), ("warfarin", "warfarin sodium")):
        (pair,) = pairs(*asked)
        assert (pair.same, pair.derived, pair.statements) == (True, (), ())


def test_a_class_stands_for_each_of_its_drugs(pairs: Check) -> None:
    (stated,) = pairs("NSAIDs", "warfarin")
    assert (stated.found, stated.severity) == (True, "major")
    (itself,) = pairs("NSAIDs", "ibuprofen")
    assert (itself.same, itself.derived_severity) == (False, "moderate")


def test_what_else_bears_the_name_is_looked_up_but_nothing_is_derived_of_it(pairs: Check) -> None:
    (pair,) = pairs("Twobrand", "metformin")
    assert (pair.found, pair.severity) == (True, "major")


def test_what_is_closed_by_its_licence_is_left_out_and_said(pharmacy: GraphStore, engine: DrugEngine) -> None:
    shut = engine.check(GraphView(pharmacy, PUBLIC), ["metformin", "naproxen"])
    assert not shut.pairs[0].found
    assert [source.id for source in shut.closed] == ["closed"]
    opened = engine.check(GraphView(pharmacy, PUBLIC | RESTRICTED), ["metformin", "naproxen"])
    assert opened.pairs[0].severity == "major"
    assert not opened.closed


def test_the_worst_pairs_come_first(pairs: Check) -> None:
    every = pairs("metformin", "ibuprofen", "warfarin", "aspirin", "sildenafil", "nitroglycerin")
    assert len(every) == 15
    assert [pair.gravest for pair in every][:3] == ["contraindicated", "major", "major"]
    assert every[-1].gravest == "unknown"
    assert every[1].found  # of the equally grave ones what is stated goes before what follows


def test_literature_makes_no_severity(shop: GraphStore) -> None:
    paper = Source("PMID:1", "document")
    ids = ("DRUGBANK:DB00001", "DRUGBANK:DB00002")
    shop.load(Source("s", "curated"), [Entity(id, "Drug", f"Drug {id[-1]}") for id in ids])
    said = Assertion.new(
        *_row(ids), source="PMID:1", sentence="Severe.", qualifiers={"severity": "major"}, start=0, end=7
    )
    shop.load(paper, (), [said])
    (pair,) = DrugEngine(shop).check(GraphView(shop, PUBLIC), ids).pairs
    assert (pair.found, pair.severity, pair.statements[0].word) == (True, "unknown", "")


def test_a_source_that_denies_an_interaction_is_no_finding(shop: GraphStore) -> None:
    ids = ("DRUGBANK:DB00001", "DRUGBANK:DB00002")
    denied = Assertion.new(*_row(ids), source="s", sentence="", polarity="negated", qualifiers={"severity": "major"})
    shop.load(Source("s", "curated"), [Entity(id, "Drug", f"Drug {id[-1]}") for id in ids], [denied])
    (pair,) = DrugEngine(shop).check(GraphView(shop, PUBLIC), ids).pairs
    assert (pair.found, pair.severity, len(pair.statements)) == (False, "unknown", 1)


def test_a_retracted_source_states_nothing(shop: GraphStore) -> None:
    ids = ("DRUGBANK:DB00001", "DRUGBANK:DB00002")
    row = Assertion.new(*_row(ids), source="s", sentence="", qualifiers={"severity": "major"})
    shop.load(Source("names", "curated"), [Entity(id, "Drug", f"Drug {id[-1]}") for id in ids])
    shop.load(Source("s", "curated", retracted=True), (), [row])
    (pair,) = DrugEngine(shop).check(GraphView(shop, PUBLIC), ids).pairs
    assert not pair.found


@pytest.mark.parametrize(
    ("severity", "kind", "other", "left"),
    [
        ("moderate", "pharmacokinetic", "DRUGBANK:DB00002", []),
        ("minor", "pharmacokinetic", "MEDGRAPH:group-x", []),
        ("major", "pharmacokinetic", "DRUGBANK:DB00002", ["major"]),
        ("moderate", "pharmacodynamic", "DRUGBANK:DB00002", ["major"]),
    ],
)
def test_a_rule_of_ours_for_a_drug_goes_before_its_enzymes(
    severity: str, kind: str, other: str, left: list[str], shop: GraphStore
) -> None:
    one, two, gene, group = "DRUGBANK:DB00001", "DRUGBANK:DB00002", "NCBIGene:1576", "MEDGRAPH:group-x"
    rows: list[tuple[str, str, str, dict[str, str]]] = [
        (one, "substrate_of", gene, {"strength": "sensitive"}),
        (two, "inhibits", gene, {"strength": "strong"}),
        (two, "has_role", group, {}),
        (*_row((one, other)), {"severity": severity, "kind": kind}),
    ]
    entities = [Entity(one, "Drug", "Drug 1"), Entity(two, "Drug", "Drug 2"), Entity(gene, "Gene", "CYP3A4")]
    said = [Assertion.new(s, p, o, source=RULES, sentence="", qualifiers=q) for s, p, o, q in rows]
    shop.load(Source(RULES, "curated"), [*entities, Entity(group, "Concept", "x")], said)
    (pair,) = DrugEngine(shop).check(GraphView(shop, PUBLIC), (one, two)).pairs
    assert [found.severity for found in pair.derived if found.kind == "enzyme"] == left
