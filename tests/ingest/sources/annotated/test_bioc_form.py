"""BioC in one form, whoever reads it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import MalformedFile
from ingest.model import Section
from ingest.sources.annotated.bioc_form import Related, entry, values
from ingest.sources.records import Wrong

Write = Callable[..., Path]


def annotation(offset: int, text: str, **infons: Any) -> dict[str, Any]:
    return {"id": text, "infons": infons, "text": text, "locations": [{"offset": offset, "length": len(text)}]}


def passage(offset: int, text: str | None, *annotations: Any, **fields: Any) -> dict[str, Any]:
    return {"offset": offset, "infons": {}, "text": text, "annotations": list(annotations), **fields}


def test_offsets_are_those_of_the_text() -> None:
    sentences = [passage(70, "Fever."), passage(80, ""), passage(90, "Cough.", annotation(90, "Cough"))]
    made = entry(
        {
            "id": 7,
            "passages": [
                passage(0, "Title", annotation(0, "Title", NCBI_Gene="3")),
                passage(10, "Left out", annotation(10, "Left"), infons={"section_type": "REF"}),
                passage(70, None, annotation(70, "Fever"), sentences=sentences),
                passage(100, "Rash here", sentences=[passage(0, None, annotation(105, "here"))]),
            ],
        }
    )
    assert made.id == "7"
    assert made.sections == (Section("text", "Title"), Section("text", "Fever. Cough."), Section("text", "Rash here"))
    assert [(one.surface, made.text[one.start : one.end]) for one in made.marked] == [
        (word, word) for word in ("Title", "Cough", "Fever", "here")
    ]
    assert [made.text[slice(*one.within)] for one in made.marked] == ["Title", "Cough.", "Fever. Cough.", "Rash here"]
    assert [one.identifier for one in made.marked] == ["3", "", "", ""]


def test_relations_name_their_sides_in_many_ways_and_those_that_are_denied_are_left_out() -> None:
    marked = passage(0, "ab", annotation(0, "a", identifier="X:1"), annotation(1, "b", identifier="X:2"))
    infons = [
        {"type": "CID", "Chemical": "X:1", "Disease": "X:2"},
        {"relation": "Bind", "entity1": "X:1", "entity2": "X:2"},
        {"type": "Bind", "role1": {"identifier": "X:1"}, "role2": {"identifier": "X:2"}},
        {"type": "Bind", "entity1": "X:1", "entity2": "X:2", "polarity": "negated"},
        {"type": "Bind", "entity1": "X:1"},
    ]
    by_nodes = {"id": "R9", "infons": {"type": "Bind"}, "nodes": [{"refid": "b"}, {"refid": "a"}]}
    # What a passage relates may be marked further on.
    first = passage(0, "c", relations=[by_nodes])
    made = entry({"id": "1", "passages": [first, marked], "relations": [{"infons": one} for one in infons]})
    assert made.related == (
        Related("Bind", "X:2", "X:1", "relation R9"),
        Related("CID", "X:1", "X:2", "relation 1"),
        Related("Bind", "X:1", "X:2", "relation 2"),
        Related("Bind", "X:1", "X:2", "relation 3"),
    )


def test_a_mention_in_a_passage_without_text_stands_nowhere() -> None:
    (one,) = entry({"id": "1", "passages": [passage(0, "a"), passage(2, "", annotation(2, "b"))]}).marked
    assert one.within[0] == one.within[1]
    with pytest.raises(Wrong, match="no location"):
        entry({"id": "1", "passages": [passage(0, "a", {"infons": {}})]})


def test_json_that_is_nested_beyond_reason_is_refused(write: Write) -> None:
    path = write("a.json", '{"documents": [' + '{"a": [' * 100_000)
    with pytest.raises(MalformedFile, match="nested deeper"):
        list(values(path))


def test_documents_are_given_before_the_file_breaks_off(write: Write) -> None:
    read = values(write("a.json", json.dumps({"documents": [{"id": "1"}, {"id": "2"}]})[:-8]))
    assert next(read) == {"id": "1"}
    with pytest.raises(MalformedFile, match="cut off"):
        next(read)
