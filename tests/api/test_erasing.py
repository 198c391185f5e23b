"""What was deleted, withdrawn, replaced or corrected stands nowhere in the home, while a server has its files open."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WORDS = ("kept", "overhttp", "atcommand", "withdrawn", "outdated", "corrected")
"""One a document; of each document that goes no trace may be left."""


def _word(what: str) -> str:
    return f"zq{_end(what)}"


def _end(what: str) -> str:
    """What stands of the word in a full-text index, too, which keeps of a term what the one before it does not have."""
    number = WORDS.index(what)
    return f"{number}word{number}jx"


def _record(number: int, what: str) -> dict[str, Any]:
    word = _word(what)
    text = f"Metformin causes nausea in {word}. " * 40
    return {"pmid": 300 + number, "title": f"Of {word}", "keywords": [word], "abstract": text}


def _patient(version: int, note: str) -> list[dict[str, Any]]:
    """A patient's record with a note of these words, at the version of it."""
    meta = {"versionId": str(version), "lastUpdated": f"2024-01-0{version}T00:00:00Z"}
    report = {
        "resourceType": "DiagnosticReport",
        "id": "r",
        "meta": meta,
        "status": "final",
        "code": {"text": "report"},
        "subject": {"reference": "Patient/p"},
        "conclusion": note,
    }
    return [{"resourceType": "Patient", "id": "p", "meta": meta, "gender": "female", "birthDate": "1970"}, report]


def _left(home: Path) -> dict[str, set[str]]:
    """The words that stand in the home, each with the files that hold it."""
    files = {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}
    left = {what: {name for name, content in files.items() if _end(what).encode() in content} for what in WORDS}
    return {what: names for what, names in left.items() if names}


@pytest.fixture
def seeded(
    home: Path, jsonl: Callable[..., Path], medgraph: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A home with these documents and the record of a patient."""
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")
    records = jsonl("seeds.jsonl", [_record(number, what) for number, what in enumerate(WORDS[:5])])
    chart = jsonl("chart.ndjson", _patient(1, f"Metformin causes nausea in {_word('corrected')}."))
    done = medgraph("ingest", str(records), str(chart), "-q", home=home)
    assert done.code == 0, done.err
    assert set(_left(home)) == {*WORDS[:5], "corrected"}
    return home


def test_what_goes_leaves_no_byte_while_a_server_runs(
    seeded: Path,
    tmp_path: Path,
    start: Callable[..., Any],
    jsonl: Callable[..., Path],
    medgraph: Callable[..., Any],
    wait_for: Callable[..., None],
) -> None:
    running = start(seeded, MEDGRAPH_TAGGER="dictionary")
    running.log.rename(tmp_path / "serve.log")
    for what in WORDS[:6]:  # the server has read all of it
        assert running.client.get("/v1/search", params={"q": _word(what)}).status_code == 200
    assert running.client.delete("/v1/documents/PMID:301").status_code == 204
    assert medgraph("delete", "PMID:302", home=seeded).code == 0
    xml = tmp_path / "gone.xml"
    xml.write_text("<PubmedArticleSet><DeleteCitation><PMID>303</PMID></DeleteCitation></PubmedArticleSet>")
    newer = jsonl("newer.jsonl", [{**_record(4, "kept"), "pmid": 304}])
    chart = jsonl("chart.ndjson", _patient(2, "Metformin causes nausea."))
    assert medgraph("ingest", str(chart), str(newer), "-q", home=seeded).code == 0
    job = running.upload(xml)
    wait_for(lambda: running.client.get(job).json()["state"] in ("done", "failed"))
    assert running.client.get(job).json()["deleted"] == 1
    wait_for(lambda: set(_left(seeded)) == {"kept"}, seconds=20)
    assert json.loads(running.client.get("/v1/documents/PMID:304").text)["title"] == f"Of {_word('kept')}"
    assert [str(place) for place in seeded.rglob("*") if place.stat().st_mode & 0o077] == []
