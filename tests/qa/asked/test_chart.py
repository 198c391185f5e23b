"""Whether a question asks what a record says."""

from __future__ import annotations

import pytest

from qa.asked.chart import is_named, sought


@pytest.mark.parametrize(
    ("text", "predicates"),
    [
        ("Which drugs does the patient take?", ("takes",)),
        ("What is the patient allergic to?", ("allergic_to",)),
        ("Does the patient have lupus?", ("has_condition",)),
        ("What is the patient's last HbA1c?", ("has_measurement",)),
        ("患者服用哪些药物？", ("takes",)),
        ("患者有哪些疾病？", ("has_condition",)),
        ("What is the family history?", ("has_condition",)),
    ],
)
def test_of_which_facts(text: str, predicates: tuple[str, ...]) -> None:
    seeking = sought(text)
    assert seeking is not None
    assert seeking.predicates == predicates


@pytest.mark.parametrize(
    "text",
    [
        "Can the patient take ibuprofen?", "Is aspirin safe for the patient?", "What treats the patient's gout?",
        "Does warfarin interact with aspirin?", "患者可以吃布洛芬吗？", "The patient presents with fever.",
    ],
)  # fmt: skip
def test_advice_is_more_than_a_record(text: str) -> None:
    assert sought(text) is None


@pytest.mark.parametrize(
    ("text", "vaccines"),
    [
        ("Which vaccinations did the patient receive?", True),
        ("患者接种过哪些疫苗？", True),
        ("Which procedures did the patient undergo?", False),
        ("患者做过哪些手术？", False),
    ],
)
def test_vaccinations_are_asked_for_apart(text: str, vaccines: bool) -> None:
    seeking = sought(text)
    assert seeking is not None
    assert (seeking.predicates, seeking.vaccines) == (("underwent",), vaccines)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("What was the last blood pressure?", True),
        ("Most recent HbA1c?", True),
        ("最近一次血压是多少？", True),
        ("What is the latest on asthma?", False),
        ("What is a normal blood pressure?", False),
    ],
)
def test_a_last_value_is_the_patients(text: str, asks: bool) -> None:
    seeking = sought(text)
    assert (seeking is not None) is asks
    assert seeking is None or seeking.predicates == ("has_measurement",)


def test_what_is_asked_about() -> None:
    text = "What is the patient's last HbA1c?"
    seeking = sought(text)
    assert seeking is not None
    assert is_named(["Hemoglobin A1c/Hemoglobin.total in Blood"], text, seeking)
    assert not is_named(["Glucose"], text, seeking)
