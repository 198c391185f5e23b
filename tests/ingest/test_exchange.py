from __future__ import annotations

import pytest

from graph.model import Assertion, Source
from graph.schema import ENTITY_TYPES, PREDICATES
from ingest.exchange import FIELDS, assertion_of, carried, predicate_named, predicate_of, source_of, type_named, type_of

SOURCE = Source("blue", "curated", "Blue list", "2031", "CC0-1.0", language="en", url="https://example.org")
FACT = Assertion.new(
    "A:1", "treats", "B:2", source="blue", sentence="a\tline\nof | two \\", polarity="negated", certainty="possible",
    qualifiers={"dose": "5 mg"}, record="r1", extractor="blue/1", confidence=0.25,
)  # fmt: skip


def test_an_assertion_comes_back() -> None:
    fields = carried(FACT, SOURCE)
    assert tuple(fields) == ("id", *FIELDS)
    assert assertion_of("A:1", "B:2", fields) == FACT
    assert source_of(fields) == SOURCE
    assert assertion_of("MAPPED:1", "B:2", fields).id == FACT.id
    assert assertion_of("A:1", "B:2", fields | {"id": "forged"}) == FACT


@pytest.mark.parametrize(
    "changed", [{"qualifiers": "[]"}, {"qualifiers": "{"}, {"qualifiers": "[" * 3_000}, {"certainty": "sure"},
                {"experiencer": "dog"}, {"medgraph_predicate": "cures"}, {"confidence": "x"}],
)  # fmt: skip
def test_what_makes_no_assertion(changed: dict[str, str]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # JSON's own is one, too
        assertion_of("A:1", "B:2", carried(FACT, SOURCE) | changed)


def test_types_and_predicates_of_biolink() -> None:
    assert all(type_of(type.biolink) == type.name for type in ENTITY_TYPES.values())
    assert type_of("biolink:Unheard|biolink:SmallMolecule") == "Drug"
    assert type_of("") == "Concept"
    assert predicate_of("biolink:treats") == "treats"
    assert predicate_of("biolink:affects", "decreased") == "inhibits"
    assert predicate_of("biolink:affects") == predicate_of("biolink:has_attribute") == predicate_of("x") == ""
    assert {predicate_of(p.biolink) for p in PREDICATES.values()} <= {"", *PREDICATES}


@pytest.mark.parametrize(
    ("word", "type"),
    [("Drug", "Drug"), ("small molecule", "Drug"), ("biolink:Protein", "Gene"), ("phenotypic feature", "Phenotype"),
     ("disease", "Disease"), ("Drugs", ""), ("", "")],
)  # fmt: skip
def test_words_for_types(word: str, type: str) -> None:
    assert type_named(word) == type


@pytest.mark.parametrize(
    ("word", "predicate"),
    [("treats", "treats"), ("TREATS", "treats"), ("biolink:causes", "causes"), ("has phenotype", "has_phenotype"),
     ("ameliorates condition", "palliates"), ("affects", ""), ("heals", "")],
)  # fmt: skip
def test_words_for_predicates(word: str, predicate: str) -> None:
    assert predicate_named(word) == predicate
