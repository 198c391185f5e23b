"""Drugs and targets for a disease, at both doors, by the weights that are shipped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.cli import main as cli
from api.errors import NothingLoaded
from api.repurposing import propose
from api.settings import Settings
from api.wiring import Parts
from graph.model import PUBLIC, Assertion, Contribution, Entity, Name, Source
from graph.sqlite.store import SqliteStore

ENTITIES = [
    *(Entity(f"DRUG:{n}", "Drug", f"Drug {n}", (Name(f"药{n}", "zh"),)) for n in range(1, 5)),
    *(Entity(f"GENE:{n}", "Gene", f"G{n}") for n in range(1, 3)),
    Entity("DISEASE:1", "Disease", "Pallor of Mars", (Name("火星苍白病", "zh"),)),
    Entity("DISEASE:2", "Disease", "Pallor of nobody"),
    Entity("DISEASE:3", "Disease", "Infantile pallor of Mars"),
]
STATED = [
    *((f"DRUG:{n}", "binds", "GENE:1") for n in range(1, 4)),
    ("DRUG:4", "binds", "GENE:2"), ("DRUG:1", "treats", "DISEASE:1"), ("GENE:1", "gene_associated_with", "DISEASE:1"),
    ("DRUG:1", "resembles", "DRUG:2"), ("DISEASE:3", "subclass_of", "DISEASE:1"),
]  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a small network, and a paper that says that drug 2 helps."""
    folder = tmp_path / "home"
    folder.mkdir()
    store, net, paper = SqliteStore(folder / "graph.sqlite"), Source("net", "curated"), Source("PMID:1", "document")
    store.load(net, ENTITIES, [Assertion.new(*triple, source="net", sentence="a row") for triple in STATED])
    helps = Assertion.new("DRUG:2", "treats", "DISEASE:1", source="PMID:1", sentence="Two helps.", start=0, end=10)
    store.replace([Contribution(paper, assertions=(helps,))])
    store.close()
    monkeypatch.setenv("MEDGRAPH_HOME", str(folder))
    return folder


def told(capsys: pytest.CaptureFixture[str], *args: str) -> Any:
    assert cli.main(["repurpose", *args, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_drugs_for_a_disease(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = told(capsys, "pallor of mars")
    assert (body["sought"], body["disease"]["id"], body["disease"]["names"]["zh"]) == (
        "drugs", "DISEASE:1", "火星苍白病",
    )  # fmt: skip
    # Drug 4 binds what the disease has nothing to do with.
    ranked = {one["entity"]["id"]: one for one in body["candidates"]}
    assert set(ranked) == {"DRUG:1", "DRUG:2", "DRUG:3"}
    assert (ranked["DRUG:1"]["standing"], ranked["DRUG:1"]["new"]) == (["treats"], False)
    two = ranked["DRUG:2"]
    assert 0 < two["probability"] < 1
    assert two["probability"] > ranked["DRUG:3"]["probability"]
    assert [row["text"] for row in two["literature_for"]] == ["Two helps."]
    words = [path["words"] for path in two["paths"]]
    assert {
        "en": "Drug 2 binds G1; G1 is associated with Pallor of Mars.",
        "zh": "药2与G1结合；G1与火星苍白病相关。",
    } in words
    assert all(len(path["nodes"]) == len(path["relations"]) + 1 for path in two["paths"])


def test_what_it_rests_on_and_what_is_stated_already(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = told(capsys, "Pallor", "of", "Mars", "--new")
    assert body["grounds"] == {"drugs": 1, "genes": 1, "similar": 0}
    assert [(one["id"], one["place"]) for one in body["known"]] == [("DRUG:1", 3)]
    assert (body["thin"], body["closed"]) == (None, [])
    assert cli.main(["repurpose", "Pallor of Mars"]) == 0
    assert "stated already (place): Drug 1 (3)" in capsys.readouterr().out


def test_new_ones_and_targets(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = told(capsys, "DISEASE:1", "--new", "--limit", "1")
    assert [one["entity"]["id"] for one in new["candidates"]] == ["DRUG:2"]
    targets = told(capsys, "火星苍白病", "--targets")
    assert (targets["sought"], [one["entity"]["id"] for one in targets["candidates"]]) == ("targets", ["GENE:1"])


def test_as_a_reader_sees_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["repurpose", "Pallor of Mars"]) == 0
    english = capsys.readouterr().out
    assert "Drug 2 binds G1; G1 is associated with Pallor of Mars." in english
    assert "stated to treat it" in english
    assert "“Two helps.” [PMID:1]" in english
    assert "no advice for treatment" in english
    assert cli.main(["repurpose", "火星苍白病"]) == 0
    chinese = capsys.readouterr().out
    assert "已知用于治疗" in chinese
    assert "并非治疗建议" in chinese


def test_what_cannot_be_told_is_said(
    home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.main(["repurpose", "Pallor of nobody"]) == 8
    assert "no path leads to Pallor of nobody (DISEASE:2)" in capsys.readouterr().err
    assert cli.main(["repurpose", "Infantile pallor of Mars"]) == 8
    assert "of its kind some do: Pallor of Mars (DISEASE:1)" in capsys.readouterr().err
    assert cli.main(["repurpose", "palor of mars"]) == 8
    assert "nearest: Pallor of Mars" in capsys.readouterr().err
    assert cli.main(["repurpose", "Drug 1"]) == 8
    assert "names no disease or finding but DRUG:1 (Drug Drug 1)" in capsys.readouterr().err
    assert cli.main(["repurpose", " "]) == 2
    assert cli.main(["repurpose", "an unheard-of disease"]) == 8
    assert cli.main(["repurpose", "DISEASE:77"]) == 8
    monkeypatch.setenv("MEDGRAPH_MODELS", str(tmp_path))
    assert cli.main(["repurpose", "Pallor of Mars"]) == 5
    monkeypatch.delenv("MEDGRAPH_MODELS")
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path / "empty"))
    assert cli.main(["repurpose", "Pallor of Mars"]) == 9
    with Parts(Settings.read()) as parts, pytest.raises(NothingLoaded, match="Hetionet"):
        propose(parts, PUBLIC, "Pallor of Mars", "drugs")


def test_the_same_over_http(home: Path, capsys: pytest.CaptureFixture[str], start: Callable[..., Any]) -> None:
    at_the_prompt = told(capsys, "Pallor of Mars")
    client = start(home).client
    assert client.get("/v1/repurpose", params={"disease": "Pallor of Mars"}).json() == at_the_prompt
    targets = client.get("/v1/repurpose", params={"disease": "DISEASE:1", "sought": "targets", "limit": 3})
    assert [one["entity"]["id"] for one in targets.json()["candidates"]] == ["GENE:1"]
    assert client.get("/v1/repurpose", params={"disease": "DISEASE:2"}).status_code == 404
    for nothing in ({}, {"disease": ""}):
        assert client.get("/v1/repurpose", params=nothing).status_code == 422
    unknown = client.get("/v1/repurpose", params={"disease": "palor of mars"})
    assert (unknown.status_code, unknown.json()["nearest"][0]) == (404, "Pallor of Mars")
