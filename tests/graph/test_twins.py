"""What bears one name and is not mapped."""

from __future__ import annotations

from graph.model import Entity, Match, Name, Source
from graph.sqlite.store import SqliteStore
from graph.twins import twins

MONDO = [
    Entity("MONDO:1", "Disease", "heart attack", (Name("MI"), Name("cardiac infarction")), ("UMLS:1",)),
    Entity("MONDO:2", "Disease", "mitral insufficiency", (), ("UMLS:2",)),
    Entity("MONDO:3", "Disease", "cold", (Name("coryza"),)),
]
MESH = [
    Entity("MESH:1", "Disease", "Heart Attack", (Name("cardiac infarctions"),), ("UMLS:1",)),
    Entity("MESH:2", "Disease", "mitral valve leak", (Name("MI"),), ("UMLS:3",)),
    Entity("MESH:3", "Phenotype", "Cold"),
    Entity("MESH:4", "Disease", "coryza"),
    Entity("MESH:5", "Disease", "rhinitis"),
]


def test_pairs_come_with_what_speaks_for_and_against_them(sqlite: SqliteStore) -> None:
    sqlite.load(Source("MONDO", "curated"), MONDO)
    sqlite.load(Source("MESH", "curated"), MESH)
    best, *others = twins(sqlite)
    assert (best.other.id, best.canonical.id, best.confidence) == ("MESH:1", "MONDO:1", 1.0)
    assert best.speaks_for == ("both prefer the name", "2 names in common", "both refer to UMLS:1")
    assert best.speaks_against == ()
    by_ids = {(pair.other.id, pair.canonical.id): pair for pair in others}
    assert by_ids.keys() == {("MESH:2", "MONDO:1"), ("MESH:4", "MONDO:3")}
    assert by_ids["MESH:2", "MONDO:1"].speaks_against == (
        "neither prefers the name", "they refer to different ids of UMLS", "the name is short",
    )  # fmt: skip
    assert by_ids["MESH:4", "MONDO:3"].speaks_for == ("MESH:4 prefers the name",)
    assert twins(sqlite, type="Drug") == []


def test_what_is_mapped_is_no_candidate_and_what_was_refused_is_a_poor_one(sqlite: SqliteStore) -> None:
    sqlite.load(Source("MONDO", "curated"), MONDO)
    sqlite.load(Source("MESH", "curated"), MESH)
    links = Source("links", "curated")
    sqlite.add_mappings([("MESH:1", "MONDO:1"), ("MESH:5", "MONDO:3"), Match("MESH:4", "MONDO:3", 0.5)], links)
    by_ids = {(pair.other.id, pair.canonical.id): pair for pair in twins(sqlite)}
    assert by_ids.keys() == {("MESH:2", "MONDO:1"), ("MESH:4", "MONDO:3")}
    assert by_ids["MESH:4", "MONDO:3"].confidence < 0.3
    assert by_ids["MESH:4", "MONDO:3"].speaks_against == (
        "a mapping of the two would join MESH:4 and MESH:5, which MESH tells apart",
    )
