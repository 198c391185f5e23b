"""How much of anything is read: what one upload may cost, in one place.

Each limit lies far above what is meant as a record, and below what would take the machine from everybody else. What is
over one is refused where it is met, before it is held or parsed; a Failure names the file, the record and the limit.
"""

from __future__ import annotations

from ingest.model import Document, Failure, Record

STRING = 24 << 20
"""Bytes of one string of JSON: an attachment of 18 MB in base64."""
RECORD = 32 << 20
"""Bytes of one record: an entry of a bundle, a line, a document of BioC; a bundle as a whole may be of any size."""
VALUES = 1_000_000
"""Keys, values and brackets of one record of JSON: parsed, each takes up to a hundred bytes, were it one itself."""
MARKS = 2_000_000
"""Tags and attributes of one record of XML, or of a page: parsed, each takes up to two hundred bytes."""
ATTRIBUTES = 1_000
"""Attributes of one tag of a page: libxml2 compares each with all before it. A tag with more keeps none."""
NUMBER = 400
"""Characters of a number, or of another word of JSON: no number that is measured has as many."""
LEVELS = 64
"""How deep JSON may nest. No record that is meant nests deeper than some twenty levels; the path to where a streaming
parser is grows with the depth."""
CHARACTERS = 10_000_000
"""Characters of one document: three thick textbooks. It is held, tagged and encoded as a whole."""
SECTIONS = 50_000
"""Sections of one document; of a PDF each page is one."""
MENTIONS = 200_000
"""Mentions that the input gives of one document: as many as it may well have in `CHARACTERS`."""
STATEMENTS = 200_000
"""Statements that one document makes by itself: the facts of one patient, or given relations."""


def within(record: Record, file: str) -> Record:
    """The record, or the Failure that tells which limit its document is over."""
    if not isinstance(record, Document):
        return record
    # What joins the sections counts too, so that nobody is let through by a million empty ones.
    characters = sum(len(section.text) + 1 for section in record.sections)
    for count, limit, what in (
        (characters, CHARACTERS, "characters"),
        (len(record.sections), SECTIONS, "sections"),
        (len(record.annotations), MENTIONS, "given mentions"),
        (len(record.statements), STATEMENTS, "statements"),
    ):
        if count > limit:
            return Failure(file, record.id, f"more than {limit} {what} in one document")
    return record
