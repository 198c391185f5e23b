"""Which reader a file gets, and that no file passes without a word."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import UnreadableSource
from ingest.model import Document, Failure
from ingest.sources.detect import FORMATS, curated, detect, documents

Write = Callable[..., Path]

EXAMPLES = {
    "medline": "<?xml version='1.0'?>\n<!DOCTYPE PubmedArticleSet PUBLIC '-//NLM//DTD' 'x.dtd'>\n"
    "<!-- <article> --><PubmedArticleSet><PubmedArticle/></PubmedArticleSet>",
    "jats": "<!DOCTYPE article PUBLIC 'a' 'b.dtd'>\n<article xmlns:xlink='x'><front/></article>",
    "jsonl": '{"id": "1", "title": "Fever"}\n{"id": "2", "title": "Cough"}\n',
    "pdf": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n",
    "pubtator": "123|t|Fever\n123|a|Cough.\n",
    "bioc": "<?xml version='1.0'?><!DOCTYPE collection SYSTEM 'BioC.dtd'><collection><source/></collection>",
    "fhir": '{"resourceType": "Bundle", "entry": []}',
    "obo": "format-version: 1.2\n\n[Term]\nid: HP:1\n",
    "hpoa": '#description: "HPO annotations"\n#version: 2025\ndatabase_id\tdisease_name\tqualifier\thpo_id\n',
    "hetionet": "id\tname\tkind\nGene::1\tA\tGene\n",
    "sssom": "# curie_map:\n#   A: http://a\nsubject_id\tsubject_label\tpredicate_id\tobject_id\n",
    "babelon": "source_language\tsubject_id\tpredicate_id\ttranslation_value\n",
    "lexicon": "# ours\nid\ttype\tname\tzh\n",
}


@pytest.mark.parametrize("format", sorted(EXAMPLES))
def test_a_format_is_told_by_content_packed_or_not(write: Write, format: str) -> None:
    assert detect(write("file.unknown", EXAMPLES[format])) == format
    assert detect(write("file.txt.gz", EXAMPLES[format])) == format


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("edges.tsv", ":START_ID(Compound)\t:END_ID(Disease)\n1\t2\n", "hetionet"),
        ("nodes.tsv", "diseaseId:ID(Disease)\tname\n", "hetionet"),
        ("genes.txt", "ncbi_gene_id\tgene_symbol\thpo_id\thpo_name\tfrequency\tdisease_id\n", "genes"),
        ("old.hpoa", "#DatabaseID\tDiseaseName\tQualifier\nOMIM:1\tA\t\n", "hpoa"),
        ("a.json", '{"source": "x", "documents": [{"id": "1", "infons": {}, "passages": []}]}', "bioc"),
        ("a.ndjson", '{"resourceType":"Patient","id":"1"}\n', "fhir"),
        ("a.ndjson", 'broken\n{"resourceType":"Patient","id":"1"}\n', "fhir"),
        ("a.jsonl", "not JSON at all\n", "jsonl"),
        ("a.md", "# Fever\n", "markdown"),
        ("a.md", "{curly} notes\n", "markdown"),
        ("a.TXT", "Fever.\n", "text"),
        ("README", "Fever.\n", "text"),
        ("a.nxml", "\ufeff<article/>", "jats"),
        ("many.xml", "<pmc-articleset><article/></pmc-articleset>", "jats"),
        ("oai.xml", "<OAI-PMH xmlns='x'><ListRecords/></OAI-PMH>", "jats"),
        ("one.xml", "<MedlineCitationSet><MedlineCitation/></MedlineCitationSet>", "medline"),
        ("wide.xml", '<?xml version="1.0" encoding="UTF-16"?><PubmedArticleSet/>'.encode("utf-16"), "medline"),
    ],
)
def test_names_tell_where_content_does_not(write: Write, name: str, content: str | bytes, format: str) -> None:
    assert detect(write(name, content)) == format


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "a,b\n1,2\n"),
        ("a.xml", "<unheard><body/></unheard>"),
        ("a.json", '{\n  "anything": 1\n}'),
        ("image", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("a.tsv", "cls\txref\n"),
    ],
)
def test_an_unknown_format_is_refused_with_the_list_of_those_known(
    write: Write, name: str, content: str | bytes
) -> None:
    with pytest.raises(UnreadableSource) as caught:
        detect(write(name, content))
    assert all(format in str(caught.value) for format in FORMATS)


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    for read in (documents, curated):
        with pytest.raises(UnreadableSource, match="nowhere"):
            list(read(tmp_path / "nowhere"))


def test_a_format_of_the_other_door_is_refused(write: Write) -> None:
    with pytest.raises(UnreadableSource, match="obo is no format of documents"):
        list(documents(write("a.obo", EXAMPLES["obo"])))
    with pytest.raises(UnreadableSource, match="jsonl is no format of curated"):
        list(curated(write("a.jsonl", EXAMPLES["jsonl"])))
    with pytest.raises(UnreadableSource, match="unknown format 'word'"):
        list(documents(write("a.txt", "x"), "word"))


@pytest.mark.parametrize("name", ["a", "a.jsonl", "a.xml", "a.pdf.gz", "a.csv"])
def test_an_empty_file_is_one_failure(write: Write, name: str) -> None:
    path = write(name, b"")
    assert list(documents(path)) == [Failure(str(path), "", "empty file")]
    assert list(curated(path)) == [Failure(str(path), "", "empty file")]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jsonl", "\n\n  \n"), ("a.xml", "<PubmedArticleSet/>"), ("b.xml", "<pmc-articleset> </pmc-articleset>")],
)
def test_a_file_without_a_record_is_one_failure(write: Write, name: str, content: str) -> None:
    path = write(name, content)
    assert list(documents(path)) == [Failure(str(path), "", "no record in the file")]


def test_a_gzip_cut_off_within_its_first_bytes_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": 1, "title": "Fever"}\n')[:12])
    (failure,) = documents(path)
    assert isinstance(failure, Failure)
    assert "cut off" in failure.reason


def test_a_format_given_goes_before_what_the_file_looks_like(write: Write) -> None:
    (document,) = documents(write("a.jsonl", '{"id": 1, "title": "Fever"}'), "text")
    assert isinstance(document, Document)
    assert document.id.startswith("sha256:")


def test_a_file_of_the_other_documents_is_read_to_the_end(write: Write) -> None:
    found = list(documents(write("a", EXAMPLES["jsonl"])))
    assert [record.id for record in found if isinstance(record, Document)] == ["PMID:1", "PMID:2"]
