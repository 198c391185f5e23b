from __future__ import annotations

import io
import tarfile
from pathlib import Path

from ingest.model import Document, Failure
from ingest.sources.detect import detect
from ingest.sources.documents import medquad

PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<Document id="0000001" source="Blue Site" url="https://example.org/1">
<Focus>Blue ear</Focus>
<QAPairs>
<QAPair pid="1"><Question qid="0000001-1" qtype="symptoms">What are the symptoms of Blue ear ?</Question>
<Answer>The ear is blue.</Answer></QAPair>
<QAPair pid="2"><Question qid="0000001-2" qtype="causes">What causes it ?</Question><Answer/></QAPair>
<QAPair pid="3"><Question qtype="causes">What ?</Question><Answer>x</Answer></QAPair>
</QAPairs></Document>
"""


def test_a_pair_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_text(PAGE)
    assert detect(tmp_path / "1.xml") == "medquad"
    document, failure = medquad.read(tmp_path / "1.xml")
    assert isinstance(document, Document)
    assert (document.id, document.title) == ("medquad:Blue_Site-0000001-1", "What are the symptoms of Blue ear ?")
    assert document.keywords == ("Blue ear", "symptoms")
    assert document.text == "What are the symptoms of Blue ear ?\nThe ear is blue."
    assert (document.source, document.licence, document.url) == ("medquad", "CC-BY-4.0", "https://example.org/1")
    assert isinstance(failure, Failure)


def test_an_archive_of_pages(tmp_path: Path) -> None:
    path = tmp_path / "medquad.tar.gz"
    files = {"1.xml": PAGE, "2.xml": "<Document>", "3.xml": "<other/>", "readme.txt": "x"}
    with tarfile.open(path, "w:gz") as tar:
        for name, text in files.items():
            info = tarfile.TarInfo(f"m/{name}")
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    assert detect(path) == "medquad"
    records = list(medquad.read(path))
    assert [type(r).__name__ for r in records] == ["Document", "Failure", "Failure", "Failure"]
    assert [r.record for r in records if isinstance(r, Failure)] == ["1.xml", "2.xml", "3.xml"]
