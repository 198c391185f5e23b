"""What every store promises about writing: see the docstrings of graph.store. Reading is in test_store_reads.py."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from graph.errors import SchemaViolation, UnknownEntity
from graph.model import PUBLIC, Assertion, Contribution, Entity, Mention, Name, PassageNode, Source
from graph.store import GraphStore

HPO = Source("HPO", "curated", "Human Phenotype Ontology", version="1", licence="HPO", year=2025, url="http://hpo")
MONDO = Source("MONDO", "curated")
FEVER = Entity("HP:0001945", "Phenotype", "Fever", (Name("Pyrexia"), Name("发热", "zh")), ("UMLS:C1",), "Hot.")
COUGH = Entity("HP:0012735", "Phenotype", "Cough")
FLU = Entity("MONDO:0005812", "Disease", "Influenza")
ASPIRIN = Entity("DRUGBANK:DB00945", "Drug", "Aspirin")
EMPTY = "0" * 64


def said(subject: str, predicate: str, object: str, source: str = "HPO", **rest: Any) -> Assertion:
    return Assertion.new(subject, predicate, object, source=source, sentence=f"{subject} {object}", **rest)


def document(
    id: str,
    *assertions: Assertion,
    entities: Sequence[Entity] = (),
    mentions: Sequence[str] = (),
    access: frozenset[str] = PUBLIC,
) -> Contribution:
    """A document of one passage that mentions these entities one after the other."""
    text = " ".join(mentions)
    found, at = [], 0
    for entity in mentions:
        found.append(Mention(f"{id}#0", entity, at, at + len(entity), entity, 0.5, tagger="test/1", reason="exact"))
        at += len(entity) + 1
    return Contribution(
        Source(id, "document", f"Title of {id}", year=2020, language="en", access=access),
        tuple(entities),
        (PassageNode(f"{id}#0", id, "abstract", 0, len(text), text, access),),
        tuple(found),
        assertions,
    )


@pytest.fixture
def known(store: GraphStore) -> GraphStore:
    """A store with four entities of HPO."""
    store.load(HPO, [FEVER, COUGH, FLU, ASPIRIN])
    return store


# an empty store


def test_an_empty_store_answers(store: GraphStore) -> None:
    assert store.fingerprint() == EMPTY
    stats = store.stats()
    assert (stats.documents, stats.passages, stats.mentions, stats.entities) == (0, 0, 0, 0)
    assert (stats.assertions, stats.relations, stats.sources) == (0, 0, 0)
    assert dict(stats.by_type) == dict(stats.by_predicate) == {}
    assert store.sources() == []
    assert dict(store.mappings()) == {}
    assert list(store.names()) == []
    assert store.find_entities("fever", access=None) == []
    assert store.named(["fever"], access=None) == {}
    assert store.ping()


# load


def test_load_keeps_what_it_was_given(store: GraphStore) -> None:
    fact = said(
        FLU.id, "has_phenotype", FEVER.id, polarity="negated", certainty="possible", experiencer="family",
        qualifiers={"onset": "HP:2", "frequency": "HP:1"}, record="line 7", extractor="hpoa/1", confidence=0.25,
    )  # fmt: skip
    store.load(HPO, [FEVER, FLU], [fact])
    assert store.source("HPO") == HPO
    assert store.entity(FEVER.id, access=None) == FEVER
    assert store.assertions(subject=FLU.id, access=None) == [fact]


def test_load_takes_nothing_away(store: GraphStore) -> None:
    store.load(HPO, [FEVER, FLU], [said(FLU.id, "has_phenotype", FEVER.id)])
    store.load(HPO, [COUGH], [said(FLU.id, "has_phenotype", COUGH.id)])
    assert [r.object for r in store.neighbours(FLU.id, access=None)] == [FEVER.id, COUGH.id]


def test_loading_twice_is_loading_once(store: GraphStore) -> None:
    batch = ([FEVER, FLU], [said(FLU.id, "has_phenotype", FEVER.id)])
    store.load(HPO, *batch)
    once = store.fingerprint()
    store.load(HPO, *batch)
    assert store.fingerprint() == once
    assert store.neighbours(FLU.id, access=None)[0].affirmed == 1


def test_load_puts_a_declaration_in_place_of_the_former(store: GraphStore) -> None:
    store.load(HPO, [FEVER])
    store.load(HPO, [replace(FEVER, name="High temperature", synonyms=())])
    assert store.entity(FEVER.id, access=None).name == "High temperature"
    assert store.named(["fever", "pyrexia"], access=None) == {}
    assert [row[0] for row in store.names()] == ["High temperature"]


def test_load_puts_an_assertion_in_place_of_the_one_with_its_id(known: GraphStore) -> None:
    fact = said(FLU.id, "has_phenotype", FEVER.id, confidence=0.5)
    known.load(HPO, assertions=[fact])
    known.load(HPO, assertions=[replace(fact, confidence=0.75, sentence="corrected")])
    assert [a.sentence for a in known.assertions(subject=FLU.id, access=None)] == ["corrected"]
    assert known.neighbours(FLU.id, access=None)[0].confidence == 0.75


@pytest.mark.parametrize("unknown", ["subject", "object"])
def test_what_names_an_entity_that_nobody_declares_yet_rests_until_somebody_does(
    known: GraphStore, unknown: str
) -> None:
    end: dict[str, Any] = {unknown: "X:1"}
    facts = [said(FLU.id, "has_phenotype", FEVER.id), replace(said(FLU.id, "has_phenotype", COUGH.id), **end)]
    known.load(HPO, assertions=facts)
    assert known.assertions(source="HPO", access=None) == facts[:1]
    assert known.stats().assertions == known.stats().relations == 1
    assert known.waiting() == (1, ["X:1"])
    with pytest.raises(UnknownEntity):
        known.neighbours("X:1", access=None)
    known.load(MONDO, [Entity("X:1", "Concept", "late")])
    assert {a.id for a in known.assertions(source="HPO", access=None)} == {a.id for a in facts}
    assert known.waiting() == (0, [])
    woken = known.fingerprint()
    known.delete(["HPO", "MONDO"])
    known.load(MONDO, [Entity("X:1", "Concept", "late")])
    known.load(HPO, [FEVER, COUGH, FLU, ASPIRIN], facts)
    assert known.fingerprint() == woken


def test_what_waits_goes_with_its_source(known: GraphStore) -> None:
    before = known.fingerprint()
    known.load(MONDO, assertions=[said("X:1", "has_phenotype", "X:2", "MONDO"), said("X:1", "treats", "X:1", "MONDO")])
    assert known.waiting(limit=1) == (2, ["X:1"])
    known.delete(["MONDO"])
    assert known.fingerprint() == before
    assert known.waiting() == (0, [])


@pytest.mark.parametrize(
    ("entities", "assertions"),
    [
        ([replace(FEVER, type="Symptom")], []),
        ([replace(FEVER, id="fever")], []),
        ([], [said(FLU.id, "cures", FEVER.id)]),
        ([], [said(FLU.id, "has_phenotype", FEVER.id, source="another")]),
    ],
    ids=["type", "id", "predicate", "source"],
)
def test_what_is_not_of_the_schema_is_refused(
    known: GraphStore, entities: list[Entity], assertions: list[Assertion]
) -> None:
    before = known.fingerprint()
    with pytest.raises(SchemaViolation):
        known.load(HPO, entities, assertions)
    assert known.fingerprint() == before


def test_a_symmetric_relation_has_one_direction(known: GraphStore) -> None:
    known.load(HPO, assertions=[said(FEVER.id, "associated_with", COUGH.id, record="1")])
    known.load(HPO, assertions=[said(COUGH.id, "associated_with", FEVER.id, record="2")])
    (relation,) = known.relations(subjects=[FEVER.id], access=None)
    assert (relation.subject, relation.object, relation.affirmed) == (FEVER.id, COUGH.id, 2)
    assert {(a.subject, a.object) for a in known.assertions(subject=FEVER.id, access=None)} == {(FEVER.id, COUGH.id)}


# merging declarations


def test_an_entity_is_the_merge_of_its_declarations(store: GraphStore) -> None:
    late = Source("ZZ", "curated")
    paper = Source("PMID:1", "document")
    store.load(late, [Entity(FEVER.id, "Concept", "Fièvre", (Name("Febris", "la"),), ("ICD10CM:R50",), "Late.")])
    store.replace([Contribution(paper, (Entity(FEVER.id, "Disease", "hot feeling"),))])
    store.load(HPO, [replace(FEVER, definition="")])
    merged = store.entity(FEVER.id, access=None)
    assert (merged.type, merged.name, merged.definition) == ("Phenotype", "Fever", "Late.")
    assert merged.synonyms == (
        Name("Pyrexia"), Name("发热", "zh"), Name("Fièvre"), Name("Febris", "la"), Name("hot feeling"),
    )  # fmt: skip
    assert merged.xrefs == ("ICD10CM:R50", "UMLS:C1")


def test_the_type_of_the_merge_is_what_is_filtered_and_counted(store: GraphStore) -> None:
    store.replace([document("PMID:1", entities=[replace(FEVER, type="Disease"), FLU])])
    assert [match.entity.id for match in store.find_entities("fever", type="Disease", access=None)] == [FEVER.id]
    store.load(Source("zz", "curated"), [FEVER])
    store.load(HPO, [COUGH], [])
    store.load(HPO, assertions=[said(COUGH.id, "associated_with", FEVER.id)])
    assert store.find_entities("fever", type="Disease", access=None) == []
    assert [match.entity.id for match in store.find_entities("fever", type="Phenotype", access=None)] == [FEVER.id]
    assert [r.subject for r in store.neighbours(COUGH.id, type="Phenotype", access=None)] == [FEVER.id]
    assert dict(store.stats().by_type) == {"Disease": 1, "Phenotype": 2}
    store.delete(["zz"])
    assert dict(store.stats().by_type) == {"Disease": 2, "Phenotype": 1}


def test_the_order_of_sources_does_not_show(store: GraphStore) -> None:
    def write(order: Sequence[int]) -> tuple[str, Entity]:
        for n in order:
            match n:
                case 0:
                    store.load(HPO, [FEVER])
                case 1:
                    store.load(MONDO, [replace(FEVER, name="Febrile", type="Disease"), FLU])
                case 2:
                    store.replace([document("PMID:1", mentions=[FEVER.id], entities=[FEVER])])
        return store.fingerprint(), store.entity(FEVER.id, access=None)

    results = []
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        results.append(write(order))
        store.delete(["HPO", "MONDO", "PMID:1"])
    assert results[0] == results[1] == results[2]


def test_curated_counts_before_documents_whatever_their_ids_look_like(store: GraphStore) -> None:
    lexicon, note = Source("hospital:names", "curated"), Source("NOTE", "document")
    store.replace([
        document("PMID:1", entities=[replace(FEVER, type="Disease", name="hot feeling")]),
        Contribution(note, (replace(FEVER, type="Concept", name="a note", definition="Of the note."), COUGH)),
    ])  # fmt: skip
    store.load(lexicon, [replace(FEVER, name="Fever", definition="")])
    merged = store.entity(FEVER.id, access=None)
    assert (merged.type, merged.name, merged.definition) == ("Phenotype", "Fever", "Of the note.")
    assert [match.entity.id for match in store.find_entities("fever", type="Phenotype", access=None)] == [FEVER.id]
    assert {(row[2], row[3]) for row in store.names()} == {(FEVER.id, "Phenotype")}
    store.load(Source("zz", "curated"), [replace(FEVER, type="Disease", name="Febrile")])
    assert store.entity(FEVER.id, access=None).name == "Fever"
    store.delete(["hospital:names"])
    assert (store.entity(FEVER.id, access=None).type, store.entity(FEVER.id, access=None).name) == (
        "Disease",
        "Febrile",
    )


@pytest.mark.parametrize("how", ["load", "add_mappings"])
def test_declarations_count_as_of_the_kind_that_their_source_has_now(store: GraphStore, how: str) -> None:
    store.replace([document("ZZ", entities=[replace(FEVER, name="hot feeling", type="Disease")])])
    store.load(HPO, [FEVER])
    assert store.entity(FEVER.id, access=None).name == "Fever"
    store.load(Source("AA", "curated"), [replace(FEVER, name="Febrile", type="Concept")])
    former = Source("AA", "document")
    if how == "load":
        store.load(former)
    else:
        store.add_mappings([], former)
    assert (store.entity(FEVER.id, access=None).name, store.entity(FEVER.id, access=None).type) == (
        "Fever",
        "Phenotype",
    )
    assert dict(store.stats().by_type) == {"Phenotype": 1}
    assert {row[3] for row in store.names()} == {"Phenotype"}


# replace


def test_replace_keeps_a_document(known: GraphStore) -> None:
    fact = said(
        ASPIRIN.id, "treats", FEVER.id, "PMID:1", passage="PMID:1#0", start=0, end=5, extractor="patterns/1",
        confidence=0.5,
    )  # fmt: skip
    paper = document("PMID:1", fact, mentions=[FEVER.id, ASPIRIN.id])
    known.replace([paper])
    assert known.source("PMID:1") == paper.source
    assert known.passage("PMID:1#0", access=None) == paper.passages[0]
    assert known.mentions(source="PMID:1", access=None) == list(paper.mentions)
    assert known.assertions(source="PMID:1", access=None) == [fact]


def test_replacing_twice_is_replacing_once(known: GraphStore) -> None:
    paper = document("PMID:1", said(ASPIRIN.id, "treats", FEVER.id, "PMID:1"), mentions=[FEVER.id])
    known.replace([paper])
    once = known.fingerprint()
    known.replace([paper, paper])
    assert known.fingerprint() == once


def test_replace_takes_away_what_the_source_no_longer_says(known: GraphStore) -> None:
    rash = Entity("HP:0000988", "Phenotype", "Rash")
    now = document("PMID:1", said(ASPIRIN.id, "treats", FEVER.id, "PMID:1"), mentions=[FEVER.id])
    known.replace([now])
    expected = known.fingerprint()
    known.replace([
        document("PMID:1", said(ASPIRIN.id, "has_adverse_effect", rash.id, "PMID:1"), entities=[rash],
                 mentions=[rash.id, COUGH.id])
    ])  # fmt: skip
    assert known.neighbours(ASPIRIN.id, access=None)[0].object == rash.id
    known.replace([now])
    assert known.fingerprint() == expected
    assert known.named(["rash"], access=None) == {}
    with pytest.raises(UnknownEntity):
        known.entity(rash.id, access=None)


def test_a_batch_of_documents_may_lean_on_each_other(store: GraphStore) -> None:
    store.replace([
        document("PMID:1", said(ASPIRIN.id, "treats", FEVER.id, "PMID:1"), mentions=[FEVER.id]),
        document("PMID:2", entities=[ASPIRIN, FEVER]),
    ])  # fmt: skip
    assert store.neighbours(ASPIRIN.id, access=None)[0].object == FEVER.id


@pytest.mark.parametrize("how", ["assertion", "mention"])
def test_replace_refuses_an_unknown_entity_whole(known: GraphStore, how: str) -> None:
    before = known.fingerprint()
    good = document("PMID:1", mentions=[FEVER.id])
    if how == "assertion":
        bad = document("PMID:2", said(ASPIRIN.id, "treats", "X:1", "PMID:2"))
    else:
        bad = document("PMID:2", mentions=["X:1"])
    with pytest.raises(UnknownEntity):
        known.replace([good, bad])
    assert known.fingerprint() == before
    assert known.source("PMID:1") is None


def test_replace_refuses_another_document_s_passage_or_mention(known: GraphStore) -> None:
    stray = document("PMID:2", mentions=[FEVER.id])
    with pytest.raises(SchemaViolation):
        known.replace([replace(document("PMID:1"), passages=stray.passages)])
    with pytest.raises(SchemaViolation):
        known.replace([replace(document("PMID:1"), mentions=stray.mentions)])


# delete


def test_delete_leaves_what_others_said(known: GraphStore) -> None:
    known.replace([document("PMID:1", said(ASPIRIN.id, "treats", FEVER.id, "PMID:1"), mentions=[FEVER.id])])
    before = known.fingerprint()
    version = known.names_version()
    rash = Entity("HP:0000988", "Phenotype", "Rash")
    known.replace([
        document("PMID:2", *(said(ASPIRIN.id, "treats", id, "PMID:2") for id in (FEVER.id, rash.id)),
                 entities=[rash, replace(FEVER, name="Hyperthermia")], mentions=[rash.id])
    ])  # fmt: skip
    assert known.neighbours(ASPIRIN.id, access=None)[0].sources == 2
    assert known.delete(["PMID:2", "PMID:404"]) == 1
    assert known.fingerprint() == before
    assert known.names_version() == version
    assert known.neighbours(ASPIRIN.id, access=None)[0].sources == 1
    assert known.named(["rash", "hyperthermia"], access=None) == {}
    assert known.passage("PMID:2#0", access=None) is None
    assert known.delete(["PMID:2"]) == 0
    assert known.delete([]) == 0


def test_deleting_everything_leaves_nothing(known: GraphStore) -> None:
    known.add_mappings([("UMLS:C9", FEVER.id)], MONDO)
    known.replace([document("PMID:1", said(ASPIRIN.id, "treats", FEVER.id, "PMID:1"), mentions=[FEVER.id])])
    assert known.delete(["HPO", "MONDO", "PMID:1"]) == 3
    assert known.fingerprint() == EMPTY
    assert known.stats().entities == known.stats().assertions == 0
    assert list(known.names()) == []
    assert dict(known.mappings()) == {}


def test_statements_rest_while_an_entity_they_name_is_not_declared(known: GraphStore) -> None:
    mondo = Entity("MONDO:1", "Disease", "Rare disease")
    known.load(MONDO, [mondo])
    known.replace([document("PMID:1", said(ASPIRIN.id, "treats", "MONDO:1", "PMID:1"), mentions=["MONDO:1", FEVER.id])])
    before, stats = known.fingerprint(), known.stats()
    known.delete(["MONDO"])
    with pytest.raises(UnknownEntity):
        known.neighbours("MONDO:1", access=None)
    assert known.neighbours(ASPIRIN.id, access=None) == known.relations(objects=["MONDO:1"], access=None) == []
    assert known.assertions(source="PMID:1", access=None) == known.assertions(object="MONDO:1", access=None) == []
    assert [m.entity for m in known.mentions(source="PMID:1", access=None)] == [FEVER.id]
    assert known.stats().assertions == known.stats().relations == 0
    known.load(MONDO, [mondo])
    assert known.fingerprint() == before
    assert known.stats() == stats
    assert known.neighbours(ASPIRIN.id, access=None)[0].object == "MONDO:1"


def test_no_path_passes_what_rests(known: GraphStore) -> None:
    known.load(MONDO, [Entity("MONDO:1", "Disease", "Rare disease")])
    known.replace([
        document("PMID:1", said(ASPIRIN.id, "treats", "MONDO:1", "PMID:1"),
                 said("MONDO:1", "has_phenotype", FEVER.id, "PMID:1")),
    ])  # fmt: skip
    assert known.paths(ASPIRIN.id, FEVER.id, access=None)[0].nodes == (ASPIRIN.id, "MONDO:1", FEVER.id)
    known.delete(["MONDO"])
    assert known.paths(ASPIRIN.id, FEVER.id, access=None) == []


def test_what_rests_goes_with_its_source(known: GraphStore) -> None:
    before = known.fingerprint()
    known.load(MONDO, [Entity("MONDO:1", "Disease", "Rare disease")])
    known.replace([document("PMID:1", said(ASPIRIN.id, "treats", "MONDO:1", "PMID:1"), mentions=["MONDO:1"])])
    known.delete(["MONDO"])
    known.delete(["PMID:1"])
    assert known.fingerprint() == before


# mappings


def test_mapped_ids_are_written_and_read_as_the_canonical_one(store: GraphStore) -> None:
    assert store.add_mappings([("MESH:D005334", "UMLS:C1"), ("UMLS:C1", FEVER.id)], MONDO) == 2
    store.load(HPO, [replace(FEVER, id="MESH:D005334"), ASPIRIN])
    store.replace([document("PMID:1", said(ASPIRIN.id, "treats", "UMLS:C1", "PMID:1"), mentions=["MESH:D005334"])])
    assert dict(store.mappings()) == {"MESH:D005334": FEVER.id, "UMLS:C1": FEVER.id}
    for id in (FEVER.id, "UMLS:C1", "MESH:D005334"):
        assert store.entity(id, access=None).id == FEVER.id
        assert store.entities([id], access=None)[FEVER.id].name == "Fever"
        assert [r.object for r in store.neighbours(id, access=None)] == [FEVER.id]
        assert [a.object for a in store.assertions(object=id, access=None)] == [FEVER.id]
        assert [m.entity for m in store.mentions(entity=id, access=None)] == [FEVER.id]
        assert [r.object for r in store.relations(objects=[id], access=None)] == [FEVER.id]
        assert store.paths(id, ASPIRIN.id, access=None)[0].nodes == (FEVER.id, ASPIRIN.id)
    assert "MESH:D005334" in store.entity(FEVER.id, access=None).xrefs


def test_one_source_may_declare_an_entity_under_two_ids(store: GraphStore) -> None:
    store.add_mappings([("OMIM:1", FLU.id), ("ORPHA:2", FLU.id)], MONDO)
    store.load(HPO, [Entity("OMIM:1", "Disease", "Grippe")])
    store.load(HPO, [Entity("ORPHA:2", "Disease", "Influenza A")])
    merged = store.entity(FLU.id, access=None)
    assert (merged.name, merged.synonyms) == ("Grippe", (Name("Influenza A"),))
    assert merged.xrefs == ("OMIM:1", "ORPHA:2")


def test_only_new_mappings_are_counted(store: GraphStore) -> None:
    assert store.add_mappings([("A:1", "B:1"), ("A:1", "B:1")], MONDO) == 1
    once = store.fingerprint()
    assert store.add_mappings([("A:1", "B:1")], MONDO) == 0
    assert store.fingerprint() == once
    assert store.add_mappings([("A:2", "B:1")], MONDO) == 1


def test_a_mapping_goes_with_its_source(store: GraphStore) -> None:
    store.add_mappings([("MESH:1", "UMLS:1")], MONDO)
    store.add_mappings([("MESH:1", "UMLS:1"), ("UMLS:1", "HP:1")], HPO)
    assert store.mappings()["MESH:1"] == "HP:1"
    assert store.delete(["HPO"]) == 1
    assert dict(store.mappings()) == {"MESH:1": "UMLS:1"}


def test_a_mapping_of_no_curie_is_refused(store: GraphStore) -> None:
    with pytest.raises(SchemaViolation):
        store.add_mappings([("fever", "HP:1")], MONDO)


# threads and the end


def test_several_threads_write_and_read(known: GraphStore) -> None:
    failures: list[BaseException] = []

    def work(n: int) -> None:
        try:
            for m in range(5):
                id = f"PMID:{n}{m}"
                known.replace([document(id, said(ASPIRIN.id, "treats", FEVER.id, id), mentions=[FEVER.id])])
                assert known.neighbours(ASPIRIN.id, access=None)[0].affirmed >= 1
        except BaseException as failure:
            failures.append(failure)
            raise

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert known.neighbours(ASPIRIN.id, access=None)[0].sources == 20


def test_closing_twice_is_harmless(store: GraphStore) -> None:
    store.close()
    store.close()


def test_the_version_changes_with_every_write_and_with_nothing_else(store: GraphStore) -> None:
    versions = [store.version()]

    def write() -> None:
        store.load(Source("HPO", "curated", version="1"), [FEVER])
        versions.append(store.version())
        store.replace([document("PMID:1", entities=[FLU])])
        versions.append(store.version())
        store.add_mappings([("UMLS:C1", FLU.id)], Source("links", "curated"))
        versions.append(store.version())
        store.delete(["PMID:1", "links", "HPO"])
        versions.append(store.version())

    write()
    write()
    assert store.fingerprint() == EMPTY
    assert len(set(versions)) == len(versions) == 9
    store.load(HPO, [FEVER])
    after = store.version()
    store.named(["fever"], access=None)
    store.names_version()
    store.fingerprint()
    assert store.delete(["PMID:404"]) == 0
    with pytest.raises(SchemaViolation):
        store.load(HPO, [COUGH], [said(FEVER.id, "cures", COUGH.id)])
    assert store.version() == after


def test_a_store_in_the_place_of_another_has_another_version(new_store: Callable[[], GraphStore]) -> None:
    versions = []
    for _ in range(2):
        store = new_store()
        versions.append(store.version())
        store.load(HPO, [FEVER])
        versions.append(store.version())
        store.close()
    assert len(set(versions)) == 4
