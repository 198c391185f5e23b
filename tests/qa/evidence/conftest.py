"""Pieces of evidence of each kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.model import Assertion, Entity, Name
from qa.evidence.definition import DefinitionEvidence
from qa.evidence.kinds import FactEvidence
from qa.evidence.passage import PassageEvidence
from qa.evidence.reasons import Ranking
from qa.evidence.statement import clause

NAMES = {
    "DB:metformin": Entity("DB:metformin", "Drug", "Metformin", synonyms=(Name("二甲双胍", "zh"),)),
    "DOID:9352": Entity("DOID:9352", "Disease", "Diabetes", synonyms=(Name("糖尿病", "zh"),)),
}


def stated(**changed: Any) -> FactEvidence:
    """Metformin treats diabetes, as a curated record says, with what is changed of the assertion or the evidence."""
    own = {key: changed.pop(key) for key in ("counted", "because") if key in changed}
    row = {"source": "DRUGS", "sentence": "a record", "record": "1", **changed}
    assertion = Assertion.new("DB:metformin", "treats", "DOID:9352", **row)
    return FactEvidence(
        id="E1",
        assertion=assertion,
        subject_name="Metformin",
        object_name="Diabetes",
        clauses=(clause(assertion, "en", NAMES), clause(assertion, "zh", NAMES)),
        title="",
        version="2.1",
        address="https://drugs.example",
        counted=own.get("counted"),
        because=own.get("because"),
    )


def quoted(start: int = 5, **ranks: Any) -> PassageEvidence:
    ranking = {"query": "q", "place": 3, "words": None, "meaning": None, "reading": None, "cosine": None, **ranks}
    return PassageEvidence(
        id="E2",
        source="PMID:1",
        title="",
        url="",
        text="Some text.",
        start=start,
        end=start + 10,
        entities=(),
        score=0.5,
        ranking=Ranking(**ranking),
    )


@pytest.fixture
def fact() -> Callable[..., FactEvidence]:
    return stated


@pytest.fixture
def passage() -> Callable[..., PassageEvidence]:
    return quoted


@pytest.fixture
def definition() -> DefinitionEvidence:
    return DefinitionEvidence(id="E3", entity="OMIM:100001", name="A syndrome", text="What it is.")
