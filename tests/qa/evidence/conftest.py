"""Pieces of evidence of each kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.model import Assertion
from qa.evidence.kinds import DefinitionEvidence, FactEvidence, PassageEvidence, Ranking


def stated(**changed: Any) -> FactEvidence:
    """Metformin treats diabetes, as a curated record says, with what is changed of the assertion or the evidence."""
    own = {key: changed.pop(key) for key in ("counted", "because") if key in changed}
    row = {"source": "DRUGS", "sentence": "a record", "record": "1", **changed}
    return FactEvidence(
        id="E1",
        assertion=Assertion.new("DB:metformin", "treats", "DOID:9352", **row),
        subject_name="Metformin",
        object_name="Diabetes",
        title="",
        url="",
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
    return DefinitionEvidence(id="E3", entity="OMIM:1", name="A syndrome", text="What it is.")
