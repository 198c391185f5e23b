"""What is stated of the patient that a question is about."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Assertion
from qa.evidence.chart import OF_PATIENTS, STANDINGS, standing_of
from qa.evidence.kinds import FactEvidence
from qa.evidence.reasons import OfPatient
from qa.evidence.records import Records
from qa.view import View

ORDER = OF_PATIENTS
PAGE = 500
"""Statements read of one patient at a time."""

IMMUNIZATION = "immunization"
"""The qualifier `kind` of what was given by a vaccine."""
_LAPSED = frozenset(("cancelled", "declined", "not-done", "stopped"))
"""By these an order, a dispense or a dose came to nothing: the drug may be taken by another."""


def of_patient(view: View) -> tuple[Assertion, ...]:
    """The statements about the patient, by `ORDER`, how they stand, the latest first; none where the question is about
    nobody."""
    if view.patient is None:
        return ()
    rows: list[Assertion] = []
    while len(page := view.graph.assertions(subject=view.patient, limit=PAGE, offset=len(rows))) == PAGE:
        rows += page
    rows += page
    kept = [row for row in rows if row.predicate in ORDER]
    kept.sort(key=lambda row: (row.object, row.id))
    kept.sort(key=lambda row: dict(row.qualifiers).get("date", ""), reverse=True)
    return tuple(sorted(kept, key=lambda row: (ORDER.index(row.predicate), STANDINGS.index(standing_of(row)))))


def patient_facts(records: Records, rows: Sequence[Assertion]) -> tuple[FactEvidence, ...]:
    """Those statements as evidence."""
    return records.evidence((row, OfPatient()) for row in rows)


def once(rows: Sequence[Assertion]) -> list[Assertion]:
    """Each thing once as it stands, by its latest statement; what is so now is not told as past, too, nor is a drug
    that is taken now told as planned, as perhaps taken, or as not taken where one order or dose of it lapsed."""
    now = {_thing(row) for row in rows if standing_of(row) == "current"}
    kept: dict[tuple[str, ...], Assertion] = {}
    for row in rows:
        standing = standing_of(row)
        lapsed = standing == "denied" and bool(_LAPSED & set(dict(row.qualifiers).get("status", "").split(", ")))
        over = row.predicate == "takes" and (standing in ("planned", "possible") or lapsed)
        if (over or standing == "past") and _thing(row) in now:
            continue
        key = standing if row.experiencer == "patient" else f"{standing} {dict(row.qualifiers).get('relationship')}"
        kept.setdefault((*_thing(row), key), row)
    return list(kept.values())


def _thing(row: Assertion) -> tuple[str, str, str]:
    """What a row is about, as it was recorded: two preparations of one drug are two, two ingredients of one are two."""
    return row.predicate, row.object, dict(row.qualifiers).get("code", "")
