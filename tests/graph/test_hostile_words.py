"""Words that mean something to Cypher, Lucene, SQLite or JSON are words here: both stores keep them, find them, and do
nothing that they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from graph.errors import GraphError, SchemaViolation
from graph.model import Assertion, Contribution, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore

WORDS = (
    "`) DETACH DELETE n //",
    "'}) DETACH DELETE n //",
    '"}) MATCH (n) DETACH DELETE n //',
    '" AS name MATCH (n) DETACH DELETE n //',
    "\\u0060) DETACH DELETE n //",
    "\\u0022}) DETACH DELETE n //",
    "$name {name} ${jndi:ldap://127.0.0.1/a}",
    "fever\nMATCH (n) DETACH DELETE n",
    "fever OR *:*",
    "id:MESH* AND NOT name:x",
    '"fever~0.1 ^9 [a TO z} /.*/ && || ! +(-',
    "'; DROP TABLE entity; --",
    'fever NEAR/2 flu* ^ {norm} : "',
    "null",
    "-- /* :param x => 1",
    "__proto__ constructor",
    "退烧`}) DETACH DELETE n //",
    "x" * 2_000,
    "x " * 1_000,
    "\ufdfa" * 100,
)
"""Names, words of searches, labels, records and sentences."""
LABEL = "ward:`}) DETACH DELETE n //"
HOSTILE = Source("HOSTILE:`}) //", "curated", WORDS[0], version='"', licence="`", url=WORDS[3])


def _id(number: int) -> str:
    return f"X:{number}`}})'\"\\u0060//"


def _graph() -> tuple[list[Entity], list[Assertion]]:
    entities = [
        Entity(_id(n), "Disease", word, (Name(word[::-1], "en"),), (f"Y:{n}`",), word) for n, word in enumerate(WORDS)
    ]
    assertions = [
        Assertion.new(
            _id(n), "causes", _id((n + 1) % len(WORDS)), source=HOSTILE.id, sentence=word, record=word,
            qualifiers={word[:200]: word[:200]},
        )
        for n, word in enumerate(WORDS)
    ]  # fmt: skip
    return entities, assertions


def _tried(asked: Callable[[], Any]) -> Any:
    try:
        return asked()
    except GraphError as error:
        return type(error).__name__


def _seen(store: GraphStore) -> dict[str, Any]:
    """All that a store makes of these words."""
    entities, assertions = _graph()
    store.load(HOSTILE, entities, assertions)
    hidden = frozenset({LABEL})
    document = Source("PMID:1", "document", WORDS[1], access=hidden)
    own = [replace(entity, id=f"H{entity.id}", access=hidden) for entity in entities[:4]]
    store.replace([Contribution(document, tuple(own), (), (), ())])
    everyone = frozenset({"public"})
    seen: dict[str, Any] = {
        "entities": {e.id: store.entity(e.id, access=None) for e in entities},
        "found": {word: store.find_entities(word, access=everyone) for word in WORDS},
        "typed": {word: _tried(partial(store.find_entities, "fever", type=word, access=None)) for word in WORDS},
        "named": store.named(WORDS, access=everyone),
        "unknown": {word: _tried(partial(store.entity, word, access=None)) for word in WORDS},
        "relations": store.relations(subjects=[e.id for e in entities], access=everyone),
        "predicates": {
            word: _tried(partial(store.relations, subjects=[_id(0)], predicates=[word], access=None)) for word in WORDS
        },
        "labels": {
            word: [m.entity.id for m in store.find_entities("delete", access=frozenset({word}))]
            for word in (*WORDS, LABEL)
        },
        "paths": store.paths(_id(0), _id(2), access=everyone),
        "sources": store.sources(),
        "fingerprint": store.fingerprint(),
    }
    assert store.delete(["PMID:1`", "' OR 1=1 --", "PMID:1"]) == 1
    seen["stats"] = store.stats()
    return seen


@pytest.mark.neo4j
def test_both_stores_take_hostile_words_for_words(sqlite: SqliteStore, neo4j: GraphStore) -> None:
    here = _seen(sqlite)
    entities, _ = _graph()
    assert [here["entities"][entity.id].name for entity in entities] == list(WORDS)
    assert here["stats"].entities == len(WORDS)
    assert [label for label, ids in here["labels"].items() if ids] == [LABEL]
    assert set(here["typed"].values()) | set(here["predicates"].values()) == {"SchemaViolation"}
    there = _seen(neo4j)
    for what, found in here.items():
        assert there[what] == found, what


LONG = ("x" * 65_536, "x " * 30_000, "\ufdfa" * 1_000, "发" * 2_001)


@pytest.mark.parametrize("name", LONG, ids=[name[:2] for name in LONG])
def test_no_store_takes_a_whole_text_for_a_name(store: GraphStore, name: str) -> None:
    for entity in (Entity("X:1", "Disease", name), Entity("X:1", "Disease", "Flu", (Name(name, "en"),))):
        with pytest.raises(SchemaViolation, match="a name of"):
            store.load(HOSTILE, [entity])
        with pytest.raises(SchemaViolation, match="a name of"):
            store.replace([Contribution(Source("PMID:1", "document"), (entity,))])
    with pytest.raises(SchemaViolation, match="is a CURIE") as caught:
        store.load(HOSTILE, [Entity(f"X:{name.replace(' ', '')}", "Disease", "Flu")])
    assert len(str(caught.value)) < 200
    assert store.find_entities(name, access=None) == []
    assert store.named([name], access=None) == {}
    assert store.stats().entities == 0
