"""The one list of types and predicates."""

from __future__ import annotations

import pytest

from graph.errors import GraphError, SchemaViolation
from graph.schema import ENTITY_TYPES, PREDICATES, EntityType, Predicate, check_id, check_predicate, check_type


def test_what_is_listed_passes() -> None:
    assert [check_type(name) for name in ENTITY_TYPES] == list(ENTITY_TYPES)
    assert [check_predicate(name) for name in PREDICATES] == list(PREDICATES)
    assert all(name == entry.name for name, entry in (ENTITY_TYPES | PREDICATES).items())


def test_labels_and_edges_are_cypher_names() -> None:
    assert {entry.label for entry in ENTITY_TYPES.values()} >= {"Disease", "Phenotype", "Drug", "Patient"}
    assert PREDICATES["has_adverse_effect"].edge == "HAS_ADVERSE_EFFECT"
    for word in [t.label for t in ENTITY_TYPES.values()] + [p.edge for p in PREDICATES.values()]:
        assert word.replace("_", "").isalnum()
        assert word.isascii()


def test_everything_has_a_biolink_name_and_a_chinese_one() -> None:
    entries: list[EntityType | Predicate] = [*ENTITY_TYPES.values(), *PREDICATES.values()]
    for entry in entries:
        assert entry.biolink.startswith("biolink:")
        assert any("\u4e00" <= character <= "\u9fff" for character in entry.chinese)


def test_what_has_no_direction() -> None:
    assert {name for name, predicate in PREDICATES.items() if predicate.symmetric} == {
        "interacts_with", "associated_with", "covaries_with", "resembles", "cross_reacts_with",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["disease", "Symptom", "", "Disease "])
def test_an_unknown_type_is_refused(name: str) -> None:
    with pytest.raises(SchemaViolation, match="unknown entity type"):
        check_type(name)


@pytest.mark.parametrize("name", ["TREATS", "cures", ""])
def test_an_unknown_predicate_is_refused(name: str) -> None:
    with pytest.raises(SchemaViolation, match="unknown predicate"):
        check_predicate(name)


@pytest.mark.parametrize("id", ["HP:0001945", "PMCID:PMC1", "ICD10CM:R50.9", "sha256:ab/c", "A.b-c_1:x:y"])
def test_a_curie_passes(id: str) -> None:
    assert check_id(id) == id


@pytest.mark.parametrize("id", ["", "fever", "HP:", ":1", "1HP:1", "HP:1 2", "HP :1", "HP:1\n"])
def test_what_is_no_curie_is_refused(id: str) -> None:
    with pytest.raises(SchemaViolation, match="CURIE") as caught:
        check_id(id)
    assert isinstance(caught.value, GraphError)
    assert isinstance(caught.value, ValueError)
