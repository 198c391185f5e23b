"""BioC as it is written, read by the reference library and by our reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bioc import biocjson, biocxml

from ingest.model import Document, Mention, Section
from ingest.sinks.bioc import BiocJson, BiocXml
from ingest.sinks.ids import Ids
from ingest.sinks.model import Sink, Tagged
from ingest.sources.annotated.bioc import read

FORMS = pytest.mark.parametrize("form", [BiocXml, BiocJson])


def written(form: Any, *tagged: Tagged) -> str:
    sink: Sink = form(Ids("mesh"))
    parts = [sink.document(one, first=number == 0) for number, one in enumerate(tagged)]
    return "".join((sink.opening(), *parts, sink.closing()))


def loaded(form: Any, text: str) -> Any:
    return biocxml.loads(text) if form is BiocXml else biocjson.loads(text)


@FORMS
def test_the_reference_library_reads_it(form: Any, tagged: Tagged) -> None:
    whole = loaded(form, written(form, tagged, replace(tagged, name=8)))
    assert [document.id for document in whole.documents] == ["7", "8"]
    document = whole.documents[0]
    assert [(p.offset, p.infons["type"]) for p in document.passages] == [(0, "title"), (23, "methods"), (92, "results")]
    assert [p.text for p in document.passages] == [section.text for section in tagged.document.sections]
    named = {}
    for passage in document.passages:
        for one in passage.annotations:
            (place,) = one.locations
            start = place.offset - passage.offset
            assert passage.text[start : start + place.length] == one.text
            assert {"type", "score", "polarity", "certainty", "experiencer"} <= set(one.infons)
            named[one.id] = one
    composite = next(one for one in named.values() if one.text == "cardiac & renal failure")
    assert composite.infons["identifier"] == "D006333|D051437"
    assert "identifier" not in next(one for one in named.values() if one.text.startswith("men")).infons
    relation = document.relations[0]
    assert (relation.infons["type"], relation.infons["entity1"], relation.infons["entity2"]) == (
        "CID", "D008094", "D006333",
    )  # fmt: skip
    assert [node.role for node in relation.nodes] == ["subject", "object"]
    assert named[relation.nodes[1].refid] is composite
    assert document.relations[2].infons["type"] == "Negated_CID"
    assert document.relations[2].infons["polarity"] == "negated"


@FORMS
def test_our_reader_reads_it_and_takes_no_denial_for_a_fact(form: Any, tagged: Tagged, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text(written(form, tagged), encoding="utf-8")
    (document,) = read(path)
    assert isinstance(document, Document)
    assert document.text == tagged.document.text
    assert [(a.start, a.end, a.surface, a.type, a.id) for a in document.annotations] == sorted(
        (m.start, m.end, m.surface, m.type if m.type != "Phenotype" else "Disease", m.entity or "")
        for m in tagged.mentions
    )
    assert [(s.predicate, s.object) for s in document.statements] == [
        ("causes", "MESH:D006333"),
        ("causes", "MESH:D051437"),
    ]


@FORMS
def test_nothing_found_and_no_document_are_collections_too(form: Any, tmp_path: Path) -> None:
    assert loaded(form, written(form)).documents == []
    empty = Tagged("a", Document("local:a", "", (Section("text", ""),)), (), ())
    whole = loaded(form, written(form, empty))
    assert [document.id for document in whole.documents] == ["a"]


def test_what_xml_cannot_hold_leaves_the_offsets(mention: Callable[..., Mention], tmp_path: Path) -> None:
    text = "a\x00b\x1f\r\n😀 \ufffegout & <i>\u202efever\u202c"
    document = Document("local:a", "", (Section("text", text),))
    tagged = Tagged("a<b>&", document, (mention(text, "gout", "Disease"), mention(text, "fever", "Phenotype")), ())
    path = tmp_path / "out.xml"
    path.write_text(written(BiocXml, tagged), encoding="utf-8", newline="")
    (read_back,) = read(path)
    assert isinstance(read_back, Document)
    assert [(a.start, a.end, a.surface) for a in read_back.annotations] == [
        (m.start, m.end, m.surface) for m in tagged.mentions
    ]
    assert read_back.text == text.replace("\x00", "\ufffd").replace("\x1f", "\ufffd").replace("\ufffe", "\ufffd")


@FORMS
def test_sections_that_a_mention_runs_across_are_one_passage(form: Any, mention: Callable[..., Mention]) -> None:
    sections = (Section("title", "Heart"), Section("text", "failure is one"), Section("text", "and gout"))
    document = Document("local:a", "Heart", sections)
    found = (mention(document.text, "Heart\nfailure", "Disease"), mention(document.text, "gout", "Disease"))
    whole = loaded(form, written(form, Tagged("a", document, found, ())))
    assert [(p.offset, p.text) for p in whole.documents[0].passages] == [(0, "Heart\nfailure is one"), (21, "and gout")]
    assert [one.text for p in whole.documents[0].passages for one in p.annotations] == ["Heart\nfailure", "gout"]
