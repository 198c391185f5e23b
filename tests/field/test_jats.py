"""Full texts that people bring, read through the command as they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli import main as cli

HERE = Path(__file__).parent / "jats"


@pytest.mark.parametrize(
    ("file", "query", "parts"),
    [
        ("tex.xml", "aspirin",
         ("The dose was 10⁶ units of aspirin and β-thalassemia was found.", "BMI = w/h²")),
        ("mathml.xml", "synuclein", ("The α-synuclein ratio rose by √2 and by (a+b)/2.",)),
    ],
)  # fmt: skip
def test_formulas_are_read_whole_and_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    file: str,
    query: str,
    parts: tuple[str, ...],
) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path))
    assert cli.main(["ingest", str(HERE / file)]) == 0
    capsys.readouterr()
    assert cli.main(["search", "--json", query]) == 0
    text = " ".join(hit["text"] for hit in json.loads(capsys.readouterr().out)["hits"])
    for part in parts:
        assert text.count(part) == 1


def test_marks_of_references_join_no_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path))
    assert cli.main(["tag", str(HERE / "references.xml")]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    tagged: dict[str, Any] = json.loads(line)
    polarity = {mention["text"].lower(): mention["polarity"] for mention in tagged["mentions"]}
    assert (polarity["aspirin"], polarity["gastric ulcer"]) == ("affirmed", "affirmed")
    assert (polarity["asthma"], polarity["fever"]) == ("negated", "affirmed")
    stated = {(one["subject"], one["predicate"], one["object"], one["polarity"]) for one in tagged["relations"]}
    assert stated & {("D001241", name, "D013276", "affirmed") for name in ("causes", "has_adverse_effect")}
