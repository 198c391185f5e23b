"""What the guide of Neo4j Browser runs, where somebody named things so that their names are statements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase

from graph.model import Assertion, Entity, Source
from graph.neo4j.guide_queries import SLIDES
from graph.store import GraphStore

QUERIES = {query.key: query for slide in SLIDES for query in slide.queries}
HOSTILE = (
    '" AS name MATCH (n) DETACH DELETE n //',
    "\\u0022 AS name MATCH (n) DETACH DELETE n //",
    'fever" OR *:*',
    "fever\\",
    'a"~" ^ [x TO "',
)
PLAIN = ("Marfan syndrome", "fever OR *:*", "`}) DETACH DELETE n //", "'}) DETACH DELETE n //", "$name /* {x} */ 发热")
ALL = (*HOSTILE, *PLAIN)


@pytest.fixture
def driver(neo4j: GraphStore, neo4j_server: Any) -> Iterator[Driver]:
    """A Browser's connection to a graph whose diseases bear these names."""
    source = Source("HOSTILE", "curated")
    said = [
        Assertion.new(f"X:{n}", "causes", f"X:{(n + 1) % len(ALL)}", source="HOSTILE", sentence=name)
        for n, name in enumerate(ALL)
    ]
    neo4j.load(source, [Entity(f"X:{n}", "Disease", name) for n, name in enumerate(ALL)], said)
    with GraphDatabase.driver(neo4j_server.url, auth=(neo4j_server.user, neo4j_server.password)) as opened:
        yield opened


@pytest.mark.neo4j
def test_names_that_are_offered_to_be_pasted_say_nothing_to_cypher(driver: Driver, neo4j: GraphStore) -> None:
    before = neo4j.fingerprint()
    offered = {name for row in driver.execute_query(QUERIES["names"].cypher).records for name in row["names"]}
    assert offered == set(PLAIN)
    for query in (QUERIES["disease-picture"], QUERIES["names-search"]):
        for name in offered:
            driver.execute_query(query.cypher.replace(query.names[0], name))
    assert neo4j.fingerprint() == before


@pytest.mark.neo4j
@pytest.mark.parametrize("key", ["disease-picture", "names-search"])
def test_a_name_is_a_phrase_whatever_stands_in_it(key: str, driver: Driver) -> None:
    query = QUERIES[key]
    asked = query.cypher.replace(f'"{query.names[0]}"', "$name")
    for name in ALL:
        found = driver.execute_query(asked, {"name": name}).records
        if key == "names-search":
            assert name in [row["name"] for row in found]
