from __future__ import annotations

from pathlib import Path

from api.cli.stats import counted
from graph.model import Assertion, Entity, Source
from graph.sqlite.store import SqliteStore


def test_assertions_by_source_licence_and_predicate(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "g.sqlite")
    ends = [Entity("A:1", "Drug", "a"), Entity("B:1", "Disease", "b")]
    for name, licence, predicates in (("one", "CC0-1.0", ("treats", "causes")), ("two", "CC0-1.0", ("treats",))):
        facts = [Assertion.new("A:1", predicate, "B:1", source=name, sentence="x") for predicate in predicates]
        store.load(Source(name, "curated", licence=licence), ends, facts)
    store.load(Source("names", "curated"), ends)

    assert counted(store, ("source", "predicate")) == [
        (("one", "causes"), 1), (("one", "treats"), 1), (("two", "treats"), 1),
    ]  # fmt: skip
    assert counted(store, ("licence",)) == [(("CC0-1.0",), 3), (("",), 0)]
    store.close()
