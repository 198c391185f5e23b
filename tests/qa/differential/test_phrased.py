"""Questions after findings, in both languages."""

from __future__ import annotations

import pytest

from qa.differential.phrased import question


@pytest.mark.parametrize(
    ("kind", "name", "asked"),
    [
        ("history", "Fever", "Is there fever?"),
        ("history", "Chills", "Are there chills?"),
        ("imaging", "ST segment elevation", "What does imaging show: is there ST segment elevation?"),
        ("exam", "Kayser-Fleischer ring", "What does the examination show: is there Kayser-Fleischer ring?"),
        ("lab", "Influenza test positive", "What do the laboratory tests show: is there a positive influenza test?"),
        ("lab", "Ascites", "What do the laboratory tests show: is there ascites?"),
    ],
)
def test_questions(kind: str, name: str, asked: str) -> None:
    assert question(kind, name, "发热").en == asked


def test_in_chinese() -> None:
    assert question("history", "Fever", "发热").zh == "是否有发热？"
    assert question("lab", "Fever", "发热").zh == "实验室检查：是否有发热？"
