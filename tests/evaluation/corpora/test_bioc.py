"""Gold annotations in BioC."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.corpora.annotated import Mark
from evaluation.corpora.bioc import read
from ingest.errors import MalformedFile
from ingest.model import Document
from ingest.sources.annotated import bioc

ONE = {
    "id": "7",
    "passages": [
        {"offset": 0, "infons": {"type": "ref"}, "text": "Other work."},
        {
            "offset": 20,
            "infons": {"section_type": "TITLE", "type": "ref"},
            "text": "Bad cough",
            "annotations": [
                {
                    "infons": {"type": "Disease", "label": "symptom", "polarity": "negated", "certainty": 5},
                    "locations": [{"offset": 24, "length": 5}],
                }
            ],
        },
    ],
}


def test_offsets_are_those_of_the_document_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"documents": [ONE]}), encoding="utf-8")
    (draft,) = read(path)
    (document,) = bioc.read(path)
    assert isinstance(document, Document)
    assert draft.text == document.text == "Bad cough"
    assert draft.done().marks == (Mark(4, 9, "symptom", polarity="negated"),)


def test_the_first_malformed_record_ends_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"documents": [ONE, {"id": ""}, ONE]}), encoding="utf-8")
    drafts = read(path)
    assert next(drafts).name == "7"
    with pytest.raises(MalformedFile, match="entry 2: a document without an id"):
        next(drafts)
