"""What the guide of Neo4j Browser shows of drugs is what their pages and the check say, in a real Neo4j."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from graph.neo4j.guide_drugs import ABOUT, TOGETHER
from graph.view import GraphView
from qa.drugs.check import DrugEngine

pytestmark = [pytest.mark.neo4j, pytest.mark.parametrize("ward", ["neo4j"], indirect=True)]
QUERIES = {query.key: query for slide in (ABOUT, TOGETHER) for query in slide.queries}
Shown = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def shown(ward: Any, neo4j_server: Any) -> Iterator[Shown]:
    """Asks a query of the guide with other names in it."""
    from neo4j import GraphDatabase

    with GraphDatabase.driver(neo4j_server.url, auth=(neo4j_server.user, neo4j_server.password)) as driver:

        def ask(key: str, *names: str) -> list[dict[str, Any]]:
            cypher = QUERIES[key].cypher
            for before, after in zip(QUERIES[key].names, names, strict=True):
                cypher = cypher.replace(f'"{before}"', f'"{after}"', 1)
            return [record.data() for record in driver.execute_query(cypher).records]

        yield ask


def test_uses_are_those_of_the_page(ward: Any, shown: Shown) -> None:
    page = ward.page("warfarin")
    rows = shown("drug-uses", "华法林")
    for_it = {row.object for fact in page.facts["indications"] for row in fact.rows}
    denied = {row.object for fact in page.facts["denied"] for row in fact.against}
    names = {id: page.entities[id].name for id in for_it | denied}
    by = {row["condition"]: (set(row["stated_by"]), set(row["denied_by"])) for row in rows}
    assert {name for name, (stated, _) in by.items() if stated} == {names[id] for id in for_it}
    assert by["Infection"] == (set(), {"pharmacotherapydb"})
    assert by["Atrial fibrillation"] == ({"sider"}, {"PMID:1"})


def test_the_mechanism_is_that_of_the_page(ward: Any, shown: Shown) -> None:
    (path,) = [one for one in ward.page("warfarin").mechanisms if one.record == "path-1"]
    ends = {(row["path"][0]["id"], row["path"][-1]["id"]) for row in shown("drug-mechanism", "Coumadin")}
    assert {frozenset(pair) for pair in ends} == {frozenset((row.subject, row.object)) for row in path.statements}


def test_enzymes_and_what_speaks_against_it_are_those_of_the_page(ward: Any, shown: Shown) -> None:
    (enzyme,) = shown("drug-enzymes", "warfarin")
    assert (enzyme["does"], enzyme["enzyme"], enzyme["strength"], enzyme["narrow"]) == (
        "substrate_of",
        "CYP2C9",
        "sensitive",
        "yes",
    )
    facts = ward.page("Jantoven").facts
    told = {(fact.kind, fact.what.name) for key in ("contraindications", "circumstances") for fact in facts[key]}
    rows = shown("drug-against", "Jantoven")
    assert {(row["verdict"], row["condition"]) for row in rows} == told
    assert {row["of"] for row in rows} == {"Warfarin", "vitamin K antagonist"}


@pytest.mark.parametrize("names", [("ibuprofen", "Jantoven"), ("华法林", "Apixaban"), ("heparin", "布洛芬")])
def test_a_pair_is_as_the_check_has_it(names: tuple[str, str], ward: Any, shown: Shown) -> None:
    (pair,) = DrugEngine(ward.store).check(GraphView(ward.store, None), names).pairs
    rows = shown("together-stated", *names)
    stated = {row.severity for row in pair.statements} | {
        one.severity for one in pair.derived if any(link.predicate == "interacts_with" for link in one.path)
    }
    assert {row["severity"] or "unknown" for row in rows} == stated
    enzymes = {link.object for one in pair.derived for link in one.path if link.predicate == "substrate_of"}
    assert bool(shown("together-enzymes", *names)) == bool(enzymes)
