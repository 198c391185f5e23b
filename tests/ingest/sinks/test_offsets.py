"""Whatever the text: the offsets that are written point at the surface in the text as it was given."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from bioc import biocjson, biocxml
from hypothesis import given
from hypothesis import strategies as st

from ingest import vocabulary
from ingest.model import Document, Mention, Section
from ingest.sinks.bioc import BiocJson, BiocXml
from ingest.sinks.ids import Ids
from ingest.sinks.jsonl import JsonLines
from ingest.sinks.model import Tagged
from ingest.sinks.pubtator import PubTator
from ingest.sources.annotated import bioc, pubtator

ODD = [
    "😀", "👩‍⚕️", "\u202e", "\u200f", "\x00", "\x07", "\x1b", "\x1c", "\x85", "\u2028", "\u2029", "\t", "\n", "\r",
    "\r\n", "\x0b", "\x0c", "<b>", "&amp;", "]]>", "<!--", "|t|", "|a|", '"', "\\", "é", "e\u0301", "糖尿病", "ﬁ",
    "\ufeff", "\ufffe", "\U0010ffff", " ", "\u3000", "gout", "IL-2",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]), max_size=8))).map(
    "".join
)
KINDS = [("Drug", ""), ("Disease", "Disease"), ("Phenotype", ""), ("Gene", "Gene"), ("Disease", "疾病和诊断")]


@st.composite
def documents(draw: st.DrawFn) -> Tagged:
    """A document of up to three sections with mentions that neither begin nor end with a blank."""
    names = draw(st.lists(st.sampled_from(["title", "abstract", "text"]), min_size=1, max_size=3))
    sections = tuple(Section(name, draw(texts)) for name in names)
    document = Document("local:a", "", sections)
    text = document.text
    solid = [at for at, character in enumerate(text) if not character.isspace()]
    mentions = []
    for _ in range(draw(st.integers(0, 4)) if solid else 0):
        start, last = sorted((draw(st.sampled_from(solid)), draw(st.sampled_from(solid))))
        type, label = draw(st.sampled_from(KINDS))
        entity = draw(st.sampled_from([None, "MESH:D1234567", "OMIM:1", "tmVar:p%7CSUB%7CV%7C600%7CE", "local:a%09b"]))
        mentions.append(Mention(start, last + 1, text[start : last + 1], type, entity, 0.5, label=label))
    mentions.sort(key=lambda m: m.start)
    names_of_document: list[str | int] = ["7", 7, "a|b", "a\tb", "note 1.txt"]
    return Tagged(draw(st.sampled_from(names_of_document)), document, tuple(mentions), ())


def one_line(text: str) -> str:
    """A text as PubTator can hold it: a blank for each character that ends a line."""
    return "".join(" " if len(f"a{character}b".splitlines()) > 1 else character for character in text)


@given(documents())
def test_jsonl(tagged: Tagged) -> None:
    (line,) = JsonLines(Ids("mesh")).document(tagged, first=True).splitlines()
    text = tagged.document.text
    made = json.loads(line)
    assert made["id"] == tagged.name
    for mention in made["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["text"] != ""
    assert {(m["start"], m["end"]) for m in made["mentions"]} == {(m.start, m.end) for m in tagged.mentions}


@given(documents())
def test_pubtator(tagged: Tagged) -> None:
    written = PubTator(Ids("mesh")).document(tagged, first=True)
    assert written.endswith("\n\n")
    lines = written.removesuffix("\n\n").split("\n")
    assert lines == written.removesuffix("\n\n").splitlines()
    title, abstract = (line.split("|", 2)[2] for line in lines[:2])
    text = title + ("\n" + abstract if "\n" in tagged.document.text or abstract else "")
    whole = one_line(tagged.document.text)
    assert one_line(text).replace("\t", " ").rstrip() == whole.replace("\t", " ").rstrip()
    found = set()
    for line in lines[2:]:
        name, start, end, surface, type, _ = line.split("\t")
        assert name == lines[0].split("|")[0]
        assert one_line(text)[int(start) : int(end)] == surface == whole[int(start) : int(end)].replace("\t", " ")
        assert type in vocabulary.KINDS
        found.add((int(start), int(end)))
    assert found == {(m.start, m.end) for m in tagged.mentions}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.pubtator"
        path.write_text(written, encoding="utf-8", newline="")
        (document,) = pubtator.read(path)
    if (title + abstract).strip():
        assert isinstance(document, Document), document
        assert {(a.start, a.end) for a in document.annotations} == found


@pytest.mark.parametrize("form", [BiocXml, BiocJson])
@given(tagged=documents())
def test_bioc(form: Any, tagged: Tagged) -> None:
    sink = form(Ids("mesh"))
    written = sink.opening() + sink.document(tagged, first=True) + sink.closing()
    whole = (biocxml if form is BiocXml else biocjson).loads(written)
    text = tagged.document.text
    found = set()
    for passage in whole.documents[0].passages:
        assert len(passage.text or "") == len(text[passage.offset :][: len(passage.text or "")])
        for one in passage.annotations:
            (place,) = one.locations
            start = place.offset - passage.offset
            assert passage.text[start : start + place.length] == one.text
            found.add((place.offset, place.offset + place.length))
    assert found == {(m.start, m.end) for m in tagged.mentions}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one"
        path.write_text(written, encoding="utf-8", newline="")
        (document,) = bioc.read(path)
    if any(section.text for section in tagged.document.sections):
        assert isinstance(document, Document), document
        assert len(document.annotations) >= len(found)
        if form is BiocJson:
            assert {a.surface for a in document.annotations} == {m.surface for m in tagged.mentions}
