"""HTML: what a reader sees is read, as blocks; bad pages are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.model import Document, Failure
from ingest.sources.detect import detect, documents
from ingest.sources.documents import html

Write = Callable[..., Path]

PAGE = """<!DOCTYPE html><html><head><title>Gout &amp; diet</title><style>p {color: red}</style>
<script>var fever = "<p>fever</p>";</script></head><body><nav><a href="/">Home</a></nav><h1>Gout &amp; diet</h1>
<p>The patient has
no fever or cough.<p>Second.<h2>Drugs</h2><ul><li>Colchicine<li>Naproxen</ul></body></html>"""


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml.gz", "a", "a.txt"])
def test_a_page_is_known_by_content_and_name(write: Write, name: str) -> None:
    path = write(name, PAGE)
    assert detect(path) == "html"
    (document,) = documents(path)
    assert isinstance(document, Document)
    assert document.title == "Gout & diet"
    assert [(section.name, section.text) for section in document.sections] == [
        ("title", "Gout & diet"),
        ("text", "The patient has no fever or cough.\n\nSecond."),
        ("drugs", "Drugs\n\n- Colchicine\n- Naproxen"),
    ]
    assert document.id.startswith("sha256:")


@pytest.mark.parametrize(
    "content",
    [
        "<p>Sjögren 病</p>".encode(),
        "<p>Sjögren 病</p>".encode("utf-8-sig"),
        "<p>Sjögren 病</p>".encode("utf-16"),
        '<meta charset="gb2312"><p>Sjögren 病</p>'.encode("gb18030"),
        '<meta charset="iso-8859-1"><p>Sjögren 病</p>'.encode(),
        '<?xml version="1.0" encoding="utf-8"?><html><body><p>Sjögren 病</p></body></html>'.encode(),
    ],
)
def test_the_encoding_is_marked_or_declared(write: Write, content: bytes) -> None:
    (document,) = html.read(write("a.html", content))
    assert isinstance(document, Document)
    assert document.text == "Sjögren 病"


def test_western_pages_without_a_declaration(write: Write) -> None:
    (euro,) = html.read(write("a.html", "<meta charset=iso-8859-15><p>Sjögren €".encode("iso-8859-15")))
    assert isinstance(euro, Document)
    assert euro.text == "Sjögren €"
    for content in ("<p>Sjögren – 5</p>".encode("cp1252"), "<meta charset=iso-8859-1><p>Sjögren – 5".encode("cp1252")):
        (document,) = html.read(write("a.html", content))
        assert isinstance(document, Document)
        assert document.text == "Sjögren – 5"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html><body><script>x</script></body></html>", "no text in the page"),
        (b"", "no text in the page"),
        (b"<meta charset=utf-8><p>\xff</p>", "not utf-8 at byte 23"),
        (b"<meta charset=klingon><p>x</p>", "not a known encoding"),
    ],
)
def test_what_cannot_be_read_is_told(write: Write, content: bytes, reason: str) -> None:
    path = write("a.html", content)
    assert list(html.read(path)) == [Failure(str(path), "", reason)]


def test_a_page_that_is_too_large(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "RECORD", 10)
    path = write("a.html", PAGE)
    assert list(html.read(path)) == [Failure(str(path), "", "larger than 10 bytes")]


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("<p>Has <b>gout</b>.</p>", "Has gout."),
        ("Fever &lt; 39<br/>Cough", "Fever < 39\nCough"),
        ("<i>H. pylori</i> at 10<sup>6</sup> CFU", "H. pylori at 10⁶ CFU"),
        ("p<0.05 and a>b", "p<0.05 and a>b"),
        ("the <b> allele &amp; x", "the <b> allele &amp; x"),
        ("  spaces  stay\n", "  spaces  stay\n"),
    ],
)
def test_text_is_read_as_html_only_where_it_is(given: str, plain: str) -> None:
    assert html.plain(given) == plain


def test_json_lines_and_markdown(write: Write) -> None:
    (document,) = documents(
        write("a.jsonl", '{"id": "1", "title": "<i>A</i>", "text": "<p>One<p>two &amp; <b>3</b></p>"}\n')
    )
    assert isinstance(document, Document)
    assert document.text == "A\nOne\n\ntwo & 3"
    assert detect(write("a.md", '<h1 align="center">Gout</h1>\n\nText.')) == "markdown"
    assert detect(write("a.txt", "<5 mg of it")) == "text"


@pytest.mark.parametrize(
    "between",
    [
        ' a{n}="x"', "/a{n}", " a{n}", "a{n}='x'", ' a{n} = ">"', "\fa{n}", " <a{n}", '\x0b="x" a{n}', "\na{n}=b",
    ],
)  # fmt: skip
def test_the_attributes_of_a_tag_are_never_more_than_a_parser_can_compare(write: Write, between: str) -> None:
    attributes = "".join(between.replace("{n}", str(n)) for n in range(20_000))
    tag = f"<b {attributes}>"
    page, count = html._trimmed(f"<p>Fever.</p>{tag}cough</b>")  # what the parser gets
    assert len(page) < 100
    assert count < 10
    (document,) = documents(write("a.html", f"<html><body><p>Fever.</p>{tag}cough</b>"))
    assert isinstance(document, Document)
    assert document.text == "Fever.\n\ncough"


def test_ordinary_tags_keep_their_attributes(write: Write) -> None:
    page = '<p a=1 b = "x > y" c=\'<\' d hidden>Fever.</p><img src="data:' + "x" * 9000 + '"><p>Cough.</p>'
    assert html._trimmed(page)[0] == page
    (document,) = documents(write("a.html", f"<html><body>{page}"))
    assert isinstance(document, Document)
    assert document.text == "Cough."
