"""Columns, tables, running heads."""

from __future__ import annotations

from ingest.sources.documents.pdf_layout import columns, without_running
from ingest.sources.documents.pdf_lines import Line


def at(text: str, left: float, base: float) -> Line:
    return Line(text, left, left + 5 * len(text), base, 10)


def texts(lines: list[Line]) -> list[str]:
    return [line.text for column in columns(lines) for row in column.rows for line in row]


def test_columns_are_read_one_after_the_other() -> None:
    left = [at(f"this is the left column's line {n}", 50, 700 - 12 * n) for n in range(6)]
    right = [at(f"this is the right column's line {n}", 300, 700 - 12 * n) for n in range(5)]
    title = at("A title over both of the columns that is long enough to reach", 50, 730)
    assert texts([*right, *left, title]) == [line.text for line in (title, *left, *right)]


def test_the_rows_of_a_table_stay() -> None:
    cells = [at(text, left, 700 - 12 * n) for n in range(6) for text, left in ((f"Drug {n}", 50), (f"{n} mg", 300))]
    (column,) = columns(cells)
    assert [[line.text for line in row] for row in column.rows] == [[f"Drug {n}", f"{n} mg"] for n in range(6)]


def test_heads_and_page_numbers_go() -> None:
    pages = [
        [
            at("A journal", 50, 810),
            at(f"Text {n}", 50, 700),
            at(f"Dose {n * 7}", 50, 685),
            at(f"Page {n} of 3", 250, 20),
        ]
        for n in (1, 2, 3)
    ]
    kept = without_running(pages, [842.0] * 3)
    assert [[line.text for line in page] for page in kept] == [[f"Text {n}", f"Dose {n * 7}"] for n in (1, 2, 3)]


def test_a_page_of_nothing_else_is_kept() -> None:
    pages = [[at("Fever.", 50, 810)], [at("Fever.", 50, 810)], [at("3", 50, 20)]]
    kept = without_running(pages, [842.0] * 3)
    assert [[line.text for line in page] for page in kept] == [["Fever."], ["Fever."], []]
