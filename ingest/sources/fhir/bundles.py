"""Patients' records in FHIR R4 (https://hl7.org/fhir/R4/): bundles, bulk NDJSON, single resources.

A bundle (transaction, batch, collection, searchset, document …) gives one document a patient, `fhir:Patient/…`, with
every fact as a line and a statement, and one document a narrative (`fhir:DocumentReference/…`). NDJSON gives a document
a line, so that a line that changes is one document that changes. Ids are pseudonyms made with the salt.

Read are the kinds in `resource.KINDS`. What else a bundle holds (Claim, Goal, Practitioner, …) is counted in its
patients' documents, as keywords such as `not read: Claim 19`; in NDJSON each such kind is one Failure with the count.

A bundle is read entry by entry, and what is held of it is its patients' facts. One that breaks off gives nothing but a
Failure: half a record, with an allergy missing, is worse than none. So does one that is of another version of FHIR.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest.errors import MalformedFile
from ingest.model import Failure, Record
from ingest.sources.fhir.patient import Gathering
from ingest.sources.fhir.resource import Resource, other_version
from ingest.sources.files.files import lines, open_bytes
from ingest.sources.files.nesting import Shallow

_HEAD = 1 << 16
_KIND = re.compile(rb'"resourceType"\s*:\s*"([A-Za-z]+)"')


def read(path: Path, *, salt: bytes) -> Iterator[Record]:
    """The documents of a file. `salt` makes the pseudonyms.

    A malformed resource, one entered in error, one without a patient, and an attachment that is no text are Failures.
    Raises UnreadableSource.
    """
    if _is_ndjson(path):
        yield from _ndjson(path, salt)
    else:
        yield from _bundle(path, salt)


def _is_ndjson(path: Path) -> bool:
    """Whether each line is a resource: the first line is a JSON value, or is longer than 64 KiB, and no bundle."""
    with open_bytes(path) as file:
        try:
            head = file.read(_HEAD)
        except MalformedFile:
            return False
    first, newline, _ = head.lstrip().partition(b"\n")
    kind = _KIND.search(head)
    if kind and kind[1] == b"Bundle":
        return False
    if not newline:
        return len(head) == _HEAD
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def _ndjson(path: Path, salt: bytes) -> Iterator[Record]:
    unread: Counter[str] = Counter()
    for item in lines(path):
        if isinstance(item, Failure):
            yield item
            continue
        number, line = item
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            resource = json.loads(line, parse_float=Decimal)
        except (ValueError, RecursionError):
            yield Failure(str(path), where, "not JSON")
            continue
        yield from _resource(path, resource, where, salt, unread)
    yield from _not_read(path, unread)


def _resource(path: Path, resource: Any, where: str, salt: bytes, unread: Counter[str]) -> Iterator[Record]:
    """What one resource that stands alone gives."""
    if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
        yield Failure(str(path), where, "not a FHIR resource")
        return
    if resource["resourceType"] == "Bundle":
        yield from _entries(path, resource.get("entry") or (), salt, f"{where}, ")
        return
    if version := other_version(resource):
        yield Failure(str(path), where, f"FHIR {version}, where R4 is read")
        return
    gathering = Gathering(str(path), salt)
    yield from gathering.take(resource, where)
    unread.update(gathering.unread)
    unread.update(Medication=len(gathering.medications))
    yield from gathering.alone()


def _not_read(path: Path, unread: Counter[str]) -> Iterator[Failure]:
    for kind, count in sorted(unread.items()):
        if count:
            yield Failure(str(path), "", f"{count} {kind} resources: a kind that is not read")


def _bundle(path: Path, salt: bytes) -> Iterator[Record]:
    import ijson

    at = 0
    try:
        with open_bytes(path) as file:
            counted = _Counted(ijson.items(Shallow(file, path), "entry.item", multiple_values=True))
            try:
                yield from _entries(path, counted, salt)
            finally:
                at = counted.count
        if not at:
            yield from _single(path, salt)
    except MalformedFile as error:
        yield Failure(error.file, f"entry {at + 1}", f"{error.reason} ({error.record}); nothing of it is kept")
    except (ijson.JSONError, UnicodeDecodeError):
        # The message of the parser quotes the record.
        yield Failure(
            str(path), f"entry {at + 1}", "the JSON breaks off or is malformed; nothing of the bundle is kept"
        )


def _single(path: Path, salt: bytes) -> Iterator[Record]:
    """A file without entries: a resource or several, over several lines, or in a list."""
    import ijson

    unread: Counter[str] = Counter()
    count = 0
    with open_bytes(path) as file:
        for value in ijson.items(Shallow(file, path), "", multiple_values=True):
            for resource in value if isinstance(value, list) else (value,):
                count += 1
                if isinstance(resource, dict) and resource.get("resourceType") == "Bundle":
                    version = other_version(resource)
                    reason = f"FHIR {version}, where R4 is read" if version else "a bundle without entries"
                    yield Failure(str(path), "", reason)
                else:
                    yield from _resource(path, resource, f"resource {count}", salt, unread)
    yield from _not_read(path, unread)


class _Counted:
    """An iterator that knows how far it is."""

    def __init__(self, items: Iterator[Any]) -> None:
        self._items = items
        self.count = 0

    def __iter__(self) -> Iterator[Any]:
        for item in self._items:
            self.count += 1
            yield item


def _entries(path: Path, entries: Any, salt: bytes, prefix: str = "") -> Iterator[Record]:
    """What a bundle's entries give: first what failed, then, when all are read, the documents."""
    gathering = Gathering(str(path), salt)
    failures: list[Failure] = []
    for number, entry in enumerate(entries, 1):
        where = f"{prefix}entry {number}"
        resource: Resource | None = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict):
            failures.append(Failure(str(path), where, "an entry without a resource"))
            continue
        if version := other_version(resource):
            yield Failure(str(path), where, f"FHIR {version}, where R4 is read; nothing of the bundle is kept")
            return
        url = entry.get("fullUrl")
        failures.extend(gathering.take(resource, where, url if isinstance(url, str) else ""))
    yield from failures
    yield from gathering.documents()
