"""Annotations that are spelt in another way than the text they stand on, read by the commands as a user has them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli.main import main

FILE = str(Path(__file__).parent / "bioc" / "spelling.json")


def test_another_spelling_stands_on_the_letters_of_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path))
    main(["ingest", "--json", "--format", "bioc", FILE])
    (failure,) = json.loads(capsys.readouterr().out)["failed"]
    assert failure["record"] == "PMID:90000103"
    main(["tag", "--given", "entities", "--format", "bioc", FILE])
    tagged = capsys.readouterr().out
    documents = {one["id"]: one["mentions"] for one in map(json.loads, tagged.splitlines())}
    assert [(one["text"], one["start"]) for one in documents["90000101"]] == [("COVID‐19", 0), ("IFN‐γ", 16)]
    assert [one["text"] for one in documents["90000102"]] == ["Aspirin"]
    assert "90000103" not in documents
