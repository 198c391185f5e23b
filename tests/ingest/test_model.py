"""The words of ingestion."""

from __future__ import annotations

from dataclasses import replace

from graph.model import Assertion
from ingest.model import Annotation, Document, Section

ONE = Document("D:1", "Title", (Section("title", "Title"), Section("abstract", "Fever.")))


def test_a_text_is_its_sections_on_lines_of_their_own() -> None:
    assert ONE.text == "Title\nFever."


def test_the_hash_changes_with_whatever_a_document_holds() -> None:
    assertion = Assertion.new("X:1", "treats", "X:2", source="D:1", sentence="Fever.", start=6, end=12, extractor="a/1")
    others = [
        replace(ONE, title="Other"),
        replace(ONE, retracted=True),
        replace(ONE, publication_types=("Letter",)),
        replace(ONE, access=frozenset({"patient:1"})),
        replace(ONE, annotations=(Annotation(6, 11, "Fever", "Disease", ""),)),
        replace(ONE, statements=(assertion,)),
        replace(ONE, statements=(replace(assertion, extractor="a/2"),)),
    ]
    assert len({ONE.hash, *(other.hash for other in others)}) == 1 + len(others)
    assert replace(ONE).hash == ONE.hash
