"""The lines of PubTator text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.model import Failure
from ingest.sources.annotated.pubtator_form import Blank, Mentioned, Neither, Related, Text, read

Write = Callable[..., Path]


def test_every_line_is_told_for_what_it_is(write: Write) -> None:
    rows = "7|t|A | title\n7|a|\n7\t0\t1\tA\tGene\tX:1\tmore\n"
    rows += "7\t0\t1\tA\tGene\n7\t CID \ta\tb\tNovel\n \n7\tCID\ta\nwords\n"
    assert list(read(write("a", rows))) == [
        Text(1, "7", "t", "A | title"),
        Text(2, "7", "a", ""),
        Mentioned(3, "7", 0, 1, "A", "Gene", "X:1"),
        Mentioned(4, "7", 0, 1, "A", "Gene", ""),
        Related(5, "7", "CID", "a", "b"),
        Blank(),
        Neither(7, "7"),
        Neither(8, ""),
    ]


def test_a_line_that_cannot_be_read_is_a_failure(write: Write) -> None:
    failure, text = read(write("a", b"\xff\n7|t|A\n"))
    assert isinstance(failure, Failure)
    assert text == Text(2, "7", "t", "A")
