"""What is over a limit is told with file and record, through the door of the readers; what is beside it is read."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.model import Document, Failure, Record
from ingest.sources.detect import documents
from ingest.sources.files import limits, markup

Write = Callable[..., Path]


def _read(path: Path) -> list[Record]:
    return list(documents(path, salt=lambda: b"x" * 32))


def _bundle(*resources: dict[str, Any]) -> str:
    entries = [{"resource": resource} for resource in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})


PATIENT = {"resourceType": "Patient", "id": "a", "birthDate": "1950-01-01"}


def _note(text: str) -> dict[str, Any]:
    attachment = {"contentType": "text/plain", "data": base64.b64encode(text.encode()).decode()}
    return {
        "resourceType": "DocumentReference", "id": "n", "status": "current", "subject": {"reference": "Patient/a"},
        "content": [{"attachment": attachment}],
    }  # fmt: skip


@pytest.mark.parametrize(("limit", "most"), [("CHARACTERS", 30), ("SECTIONS", 1)])
def test_a_document_over_a_limit_is_a_failure_and_the_next_is_read(
    write: Write, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(limits, limit, most)
    lines = [{"id": "big", "title": "Gout", "text": "Fever and cough. " * 3}, {"id": "small", "text": "Fever."}]
    path = write("a.jsonl", "\n".join(map(json.dumps, lines)))
    failure, small = _read(path)

    assert isinstance(failure, Failure)
    assert (failure.file, failure.record) == (str(path), "local:big")
    assert f"more than {most}" in failure.reason
    assert isinstance(small, Document)


@pytest.mark.parametrize("limit", ["MENTIONS", "STATEMENTS"])
def test_what_an_input_gives_of_a_document_is_counted(
    write: Write, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(limits, limit, 0)
    lines = "1|t|Aspirin causes ulcers.\n1\t0\t7\tAspirin\tChemical\tD001241\n1\t15\t21\tulcers\tDisease\tD014456\n"
    (failure,) = _read(write("a.pubtator", f"{lines}1\tCID\tD001241\tD014456\n"))
    assert isinstance(failure, Failure)
    assert failure.record == "PMID:1"


@pytest.mark.parametrize("name", ["a.json", "a.json.gz"])
def test_a_long_attachment_is_read_and_a_longer_string_refuses_the_bundle(write: Write, name: str) -> None:
    read = _read(write(name, _bundle(PATIENT, _note("The patient has no fever.\n" * 150_000))))
    assert [len(one.text) > 3_000_000 for one in read if isinstance(one, Document)] == [False, True]

    path = write(name, _bundle(PATIENT, {**PATIENT, "id": "x" * (limits.STRING + (1 << 18))}))
    (failure,) = _read(path)
    assert isinstance(failure, Failure)
    assert (failure.file, failure.record) == (str(path), "entry 2")
    assert "a string of more than" in failure.reason


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz"])
def test_a_line_that_would_take_all_memory_is_passed_over(write: Write, name: str) -> None:
    # Three bytes a list: parsed, they would take twenty times as much.
    head = {"id": "1", "text": "Fever."} if "jsonl" in name else PATIENT
    big = json.dumps({**head, "x": []}).replace("[]", "[" + "[]," * (limits.VALUES // 2) + "1]")
    first, second = _read(write(name, f"{big}\n{json.dumps(head)}\n"))
    assert isinstance(first, Failure)
    assert first.record == "line 1"
    assert "values" in first.reason
    assert isinstance(second, Document)


def test_a_number_of_five_thousand_digits_is_no_crash(write: Write) -> None:
    text = _bundle(PATIENT, PATIENT).replace('"1950-01-01"', "1" * 5000, 1)
    (failure,) = _read(write("a.json", text))
    assert isinstance(failure, Failure)
    assert "a number of more than" in failure.reason


@pytest.mark.parametrize(
    ("name", "content", "record"),
    [
        ("a.xml", "<PubmedArticleSet><PubmedArticle>{}</PubmedArticle></PubmedArticleSet>", ""),
        ("b.xml", "<Document><QAPairs>{}</QAPairs></Document>", "b.xml"),
        ("a.html", "<html><body><p>Fever.</p>{}</body></html>", ""),
    ],
)
def test_too_many_tags_are_refused(
    write: Write, monkeypatch: pytest.MonkeyPatch, name: str, content: str, record: str
) -> None:
    from ingest.sources.documents import html

    monkeypatch.setattr(markup, "MARKS", 5_000)
    monkeypatch.setattr(html, "MARKS", 5_000)
    path = write(name, content.format("<b c='d'/>" * 100_000))
    (failure,) = _read(path)
    assert isinstance(failure, Failure)
    assert failure.record == record
    assert "more than 5000 tags" in failure.reason or "within 5000 tags" in failure.reason
