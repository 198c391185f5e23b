"""Databases of former layouts are brought to this one when they are opened."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model import Assertion, Contribution, Entity, Name, Source
from graph.neo4j import migrate
from graph.neo4j.store import Neo4jStore

pytestmark = pytest.mark.neo4j

LEXICON = Source("hospital:names", "curated")
OF_LEXICON = Entity("EX:1", "Phenotype", "Fever", (Name("Pyrexia"),), access=frozenset({"staff", "public"}))
OTHER = Entity("EX:2", "Phenotype", "Cough", access=OF_LEXICON.access)
OF_NOTES = [Entity(f"EX:{n}", "Concept", f"note of {n}", definition="Of the note.") for n in (1, 2, 3)]


def written(server: Any) -> Neo4jStore:
    store = Neo4jStore(server.url, server.user, server.password)
    said = Assertion.new("EX:1", "associated_with", "EX:2", source="PMID:1", sentence="s")
    store.load(LEXICON, [OF_LEXICON, OTHER])
    store.replace([
        Contribution(Source("PMID:1", "document"), (Entity("EX:1", "Disease", "hot feeling"),), (), (), (said,)),
        Contribution(Source("NOTE", "document"), tuple(OF_NOTES)),
    ])  # fmt: skip
    return store


def reads(store: Neo4jStore, driver: Any) -> list[object]:
    every = list[object]()
    for reader in (None, frozenset({"public"}), frozenset({"staff"})):
        every += [
            store.entities(["EX:1", "EX:2", "EX:3"], access=reader), store.find_entities("fever", access=reader),
            store.neighbours("EX:2", type="Phenotype", access=reader),
        ]  # fmt: skip
    shown = driver.execute_query(
        "MATCH (n) WHERE n:Entity OR n:Assertion RETURN n.id, labels(n), properties(n) ORDER BY n.id"
    ).records
    return [*every, [list(row) for row in shown], store.fingerprint(), store.stats(), list(store.names()),
            store.names_version()]  # fmt: skip


TO_LAYOUT_1 = (
    # What layout 1 made of these declarations: the note came before the lexicon.
    "UNWIND ['EX:1', 'EX:2'] AS id MATCH (:Source {id: 'NOTE'})-[d:DECLARES]->(e:Entity {id: id})"
    " SET e.type = 'Concept', e.name = d.name, e.definition = d.definition, e.curated_type = 'Phenotype',"
    " e.synonyms = [name IN e.synonyms WHERE name <> d.name] + [e.name], e:Concept REMOVE e:Phenotype",
    "MATCH (a:Assertion) SET a.caption = 'note of 1 is associated with note of 2'",
    "MATCH (g:Graph) SET g.layout = 1, g.version = 1, g.names = '00000000000000000000000000000001'",
)


def test_a_database_of_layout_1_becomes_what_is_written_now(neo4j_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from neo4j import GraphDatabase

    monkeypatch.setattr(migrate, "PART", 1)  # every entity in a transaction of its own
    with GraphDatabase.driver(neo4j_server.url, auth=(neo4j_server.user, neo4j_server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        store = written(neo4j_server)
        expected = reads(store, driver)
        store.close()
        for statement in TO_LAYOUT_1:
            driver.execute_query(statement)
        old = Neo4jStore(neo4j_server.url, neo4j_server.user, neo4j_server.password)
        assert reads(old, driver) == expected
        assert (old.entity("EX:1", access=None).name, old.entity("EX:3", access=None).name) == ("Fever", "note of 3")
        assert old.version() != "1"
        assert "layout 3" in old.ping()
        old.delete(["PMID:1", "NOTE", "hospital:names"])
        assert old.fingerprint() == "0" * 64
        assert old.names_version() == "0" * 32
        old.close()


TO_LAYOUT_2 = (
    "MATCH (m:Mapping) REMOVE m.end, m.refused, m.confidence, m.justification",
    "MATCH (g:Graph) SET g.layout = 2",
)


def test_a_database_of_layout_2_becomes_what_is_written_now(neo4j_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from neo4j import GraphDatabase

    monkeypatch.setattr(migrate, "PART", 1)
    links, mondo = Source("links", "curated"), Source("MONDO", "curated")
    with GraphDatabase.driver(neo4j_server.url, auth=(neo4j_server.user, neo4j_server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        store = written(neo4j_server)
        store.load(mondo, [Entity("MONDO:1", "Disease", "one"), Entity("MONDO:2", "Disease", "two")])
        store.add_mappings([("MESH:1", "EX:1"), ("UMLS:1", "MESH:1"), ("MONDO:2", "MONDO:1")], links)
        expected, refused = reads(store, driver), store.refused()
        assert len(refused) == 1
        store.close()
        for statement in TO_LAYOUT_2:
            driver.execute_query(statement)
        old = Neo4jStore(neo4j_server.url, neo4j_server.user, neo4j_server.password)
        assert reads(old, driver) == expected
        assert old.refused() == refused
        assert dict(old.mappings()) == {"MESH:1": "EX:1", "UMLS:1": "EX:1"}
        assert old.merged("EX:1")[0].confidence == 1.0
        old.close()
