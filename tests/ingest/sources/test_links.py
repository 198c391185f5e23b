"""The link of a document, by whatever reader it comes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.model import Document, Failure
from ingest.sources.detect import documents
from ingest.sources.links import REFUSED, linked

EVIL = "javascript:alert(document.domain)//"


def read(path: Path, text: str) -> tuple[list[Document], list[Failure]]:
    path.write_text(text, encoding="utf-8")
    records = list(documents(path))
    return [r for r in records if isinstance(r, Document)], [r for r in records if isinstance(r, Failure)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", json.dumps({"id": "X:1", "title": "T", "text": "Aspirin helps.", "url": EVIL})),
        (
            "a.xml",
            f'<Document id="1" source="X" url="{EVIL}"><Focus>T</Focus><QAPairs><QAPair pid="1"><Question qid="1">Q?'
            "</Question><Answer>Aspirin helps.</Answer></QAPair></QAPairs></Document>",
        ),
    ],
)
def test_a_bad_link_is_left_out_and_told_once(name: str, text: str, tmp_path: Path) -> None:
    kept, told = read(tmp_path / name, text)
    assert [document.url for document in kept] == [""]
    assert [failure.reason for failure in told] == [REFUSED]
    assert "javascript" not in told[0].reason


def test_a_good_link_is_spelt_so_that_nothing_ends_in_it(tmp_path: Path) -> None:
    record = {"id": "X:1", "title": "T", "text": "Aspirin helps.", "url": 'https://a.example/b"c'}
    kept, told = read(tmp_path / "a.jsonl", json.dumps(record))
    assert ([document.url for document in kept], told) == (["https://a.example/b%22c"], [])


def test_what_is_no_document_passes() -> None:
    failure = Failure("a", "1", "broken")
    assert list(linked(failure, "a")) == [failure]
