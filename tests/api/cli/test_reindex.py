"""`medgraph reindex`: another encoder's vectors are refused, made, killed half-way, made to the end, and used."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SHIPPED = Path(__file__).resolve().parents[3] / "models" / "minilm-l6-int8"


@pytest.fixture
def other(tmp_path: Path) -> str:
    """The shipped encoder under another name."""
    folder = tmp_path / "other"
    folder.mkdir()
    for name in ("model.onnx", "tokenizer.json"):
        (folder / name).symlink_to(SHIPPED / name)
    for extra in SHIPPED.glob("*.json"):
        if not (folder / extra.name).exists():
            (folder / extra.name).symlink_to(extra)
    return str(folder)


def count(home: Path, table: str) -> int:
    db = sqlite3.connect(home / "passages.sqlite")
    try:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608  # of ours
    finally:
        db.close()


def test_another_encoder_is_refused_until_all_is_encoded(
    home: Path, other: str, inputs: Path, medgraph: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "nothing to do" in medgraph("reindex", home=home).out
    monkeypatch.setenv("MEDGRAPH_ENCODER", other)
    refused = medgraph("search", "lactic acidosis", home=home)
    assert refused.code == 7
    assert "medgraph reindex" in refused.err
    done = medgraph("reindex", "--json", home=home)
    assert (done.code, done.json["encoder"]) == (0, "other/1")
    assert done.json["former"] == "minilm-l6-int8/1 + e5-small-zh-int8/1"
    assert done.json["passages"] == count(home, "vectors") > 0
    assert count(home, "next_vectors") == 0
    hits = medgraph("search", "lactic acidosis", "--json", home=home).json["hits"]
    assert hits[0]["document"] == "PMID:102"
    again = medgraph("ingest", str(inputs / "documents.jsonl"), "--json", home=home).json
    assert (again["unchanged"], again["added"], again["updated"]) == (6, 0, 0)
    assert medgraph("reindex", "--json", home=home).json["passages"] == 0


def test_killed_half_way_it_goes_on(
    home: Path,
    other: str,
    jsonl: Callable[..., Path],
    made: Callable[[int], list[dict[str, Any]]],
    medgraph: Callable[..., Any],
    spawn: Callable[..., Any],
    wait_for: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")
    assert medgraph("ingest", str(jsonl("many.jsonl", made(900))), "-q", home=home).code == 0
    running = spawn("reindex", home=home, MEDGRAPH_ENCODER=other)
    wait_for(lambda: count(home, "next_vectors") > 0)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    written = count(home, "next_vectors")
    assert 0 < written < count(home, "passages")
    # The former encoder's vectors stand, and are searched.
    assert medgraph("search", "metformin cough", "--json", home=home).json["hits"]
    monkeypatch.setenv("MEDGRAPH_ENCODER", other)
    assert medgraph("reindex", "-q", home=home).code == 0
    assert count(home, "vectors") == count(home, "passages")
    assert medgraph("search", "metformin cough", "--json", home=home).json["hits"]
    again = medgraph("ingest", str(jsonl("many.jsonl", made(900))), "--json", home=home).json
    assert again["unchanged"] == 900
