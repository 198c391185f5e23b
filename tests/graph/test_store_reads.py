"""What every store promises about reading: see the docstrings of graph.store. Writing is in test_store_contract.py."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.errors import SchemaViolation, UnknownEntity
from graph.fingerprint import Fingerprint
from graph.model import (
    PUBLIC,
    Assertion,
    Contribution,
    Entity,
    Match,
    Mention,
    Name,
    PassageNode,
    Path,
    Relation,
    Source,
    Star,
)
from graph.store import GraphStore

HPO = Source("HPO", "curated")
FEVER = Entity("HP:1", "Phenotype", "Fever", (Name("Pyrexia"), Name("发热", "zh")))
COUGH = Entity("HP:2", "Phenotype", "Cough", (Name("咳嗽", "zh"),))
RASH = Entity("HP:3", "Phenotype", "Skin rash")
FLU = Entity("MONDO:1", "Disease", "Influenza", (Name("Flu"), Name("流感", "zh")))
COLD = Entity("MONDO:2", "Disease", "Common cold")
ASPIRIN = Entity("DRUGBANK:1", "Drug", "Aspirin", (Name("阿司匹林", "zh"),))
BETA = Entity("DRUGBANK:2", "Drug", "β-blocker")
PATIENT = Entity("PATIENT:42", "Patient", "Patient 42", access=frozenset({"patient:42"}))
OF_42 = frozenset({"patient:42"})
ALL = [FEVER, COUGH, RASH, FLU, COLD, ASPIRIN, BETA]


def said(subject: Entity, predicate: str, object: Entity, source: str = "HPO", **rest: Any) -> Assertion:
    rest.setdefault("record", "1")
    return Assertion.new(subject.id, predicate, object.id, source=source, sentence="stated", **rest)


def paper(id: str, *assertions: Assertion, **rest: Any) -> Contribution:
    return Contribution(Source(id, "document"), assertions=assertions, **rest)


@pytest.fixture
def known(store: GraphStore) -> GraphStore:
    """Two diseases, three findings, two drugs; one patient with flu, whom only he may see."""
    store.load(HPO, ALL)
    store.load(HPO, assertions=[
        said(FLU, "has_phenotype", FEVER), said(FLU, "has_phenotype", COUGH, confidence=0.5),
        said(COLD, "has_phenotype", COUGH), said(COLD, "has_phenotype", FEVER, polarity="negated"),
        said(ASPIRIN, "treats", FEVER, confidence=0.25),
    ])  # fmt: skip
    store.replace([
        paper("PMID:1", said(ASPIRIN, "treats", FEVER, "PMID:1", confidence=0.75),
              said(ASPIRIN, "treats", FEVER, "PMID:1", confidence=0.5, record="2")),
        paper("PMID:2", said(ASPIRIN, "treats", FEVER, "PMID:2", polarity="negated", confidence=0.5)),
        Contribution(
            Source("fhir:42", "document", access=OF_42), (PATIENT,),
            (PassageNode("fhir:42#0", "fhir:42", "conditions", 0, 3, "Flu", OF_42),),
            (Mention("fhir:42#0", FLU.id, 0, 3, "Flu"),),
            (said(PATIENT, "has_condition", FLU, "fhir:42", access=OF_42),
             said(FLU, "has_phenotype", FEVER, "fhir:42", access=OF_42, confidence=0.125),
             said(PATIENT, "takes", ASPIRIN, "fhir:42", access=OF_42)),
        ),
    ])  # fmt: skip
    return store


# sources and entities


def test_sources_come_by_id_and_kind(known: GraphStore) -> None:
    assert [s.id for s in known.sources()] == ["HPO", "PMID:1", "PMID:2", "fhir:42"]
    assert [s.id for s in known.sources(kind="curated")] == ["HPO"]
    assert [s.id for s in known.sources(kind="document")] == ["PMID:1", "PMID:2", "fhir:42"]
    assert known.source("PMID:404") is None


def test_unknown_entities_raise_or_are_left_out(known: GraphStore) -> None:
    with pytest.raises(UnknownEntity) as caught:
        known.entity("HP:404", access=None)
    assert caught.value.entity == "HP:404"
    assert known.entities(["HP:1", "HP:404", "HP:1"], access=None) == {
        "HP:1": replace(FEVER, synonyms=tuple(sorted(FEVER.synonyms)))
    }
    assert known.entities([], access=None) == {}


def test_an_entity_is_seen_with_one_of_its_labels(known: GraphStore) -> None:
    assert known.entity(PATIENT.id, access=None).name == "Patient 42"
    assert known.entity(PATIENT.id, access=PUBLIC | OF_42).name == "Patient 42"
    for access in (PUBLIC, frozenset({"patient:4"}), frozenset[str]()):
        with pytest.raises(UnknownEntity):
            known.entity(PATIENT.id, access=access)
        assert known.entities([PATIENT.id], access=access) == {}


def test_a_reader_is_shown_the_declarations_he_may_see(known: GraphStore) -> None:
    own = Entity(FEVER.id, "Disease", "hot flush of 42", (Name("secret"),), access=OF_42)
    known.replace([paper("fhir:43", entities=(own,))])
    assert known.entity(FEVER.id, access=PUBLIC).access == PUBLIC
    assert Name("secret") not in known.entity(FEVER.id, access=PUBLIC).synonyms
    assert known.entity(FEVER.id, access=OF_42).name == "hot flush of 42"
    both = known.entity(FEVER.id, access=None)
    assert (both.name, both.access) == ("Fever", PUBLIC | OF_42)
    assert Name("hot flush of 42") in both.synonyms
    assert known.named(["secret"], access=PUBLIC) == {}
    assert [e.id for e in known.named(["secret"], access=OF_42)["secret"]] == [FEVER.id]
    assert known.find_entities("secret", access=PUBLIC) == []


# names


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("fever", FEVER.id), ("FEVERS", FEVER.id), ("pyrexia", FEVER.id), ("发热", FEVER.id), ("發熱", FEVER.id),
        ("流感", FLU.id), ("beta blockers", BETA.id), ("Β‐Blocker", BETA.id), ("阿司匹林", ASPIRIN.id),
    ],
)  # fmt: skip
def test_a_whole_name_comes_first_in_either_language(known: GraphStore, text: str, id: str) -> None:
    best = known.find_entities(text, access=None)[0]
    assert best.entity.id == id
    assert best.name in {best.entity.name, *(name.text for name in best.entity.synonyms)}


@pytest.mark.parametrize(("text", "id"), [("rash of the skin", RASH.id), ("cold", COLD.id), ("咳嗽得厉害", COUGH.id)])
def test_part_of_a_name_is_found_by_full_text(known: GraphStore, text: str, id: str) -> None:
    assert known.find_entities(text, access=None)[0].entity.id == id


def test_found_entities_are_ranked_limited_and_of_a_type(known: GraphStore) -> None:
    known.load(HPO, [replace(RASH, id=f"HP:9{n}", name="Cold") for n in range(3)])
    found = known.find_entities("cold", access=None)
    assert [match.entity.id for match in found] == ["HP:90", "HP:91", "HP:92", COLD.id]
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert [match.entity.id for match in known.find_entities("cold", limit=2, access=None)] == ["HP:90", "HP:91"]
    assert [match.entity.id for match in known.find_entities("cold", type="Disease", access=None)] == [COLD.id]
    assert known.find_entities("cold", limit=0, access=None) == []
    with pytest.raises(SchemaViolation):
        known.find_entities("cold", type="Illness", access=None)


@pytest.mark.parametrize("text", ["", "   ", "?!…", '"', "AND OR NOT *", "zzz"])
def test_nothing_is_found_by_no_name(known: GraphStore, text: str) -> None:
    assert known.find_entities(text, access=None) == []


def test_a_patient_is_found_only_by_who_may_see_him(known: GraphStore) -> None:
    assert known.find_entities("Patient 42", access=PUBLIC) == []
    assert known.find_entities("Patient 42", access=OF_42)[0].entity.id == PATIENT.id
    assert known.named(["patient 42"], access=PUBLIC) == {}


def test_named_gives_every_bearer_by_id(known: GraphStore) -> None:
    known.load(HPO, [replace(RASH, id="HP:0", name="Fevers")])
    found = known.named(["fever", "流 感", "nothing", "beta blocker"], access=None)
    assert {name: [entity.id for entity in bearers] for name, bearers in found.items()} == {
        "fever": ["HP:0", FEVER.id], "流 感": [FLU.id], "beta blocker": [BETA.id],
    }  # fmt: skip
    assert found["流 感"][0] == known.entity(FLU.id, access=None)
    assert known.named([], access=None) == {}


def test_named_takes_thousands(known: GraphStore) -> None:
    assert list(known.named([f"name {n}" for n in range(5000)] + ["cough"], access=None)) == ["cough"]


def test_names_are_those_of_curated_sources(known: GraphStore) -> None:
    curated = [
        ("Aspirin", "en", ASPIRIN.id, "Drug"), ("Common cold", "en", COLD.id, "Disease"),
        ("Cough", "en", COUGH.id, "Phenotype"), ("Fever", "en", FEVER.id, "Phenotype"),
        ("Flu", "en", FLU.id, "Disease"), ("Influenza", "en", FLU.id, "Disease"),
        ("Pyrexia", "en", FEVER.id, "Phenotype"), ("Skin rash", "en", RASH.id, "Phenotype"),
        ("β-blocker", "en", BETA.id, "Drug"), ("发热", "zh", FEVER.id, "Phenotype"),
        ("咳嗽", "zh", COUGH.id, "Phenotype"), ("流感", "zh", FLU.id, "Disease"),
        ("阿司匹林", "zh", ASPIRIN.id, "Drug"),
    ]  # fmt: skip
    assert list(known.names()) == curated
    known.replace([paper("PMID:3", entities=(replace(FEVER, name="Hot", type="Disease"), replace(RASH, id="HP:8")))])
    assert list(known.names()) == curated
    assert ("Hot", "en", FEVER.id, "Phenotype") in list(known.names(curated_only=False))
    assert len(list(known.names(curated_only=False))) == len(curated) + 2


def test_a_patient_is_never_among_the_names(known: GraphStore) -> None:
    known.load(HPO, [replace(PATIENT, id="PATIENT:1", access=PUBLIC)])
    assert not [row for curated in (True, False) for row in known.names(curated_only=curated) if row[3] == "Patient"]


def test_names_version_follows_the_names(known: GraphStore) -> None:
    first = known.names_version()
    known.replace([paper("PMID:3", entities=(Entity("HP:9", "Phenotype", "Only here"),))])
    known.load(HPO, [FEVER], [said(ASPIRIN, "treats", COUGH)])
    assert known.names_version() == first
    more = Source("ZZ", "curated")
    known.load(more, [FEVER])
    assert known.names_version() == first
    known.load(more, [replace(FEVER, synonyms=(Name("Febris", "la"),))])
    second = known.names_version()
    assert second != first
    known.delete(["ZZ"])
    assert known.names_version() == first


# relations


def test_a_relation_counts_its_assertions(known: GraphStore) -> None:
    assert known.relations(subjects=[ASPIRIN.id], access=None) == [
        Relation(ASPIRIN.id, "treats", FEVER.id, 3, 1, 3, 0.75)
    ]


def test_a_patient_s_facts_are_neither_seen_nor_counted(known: GraphStore) -> None:
    everything = Relation(FLU.id, "has_phenotype", FEVER.id, 2, 0, 2, 1.0)
    assert known.relations(objects=[FEVER.id], subjects=[FLU.id], access=None) == [everything]
    assert known.relations(objects=[FEVER.id], subjects=[FLU.id], access=PUBLIC | OF_42) == [everything]
    assert known.relations(objects=[FEVER.id], subjects=[FLU.id], access=PUBLIC) == [
        replace(everything, affirmed=1, sources=1)
    ]
    assert known.relations(objects=[FEVER.id], subjects=[FLU.id], access=OF_42) == [
        replace(everything, affirmed=1, sources=1, confidence=0.125)
    ]
    assert [r.predicate for r in known.relations(objects=[FLU.id, ASPIRIN.id], access=None)] == [
        "has_condition",
        "takes",
    ]
    for access in (PUBLIC, frozenset({"patient:4"}), frozenset[str]()):
        assert known.relations(subjects=[PATIENT.id], access=access) == []
        assert known.relations(objects=[ASPIRIN.id], access=access) == []
        assert known.assertions(object=ASPIRIN.id, access=access) == []
        with pytest.raises(UnknownEntity):
            known.neighbours(PATIENT.id, access=access)
    assert PATIENT.id not in {r.subject for r in known.neighbours(FLU.id, access=PUBLIC)}


def test_a_source_counts_once_through_several_labels(known: GraphStore) -> None:
    known.replace([
        paper("PMID:5", said(ASPIRIN, "treats", COUGH, "PMID:5"),
              said(ASPIRIN, "treats", COUGH, "PMID:5", record="2", access=OF_42),
              said(ASPIRIN, "treats", COUGH, "PMID:5", record="3", access=PUBLIC | OF_42)),
    ])  # fmt: skip

    def counted(access: frozenset[str] | None) -> tuple[int, int]:
        (relation,) = known.relations(subjects=[ASPIRIN.id], objects=[COUGH.id], access=access)
        return relation.affirmed, relation.sources

    assert [counted(access) for access in (None, PUBLIC, OF_42, PUBLIC | OF_42)] == [(3, 1), (2, 1), (2, 1), (3, 1)]


def test_relations_come_in_their_order(known: GraphStore) -> None:
    known.load(HPO, assertions=[said(COLD, "causes", FEVER, confidence=0.5)])
    found = known.relations(objects=[FEVER.id, COUGH.id], access=PUBLIC)
    assert [(r.subject, r.predicate, r.object) for r in found] == [
        (ASPIRIN.id, "treats", FEVER.id),  # three sources
        (FLU.id, "has_phenotype", FEVER.id), (COLD.id, "has_phenotype", COUGH.id),  # certain, by subject and object
        (COLD.id, "has_phenotype", FEVER.id),  # as certain, but denied
        (FLU.id, "has_phenotype", COUGH.id), (COLD.id, "causes", FEVER.id),  # less so
    ]  # fmt: skip


def test_relations_are_those_asked_for(known: GraphStore) -> None:
    assert [r.object for r in known.relations(subjects=[COLD.id, "MONDO:404"], access=None)] == [COUGH.id, FEVER.id]
    assert {r.subject for r in known.relations(objects=[COUGH.id], access=None)} == {FLU.id, COLD.id}
    assert known.relations(subjects=[FEVER.id], objects=[FLU.id], access=None) == []
    assert known.relations(subjects=[FLU.id, FLU.id], predicates=["treats", "causes"], access=None) == []
    assert len(known.relations(subjects=[FLU.id, ASPIRIN.id], predicates=["treats"], access=None)) == 1
    assert len(known.relations(objects=[FEVER.id], limit=2, access=None)) == 2
    assert (
        known.relations(objects=[FEVER.id], limit=2, access=None)
        == known.relations(objects=[FEVER.id], access=None)[:2]
    )
    assert known.relations(subjects=[], access=None) == known.relations(objects=[], access=None) == []
    assert (
        known.relations(subjects=[FLU.id], objects=[], access=None)
        == known.relations(subjects=[FLU.id], predicates=[], access=None)
        == []
    )
    with pytest.raises(ValueError, match="subjects or objects"):
        known.relations(access=None)
    with pytest.raises(SchemaViolation):
        known.relations(subjects=[FLU.id], predicates=["cures"], access=None)


def test_neighbours_are_on_both_sides_and_come_in_pages(known: GraphStore) -> None:
    every = known.neighbours(FEVER.id, access=None)
    assert {(r.subject, r.object) for r in every} == {
        (ASPIRIN.id, FEVER.id), (FLU.id, FEVER.id), (COLD.id, FEVER.id)
    }  # fmt: skip
    assert every == known.relations(objects=[FEVER.id], access=None)
    pages = [known.neighbours(FEVER.id, limit=1, offset=n, access=None) for n in range(4)]
    assert pages == [[every[0]], [every[1]], [every[2]], []]
    assert [r.subject for r in known.neighbours(FEVER.id, type="Drug", access=None)] == [ASPIRIN.id]
    assert {r.subject for r in known.neighbours(FEVER.id, type="Disease", access=None)} == {FLU.id, COLD.id}
    assert {r.predicate for r in known.neighbours(ASPIRIN.id, access=None)} == {"treats", "takes"}
    assert {r.predicate for r in known.neighbours(ASPIRIN.id, predicates=["takes"], access=None)} == {"takes"}
    assert known.neighbours(FEVER.id, limit=0, access=None) == []
    assert known.neighbours(RASH.id, access=None) == []
    with pytest.raises(UnknownEntity):
        known.neighbours("HP:404", access=None)
    with pytest.raises(SchemaViolation):
        known.neighbours(FEVER.id, type="Illness", access=None)


def test_a_relation_to_itself_is_counted_once(known: GraphStore) -> None:
    known.load(HPO, assertions=[said(FEVER, "resembles", FEVER)])
    assert [r for r in known.neighbours(FEVER.id, access=None) if r.subject == r.object] == [
        Relation(FEVER.id, "resembles", FEVER.id, 1, 0, 1, 1.0)
    ]


# assertions, passages, mentions


def test_assertions_match_all_that_is_given(known: GraphStore) -> None:
    about = known.assertions(subject=ASPIRIN.id, predicate="treats", object=FEVER.id, access=None)
    assert [(a.confidence, a.source) for a in about if a.source != "HPO"] == sorted(
        ((a.confidence, a.source) for a in about if a.source != "HPO"), key=lambda pair: -pair[0]
    )
    assert about == sorted(about, key=lambda a: (-a.confidence, a.id))
    assert len(about) == 4
    assert known.assertions(subject=ASPIRIN.id, access=None) == about
    assert known.assertions(object=FEVER.id, predicate="treats", access=None) == about
    assert [a.polarity for a in known.assertions(object=FEVER.id, source="PMID:2", access=None)] == ["negated"]
    assert [known.assertions(subject=ASPIRIN.id, limit=1, offset=n, access=None) for n in range(5)] == [
        [a] for a in about
    ] + [[]]
    assert known.assertions(subject=ASPIRIN.id, object=COUGH.id, access=None) == []
    assert known.assertions(subject="X:1", access=None) == known.assertions(source="PMID:404", access=None) == []
    assert {a.subject for a in known.assertions(source="fhir:42", access=None)} == {PATIENT.id, FLU.id}
    assert known.assertions(source="fhir:42", access=PUBLIC) == []
    with pytest.raises(ValueError, match="subject, an object or a source"):
        known.assertions(predicate="treats", access=None)
    with pytest.raises(SchemaViolation):
        known.assertions(subject=FLU.id, predicate="cures", access=None)


def test_what_a_source_states_comes_in_pages_and_is_counted(known: GraphStore) -> None:
    more = Source("more", "curated")
    facts = [
        said(FLU, "has_phenotype", RASH, "more", confidence=0.5), said(FLU, "causes", COUGH, "more"),
        Assertion.new("ORPHA:9", "has_phenotype", COUGH.id, source="more", sentence="stated", record="2"),
        said(COLD, "causes", RASH, "more", access=OF_42),
        # Nobody declares what it names: it rests.
        Assertion.new("X:404", "causes", FEVER.id, source="more", sentence="stated", record="3"),
        Assertion.new(FLU.id, "causes", "X:405", source="more", sentence="stated", record="4"),
    ]  # fmt: skip
    known.load(more, (), facts)
    known.add_mappings([("ORPHA:9", COLD.id), ("X:405", "X:404")], Source("links", "curated"))
    every = known.assertions(source="more", access=None)
    assert {(a.subject, a.predicate, a.object) for a in every} == {
        (FLU.id, "has_phenotype", RASH.id), (FLU.id, "causes", COUGH.id), (COLD.id, "has_phenotype", COUGH.id),
        (COLD.id, "causes", RASH.id),
    }  # fmt: skip
    assert every == sorted(every, key=lambda a: (-a.confidence, a.id))
    assert [known.assertions(source="more", limit=1, offset=n, access=None) for n in range(5)] == [
        *([a] for a in every), []
    ]  # fmt: skip
    for access, predicate, number in ((None, None, 4), (PUBLIC, None, 3), (OF_42, None, 1), (None, "causes", 2)):
        assert known.count_assertions(source="more", predicate=predicate, access=access) == number
        assert len(known.assertions(source="more", predicate=predicate, access=access)) == number
    assert {key: n for key, n in known.stated_counts().items() if key[0] == "more"} == {
        ("more", "causes"): 2, ("more", "has_phenotype"): 2,
    }  # fmt: skip
    before = known.stats()
    assert known.stats() == before
    known.delete(["more", "links"])
    assert known.stats().assertions == before.assertions - 4
    assert sum(number for (id, _), number in known.stated_counts().items() if id != "HPO") == 0


@pytest.mark.parametrize("access", [None, PUBLIC, OF_42])
def test_statements_of_several_are_those_of_each(known: GraphStore, access: frozenset[str] | None) -> None:
    ends = [ASPIRIN.id, FLU.id, COLD.id, PATIENT.id, FEVER.id, "X:404"]
    predicates = ["treats", "has_phenotype", "takes"]
    each = [
        row
        for subject in sorted(ends)
        for predicate in sorted(predicates)
        for object in sorted({FEVER.id, COUGH.id, ASPIRIN.id})
        for row in known.assertions(subject=subject, predicate=predicate, object=object, access=access)
    ]
    assert known.statements(subjects=ends, predicates=predicates, access=access) == each
    some = known.statements(subjects=ends, predicates=["treats", "takes"], objects=[FEVER.id, "X:1"], access=access)
    assert some == [row for row in each if row.predicate == "treats"]
    assert known.statements(subjects=[], predicates=predicates, access=access) == []
    assert known.statements(subjects=ends, predicates=[], access=access) == []
    assert known.statements(subjects=ends, predicates=predicates, objects=[], access=access) == []
    with pytest.raises(SchemaViolation):
        known.statements(subjects=ends, predicates=["cures"], access=access)


def test_statements_of_what_is_merged_are_found_by_any_of_its_ids(known: GraphStore) -> None:
    grippe = Entity("DOID:1", "Disease", "Grippe")
    known.load(Source("DO", "curated"), [grippe], [said(grippe, "has_phenotype", RASH, "DO")])
    known.add_mappings([(grippe.id, FLU.id)], Source("M", "curated"))
    rows = known.statements(subjects=[grippe.id], predicates=["has_phenotype"], access=PUBLIC)
    assert [(row.subject, row.object) for row in rows] == [(FLU.id, id) for id in (FEVER.id, COUGH.id, RASH.id)]


@pytest.mark.parametrize("access", [None, PUBLIC, OF_42])
def test_counts_are_of_what_is_listed(known: GraphStore, access: frozenset[str] | None) -> None:
    relations: list[dict[str, Any]] = [
        {"subjects": [FLU.id, ASPIRIN.id]}, {"objects": [FEVER.id]}, {"subjects": [FLU.id], "objects": [COUGH.id]},
        {"subjects": [FLU.id], "predicates": ["has_phenotype"]}, {"objects": [FEVER.id], "predicates": []},
        {"subjects": []}, {"subjects": ["X:404"]},
    ]  # fmt: skip
    for wanted in relations:
        every = known.relations(**wanted, access=access)
        assert known.count_relations(**wanted, access=access) == len(every)
        assert [known.relations(**wanted, access=access, limit=1, offset=n) for n in range(len(every) + 1)] == [
            *([relation] for relation in every), []
        ]  # fmt: skip
    ends: list[dict[str, Any]] = [{}, {"type": "Disease"}, {"predicates": ["treats"]}, {"predicates": []}]
    for wanted in ends:
        if access != OF_42:  # who does not see the entity
            listed = known.neighbours(FEVER.id, **wanted, access=access)
            assert known.count_neighbours(FEVER.id, **wanted, access=access) == len(listed)
    stated: list[dict[str, Any]] = [
        {"subject": ASPIRIN.id}, {"object": FEVER.id, "predicate": "treats"}, {"source": "HPO"},
        {"subject": FLU.id, "object": FEVER.id}, {"subject": "X:1"}, {"source": "fhir:42"},
    ]  # fmt: skip
    for chosen in stated:
        assert known.count_assertions(**chosen, access=access) == len(known.assertions(**chosen, access=access))


def test_a_count_needs_what_its_list_needs(known: GraphStore) -> None:
    with pytest.raises(ValueError, match="subjects or objects"):
        known.count_relations(access=None)
    with pytest.raises(ValueError, match="subject, an object or a source"):
        known.count_assertions(access=None)
    with pytest.raises(UnknownEntity):
        known.count_neighbours("HP:404", access=None)
    with pytest.raises(SchemaViolation):
        known.count_assertions(subject=FLU.id, predicate="cures", access=None)
    with pytest.raises(SchemaViolation):
        known.count_relations(subjects=[FLU.id], predicates=["cures"], access=None)
    with pytest.raises(SchemaViolation):
        known.count_neighbours(FEVER.id, type="Illness", access=None)


def test_mentions_and_passages_are_seen_with_their_labels(known: GraphStore) -> None:
    passages = tuple(PassageNode(f"p{n}", "PMID:1", "abstract", n, n + 9, "flu fever") for n in (2, 1))
    mentions = (
        Mention("p2", FLU.id, 2, 5, "flu"), Mention("p1", FEVER.id, 5, 10, "fever"), Mention("p1", FLU.id, 1, 4, "flu"),
        Mention("p1", COLD.id, 1, 4, "flu", 0.5, "negated", "possible", "family", "test/1", "exact name"),
    )  # fmt: skip
    known.replace([paper("PMID:1", passages=passages, mentions=mentions)])
    ordered = sorted(mentions, key=lambda m: (m.passage, m.start, m.end, m.entity))
    assert known.mentions(source="PMID:1", access=None) == ordered
    assert known.mentions(source="PMID:1", limit=2, access=None) == ordered[:2]
    assert known.mentions(source="PMID:1", limit=0, access=None) == []
    assert [m.passage for m in known.mentions(entity=FLU.id, access=None)] == ["fhir:42#0", "p1", "p2"]
    assert [m.passage for m in known.mentions(entity=FLU.id, access=PUBLIC)] == ["p1", "p2"]
    assert [m.passage for m in known.mentions(entity=FLU.id, source="fhir:42", access=None)] == ["fhir:42#0"]
    assert known.mentions(entity="X:1", access=None) == known.mentions(source="PMID:404", access=None) == []
    assert known.passage("p1", access=None) == passages[1]
    assert known.passage("fhir:42#0", access=PUBLIC) is None
    assert known.passage("fhir:42#0", access=OF_42) is not None
    assert known.passage("p404", access=None) is None
    with pytest.raises(ValueError, match="entity or a source"):
        known.mentions(access=None)


# paths


def nodes(paths: list[Path]) -> list[tuple[str, ...]]:
    return [path.nodes for path in paths]


def test_paths_go_either_way_shortest_first(known: GraphStore) -> None:
    found = known.paths(ASPIRIN.id, COLD.id, access=PUBLIC)
    assert nodes(found) == [(ASPIRIN.id, FEVER.id, FLU.id, COUGH.id, COLD.id)]
    assert [(r.subject, r.object) for r in found[0].relations] == [
        (ASPIRIN.id, FEVER.id), (FLU.id, FEVER.id), (FLU.id, COUGH.id), (COLD.id, COUGH.id)
    ]  # fmt: skip
    assert [relation.affirmed for relation in found[0].relations] == [3, 1, 1, 1]
    assert nodes(known.paths(COLD.id, ASPIRIN.id, access=PUBLIC)) == [tuple(reversed(found[0].nodes))]


def test_paths_come_through_the_less_connected_first(known: GraphStore) -> None:
    known.load(HPO, assertions=[
        said(ASPIRIN, "interacts_with", BETA), said(ASPIRIN, "has_adverse_effect", RASH),
        said(ASPIRIN, "has_adverse_effect", COUGH), said(BETA, "has_adverse_effect", RASH),
        said(BETA, "has_adverse_effect", COUGH),
    ])  # fmt: skip
    found = [
        (ASPIRIN.id, BETA.id), (ASPIRIN.id, RASH.id, BETA.id), (ASPIRIN.id, COUGH.id, BETA.id),
        (ASPIRIN.id, FEVER.id, FLU.id, COUGH.id, BETA.id),
    ]  # fmt: skip
    assert nodes(known.paths(ASPIRIN.id, BETA.id, access=PUBLIC)) == found
    assert nodes(known.paths(ASPIRIN.id, BETA.id, limit=2, access=None)) == found[:2]
    assert nodes(known.paths(ASPIRIN.id, BETA.id, max_hops=1, access=None)) == found[:1]
    assert (
        known.paths(ASPIRIN.id, BETA.id, limit=0, access=None)
        == known.paths(ASPIRIN.id, BETA.id, max_hops=0, access=None)
        == []
    )


def test_a_step_is_the_first_relation_that_is_not_only_denied(known: GraphStore) -> None:
    known.load(HPO, assertions=[
        said(ASPIRIN, "causes", RASH, confidence=0.5), said(ASPIRIN, "has_adverse_effect", RASH),
    ])  # fmt: skip
    known.replace([
        paper(f"PMID:{n}", said(ASPIRIN, "treats", RASH, f"PMID:{n}", polarity="negated")) for n in (7, 8)
    ])  # fmt: skip
    assert known.paths(ASPIRIN.id, RASH.id, access=None)[0].relations[0].predicate == "has_adverse_effect"


def test_what_is_only_denied_is_not_followed(known: GraphStore) -> None:
    assert known.paths(COLD.id, FEVER.id, max_hops=1, access=None) == []
    assert nodes(known.paths(COLD.id, FEVER.id, access=PUBLIC)) == [(COLD.id, COUGH.id, FLU.id, FEVER.id)]


def test_no_path_passes_through_a_patient(known: GraphStore) -> None:
    assert nodes(known.paths(ASPIRIN.id, FLU.id, access=None)) == [(ASPIRIN.id, FEVER.id, FLU.id)]
    assert nodes(known.paths(PATIENT.id, FEVER.id, access=None))[:2] == [
        (PATIENT.id, ASPIRIN.id, FEVER.id), (PATIENT.id, FLU.id, FEVER.id)
    ]  # fmt: skip
    with pytest.raises(UnknownEntity):
        known.paths(PATIENT.id, FEVER.id, access=PUBLIC)


def test_paths_follow_and_pass_only_what_is_wanted(known: GraphStore) -> None:
    known.load(HPO, assertions=[said(ASPIRIN, "causes", RASH), said(FLU, "has_phenotype", RASH)])
    ends, both = (ASPIRIN.id, FLU.id), [(ASPIRIN.id, FEVER.id, FLU.id), (ASPIRIN.id, RASH.id, FLU.id)]
    assert nodes(known.paths(*ends, max_hops=2, access=PUBLIC)) == both
    assert nodes(known.paths(*ends, max_hops=2, predicates=["treats", "has_phenotype"], access=PUBLIC)) == both[:1]
    assert nodes(known.paths(*ends, max_hops=2, avoiding=[FEVER.id, "X:404"], access=PUBLIC)) == both[1:]
    assert nodes(known.paths(*ends, max_hops=2, avoiding=ends, access=PUBLIC)) == both
    assert nodes(known.paths(*ends, max_hops=2, types=["Phenotype"], access=PUBLIC)) == both
    assert known.paths(*ends, max_hops=2, types=["Gene"], access=PUBLIC) == []
    assert known.paths(*ends, max_hops=2, types=[], access=PUBLIC) == []
    assert known.paths(*ends, max_hops=2, predicates=[], access=PUBLIC) == []
    (path,) = known.paths(*ends, max_hops=2, avoiding=[RASH.id], access=PUBLIC)
    assert [step.predicate for step in path.relations] == ["treats", "has_phenotype"]
    known.load(HPO, assertions=[said(ASPIRIN, "palliates", FEVER)])
    (path,) = known.paths(ASPIRIN.id, FEVER.id, max_hops=1, predicates=["palliates"], access=PUBLIC)
    assert path.relations[0].predicate == "palliates", "not the relation with more sources, which is not wanted"
    with pytest.raises(SchemaViolation):
        known.paths(*ends, types=["Illness"], access=PUBLIC)
    with pytest.raises(SchemaViolation):
        known.paths(*ends, predicates=["cures"], access=PUBLIC)


def test_a_path_through_a_hub_comes_behind_a_longer_one(known: GraphStore) -> None:
    many = [Entity(f"X:{n}", "Concept", f"Thing {n}") for n in range(200)]
    hub = Entity("X:hub", "Concept", "Hub")
    known.load(HPO, [*many, hub])
    known.load(HPO, assertions=[said(thing, "subclass_of", hub) for thing in (*many, RASH, BETA)])
    known.load(HPO, assertions=[said(BETA, "causes", many[0]), said(many[0], "causes", many[1])])
    known.load(HPO, assertions=[said(many[1], "causes", RASH)])
    first, second, *_ = nodes(known.paths(BETA.id, RASH.id, access=PUBLIC))
    assert nodes(known.paths(BETA.id, RASH.id, max_hops=2, access=PUBLIC)) == [(BETA.id, hub.id, RASH.id)]
    assert (first, second) == ((BETA.id, "X:0", "X:1", RASH.id), (BETA.id, hub.id, RASH.id))


def test_paths_need_two_known_ends(known: GraphStore) -> None:
    assert known.paths(RASH.id, FEVER.id, access=None) == []
    assert known.paths(RASH.id, RASH.id, access=None) == [Path((RASH.id,), ())]
    for ends in (("X:1", FEVER.id), (FEVER.id, "X:1")):
        with pytest.raises(UnknownEntity):
            known.paths(*ends, access=None)


# the whole


def test_stats_count_everything_stored(known: GraphStore) -> None:
    stats = known.stats()
    assert (stats.documents, stats.sources, stats.passages, stats.mentions) == (3, 4, 1, 1)
    assert (stats.entities, stats.assertions, stats.relations) == (8, 11, 7)
    assert dict(stats.by_type) == {"Disease": 2, "Drug": 2, "Patient": 1, "Phenotype": 3}
    assert dict(stats.by_predicate) == {"has_condition": 1, "has_phenotype": 4, "takes": 1, "treats": 1}


def test_the_fingerprint_is_that_of_the_content(store: GraphStore) -> None:
    fact = said(FLU, "has_phenotype", FEVER, confidence=1)
    text = Contribution(
        Source("PMID:1", "document"), (), (PassageNode("p1", "PMID:1", "title", 0, 5, "Fever"),),
        (Mention("p1", "UMLS:1", 0, 5, "Fever", 1),), (said(FLU, "has_phenotype", FEVER, "PMID:1", confidence=0.5),),
    )  # fmt: skip
    store.add_mappings([Match("UMLS:1", FEVER.id, 0.5, "semapv:LexicalMatching")], HPO)
    store.load(HPO, [FLU, replace(FEVER, id="UMLS:1")], [fact])
    store.replace([text])
    content = Fingerprint()
    content.source(HPO)
    content.source(text.source)
    content.mapping("HPO", "UMLS:1", FEVER.id, 0.5, "semapv:LexicalMatching")
    content.declaration("HPO", FLU.id, FLU)
    content.declaration("HPO", FEVER.id, replace(FEVER, id="UMLS:1"))
    content.passage(text.passages[0])
    content.mention("PMID:1", replace(text.mentions[0], entity=FEVER.id))
    content.assertion(fact)
    content.assertion(text.assertions[0])
    content.relation(Relation(FLU.id, "has_phenotype", FEVER.id, 2, 0, 2, 1.0))
    assert store.fingerprint() == content.hexdigest()


def test_stars_are_what_curated_sources_affirm(known: GraphStore) -> None:
    known.load(HPO, (), [said(FLU, "resembles", COLD)])
    stars = list(known.stars(["has_phenotype", "treats", "resembles"], access=PUBLIC))
    assert stars == [
        Star("DRUGBANK:1", "Drug", "treats", "Phenotype", ("HP:1",)),
        Star("MONDO:1", "Disease", "has_phenotype", "Phenotype", ("HP:1", "HP:2")),
        Star("MONDO:1", "Disease", "resembles", "Disease", ("MONDO:2",)),
        Star("MONDO:2", "Disease", "has_phenotype", "Phenotype", ("HP:2",)),
    ]
    assert list(known.stars([], access=None)) == []
    assert list(known.stars(["causes"], access=None)) == []
    assert list(known.stars(["treats"], access=frozenset({"ward:7"}))) == []
    with pytest.raises(SchemaViolation):
        list(known.stars(["cures"], access=None))


def test_a_star_is_of_what_ids_stand_for_and_leaves_out_what_documents_say(store: GraphStore) -> None:
    other = Entity("DOID:1", "Disease", "flu")
    store.load(HPO, [FLU, other, COLD, ASPIRIN], [said(other, "resembles", COLD), said(other, "resembles", FLU)])
    store.replace([paper("PMID:1", said(ASPIRIN, "treats", COLD, "PMID:1"))])
    store.add_mappings([("DOID:1", "MONDO:1")], HPO)
    # What was stated of two ids of one concept is no edge.
    assert list(store.stars(["resembles", "treats"], access=None)) == [
        Star("MONDO:1", "Disease", "resembles", "Disease", ("MONDO:2",))
    ]


def test_what_is_stated_by_some_predicates_comes_whole_from_documents_too(known: GraphStore) -> None:
    predicates = ["has_phenotype", "treats"]
    for access in (PUBLIC, None):
        rows = list(known.stated(predicates, access=access))
        ends = known.entities({row.subject for row in rows}, access=None)
        assert {row.predicate for row in rows} == set(predicates)
        assert sorted(rows, key=lambda row: row.id) == sorted(
            known.statements(subjects=ends, predicates=predicates, access=access), key=lambda row: row.id
        )
    assert len(list(known.stated(["has_phenotype"], access=PUBLIC))) == 4
    assert len(list(known.stated(["has_phenotype"], access=None))) == 5
    assert list(known.stated([], access=None)) == []
    with pytest.raises(SchemaViolation):
        list(known.stated(["cures"], access=None))
    known.delete(["HPO"])
    assert list(known.stated(predicates, access=PUBLIC)) == []
