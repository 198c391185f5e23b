"""What is told together, said as it is worded."""

from __future__ import annotations

from qa.evidence.kinds import ToldEvidence
from qa.evidence.material import Material
from qa.writing.told import told

PIECES = (ToldEvidence("E1", (), ("One", "一"), warns=True), ToldEvidence("E2", (), ("Two", "二")))


def test_warnings_and_the_rest_are_told_apart() -> None:
    material = Material(PIECES)
    assert [sentence.text for sentence in told(material, "en")] == ["One.", "Two."]
    assert [sentence.citations for sentence in told(material, "zh", warnings=True)] == [("E1",)]
    assert [sentence.text for sentence in told(material, "zh", warnings=False)] == ["二。"]
