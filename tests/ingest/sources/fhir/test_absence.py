"""What a name says beside naming: nothing known, a history, a relative, a doubt."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.sources.fhir.absence import meaning_of

ICD = "http://hl7.org/fhir/sid/icd-10-cm"


@pytest.mark.parametrize(
    "text",
    [
        "No known allergies", "NKDA", "N.K.D.A.", "No known food or drug allergies", "None known", "None",
        "No current medications", "Patient denies any known drug allergies", "Allergies: none",
        "No significant past medical history", "Not on any medications", "No known allergy (situation)",
        "No drug therapy prescribed (situation)", "Allergies unknown", "无药物过敏史", "否认食物及药物过敏史",
        "无", "否认手术史",
        "未服用任何药物", "无家族史",
    ],
)  # fmt: skip
def test_words_may_say_that_there_is_nothing(text: str) -> None:
    assert meaning_of({"text": text}).kind == "none"


@pytest.mark.parametrize(
    ("text", "kind", "about"),
    [
        ("No history of stroke", "denied", "stroke"),
        ("No H/O: asthma (situation)", "denied", "asthma"),
        ("No known allergy to penicillin", "denied", "penicillin"),
        ("否认高血压病史", "denied", "高血压"),
        ("无糖尿病史", "denied", "糖尿病"),
        ("Family history of breast cancer (situation)", "family", "breast cancer"),
        ("FH: breast cancer", "family", "breast cancer"),
        ("Mother had breast cancer", "family", "breast cancer"),
        ("乳腺癌家族史", "family", "乳腺癌"),
        ("No family history of breast cancer", "family denied", "breast cancer"),
        ("History of myocardial infarction", "past", "myocardial infarction"),
        ("高血压病史", "past", "高血压"),
        ("Suspected COVID-19", "possible", "COVID-19"),
        ("肺癌待查", "possible", "肺癌"),
        ("Pulmonary embolism ruled out", "denied", "Pulmonary embolism"),
    ],
)
def test_words_may_turn_what_they_name(text: str, kind: str, about: str) -> None:
    meaning = meaning_of({"text": text})
    assert (meaning.kind, meaning.about["text"]) == (kind, about)


@pytest.mark.parametrize(
    "text",
    [
        "nystatin", "nodular goiter", "familial tremor", "Nonspecific urethritis", "No light perception",
        "Non-Hodgkin lymphoma", "Unknown primary malignant neoplasm", "Nocturnal enuresis", "Maternal diabetes",
        "Absence of kidney", "Familial adenomatous polyposis", "Allergy to nuts", "History taking", "无精子症",
        "无脉症",
        "家族性震颤", "过敏性紫癜", "疑病症",
    ],
)  # fmt: skip
def test_names_that_only_sound_so_are_names(text: str) -> None:
    concept = {"text": text}
    assert (meaning_of(concept).kind, meaning_of(concept).about) == ("", concept)


@pytest.mark.parametrize(
    ("coding", "kind"),
    [
        ([{"code": "x"}, {"system": "urn:oid:1.2", "code": "no-known-problems"}], "none"),
        ([{"code": "x"}, {"system": "http://snomed.info/sct", "code": "716186003"}], "none"),
        ([{"system": ICD, "code": "Z80.3"}], "family"),
        ([{"system": ICD, "code": "Z87.11"}], "past"),
        ([{"system": ICD, "code": "Z79.4"}], ""),
        ([{"system": "urn:local", "code": "Z80"}], ""),
    ],
)
def test_codes_of_any_place_count(coding: list[dict[str, Any]], kind: str) -> None:
    assert meaning_of({"coding": coding}).kind == kind


def test_a_history_of_an_allergy_is_an_allergy() -> None:
    assert meaning_of({"text": "History of penicillin allergy"}, allergy=True).kind == ""
