"""A line a token with its label."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.corpora.annotated import Mark
from evaluation.corpora.bio import read
from ingest.errors import MalformedFile


def test_marks_of_every_scheme(tmp_path: Path) -> None:
    path = tmp_path / "a.bio"
    path.write_text("One B-Gene\ntwo L-Gene\nX U-Gene\nI I-Gene\nof O\n\nA S-Gene\n", encoding="utf-8")
    first, second = (draft.done() for draft in read(path))
    assert first.text == "One two X I of"
    assert first.marks == (Mark(0, 7, "Gene"), Mark(8, 9, "Gene"), Mark(10, 11, "Gene"))
    assert second.marks == (Mark(0, 1, "Gene"),)
    path.write_text("One\n", encoding="utf-8")
    with pytest.raises(MalformedFile, match="line 1"):
        list(read(path))
