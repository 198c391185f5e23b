from typing import Any

import pytest

from qa.evidence.reasons import OfPatient
from qa.steps.patient import of_patient, patient_facts

pytestmark = pytest.mark.parametrize("world", ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)], indirect=True)

BOTH = frozenset({"public", "patient:42"})


def test_the_patients_facts_are_evidence(asking: Any) -> None:
    made = asking("Which drugs are taken?", access=BOTH, patient="patient:42")
    (fact,) = patient_facts(made.records, of_patient(made.view))
    assert (fact.kind, fact.assertion.object, fact.because) == ("patient", "DB:warfarin", OfPatient())


@pytest.mark.parametrize(
    ("access", "patient"), [(BOTH, None), (BOTH, "patient:7"), (frozenset({"public"}), "patient:42")]
)
def test_nothing_of_a_patient_who_is_not_asked_about(asking: Any, access: frozenset[str], patient: str | None) -> None:
    assert of_patient(asking("Which drugs are taken?", access=access, patient=patient).view) == ()
