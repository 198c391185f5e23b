"""Every source's own word on one scale."""

from __future__ import annotations

import pytest

from graph.model import Assertion
from qa.evidence.severity import SEVERITIES, Severity, severity, word, worst


@pytest.mark.parametrize(
    ("key", "said", "expected"),
    [
        ("severity", "Contraindicated", "contraindicated"),
        ("severity", "Contre-indication", "contraindicated"),
        ("severity", "MAJOR", "major"),
        ("severity", "Association DECONSEILLEE", "major"),
        ("severity", "serious", "major"),
        ("severity", "严重", "major"),
        ("severity", "禁忌", "contraindicated"),
        ("priority", "high", "major"),
        ("severity", "Précaution d'emploi", "moderate"),
        ("severity", "A prendre en compte", "minor"),
        ("priority", "non-interruptive", "minor"),
        ("severity", "Unknown", "unknown"),
        ("severity", "perhaps", "unknown"),
        ("note", "major", "unknown"),
    ],
)
def test_a_word_is_on_the_scale(key: str, said: str, expected: Severity) -> None:
    row = Assertion.new("A:1", "interacts_with", "A:2", source="s", sentence="", qualifiers={key: said})
    assert severity(row) == expected
    assert word(row) == ("" if key == "note" else said)


def test_the_worst_is_the_first_of_the_scale() -> None:
    assert worst(reversed(SEVERITIES)) == "contraindicated"
    assert worst(()) == "unknown"
