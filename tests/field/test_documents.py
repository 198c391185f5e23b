"""Files that people bring, read through the command as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import main as cli

HERE = Path(__file__).parent


def test_the_lines_of_a_pdf_are_its_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path))
    assert cli.main(["tag", str(HERE / "pdf" / "wrapped.pdf")]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    mentions = {mention["text"].lower(): mention for mention in json.loads(line)["mentions"]}
    denied = ("chest pain", "pulmonary embolism", "vomiting", "nausea", "pneumonia")
    assert {name: mentions[name]["polarity"] for name in denied} == dict.fromkeys(denied, "negated")
    assert mentions["hypertension"]["polarity"] == "affirmed"
    assert mentions["metoprolol"]["id"] == "D008790"
    assert not {"metopro", "lol"} & mentions.keys()


def test_front_matter_is_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path))
    assert cli.main(["ingest", str(HERE / "text" / "front_matter.md")]) == 0
    capsys.readouterr()
    assert cli.main(["search", "--json", "gout"]) == 0
    (hit,) = json.loads(capsys.readouterr().out)["hits"]
    assert hit["title"] == "A note on gout"
    assert "rheum" not in hit["text"]
