"""The lines of a page, and what is read of raised numbers."""

from __future__ import annotations

import pytest

from ingest.sources.documents.pdf_lines import Line, _raised, readable, rows


def test_rows_are_from_the_top_and_the_left() -> None:
    a, b, c = (
        Line(text, left, left + 9, base, 10) for text, left, base in (("a", 50, 700), ("b", 10, 701), ("c", 10, 680))
    )
    assert rows([c, a, b]) == [[b, a], [c]]


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("10", "6", "⁶"),
        ("disease", "1,2", ""),
        ("disease.", "3–5", ""),
        ("m", "2", "2"),
        ("Ca", "2+", "2+"),
        ("as", "th", "th"),
    ],
)
def test_raised_numbers_are_powers_or_references(before: str, text: str, expected: str) -> None:
    assert _raised(before, text) == expected


def test_readable_text_is_one_line() -> None:
    assert readable("a \x00b\u00ad c\ud83d\ude00 \ud800") == "a b c😀 \ufffd"
