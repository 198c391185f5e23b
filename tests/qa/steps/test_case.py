from typing import Any

import pytest

from graph.model import PUBLIC
from qa.asked.diagnostic import diagnostic
from qa.differential.model import Case
from qa.steps.case import case_of
from tests.qa.conftest import PATIENT


@pytest.fixture
def read(asking: Any) -> Any:
    def case(text: str, **question: Any) -> Case:
        made = asking(text, **question)
        matrix = made.differential.matrix(made.view.graph)
        return case_of(made, matrix, diagnostic(text, made.understanding.entities))

    return case


def test_findings_age_sex_and_season_are_read(read: Any) -> None:
    case = read("A 12-year-old girl with fever in winter but no cough: which disease?")
    assert [finding.told for finding in case.observed] == ["fever"]
    assert [finding.told for finding in case.excluded] == ["cough"]
    assert (case.age, case.sex, case.season) == (12, "female", "winter")


def test_a_word_for_an_age_is_the_middle_of_what_it_means(read: Any) -> None:
    assert read("My child has fever. Which disease is it?").age == 6


def test_a_known_illness_is_no_finding(read: Any) -> None:
    case = read("asthma and cough: which disease?")
    assert [(finding.told, finding.ids[:1]) for finding in case.observed] == [("cough", ("HP:0012735",))]
    assert list(case.factors) == ["asthma"]


@pytest.mark.parametrize(
    "text",
    [
        "Is it more likely measles or asthma in a child with fever?",
        "Rule out measles: child with fever",
        "Why not measles in a child with fever?",
        "What should I ask next in a child with fever?",
    ],
)
def test_asking_makes_no_finding_doubtful(read: Any, text: str) -> None:
    case = read(text)
    assert ([finding.told for finding in case.observed], case.notes, case.unknown) == (["fever"], (), ())


def test_what_is_asked_about_is_not_told(read: Any) -> None:
    case = read("Could it be measles, with cough and fever?")
    assert [finding.told for finding in case.observed] == ["cough", "fever"]
    assert not case.factors


def test_the_record_of_the_patient_counts(read: Any) -> None:
    case = read("Which disease may cause the patient's cough?", patient=PATIENT, access=PUBLIC | {PATIENT})
    assert list(case.drugs) == ["Warfarin"]
    assert not read("Which disease may cause the patient's cough?").drugs
