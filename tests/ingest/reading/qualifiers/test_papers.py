from __future__ import annotations

import pytest

from graph.model import Assertion
from ingest.model import Document, Section
from ingest.reading.qualifiers.papers import Paper, patients, study


@pytest.mark.parametrize(
    ("title", "types", "text", "expected"),
    [
        ("X", ("Journal Article", "Randomized Controlled Trial"), "", "randomised trial"),
        ("X", ("Review", "Meta-Analysis"), "", "meta-analysis"),
        ("A retrospective cohort of gout", ("Journal Article",), "", "cohort study"),
        ("A systematic review of gout", ("Review",), "", "systematic review"),
        ("Gout in rats", (), "Patients were randomly assigned.", "animal study"),
        ("Gout", (), "Patients were randomly assigned to A or B.", "randomised trial"),
        ("Gout", (), "We report a 54-year-old man with gout.", "case report"),
        ("痛风的病例对照研究", (), "", "case-control study"),
        ("痛风", (), "将患者随机分为两组。", "randomised trial"),
        ("痛风", (), "回顾性分析120例患者。", "cohort study"),
        ("Gout", (), "Randomised trials have shown little.", ""),
        ("Adherence to guidelines", (), "", ""),
    ],
)
def test_kinds_of_study(title: str, types: tuple[str, ...], text: str, expected: str) -> None:
    assert study(title, types, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In all, 1,395 patients were enrolled.", "1395"),
        ("120 adult patients with gout were randomised to A.", "120"),
        ("A total of 58 volunteers took part.", "58"),
        ("We studied 90 patients.", "90"),
        ("共纳入120例患者", "120"),
        ("选取痛风患者86例", "86"),
        ("12% of patients were treated", ""),
        ("Patients took 40 mg.", ""),
    ],
)
def test_how_many_patients(text: str, expected: str) -> None:
    assert patients(text) == expected


def test_sections_by_name_and_by_label() -> None:
    named = Document("PMID:1", "T", (Section("title", "T"), Section("results", "R is r."), Section("abstract", "A.")))
    paper = Paper(named)
    assert [paper.of(at).get("section", "") for at in (0, 2, 10)] == ["title", "results", ""]
    text = "BACKGROUND: A is b. METHODS: C. RESULTS: D is e. CONCLUSIONS: F."
    labelled = Paper(Document("PMID:1", "", (Section("abstract", text),)))
    assert [labelled.of(text.index(word)).get("section", "") for word in ("A is", "C.", "D is", "F.")] == [
        "background",
        "methods",
        "results",
        "conclusions",
    ]
    text = "目的：探讨甲。方法：乙。结果：丙。结论：丁。"
    chinese = Paper(Document("PMID:1", "", (Section("abstract", text),)))
    assert [chinese.of(text.index(word))["section"] for word in "甲乙丙丁"] == [
        "background",
        "methods",
        "results",
        "conclusions",
    ]


def test_nothing_is_told_of_the_files_of_patients() -> None:
    text = "RESULTS: We report a 54-year-old man. A total of 12 patients were enrolled."
    stated = Assertion.new("P:1", "has_condition", "D:1", source="fhir:1", sentence=text, start=0, end=len(text))
    filed = Document("fhir:1", "", (Section("note", text),), statements=(stated,))
    assert Paper(filed).of(0) == {}
    assert set(Paper(Document("PMID:1", "", (Section("note", text),))).of(0)) == {"study", "patients", "section"}
