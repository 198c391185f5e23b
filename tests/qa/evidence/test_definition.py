"""A definition as evidence."""

from __future__ import annotations

from qa.evidence.definition import DefinitionEvidence


def test_its_source_is_the_record() -> None:
    one = DefinitionEvidence("E1", "MESH:D000001", "Name", "What it is.")
    assert (one.kind, one.source, one.title, one.start) == ("curated", "MESH:D000001", "Name", -1)
