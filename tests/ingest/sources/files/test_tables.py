"""Tables, row by row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.model import Failure
from ingest.sources.files.tables import Row, comments, rows

Write = Callable[..., Path]


def test_rows_have_their_line_and_their_cells(write: Write) -> None:
    path = write("a.tsv", "# Version: 3\n# a\nid\tname\n\n1\t Fever \n2\n3\tCough\tmore\n4\tRash\n")
    assert comments(path) == {"version": "3"}
    first, short, long, last = rows(path, ("id", "name"))
    assert isinstance(first, Row)
    assert (first.number, first["name"], first["absent"], first.line) == (5, "Fever", "", "1\t Fever ")
    assert short == Failure(str(path), "line 6", "nothing under name")
    assert long == Failure(str(path), "line 7", "3 cells under a header of 2")
    assert isinstance(last, Row)


def test_a_header_without_a_column_ends_the_table(write: Write) -> None:
    path = write("a.tsv", "id\tname\n1\tFever\n")
    assert list(rows(path, ("id", "type"))) == [Failure(str(path), "line 1", "no column type")]


def test_quoted_cells_and_a_header_that_is_given(write: Write) -> None:
    path = write("a.csv", '1,"Fever, high"\n')
    (row,) = rows(path, header=("id", "name"), delimiter=",", quoted=True)
    assert isinstance(row, Row)
    assert row.cells == {"id": "1", "name": "Fever, high"}


def test_a_row_that_breaks_its_quotes_is_a_failure_that_names_it(write: Write) -> None:
    path = write("a.csv", 'id,name\n1,a\rb\n2,"c"\n3,"' + "x" * 140_000 + '"\n')
    found = list(rows(path, quoted=True, delimiter=","))
    assert [item.record if isinstance(item, Failure) else item["name"] for item in found] == ["line 2", "c", "line 4"]
