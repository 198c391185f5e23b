"""The lines of OBO files, escaped and not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.model import Failure
from ingest.sources.curated.obo_syntax import bare, plain, quoted, stanzas


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('poly\\{acid\\} {source="x"} ! a comment', "poly{acid}"),
        ('oxydi{ethyl} ester {source="x"} ! a comment', "oxydi{ethyl} ester"),
        ('HP:1 {source="x ! y", note="{z}"} ! parent', "HP:1"),
        ("CD4{+} cell ! a comment", "CD4{+} cell"),
        ("one \\! two", "one ! two"),
        ("wow!", "wow!"),
        ('beta-\\{D\\} {is_inferred="true"}', "beta-{D}"),
    ],
)
def test_a_value_without_what_trails_it(value: str, expected: str) -> None:
    assert plain(bare(value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('"a" EXACT []', ("a", "EXACT []")),
        ('"a "b" c" EXACT []', ('a "b" c', "EXACT []")),
        ('"say \\"x\\"" BROAD []', ('say "x"', "BROAD []")),
        ('"an 8" disc" []', ('an 8" disc', "[]")),
        ('"of "quotes" in it." [x:1, x:2]', ('of "quotes" in it.', "[x:1, x:2]")),
        ('"alone"', ("alone", "")),
        ('"never closed EXACT []', None),
        ("none", None),
    ],
)
def test_a_quoted_text_and_what_follows(value: str, expected: tuple[str, str] | None) -> None:
    assert quoted(value) == expected


def test_continued_lines_are_one(write: Callable[..., Path]) -> None:
    failures: list[Failure] = []
    header, term = stanzas(write("x.obo", "a: b\n\n[Term]\nname: one \\\n  two\nid: X:1\n"), failures)
    assert [line.text for line in header.lines] == ["a: b"]
    assert [(line.number, line.text) for line in term.lines] == [(4, "name: one two"), (6, "id: X:1")]
    assert (term.name, term.number, failures) == ("[Term]", 3, [])
