"""Diseases and phenotypes of one name know of each other."""

from __future__ import annotations

from graph.model import Entity, Name, Source
from graph.namesakes import same_name_as
from graph.sqlite.store import SqliteStore
from graph.view import GraphView

EPILEPSY = Entity("MONDO:1", "Disease", "epilepsy", (Name("fits"), Name("癫痫", "zh")))
SEIZURE = Entity("HP:1", "Phenotype", "Seizure", (Name("Epilepsy"), Name("癫痫", "zh")))
ECLAMPSIA = Entity("MONDO:2", "Disease", "eclampsia", (Name("fits"), Name("子痫", "zh")))
SPASM = Entity("HP:2", "Phenotype", "Spasm", (Name("fits"), Name("子癇", "zh")))
DRUG = Entity("X:1", "Drug", "Seizure")


def test_they_share_the_preferred_name_of_one_or_a_chinese_name(sqlite: SqliteStore) -> None:
    sqlite.load(Source("names", "curated"), [EPILEPSY, SEIZURE, ECLAMPSIA, SPASM, DRUG])
    view = GraphView(sqlite, None)
    kin = same_name_as(view, [EPILEPSY, SEIZURE, ECLAMPSIA, SPASM, DRUG])
    assert {id: [other.id for other in others] for id, others in kin.items()} == {
        "MONDO:1": ["HP:1"], "HP:1": ["MONDO:1"], "MONDO:2": ["HP:2"], "HP:2": ["MONDO:2"],
    }  # fmt: skip
    assert same_name_as(view, [DRUG]) == {}


def test_a_preferred_name_that_another_vocabulary_replaced_still_joins_them(sqlite: SqliteStore) -> None:
    sqlite.load(Source("names", "curated"), [EPILEPSY, Entity("HP:1", "Phenotype", "Seizure", (Name("Epilepsy"),))])
    view = GraphView(sqlite, None)
    for declared in (Entity("MONDO:1", "Disease", "epilepsy syndrome"), Entity("S:1", "Phenotype", "seizure")):
        sqlite.load(Source("DO", "curated"), [declared])
        entity = view.entity("MONDO:1")
        assert entity.name in ("epilepsy", "epilepsy syndrome")
        assert [other.id for other in same_name_as(view, [entity])["MONDO:1"]] == ["HP:1"]
    # What several diseases are called tells nothing.
    sqlite.load(Source("DO", "curated"), [Entity("MONDO:3", "Disease", "status", (Name("epilepsy"),))])
    assert view.entity("MONDO:1").name == "epilepsy syndrome"
    assert same_name_as(view, [view.entity("MONDO:1")]) == {"MONDO:1": []}


def test_a_reader_is_not_told_of_what_they_may_not_see(sqlite: SqliteStore) -> None:
    ward = frozenset({"ward:7"})
    sqlite.load(Source("names", "curated"), [EPILEPSY])
    sqlite.load(Source("ward", "curated", access=ward), [Entity("HP:9", "Phenotype", "epilepsy", access=ward)])
    assert same_name_as(GraphView(sqlite, frozenset({"public"})), [EPILEPSY]) == {"MONDO:1": []}
    assert [other.id for other in same_name_as(GraphView(sqlite, ward), [EPILEPSY])["MONDO:1"]] == ["HP:9"]
