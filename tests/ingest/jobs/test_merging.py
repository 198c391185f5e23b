"""What a loading merged, refused and left waiting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.model import Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from ingest.jobs.merging import Merging


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "g.sqlite")
    yield store
    store.close()


def test_the_largest_concepts_are_told_where_mappings_were_loaded(store: SqliteStore) -> None:
    store.load(Source("a", "curated"), [Entity("A:1", "Disease", "one"), Entity("B:1", "Disease", "other")])
    merging = Merging(store)
    store.add_mappings([("B:1", "A:1"), ("C:1", "A:1")], Source("s", "curated"))
    assert merging.end({}).largest == ()
    merging.linked = True
    end = merging.end({})
    assert (end.before, end.after, end.largest, end.refused) == (2, 1, (("A:1", 3),), ())


def test_what_waits_is_told_with_what_is_known_of_it(store: SqliteStore) -> None:
    merging = Merging(store)
    waits = Assertion.new("A:1", "subclass_of", "A:2", source="a", sentence="x")
    store.load(Source("a", "curated"), [Entity("A:1", "Disease", "one")], [waits])
    end = merging.end({"A:2": "obsolete", "A:3": "obsolete"})
    assert (end.waiting, end.waited_for) == (1, (("A:2", "obsolete"),))
