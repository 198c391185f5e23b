"""The home's own file of mappings, and `medgraph twins` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api import twins as local
from api.cli.main import main
from graph.model import Entity
from graph.twins import Twins
from ingest.model import Mapping
from ingest.sources.curated import sssom

PAIR = Twins(
    other=Entity("MESH:1", "Disease", "Heart  Attack"),
    canonical=Entity("MONDO:1", "Disease", "heart attack"),
    names=("heart attack",),
    confidence=0.7,
    speaks_for=("both prefer the name",),
    speaks_against=("the name is short",),
)
OBO = """format-version: 1.2
ontology: {name}

[Term]
id: {id}
name: heart attack
"""


def test_accepted_rows_are_read_as_mappings_of_one_source(tmp_path: Path) -> None:
    path = local.accept(tmp_path, [local.row(PAIR)])
    source, mapping = sssom.read(path)
    assert (source.id, mapping) == ("local", Mapping("MESH:1", "MONDO:1", 0.7, "semapv:LexicalMatching"))  # type: ignore[union-attr]
    assert "heart attack; both prefer the name; but the name is short" in path.read_text()
    local.accept(tmp_path, [local.row(PAIR, by_hand=True)])
    again, mapping = sssom.read(path)
    assert mapping == Mapping("MESH:1", "MONDO:1", 1.0, "semapv:ManualMappingCuration")
    assert again.version != source.version  # type: ignore[union-attr]


def test_what_is_accepted_names_nothing_that_a_licence_restricts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path / "home"))
    head = "format-version: 1.2\nontology: {}\nremark: http://creativecommons.org/licenses/{}/4.0/\n"
    term = '\n[Term]\nid: {}\nname: {}\nsynonym: "{}" EXACT []\n'
    for name, licence, id, *names in (
        ("mondo", "by", "MONDO:0000001", "azure ear", "blue ear"),
        ("doid", "by-nc", "DOID:1", "secret ear", "blue ear"),
    ):
        file = tmp_path / f"{name}.obo"
        file.write_text(head.format(name, licence) + term.format(id, *names))
        assert main(["load", "-q", str(file)]) == 0
    capsys.readouterr()
    assert main(["twins"]) == 0
    assert "secret ear" in capsys.readouterr().out
    assert main(["twins", "--accept", "MONDO:0000001", "DOID:1"]) == 0
    assert "1 accepted into" in capsys.readouterr().out
    written = (tmp_path / "home" / "local.sssom.tsv").read_text()
    assert "MONDO:0000001\tazure ear\tskos:exactMatch\tDOID:1\t\tsemapv:ManualMappingCuration" in written
    assert "secret" not in written
    assert "blue ear" not in written


def test_twins_are_listed_accepted_and_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path / "home"))
    for name, id in (("mondo", "MONDO:0000001"), ("doid", "DOID:1")):
        file = tmp_path / f"{name}.obo"
        file.write_text(OBO.format(name=name, id=id))
        assert main(["load", "-q", str(file)]) == 0
    capsys.readouterr()
    assert main(["twins", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["twins"]
    assert (row["subject_id"], row["predicate_id"], row["object_id"]) == ("MONDO:0000001", "skos:exactMatch", "DOID:1")
    assert main(["twins", "MONDO:0000001"]) == 2
    assert main(["twins", "--accept", "MONDO:0000001", "DOID:1"]) == 0
    assert "1 accepted into" in capsys.readouterr().out
    assert main(["entity", "heart attack"]) == 0
    shown = capsys.readouterr().out
    assert "MONDO:0000001  Disease  heart attack" in shown
    assert "merged: DOID:1 = MONDO:0000001 (local, confidence 1, semapv:ManualMappingCuration)" in shown
    assert main(["twins"]) == 0
    assert capsys.readouterr().out.count("\n") == 1
