"""What is stated of the patient that a question is about."""

from __future__ import annotations

from graph.model import Assertion
from qa.evidence.kinds import FactEvidence, OfPatient
from qa.evidence.records import Records
from qa.view import View

ORDER = ("allergic_to", "takes", "has_condition", "has_measurement", "underwent")
"""What is told of a patient, most urgent first."""
READ = 200
"""Statements read of one patient at most."""


def of_patient(view: View) -> tuple[Assertion, ...]:
    """The statements about the patient, by `ORDER` and then by id; none where the question is about nobody."""
    if view.patient is None:
        return ()
    rows = [row for row in view.graph.assertions(subject=view.patient, limit=READ) if row.predicate in ORDER]
    return tuple(sorted(rows, key=lambda row: (ORDER.index(row.predicate), row.id)))


def patient_facts(records: Records, rows: tuple[Assertion, ...]) -> tuple[FactEvidence, ...]:
    """Those statements as evidence."""
    return records.evidence((row, OfPatient()) for row in rows)
