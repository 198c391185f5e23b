"""What every step of a plan works from, and what a step is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import Assertion, Entity
from qa.differential.engine import Differential
from qa.drugs.check import DrugEngine
from qa.evidence.bundle import Part
from qa.evidence.records import Records
from qa.model import Question, Understanding
from qa.verdicts.findings import Findings
from qa.view import View

if TYPE_CHECKING:
    from qa.drugs.repurpose.rank import Repurposing


@dataclass(frozen=True, slots=True)
class Asking:
    """One question on its way through the steps of its plan."""

    question: Question
    understanding: Understanding
    view: View
    records: Records
    differential: Differential
    drugs: DrugEngine
    entities: Mapping[str, Entity]
    """What the question names, by id."""
    patient: tuple[Assertion, ...]
    """What is stated of the patient asked about."""
    repurposing: Callable[[], Repurposing] | None = None
    """Opens what proposes candidates, where weights for it are there."""
    findings: Findings | None = None
    """What judges the conclusions of studies, where weights for it are there."""


Step = Callable[[Asking], Part]
"""Reads one kind of statements for a question. Raises what graph and retrieval raise."""
