"""JSON Lines: what a line may say, and what is wrong with one."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import PUBLIC
from ingest.model import Document, Failure, Section
from ingest.sources.detect import documents
from ingest.sources.documents.jsonl import read
from ingest.sources.ids import identify

Write = Callable[..., Path]


@pytest.fixture
def one(write: Write) -> Callable[..., Document]:
    def make(**fields: Any) -> Document:
        (document,) = read(write("one.jsonl", json.dumps(fields) + "\n"))
        assert isinstance(document, Document), document
        return document

    return make


def test_a_line_becomes_a_document(one: Callable[..., Document]) -> None:
    document = one(
        id=7, title="Fever", abstract="It rose.", year=2020, language="eng", source="notes", access="patient:42",
        url="https://example.org/7", licence="CC0", keywords=["fever", "fever"], retracted=True, other={"x": 1},
        publication_types="Letter",
    )  # fmt: skip
    assert document == Document(
        id="PMID:7",
        title="Fever",
        sections=(Section("title", "Fever"), Section("abstract", "It rose.")),
        year=2020,
        source="notes",
        access=frozenset({"patient:42"}),
        url="https://example.org/7",
        licence="CC0",
        keywords=("fever",),
        publication_types=("Letter",),
        retracted=True,
    )


def test_what_is_not_given_has_its_default(one: Callable[..., Document]) -> None:
    document = one(pmid="12", title="Fever")
    assert (document.source, document.language, document.access) == ("pubmed", "en", PUBLIC)
    assert document.url == "https://pubmed.ncbi.nlm.nih.gov/12/"
    assert one(id="note 1", text="Fever").source == "file"
    assert one(id="1", title="发热待查", text="患者发热三天。").language == "zh"


@pytest.mark.parametrize(
    ("given_", "id"),
    [("12", "PMID:12"), ("0012", "PMID:12"), ("PMC12", "PMCID:PMC12"), ("pmc12", "PMCID:PMC12"), ("PMID:12", "PMID:12"),
     ("pmid:007", "PMID:7"), ("99999999999999", "PMID:99999999999999"), ("PMCID:PMC01", "PMCID:PMC1"),
     ("doi:10.1/x", "doi:10.1/x"), ("note 1/b", "local:note%201%2Fb"), ("病历", "local:%E7%97%85%E5%8E%86")],
)  # fmt: skip
def test_an_id_becomes_a_curie(given_: str, id: str) -> None:
    assert identify(given_) == id


def test_without_an_id_it_is_a_hash_of_what_it_says(one: Callable[..., Document]) -> None:
    first, second = one(title="a", text="b"), one(title="a", text="c")
    assert first.id.startswith("sha256:")
    assert first.id == one(title="a", text="b", year=2000).id != second.id


def test_sections_may_be_a_string_an_object_or_a_list(one: Callable[..., Document]) -> None:
    assert one(id="x", text={"Methods": "m", "Results": "r"}).sections == (
        Section("methods", "m"),
        Section("results", "r"),
    )
    assert one(id="x", abstract=["a", "b"]).sections == (Section("abstract", "a"), Section("abstract", "b"))
    assert one(id="x", text=[{"section": "Plan", "text": "p"}, {"text": "q"}]).sections == (
        Section("plan", "p"),
        Section("text", "q"),
    )
    both = one(id="x", title="t", abstract="a", text="b")
    assert [section.name for section in both.sections] == ["title", "abstract", "text"]
    same = one(id="x", title="t", abstract="a", text="a")
    assert [section.name for section in same.sections] == ["title", "abstract"]


@pytest.mark.parametrize(
    ("value", "year"), [("2020", 2020), ("2020-05-01", 2020), (None, None), ("", None), (1999, 1999)]
)
def test_years(one: Callable[..., Document], value: Any, year: int | None) -> None:
    assert one(id="x", title="t", year=value).year == year


def test_a_key_given_twice_is_no_failure(write: Write) -> None:
    (document,) = read(write("a.jsonl", '{"id": 1, "id": 2, "title": "t"}'))
    assert isinstance(document, Document)
    assert document.id == "PMID:2"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("fever", "not JSON"),
        ('"fever"', "not a JSON object"),
        ("[1]", "not a JSON object"),
        ("{}", "neither title nor text"),
        ('{"id": 1}', "neither title nor text"),
        ('{"id": 1, "title": " "}', "neither title nor text"),
        ('{"id": true, "title": "t"}', "id is neither"),
        ('{"id": 1.5, "title": "t"}', "id is neither"),
        ('{"id": -1, "title": "t"}', "id is negative"),
        ('{"pmid": "abc", "title": "t"}', "pmid is no number"),
        ('{"id": 1, "title": 5}', "title is no string"),
        ('{"id": 1, "abstract": 5}', "abstract is neither"),
        ('{"id": 1, "text": [{"heading": "x"}]}', "a section of text has no text"),
        ('{"id": 1, "title": "t", "year": "soon"}', "year is no year"),
        ('{"id": 1, "title": "t", "year": NaN}', "NaN"),
        ('{"id": 1, "title": "t", "year": 20.5}', "year is no year"),
        ('{"id": 1, "title": "t", "year": ' + "9" * 5000 + "}", "too many digits"),
        ('{"id": 1, "title": "t", "keywords": [1]}', "keywords is neither"),
        ('{"id": 1, "title": "t", "retracted": "no"}', "retracted is neither"),
        ('{"id": 1, "title": "\\ud800"}', "surrogate"),
        ('{"id": 1, "title": "t", "x": ' + "[" * 100_000 + "}", "nested too deeply"),
    ],
)
def test_a_malformed_line_is_reported_and_the_next_read(write: Write, line: str, reason: str) -> None:
    path = write("a.jsonl", f'\n{line}\n{{"id": 2, "title": "next"}}\n')
    failure, document = read(path)
    assert isinstance(failure, Failure)
    assert (failure.file, failure.record) == (str(path), "line 2")
    assert reason in failure.reason
    assert isinstance(document, Document)


@pytest.mark.parametrize("access", ["null", '""', "[]", '[" "]', "5", '{"a": 1}'])
def test_access_that_names_nobody_never_makes_a_document_public(write: Write, access: str) -> None:
    (failure,) = read(write("a.jsonl", f'{{"id": 1, "title": "t", "access": {access}}}'))
    assert isinstance(failure, Failure)
    assert "access" in failure.reason


def test_access_may_be_several_labels(one: Callable[..., Document]) -> None:
    assert one(id="x", title="t", access=["a", "b"]).access == {"a", "b"}


def test_no_reason_quotes_the_record(write: Write) -> None:
    path = write("a.jsonl", '{"title": "Zhang San" "x"}\n{"id": 1, "year": "Zhang San", "title": "t"}\n')
    for failure in read(path):
        assert isinstance(failure, Failure)
        assert "Zhang" not in failure.reason


@given(st.text(max_size=50), st.text(max_size=200))
def test_texts_are_kept_verbatim(title: str, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_text(json.dumps({"id": "x", "title": title, "text": text}), encoding="utf-8")
        (found,) = read(path)
    texts = [one for one in (title, text) if one.strip()]
    if not texts:
        assert isinstance(found, Failure)
    else:
        assert isinstance(found, Document)
        assert found.text == "\n".join(texts)


@pytest.mark.data
def test_every_real_abstract_is_read(data: Path) -> None:
    found = list(documents(data / "literature" / "pubmed_abstracts.jsonl.gz"))
    assert len(found) == 24_243
    assert all(isinstance(record, Document) and record.id.startswith("PMID:") for record in found)
