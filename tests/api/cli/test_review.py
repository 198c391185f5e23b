"""`medgraph review` as a user calls it, on what a leaflet states and a table says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli.main import main

OBO = """format-version: 1.2
ontology: mondo

[Term]
id: MONDO:9000001
name: azure gout

[Term]
id: MONDO:9000002
name: red asthma
"""
NODES = "id\tcategory\tname\nMESH:D9\tbiolink:Drug\tzorvexine\n"
EDGES = (
    "subject\tpredicate\tobject\tprimary_knowledge_source\n"
    "MESH:D9\tbiolink:contraindicated_in\tMONDO:9000001\tinfores:table\n"
)


def test_what_a_text_states_is_compared_with_what_is_curated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")
    for name, content in (("mondo.obo", OBO), ("t_nodes.tsv", NODES), ("t_edges.tsv", EDGES)):
        (tmp_path / name).write_text(content)
    assert main(["load", "-q", str(tmp_path / "mondo.obo"), str(tmp_path / "t_nodes.tsv"),
                 str(tmp_path / "t_edges.tsv")]) == 0  # fmt: skip
    text = tmp_path / "leaflet.txt"
    text.write_text("Zorvexine is indicated for azure gout.\n\nZorvexine is indicated for red asthma.\n")
    assert main(["ingest", "-q", str(text)]) == 0
    capsys.readouterr()
    assert main(["review", "--json"]) == 0
    counted = json.loads(capsys.readouterr().out)
    assert counted["by_predicate"]["treats"] == {"agrees": 0, "contradicts": 1, "other": 0, "new": 1}
    assert main(["review"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "predicate\tagrees\tcontradicts\tother\tnew", "treats\t0\t1\t0\t1", "all\t0\t1\t0\t1",
    ]  # fmt: skip
    assert main(["review", "--list", "contradicts"]) == 0
    head, row = (line.split("\t") for line in capsys.readouterr().out.splitlines())
    shown = dict(zip(head, row, strict=True))
    assert (shown["subject"], shown["predicate"], shown["object"]) == ("zorvexine", "treats", "azure gout")
    assert shown["sentence"] == "Zorvexine is indicated for azure gout."
    assert shown["curated"] == "zorvexine contraindicated_in azure gout"
    assert main(["review", "--list", "new", "--limit", "1", "--json"]) == 0
    (new,) = json.loads(capsys.readouterr().out)["statements"]
    assert (new["object"], new["curated"]) == ("red asthma", "")
