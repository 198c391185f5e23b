"""What a graph states is read as numbers, and nothing of it is held."""

from __future__ import annotations

import tracemalloc

from graph.model import PUBLIC, Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.profiles import read
from qa.differential.stated import stated
from tests.qa.differential.conftest import has


def test_reading_takes_a_small_part_of_what_is_read(store: SqliteStore) -> None:
    text, many = "Seen in many a patient. " * 100, 2_000
    rows = [
        Assertion.new("OMIM:1", "has_phenotype", "HP:31", source="long", sentence=f"{text}{n}", record=f"PMID:{n}")
        for n in range(many)
    ]
    store.load(Source("long", "curated"), [], rows)
    view = GraphView(store, PUBLIC)
    tracemalloc.start()
    profiles = read(view)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(profiles.disease) > many
    assert most < len(text) * many / 2


def test_rows_count_as_they_are_stated(store: SqliteStore) -> None:
    source = Source("more", "curated")
    store.load(source, [Entity("OMIM:9", "Disease", "New")], [
        has("OMIM:9", "HP:31", "3/40", source="more", paper="PMID:7", qualifiers={"kind": "exam"}),
        has("OMIM:9", "HP:32", "", source="more", certainty="possible"),
        has("OMIM:9", "HP:33", "", source="more", experiencer="family"),
        has("OMIM:9", "HP:12", "", source="more", qualifiers={"alarm": "yes"}),
    ])  # fmt: skip
    read_of = stated(GraphView(store, PUBLIC), frozenset())
    number = read_of.found.subjects["OMIM:9"]
    (row,) = (place for place, one in enumerate(read_of.found.subject) if one == number)
    found = read_of.found
    assert [*found.objects][found.object[row]] == "HP:31"
    assert [*found.papers][found.paper[row]] == "PMID:7"
    assert (round(found.share[row], 4), found.patients[row], found.kind[row]) == (0.075, 40, 2)
    assert [(disease, finding) for disease, finding, _ in read_of.alarms] == [("OMIM:9", "HP:12")]
    assert read_of.about == []
    assert [odds[:2] for odds in read_of.odds] == [("MEDGRAPH:factor-contact", "MESH:1")]


def test_what_a_machine_read_counts_where_it_was_sure(store: SqliteStore) -> None:
    rows = [
        Assertion.new(
            "OMIM:9", "has_phenotype", finding, source="D:1", sentence="S.", extractor="reader/1", confidence=sure
        )
        for finding, sure in (("HP:31", 0.95), ("HP:32", 0.7))
    ]
    store.load(Source("D:1", "curated"), [Entity("OMIM:9", "Disease", "New")], rows)
    found = stated(GraphView(store, PUBLIC), frozenset()).found
    number = found.subjects["OMIM:9"]
    assert [[*found.objects][o] for s, o in zip(found.subject, found.object, strict=True) if s == number] == ["HP:31"]
