"""Filters of sections, publication types and labels; what there is to filter by; which part of a filter is not met."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from retrieval.model import Filter
from retrieval.passage_filters import Choices
from retrieval.passages import PassageStore

ANY = Filter(access=None)
Make = Callable[..., Any]


@pytest.fixture
def filled(store: PassageStore, make: Make) -> PassageStore:
    trial = make("A:1", "gout one", "gout two", source="pubmed", year=2001)
    info, (first, second), vectors = trial
    trial = (
        replace(info, publication_types=("Journal Article", "Randomized Controlled Trial")),
        [replace(first, section="materials and Methods"), replace(second, section="results")],
        vectors,
    )
    review = make("A:2", "gout three", source="pmc", year=2011, publication_types=("review-article",))
    secret = make(
        "A:3", "gout four", source="notes", language="zh", access=frozenset({"ward:7"}), publication_types=("letter",)
    )
    gone = make("A:4", "gout five", source="pubmed", year=1990, retracted=True)
    store.replace([trial, review, secret, gone], encoder="e/1")
    return store


def found(store: PassageStore, filter: Filter) -> set[str]:
    """The texts that a search by words finds; whoever matches is the same."""
    texts = {p.text for p in store.passages([id for id, _ in store.lexical("gout", filter, 10)], access=None).values()}
    assert len(store.matching(filter)) == len(texts)
    return texts


@pytest.mark.parametrize(
    ("part", "texts"),
    [
        ({"sections": frozenset({"methods"})}, {"gout one"}),
        ({"sections": frozenset({"METHODS", "Results"})}, {"gout one", "gout two"}),
        ({"study_types": frozenset({"randomized controlled trial"})}, {"gout one", "gout two"}),
        ({"study_types": frozenset({"Review Article", "letter"})}, {"gout three", "gout four"}),
        ({"study_types": frozenset({"review", "trial"})}, {"gout one", "gout two", "gout three"}),
        ({"study_types": frozenset({"case reports"})}, set()),
        ({"labels": frozenset({"ward:7"})}, {"gout four"}),
        ({"labels": frozenset({"public"}), "sections": frozenset({"abstract"})}, {"gout three"}),
    ],
)
def test_a_filter_lets_through(part: dict[str, Any], texts: set[str], filled: PassageStore) -> None:
    assert found(filled, replace(ANY, **part)) == texts


def test_a_label_that_the_reader_does_not_hold_opens_nothing(filled: PassageStore) -> None:
    public = Filter(access=frozenset({"public"}), labels=frozenset({"ward:7"}))
    assert found(filled, public) == set()
    assert filled.unmet(public) == ("labels",)


def test_choices_are_those_of_what_the_reader_sees(filled: PassageStore) -> None:
    every: Choices = filled.choices(access=None)
    assert every.sources == (("pubmed", 2), ("notes", 1), ("pmc", 1))
    assert every.languages == (("en", 3), ("zh", 1))
    assert set(every.study_types) == {
        ("journal article", 1), ("randomized controlled trial", 1), ("review article", 1), ("letter", 1),
    }  # fmt: skip
    assert every.sections == (("abstract", 3), ("materials and Methods", 1), ("results", 1))
    assert every.years == (1990, 2011)
    public = filled.choices(access=frozenset({"public"}))
    assert ("notes", 1) not in public.sources
    assert ("letter", 1) not in public.study_types


def test_the_part_that_nothing_meets_is_named(filled: PassageStore) -> None:
    assert filled.unmet(ANY) == ()
    assert filled.unmet(replace(ANY, sections=frozenset({"moon"}), sources=frozenset({"pubmed"}))) == ("sections",)
    assert filled.unmet(replace(ANY, year_from=2020, entities=frozenset({"X:1"}))) == ("years", "entities")
    # Each is met, but by different passages.
    assert filled.unmet(replace(ANY, year_from=2010, sections=frozenset({"methods"}))) == ()
    assert filled.unmet(Filter(access=frozenset({"nobody"}), year_to=1)) == ("access",)


def test_nothing_is_left_of_a_type_whose_documents_are_gone(filled: PassageStore, make: Make) -> None:
    filled.replace([make("A:1", "gout one", publication_types=("letter",))], encoder="e/1")
    filled.delete(["A:2", "A:3"])
    assert filled.choices(access=None).study_types == (("letter", 1),)
    assert found(filled, replace(ANY, study_types=frozenset({"letter"}))) == {"gout one"}
    assert filled.unmet(replace(ANY, study_types=frozenset({"trial"}))) == ("study_types",)


def test_where_all_is_retracted_that_is_told(store: PassageStore, make: Make) -> None:
    assert store.choices(access=None).years is None
    store.replace([make("A:1", "gout", retracted=True)], encoder="e/1")
    assert store.unmet(ANY) == ("retracted",)
    assert store.unmet(replace(ANY, retracted=True)) == ()
