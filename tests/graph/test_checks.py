"""What is refused before anything is written or read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.checks import check_own, check_reading, checked_matches, latest, need_one
from graph.errors import SchemaViolation
from graph.model import Assertion, Contribution, Match, Mention, PassageNode, Source

PASSAGE = PassageNode("p", "PMID:1", "text", 0, 1, "x")
MENTION = Mention("p", "HP:1", 0, 1, "x")
FACT = Assertion.new("HP:1", "causes", "HP:2", source="PMID:1", sentence="s")
PAPER = Contribution(Source("PMID:1", "document"), (), (PASSAGE,), (MENTION,), (FACT,))


def test_a_source_that_comes_twice_counts_as_it_comes_last() -> None:
    bare = Contribution(PAPER.source)
    other = Contribution(Source("PMID:2", "document"))
    assert latest([PAPER, other, bare]) == [bare, other]


@pytest.mark.parametrize(
    "wrong",
    [
        {"passages": (replace(PASSAGE, document="PMID:2"),)},
        {"mentions": (replace(MENTION, passage="q"),)},
        {"mentions": (replace(MENTION, polarity="denied"),)},  # type: ignore[arg-type]
        {"assertions": (replace(FACT, source="PMID:2"),)},
        {"assertions": (replace(FACT, certainty="sure"),)},  # type: ignore[arg-type]
        {"assertions": (replace(FACT, experiencer="self"),)},  # type: ignore[arg-type]
    ],
    ids=["passage", "mention", "polarity", "source", "certainty", "experiencer"],
)
def test_what_is_not_the_source_s_or_not_of_the_schema_is_refused(wrong: dict[str, Any]) -> None:
    assert latest([PAPER]) == [PAPER]
    with pytest.raises(SchemaViolation):
        latest([PAPER, replace(PAPER, **wrong)])


def test_assertions_are_of_the_source_that_loads_them() -> None:
    check_own("PMID:1", [FACT])
    with pytest.raises(SchemaViolation):
        check_own("HPO", [FACT])


def test_mappings_are_sorted_once_each() -> None:
    plain = [("B:1", "C:1"), ("A:1", "C:1"), ("B:1", "C:1")]
    assert checked_matches(plain) == [Match("A:1", "C:1"), Match("B:1", "C:1")]
    for confidence in (-0.1, 1.1):
        with pytest.raises(SchemaViolation):
            checked_matches([Match("A:1", "B:1", confidence)])
    with pytest.raises(SchemaViolation):
        checked_matches([("A:1", "no id")])


def test_of_a_mapping_that_comes_twice_the_stronger_counts() -> None:
    weak, strong = Match("A:1", "B:1", 0.5, "semapv:ManualMappingCuration"), Match("A:1", "B:1", 0.75)
    assert checked_matches([weak, strong]) == checked_matches([strong, weak]) == [strong]


@pytest.mark.parametrize("wrong", [{"type": "Symptom"}, {"predicates": ["treats", "cures"]}], ids=["type", "predicate"])
def test_what_is_asked_for_is_of_the_schema(wrong: dict[str, Any]) -> None:
    check_reading(type="Drug", predicates=["treats"])
    check_reading()
    with pytest.raises(SchemaViolation):
        check_reading(**wrong)


def test_one_thing_at_least_is_given() -> None:
    need_one("a or b", None, "b")
    with pytest.raises(ValueError, match="a or b"):
        need_one("a or b", None, None)
