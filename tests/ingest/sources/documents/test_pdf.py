"""PDF: pages with text, pages without, locked and damaged files. The files are made here."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from ingest.model import Document, Failure, Section
from ingest.sources.detect import documents
from ingest.sources.documents.pdf import read

Write = Callable[..., Path]


def pdf(pages: Sequence[str | None], title: str = "") -> bytes:
    """A file with a page a text; None is a page that is an image."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    image = 4 + 2 * len(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        lines = "" if text is None else " 0 -14 Td ".join(f"({line}) Tj" for line in text.split("\n"))
        content = "q 100 0 0 100 0 0 cm /Im Do Q" if text is None else f"BT /F 12 Tf 20 700 Td {lines} ET"
        resources = f"<< /XObject << /Im {image} 0 R >> >>" if text is None else "<< /Font << /F 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * number} 0 R "
            f"/Resources {resources} >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects.append(
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        "\nstream\nx\nendstream"
    )
    objects.append(f"<< /Title ({title}) >>")
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()


def locked(content: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(user_password=password, owner_password=password + "!", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.pdf", "a.pdf.gz", "a"])
def test_a_file_has_a_section_a_page(write: Write, name: str) -> None:
    (document,) = documents(write(name, pdf(["Discharge note\nFever.", "Cough."], "A note")))
    assert isinstance(document, Document)
    assert document.title == "A note"
    assert document.sections == (Section("page 1", "Discharge note\n\nFever."), Section("page 2", "Cough."))
    assert document.id.startswith("sha256:")
    assert document.source == "file"


def test_without_a_title_it_is_called_by_its_first_line(write: Write) -> None:
    (document,) = read(write("a.pdf", pdf(["Discharge note\nFever."])))
    assert isinstance(document, Document)
    assert document.title == "Discharge note"


def test_a_page_that_is_an_image_is_reported_beside_the_document(write: Write) -> None:
    path = write("a.pdf", pdf(["Fever.", None, "", "Cough."]))
    failure, document = read(path)
    assert failure == Failure(str(path), "page 2", "an image without a text layer")
    assert isinstance(document, Document)
    assert [section.name for section in document.sections] == ["page 1", "page 4"]


def test_a_file_of_images_has_no_text_layer(write: Write) -> None:
    path = write("a.pdf", pdf([None, None]))
    assert list(read(path)) == [Failure(str(path), "", "no text layer: its pages are images or empty")]


def test_a_locked_file_is_reported_and_one_without_a_password_read(write: Write) -> None:
    path = write("a.pdf", locked(pdf(["Fever."]), "secret"))
    assert list(read(path)) == [Failure(str(path), "", "encrypted with a password")]
    (document,) = read(write("b.pdf", locked(pdf(["Fever."]), "")))
    assert isinstance(document, Document)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\n", b"%PDF-1.4\nnothing of the kind" * 10, b"not a PDF"])
def test_what_is_no_pdf_is_reported(write: Write, content: bytes) -> None:
    (failure,) = read(write("a.pdf", content))
    assert isinstance(failure, Failure)
    assert failure.record == ""


def test_a_damaged_file_gives_a_document_or_says_why_not(
    write: Write, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = pdf(["Discharge note\nFever.", "Cough."], "A note")
    chance = random.Random(1)
    kinds = set()
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(chance.randrange(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        if chance.random() < 0.5:
            del broken[chance.randrange(len(broken)) :]
        found = list(read(write("a.pdf", bytes(broken))))
        assert found
        kinds |= {type(record) for record in found}
    assert kinds == {Document, Failure}
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_a_page_or_a_file_of_too_many_characters_is_reported(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.sources.documents import pdf as reader

    path = write("a.pdf", pdf(["The patient had no fever. " * 3, "He was well."]))
    monkeypatch.setattr(reader, "GLYPHS", 50)
    failure, document = read(path)
    assert isinstance(failure, Failure)
    assert (failure.record, failure.reason) == ("page 1", "more than 50 characters on one page")
    assert isinstance(document, Document)

    monkeypatch.setattr(reader, "GLYPHS", 5)
    assert [failure.record for failure in read(path) if isinstance(failure, Failure)] == ["page 1", "page 2"]

    monkeypatch.setattr(reader, "GLYPHS", 1_000)
    monkeypatch.setattr(reader, "CHARACTERS", 20)
    (failure,) = read(path)
    assert isinstance(failure, Failure)
    assert failure.reason == "more than 20 characters in one document"
