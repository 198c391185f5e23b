"""Codes of patients, and what they join in a graph."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.model import Assertion, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from ingest.jobs.joining import Joiner
from ingest.model import Document, Section
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger

LABEL = frozenset({"patient:1"})
CURATED = (
    Entity("MESH:D006852", "Drug", "Hydrochlorothiazide"),
    Entity("MESH:D017706", "Drug", "Lisinopril"),
    Entity("MESH:D012964", "Drug", "Sodium"),
    Entity("MESH:D010406", "Drug", "Penicillin"),
    Entity("MONDO:0001134", "Disease", "essential hypertension", xrefs=("SNOMEDCT:59621000",)),
    Entity("MONDO:0005301", "Disease", "multiple sclerosis", (Name("MS"), Name("disseminated disease"))),
    Entity("MONDO:0005302", "Disease", "mitral stenosis", (Name("MS"), Name("disseminated disease"))),
    Entity("MONDO:0005098", "Disease", "stroke disorder", (Name("stroke"),), xrefs=("SNOMEDCT:230690007",)),
    Entity("DOID:1", "Disease", "asthma", xrefs=("SNOMEDCT:7",)),
    Entity("MONDO:0004979", "Disease", "asthma", xrefs=("SNOMEDCT:7",)),
    Entity("HP:0012735", "Phenotype", "Cough"),
)


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    store = SqliteStore(tmp_path / "graph.db")
    store.load(Source("names", "curated"), CURATED, ())
    store.add_mappings([("ICD10CM:I10", "MONDO:0001134"), ("RXNORM:5487", "MESH:D006852")], Source("maps", "curated"))
    return store


@pytest.fixture
def joiner(store: SqliteStore) -> Joiner:
    return Joiner(store, DictionaryTagger(store))


def entity(type: str, name: str, id: str = "SNOMEDCT:0", *others: str) -> Entity:
    return Entity(id, type, name, xrefs=others, access=LABEL)


@pytest.mark.parametrize(
    ("type", "name", "ids"),
    [
        ("Drug", "hydrochlorothiazide 25 MG Oral Tablet", ["MESH:D006852"]),
        ("Drug", "Hydrochlorothiazide", ["MESH:D006852"]),
        ("Drug", "Hydrochlorothiazide 12.5 MG / lisinopril 10 MG Oral Tablet", ["MESH:D006852", "MESH:D017706"]),
        ("Drug", "Hydrochlorothiazide 12.5 MG / obscurinol 10 MG Oral Tablet", ["", "MESH:D006852"]),
        ("Drug", "Obscurinol 10 MG Oral Tablet", []),
        ("Drug", "Sodium Chloride 9 MG/ML Injectable Solution", []),
        ("Concept", "Allergy to penicillin", ["MESH:D010406"]),
        ("Concept", "Peanut", []),
        ("Disease", "Essential hypertension", ["MONDO:0001134"]),
        ("Disease", "Essential (primary) hypertension", ["MONDO:0001134"]),
        ("Disease", "Asthma, unspecified", ["MONDO:0004979"]),
        ("Disease", "Cough", ["HP:0012735"]),
        ("Disease", "History of stroke", []),
        ("Disease", "Stroke unit follow-up", []),
        ("Disease", "MS", []),
        ("Disease", "disseminated disease", []),
        ("Disease", "Hydrochlorothiazide", []),
        ("Measurement", "Hydrochlorothiazide [Mass/volume] in Serum", []),
    ],
)
def test_names(joiner: Joiner, type: str, name: str, ids: list[str]) -> None:
    assert sorted(id for id, _ in joiner.meaning(entity(type, name))) == ids


@pytest.mark.parametrize(
    ("given", "id", "reason"),
    [
        (entity("Drug", "HCTZ", "RXNORM:5487"), "MESH:D006852", "RXNORM:5487 is mapped to it as an exact match"),
        (entity("Disease", "High blood", "SNOMEDCT:0", "ICD10CM:I10"), "MONDO:0001134", "ICD10CM:I10 is mapped"),
        (entity("Disease", "High blood", "SNOMEDCT:59621000"), "MONDO:0001134", "it alone has the cross-reference"),
        (entity("Disease", "A cough", "HP:0012735"), "HP:0012735", "the code is the graph's own"),
        (entity("Disease", "Wheezing", "SNOMEDCT:7"), "", ""),
        (entity("Disease", "Past event", "SNOMEDCT:0", "SNOMEDCT:230690007"), "", ""),
    ],
)
def test_codes(joiner: Joiner, given: Entity, id: str, reason: str) -> None:
    meaning = joiner.meaning(given)
    assert [one for one, _ in meaning] == ([id] if id else [])
    assert all(told.startswith(reason) for _, told in meaning)


def test_what_the_codes_are_called_counts_after_the_text(joiner: Joiner) -> None:
    given = replace(entity("Disease", "HTN"), synonyms=(Name("Essential hypertension"),))
    assert joiner.meaning(given)[0][0] == "MONDO:0001134"


def document(predicate: str, polarity: str, object: Entity) -> Document:
    patient = Entity("patient:1", "Patient", "patient 1", access=LABEL)
    statement = Assertion.new(
        patient.id,
        predicate,
        object.id,
        source="fhir:Patient/1",
        sentence="a line",
        polarity="negated" if polarity == "negated" else "affirmed",
        certainty="historical",
        qualifiers={"date": "2020"},
        start=0,
        end=6,
        access=LABEL,
    )
    return Document(
        "fhir:Patient/1",
        "patient 1",
        (Section("medications", "a line"),),
        source="fhir",
        access=LABEL,
        entities=(patient, object),
        statements=(statement,),
    )


def test_a_statement_keeps_what_was_recorded(joiner: Joiner) -> None:
    given = document("takes", "affirmed", entity("Drug", "Hydrochlorothiazide 25 MG", "RXNORM:316049"))
    joined = joiner.joined(given)
    (row,) = joined.statements
    assert (row.object, row.certainty, row.access, row.sentence) == ("MESH:D006852", "historical", LABEL, "a line")
    told = dict(row.qualifiers)
    assert (told["recorded"], told["code"], told["date"]) == ("Hydrochlorothiazide 25 MG", "RXNORM:316049", "2020")
    assert told["joined"] == "ingredient: preferred name, written as 'Hydrochlorothiazide'"
    assert [one.id for one in joined.entities] == ["patient:1"]
    assert joined.text == given.text


@pytest.mark.parametrize(
    ("predicate", "polarity", "objects"),
    [
        ("takes", "affirmed", ["MESH:D006852", "MESH:D017706"]),
        ("takes", "negated", ["RXNORM:9"]),
        ("allergic_to", "affirmed", ["RXNORM:9"]),
    ],
)
def test_a_preparation_is_its_ingredients_where_it_is_taken(
    joiner: Joiner, predicate: str, polarity: str, objects: list[str]
) -> None:
    name = "Hydrochlorothiazide 12.5 MG / Lisinopril 10 MG Oral Tablet"
    joined = joiner.joined(document(predicate, polarity, entity("Drug", name, "RXNORM:9")))
    assert sorted(row.object for row in joined.statements) == objects
    assert {row.object for row in joined.statements} - {one.id for one in joined.entities} == (
        set(objects) - {"RXNORM:9"}
    )


def test_other_documents_and_names_of_records_stay(joiner: Joiner, store: SqliteStore) -> None:
    given = replace(document("takes", "affirmed", entity("Drug", "Lisinopril", "RXNORM:1")), source="file")
    assert joiner.joined(given) is given
    assert not joiner.meaning(entity("Patient", "Lisinopril", "patient:2"))


def test_the_version_follows_mappings(joiner: Joiner, store: SqliteStore) -> None:
    before = joiner.version
    store.add_mappings([("RXNORM:1", "MESH:D017706")], Source("more", "curated"))
    assert Joiner(store, DictionaryTagger(store)).version != before
