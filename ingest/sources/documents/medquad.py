"""MedQuAD (Ben Abacha and Demner-Fushman, BMC Bioinformatics 2019;20:511): questions and answers of NIH sites, in XML.

A file, or a tar archive of files, one a page of a site. Each pair of question and answer is a document: its title is
the question, its keywords are what it asks about and what kind of question it is. Pairs whose answer was taken out for
its copyright are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ingest.model import Document, Failure, Record, Section
from ingest.sources.files.archive import members
from ingest.sources.files.markup import flat, tree
from ingest.sources.records import Wrong

LICENCE = "CC-BY-4.0"


def read(path: Path) -> Iterator[Record]:
    """A Document a pair. A file that is not the XML of a page is a Failure that names it.

    Raises UnreadableSource, and MalformedFile where an archive breaks off.
    """
    for member in members(path, ".xml"):
        if isinstance(member, Failure):
            yield member
            continue
        name = member[0].rpartition("/")[2]
        try:
            page = tree(member[1])
        except Wrong as wrong:
            yield Failure(str(path), name, str(wrong))
            continue
        except (etree.XMLSyntaxError, ValueError):
            yield Failure(str(path), name, "the XML is broken or cut off")
            continue
        if page.tag != "Document" or page.getroottree().docinfo.internalDTD is not None:
            yield Failure(str(path), name, "not a Document of MedQuAD")
            continue
        yield from _pairs(path, name, page)


def _pairs(path: Path, name: str, page: etree._Element) -> Iterator[Record]:
    focus = flat(page.find("Focus"))
    for pair in page.iterfind("QAPairs/QAPair"):
        asked, answer = pair.find("Question"), flat(pair.find("Answer"))
        question = flat(asked)
        id = asked.get("qid", "") if asked is not None else ""
        if not id or not question:
            yield Failure(str(path), name, "a pair without a question or its qid")
        elif answer:
            kind = asked.get("qtype", "") if asked is not None else ""
            collection = page.get("source", "")
            yield Document(
                id=f"medquad:{collection}-{id}".replace(" ", "_"),
                title=question,
                sections=(Section("title", question), Section("answer", answer)),
                source="medquad",
                licence=LICENCE,
                url=page.get("url", ""),
                keywords=tuple(word for word in (focus, kind) if word),
            )
