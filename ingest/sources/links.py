"""The link of a document: an address of the web, or none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.model import Document, Failure, Record
from text.links import link

REFUSED = "its link is no plain address of http or https: kept without it"


def linked(record: Record, file: str) -> Iterator[Record]:
    """The record; a document whose link may not be shown comes without it, and a Failure tells that."""
    if not isinstance(record, Document):
        yield record
        return
    address = link(record.url)
    if record.url and not address:
        yield Failure(file, record.id, REFUSED)
    yield record if address == record.url else replace(record, url=address)
