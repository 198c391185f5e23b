"""Paragraphs of a PDF: joined where they go on, and only there. The files are made by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.model import Document
from ingest.sources.documents.pdf import read
from ingest.sources.documents.pdf_paragraphs import joined_lines
from tests.ingest.sources.documents.test_pdf import pdf

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (["The patient had no fever, no cough and the parents de-", "nied any rash. He was well."],
         ["The patient had no fever, no cough and the parents denied any rash. He was well."]),
        (["She was given a beta-\nblocker for COVID-\n19 and metopro-\nlol."],
         ["She was given a beta-blocker for COVID-19 and metoprolol."]),
        (["Diagnosis: Asthma\nAllergies: None known\nPlan: Follow up in two weeks"],
         ["Diagnosis: Asthma", "Allergies: None known", "Plan: Follow up in two weeks"]),
        (["Medications:\n- Aspirin 81 mg daily\n- Atorvastatin 40 mg, to be\ncontinued\n- Metoprolol"],
         ["Medications:", "- Aspirin 81 mg daily", "- Atorvastatin 40 mg, to be continued", "- Metoprolol"]),
        (["PROBLEMS\nHypertension\nDiabetes mellitus type 2\nCOURSE\nThe patient was admitted for fever, no\nsepsis."],
         ["PROBLEMS", "Hypertension", "Diabetes mellitus type 2", "COURSE",
          "The patient was admitted for fever, no sepsis."]),
        (["First paragraph ends here.\nSecond one begins on a line of its own and is longer."],
         ["First paragraph ends here.", "Second one begins on a line of its own and is longer."]),
    ],
)  # fmt: skip
def test_lines_are_joined_where_they_go_on(write: Write, pages: list[str], expected: list[str]) -> None:
    (document,) = read(write("a.pdf", pdf(pages)))
    assert isinstance(document, Document)
    assert [line for line in document.text.split("\n") if line] == expected


def test_chinese_lines_are_joined_without_a_blank() -> None:
    assert joined_lines("冠心", "病史", frozenset()) == "冠心病史"
    assert joined_lines("no", "fever", frozenset()) == "no fever"
