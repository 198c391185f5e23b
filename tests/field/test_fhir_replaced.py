"""A document of a patient that takes the place of another, in whatever order and file the two come."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli.main import cli
from tests.field.test_fhir_identity import A, B, Json, bundle, deletion, entry, meta

Ingest = Callable[..., Json]


@pytest.fixture
def ingest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ingest:
    """Ingest resources as the lines of one file; return its tally with the `texts` that are found of patients."""
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")

    def run(*arguments: str) -> Json:
        told: Json = json.loads(CliRunner().invoke(cli, [*arguments, "--json"]).stdout.strip().splitlines()[-1])
        return told

    def ingested(*lines: Json) -> Json:
        path = tmp_path / "lines.ndjson"
        path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
        tally = run("ingest", str(path))
        hits = run("search", "patient", "--all-access", "--k", "50")["hits"]
        return {**tally, "texts": " ".join(hit["text"] for hit in hits)}

    return ingested


def note(id: str, text: str, replaces: str = "", code: str = "replaces", patient: str = "1", **more: Any) -> Json:
    attachment = {"contentType": "text/plain", "data": base64.b64encode(text.encode()).decode()}
    related = {"relatesTo": [{"code": code, "target": {"reference": replaces}}]} if replaces else {}
    return {
        "resourceType": "DocumentReference", "id": id, "status": "current", "content": [{"attachment": attachment}],
        "subject": {"reference": f"Patient/{patient}"}, **related, **more,
    }  # fmt: skip


FIRST, SECOND = note("1", "Has gout."), note("2", "Has scurvy.", "DocumentReference/1")
PDF = {"content": [{"attachment": {"contentType": "application/pdf", "data": "JVBERg=="}}]}


@pytest.mark.parametrize(
    ("files", "stands"),
    [
        ([[FIRST, SECOND]], "scurvy"),
        ([[SECOND, FIRST]], "scurvy"),
        ([[FIRST], [SECOND]], "scurvy"),
        ([[SECOND], [FIRST]], "scurvy"),
        ([[SECOND], [{**FIRST, **meta(7, "09-01")}]], "scurvy"),
        ([[FIRST], [SECOND], [FIRST]], "scurvy"),
        ([[FIRST, note("2", "Has scurvy.", "DocumentReference/1/_history/3")]], "scurvy"),
        ([[FIRST], [{**SECOND, **PDF}]], ""),
        ([[FIRST, SECOND, note("3", "Has rickets.", "DocumentReference/2")]], "rickets"),
        ([[FIRST], [{**SECOND, "status": "superseded"}]], ""),
        ([[FIRST], [SECOND], [{**SECOND, "status": "entered-in-error"}]], "gout"),
        ([[FIRST], [SECOND], [bundle(deletion("DocumentReference/2"))]], "gout"),
        ([[FIRST], [SECOND], [note("2", "Has scurvy.")]], "gout scurvy"),
        ([[FIRST, note("2", "Has scurvy.", "DocumentReference/1", "appends")]], "gout scurvy"),
        ([[FIRST, note("2", "Has scurvy.", "DocumentReference/1", "transforms")]], "gout scurvy"),
        ([[FIRST, note("2", "Has scurvy.", "DocumentReference/2")]], "gout scurvy"),
        ([[FIRST, note("2", "Has scurvy.", "DocumentReference/1", patient="2")]], "gout scurvy"),
        ([[bundle(entry(FIRST, A)), bundle(entry(SECOND, B))]], "gout scurvy"),
        ([[bundle(entry(FIRST, A)), bundle(entry(note("2", "Has scurvy.", f"{A}/DocumentReference/1"), A))]], "scurvy"),
    ],
)
def test_a_document_takes_the_place_of_another(ingest: Ingest, files: list[list[Json]], stands: str) -> None:
    for lines in files:
        said = ingest(*lines)["texts"]
    assert [word for word in ("gout", "scurvy", "rickets") if word in said] == stands.split()


def test_that_a_document_was_replaced_is_told(ingest: Ingest) -> None:
    (failure,) = ingest(SECOND, FIRST)["failed"]
    assert (failure["record"], failure["reason"]) == ("line 2 (DocumentReference)", "superseded by another document")
    by_identifier = {**SECOND, "relatesTo": [{"code": "replaces", "target": {"identifier": {"value": "x"}}}]}
    (failure,) = ingest(by_identifier)["failed"]
    assert failure["reason"] == "replaces a document that it does not refer to by an address"
