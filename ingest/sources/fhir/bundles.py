"""Patients' records in FHIR R4 (https://hl7.org/fhir/R4/): bundles, bulk NDJSON, single resources.

A file gives one document a patient, `fhir:Patient/…`, with every fact as a line and a statement, and one document a
narrative (`fhir:DocumentReference/…`). Each resource is a part of its patient's document, so that pages of a search,
the files of an export and later corrections add up (`ingest.jobs.parts`). Ids are pseudonyms made with the salt.

Read are the kinds in `resource.KINDS`, in bundles within bundles too. Each other kind (Claim, Practitioner, …) is one
Failure with the count. What was deleted, entered in error or superseded takes back what was said of it before.

A bundle is read entry by entry, and what is held of it is its patients' facts. One that breaks off gives nothing but a
Failure: half a record, with an allergy missing, is worse than none. So does one that is of another version of FHIR.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

from ingest.errors import MalformedFile
from ingest.model import Failure, Record
from ingest.sources.fhir.beside import medications_beside
from ingest.sources.fhir.deidentify import Pseudonyms
from ingest.sources.fhir.layout import head_in, head_of, of_line, of_lines
from ingest.sources.fhir.patient import Gathering
from ingest.sources.fhir.resource import Resource, other_version
from ingest.sources.files.files import lines, open_bytes
from ingest.sources.files.nesting import refused
from ingest.sources.files.streamed import items_of
from ingest.sources.records import Wrong

_HELD = 20_000
"""After so many resources of an export, what they say is given out: the job joins it with what comes later."""
_NAME = re.compile(r"[A-Za-z]{1,60}")
_ENTRIES = "entry.item"


def read(path: Path, *, salt: bytes | Pseudonyms) -> Iterator[Record]:
    """The documents of a file. `salt` makes the pseudonyms.

    A malformed resource, one entered in error, one without a patient, and an attachment that is no text are Failures.
    Raises UnreadableSource.
    """
    names = salt if isinstance(salt, Pseudonyms) else Pseudonyms(salt)
    gathering = Gathering(str(path), names, beside=cache(partial(medications_beside, path)))
    empty = True
    for record in _ndjson(path, gathering) if of_lines(path) else _bundle(path, gathering):
        empty = False
        yield record
    # A file of medications says nothing by itself: other files refer to what is in it.
    if empty and not gathering.medications:
        yield Failure(str(path), "", "no record in the file")


def _ndjson(path: Path, gathering: Gathering) -> Iterator[Record]:
    for item in lines(path):
        if isinstance(item, Failure):
            yield item
            continue
        number, line = item
        if not line.strip():
            continue
        where = f"line {number}"
        if reason := refused(line):
            yield Failure(str(path), where, reason)
            continue
        try:
            resource = of_line(line)
        except Wrong as wrong:
            yield Failure(str(path), where, str(wrong))
            continue
        yield from _resource(gathering, path, resource, where)
        if len(gathering.states) >= _HELD:
            yield from gathering.records()
            gathering.states.clear()
    yield from gathering.records()
    yield from _not_read(path, gathering.unread)


def _within(outer: Gathering) -> Gathering:
    """What a bundle within a file gathers: its references stand in it alone."""
    return Gathering(outer.file, outer.names, beside=outer.beside, unread=outer.unread)


def _resource(gathering: Gathering, path: Path, resource: Any, where: str) -> Iterator[Record]:
    """What one resource that stands alone gives."""
    if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
        yield Failure(str(path), where, "not a FHIR resource")
        return
    if resource["resourceType"] == "Bundle":
        entries = resource.get("entry") or ()
        yield from _entries(path, _within(gathering), entries, partial(head_of, resource), f"{where}, ")
        return
    if version := other_version(resource):
        yield Failure(str(path), where, f"FHIR {version}, where R4 is read")
        return
    yield from gathering.take(resource, where)


def _not_read(path: Path, unread: Counter[str]) -> Iterator[Failure]:
    for kind, count in sorted(unread.items()):
        name = kind if _NAME.fullmatch(kind) else "unnamed"
        yield Failure(str(path), "", f"{count} {name} resources: a kind that is not read")


def _bundle(path: Path, gathering: Gathering) -> Iterator[Record]:
    at = 0
    try:
        with open_bytes(path) as file:
            counted = _Counted(items_of(file, path, _ENTRIES, several=True))
            try:
                yield from _entries(path, gathering, counted, partial(head_in, path))
            finally:
                at = counted.count
        if at:
            yield from _not_read(path, gathering.unread)
        else:
            yield from _single(path, gathering)
    except MalformedFile as error:
        where = f" ({error.record})" if error.record else ""
        yield Failure(error.file, f"entry {at + 1}", f"{error.reason}{where}; nothing of it is kept")


def _single(path: Path, gathering: Gathering) -> Iterator[Record]:
    """A file without entries: a resource or several, over several lines, or in a list."""
    count = 0
    with open_bytes(path) as file:
        for value in items_of(file, path, "", several=True):
            for resource in value if isinstance(value, list) else (value,):
                count += 1
                if isinstance(resource, dict) and resource.get("resourceType") == "Bundle" and value is resource:
                    version = other_version(resource)
                    reason = f"FHIR {version}, where R4 is read" if version else "a bundle without entries"
                    yield Failure(str(path), "", reason)
                else:
                    yield from _resource(gathering, path, resource, f"resource {count}")
    yield from gathering.records()
    yield from _not_read(path, gathering.unread)


class _Counted:
    """An iterator that knows how far it is."""

    def __init__(self, items: Iterator[Any]) -> None:
        self._items = items
        self.count = 0

    def __iter__(self) -> Iterator[Any]:
        for item in self._items:
            self.count += 1
            yield item


def _entries(
    path: Path, gathering: Gathering, entries: Any, head: Callable[[], tuple[str, str]], prefix: str = ""
) -> Iterator[Record]:
    """What a bundle's entries give: first what failed, then, when all are read, the documents.

    `head` gives the bundle's type and its server; it is asked for when all entries are read.
    """
    failures: list[Record] = []
    if not isinstance(entries, list | tuple | _Counted):
        entries = ()
    for number, entry in enumerate(entries, 1):
        where = f"{prefix}entry {number}"
        found = entry if isinstance(entry, dict) else {}
        request = found.get("request")
        resource: Resource | None = found.get("resource")
        if isinstance(request, dict) and request.get("method") == "DELETE":
            failures.extend(gathering.delete(str(request.get("url", "")), where, found))
        elif not isinstance(resource, dict):
            failures.append(Failure(str(path), where, "an entry without a resource"))
        elif version := other_version(resource):
            yield Failure(str(path), where, f"FHIR {version}, where R4 is read; nothing of the bundle is kept")
            return
        elif resource.get("resourceType") == "Bundle":
            inside = resource.get("entry") or ()
            failures.extend(_entries(path, _within(gathering), inside, partial(head_of, resource), f"{where}, "))
        else:
            failures.extend(gathering.take(resource, where, found))
    yield from failures
    kind, server = head() if gathering.states else ("", "")
    yield from gathering.records(server, history=kind == "history")
