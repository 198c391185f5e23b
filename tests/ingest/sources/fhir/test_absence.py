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
        "Takes no medications", "Patient takes no regular medications", "Does not take any medications",
        "Denies taking any medication", "Using no prescription medications", "On no medicines",
        "否认服药", "没有服用任何药物", "未服药", "目前未用药", "无长期服药史", "患者否认服用药物", "没有手术",
        "Healthy", "Fit and well", "Patient is healthy", "In good health", "Well", "健康", "良好",
        "平素体健", "健康状况良好",
        "No abnormality detected", "no vaccine administered", "Nil of note", "Has no medical problems",
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
        ("考虑肺炎", "possible", "肺炎"),
        ("No asthma", "denied", "asthma"),
        ("NO ASTHMA", "denied", "ASTHMA"),
        ("No heart failure", "denied", "heart failure"),
        ("The patient denies any seizures", "denied", "seizures"),
        ("Negative for tuberculosis", "denied", "tuberculosis"),
        ("Asthma: no", "denied", "Asthma"),
        ("Takes no warfarin", "denied", "warfarin"),
        ("Denies taking ibuprofen", "denied", "ibuprofen"),
        ("否认高血压", "denied", "高血压"),
        ("没有患糖尿病", "denied", "糖尿病"),
        ("患者否认肝炎", "denied", "肝炎"),
        ("无糖尿病", "denied", "糖尿病"),
        ("糖尿病：无", "denied", "糖尿病"),
        ("否认青霉素过敏", "denied", "青霉素"),
        ("未服用阿司匹林", "denied", "阿司匹林"),
        ("No relatives with breast cancer", "family denied", "breast cancer"),
        ("否认父亲患糖尿病", "family denied", "糖尿病"),
        ("s/p appendectomy", "past", "appendectomy"),
        ("Status post CABG", "past", "CABG"),
        ("Previous myocardial infarction", "past", "myocardial infarction"),
        ("Prior stroke", "past", "stroke"),
        ("former alcohol dependence", "past", "alcohol dependence"),
        ("Pneumonia (resolved)", "past", "Pneumonia"),
        ("No longer taking warfarin", "past", "warfarin"),
        ("曾患肺结核", "past", "肺结核"),
        ("已停用华法林", "past", "华法林"),
        ("阑尾切除术后", "past", "阑尾切除术"),
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
        "No-reflow phenomenon", "无花果过敏", "健康教育", "健康焦虑症", "Healthy eating advice", "Former smoker",
        "Former IV drug user", "Well-differentiated adenocarcinoma", "Well controlled asthma", "无症状性细菌尿",
        "无脉病", "non-Hodgkin lymphoma", "Nil per os", "良性前列腺增生",
        "NO (nitric oxide) inhalation", "No of children", "No bowel sounds",
        "No response to verbal stimulus", "Past pointing",
        "Status asthmaticus",
        "术后出血", "未规律服药", "药物过量", "未破裂脑动脉瘤", "不孕症",
        "没药过敏", "Unresolved pneumonia", "Breast cancer, HER2 - negative",
        "Never smoker", "No cardiopulmonary resuscitation", "良好预后",
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
