"""Names end where lines end what they say."""

from __future__ import annotations

import pytest

from ingest.reading.recognition.parted import parted
from ingest.reading.recognition.recognizer import Span


@pytest.mark.parametrize(
    ("text", "name", "names"),
    [
        ("No fever\nCough", "fever\nCough", ["fever", "Cough"]),
        (
            "- Asthma\n- Psoriasis\n\nPneumonia",
            "Asthma\n- Psoriasis\n\nPneumonia",
            ["Asthma", "Psoriasis", "Pneumonia"],
        ),
        ("1. Gout\n2) Asthma\n[x] Rash", "Gout\n2) Asthma\n[x] Rash", ["Gout", "Asthma", "Rash"]),
        (
            "He has no sign of aortic and\nmitral stenosis.",
            "aortic and\nmitral stenosis",
            ["aortic and\nmitral stenosis"],
        ),
        ("Dissection of aorta", "Dissection of aorta", ["Dissection of aorta"]),
        ("Asthma\n-", "Asthma\n-", ["Asthma"]),
        ("发热\n咳嗽", "发热\n咳嗽", ["发热", "咳嗽"]),
    ],
)
def test_a_name_does_not_run_into_the_next_line(text: str, name: str, names: list[str]) -> None:
    start = text.index(name)
    spans = parted(text, [Span(start, start + len(name), "Disease", 0.9)])
    assert [text[span.start : span.end] for span in spans] == names
    assert {(span.label, span.score) for span in spans} == {("Disease", 0.9)}


def test_other_names_stay() -> None:
    spans = [Span(0, 4, "Disease", 1.0), Span(5, 14, "Drug", 0.5)]
    assert parted("gout fever\nzinc", spans[:1]) == spans[:1]
    assert parted("gout fe\nzincum", spans) == [spans[0], Span(5, 7, "Drug", 0.5), Span(8, 14, "Drug", 0.5)]
