"""DOCX files, made here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import UnreadableSource
from ingest.model import Document, Failure, Section
from ingest.sources.detect import detect, documents
from ingest.sources.documents import docx

Write = Callable[..., Path]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {W}><w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>"""


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def packed(body: str, **parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", STYLES)
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", part)
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.docx", "a.docx.gz", "a"])
def test_a_document_has_a_section_a_heading(write: Write, name: str) -> None:
    body = (
        paragraph("A note", '<w:pStyle w:val="T"/>')
        + paragraph("No fever.")
        + paragraph("Plan", '<w:pStyle w:val="H1"/>')
    )
    body += paragraph("Ice", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    path = write(name, packed(body, word__footnotes=f"<w:footnotes {W}>{paragraph('A foot.')}</w:footnotes>"))
    assert detect(path) == "docx"
    (document,) = documents(path)
    assert isinstance(document, Document)
    assert document.title == "A note"
    assert document.sections == (
        Section("title", "A note"), Section("text", "No fever."), Section("plan", "Plan\n\n- Ice"),
        Section("notes", "A foot."),
    )  # fmt: skip


def test_the_title_is_in_the_properties_or_the_first_line(write: Write) -> None:
    core = '<c xmlns:d="u"><d:title>On gout</d:title></c>'
    (document,) = docx.read(write("a.docx", packed(paragraph("Hot."), docProps__core=core)))
    assert isinstance(document, Document)
    assert (document.title, document.text) == ("On gout", "On gout\nHot.")
    (plain,) = docx.read(write("b.docx", packed(paragraph("Hot."))))
    assert isinstance(plain, Document)
    assert (plain.title, plain.text) == ("Hot.", "Hot.")


WHOLE = packed(paragraph("No fever. " * 50))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (WHOLE[:200], "not a DOCX file, or one that is damaged or cut off"),
        (b"fever", "not a DOCX file, or one that is damaged or cut off"),
        (packed(""), "no text in the document"),
        (packed("<w:p>"), "the XML within is broken"),
        (packed("").replace(b"word/document.xml", b"word/documents.xm"), "the part with the text is missing"),
    ],
)
def test_what_cannot_be_read_is_told(write: Write, content: bytes, reason: str) -> None:
    (failure,) = docx.read(write("a.docx", content))
    assert isinstance(failure, Failure)
    assert failure.reason == reason


def test_damage_is_told_and_breaks_nothing(write: Write) -> None:
    for at in range(0, len(WHOLE), 7):
        broken = bytearray(WHOLE)
        broken[at] ^= 0x55
        assert len(list(docx.read(write("a.docx", bytes(broken))))) == 1


def test_a_file_that_unpacks_to_too_much(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.docx", packed(paragraph("fever " * 100_000)))
    monkeypatch.setattr(docx, "LIMIT", 100_000)
    assert list(docx.read(path)) == [Failure(str(path), "word/document.xml", "unpacks to more than 100000 bytes")]


def test_an_entity_is_not_expanded(write: Write) -> None:
    text = '<!DOCTYPE a [<!ENTITY e SYSTEM "/etc/hostname">]>'
    text += f"<w:document {W}><w:p><w:r><w:t>x&e;</w:t></w:r></w:p></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", text)
    (document,) = docx.read(write("a.docx", out.getvalue()))
    assert isinstance(document, Document)
    assert document.text == "x"


def test_an_old_word_file_is_named(write: Write) -> None:
    with pytest.raises(UnreadableSource, match=r"only \.docx is read"):
        detect(write("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100))
