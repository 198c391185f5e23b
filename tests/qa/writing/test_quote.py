"""Sentences of the quoting writer, over evidence made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model import Assertion, Entity, Name, Relation
from qa.evidence.definition import DefinitionEvidence
from qa.evidence.kinds import Evidence, FactEvidence
from qa.evidence.material import Material
from qa.evidence.passage import PassageEvidence
from qa.evidence.reasons import Ranking
from qa.evidence.statement import clause
from qa.model import AskedEntity, Listed, Question, Understanding
from qa.writing.quote import LONGEST_QUOTE, SENTENCES, Quote

CHINESE = {"A:1": "甲", "B:1": "乙", "B:2": "丙"}
ENTITIES = {id: Entity(id, "Disease", f"Name {id}", synonyms=(Name(zh, "zh"),)) for id, zh in CHINESE.items()}


def fact(number: int, object: str = "B:1", **changed: Any) -> FactEvidence:
    counted, predicate = changed.pop("counted", None), changed.pop("predicate", "treats")
    row = {"source": "S", "sentence": f"row {number}", "record": str(number), **changed}
    assertion = Assertion.new("A:1", predicate, object, **row)
    return FactEvidence(
        id=f"E{number}",
        assertion=assertion,
        subject_name="",
        object_name="",
        clauses=(clause(assertion, "en", ENTITIES), clause(assertion, "zh", ENTITIES)),
        title="",
        version="",
        address="",
        counted=counted,
        because=None,
    )


def quoted(number: int, text: str) -> PassageEvidence:
    ranking = Ranking(query="q", place=1, words=1, meaning=None, reading=None, cosine=None)
    return PassageEvidence(f"E{number}", "PMID:1", "", "", text, 0, len(text), (), 0.5, ranking)


def written(*evidence: Evidence, language: str = "en") -> list[str]:
    asked = (AskedEntity("A:1", "Drug", "Name A:1", "a", False, ""),)
    understanding = Understanding(language, "treatment", asked)
    material = Material(evidence, entities=ENTITIES, related=True)
    return [s.text for s in Quote().write(Question("?"), understanding, material)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Name A:1 is stated to treat Name B:1 and Name B:2."), ("zh", "据记载，甲用于治疗：乙和丙。")],
)
def test_what_differs_at_one_end_is_one_sentence(language: str, expected: str) -> None:
    assert written(fact(1), fact(2, "B:2"), language=language) == [expected]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Sources disagree on whether this holds: Name A:1 treats Name B:1."),
        ("zh", "不同来源的说法不一：甲用于治疗乙。"),
    ],
)
def test_a_contradiction_is_said(language: str, expected: str) -> None:
    assert written(fact(1), fact(2, polarity="negated"), language=language) == [expected]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Name A:1 treats Name B:1: “It does.” (PMID:1)."),
        ("zh", "甲用于治疗乙。原文：“It does.”（PMID:1）。"),
    ],
)
def test_only_sources_that_are_cited_are_counted(language: str, expected: str) -> None:
    counted = Relation("A:1", "treats", "B:1", 2, 0, 2, 1.0)
    span: dict[str, Any] = {
        "source": "PMID:1",
        "sentence": "It does.",
        "passage": "P",
        "start": 0,
        "end": 8,
        "record": "",
    }
    assert written(fact(1, counted=counted, **span), language=language) == [expected]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Name A:1: “What it is.” (A:1).", "“短。” (PMID:1)."]),
        ("zh", ["甲：原文：“What it is.”（A:1）。", "“短。”（PMID:1）。"]),
    ],
)
def test_definitions_and_passages_are_quoted(language: str, expected: list[str]) -> None:
    definition = DefinitionEvidence(id="E1", entity="A:1", name="Name A:1", text="What it is.")
    assert written(definition, quoted(2, "短。"), language=language) == expected


@pytest.mark.parametrize(
    ("language", "total", "end"),
    [("en", 9, "C:6 and 3 more."), ("zh", 9, "C:6等，另有3项。"), ("en", 6, "C:5 and C:6."), ("en", 0, "C:5 and C:6.")],
)
def test_a_list_that_is_cut_says_how_many_more_there_are(language: str, total: int, end: str) -> None:
    facts = tuple(fact(n, f"C:{n}") for n in range(1, 7))
    understanding = Understanding(language, "treatment", (AskedEntity("A:1", "Drug", "Name A:1", "a", False, ""),))
    totals = {Listed("treats", "object", "A:1"): total} if total else {}
    material = Material(facts, entities=ENTITIES, related=True, totals=totals)
    (sentence,) = Quote().write(Question("?"), understanding, material)
    assert sentence.text.endswith(end)


def test_no_sentence_is_too_long_and_no_answer_has_too_many() -> None:
    long = quoted(1, "word " * LONGEST_QUOTE)
    (sentence,) = written(long)
    assert len(sentence) < LONGEST_QUOTE + 30
    many = [fact(n, f"C:{n}", certainty="possible") for n in range(1, 20)]
    assert len(written(*many, quoted(20, "Text."))) == SENTENCES
