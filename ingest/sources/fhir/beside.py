"""The medications in the files of one export, which come in an order that nobody fixes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ingest.errors import MalformedFile, UnreadableSource
from ingest.model import Failure
from ingest.sources.fhir.deidentify import Pseudonyms
from ingest.sources.fhir.layout import head_in, of_line, of_lines
from ingest.sources.fhir.patient import Gathering
from ingest.sources.files.files import CHUNK, lines, open_bytes
from ingest.sources.files.streamed import items_of
from ingest.sources.records import Wrong

_SUFFIX = re.compile(r"\.(?:nd)?json(?:l)?(?:\.gz)?$", re.IGNORECASE)
_IS = re.compile(r'"resourceType"\s*:\s*"Medication"')
_IS_BYTES = re.compile(_IS.pattern.encode())
_LONG = 1 << 20
"""No medication is longer, in characters: a longer line is a bundle."""

Codes = Mapping[str, Mapping[str, Any]]


def medications_beside(path: Path) -> Codes:
    """The codes of the medications in the export that a file is of, by identity: in it and in the files beside it.

    What two files call alike and code differently is in neither: a wrong drug is worse than none.
    """
    files = [file for file in sorted(path.parent.iterdir()) if _SUFFIX.search(file.name) and file.is_file()]
    return _in_all(tuple((file, status.st_size, status.st_mtime_ns) for file in files if (status := file.stat())))


@lru_cache(maxsize=1)
def _in_all(files: tuple[tuple[Path, int, int], ...]) -> Codes:
    """What the files, as they are by size and time, hold; kept, since each file of an export asks for it again."""
    named: dict[str, Mapping[str, Any]] = {}
    unsure: set[str] = set()
    for file, _, _ in files:
        for identity, code in _in(file).items():
            if named.setdefault(identity, code) != code:
                unsure.add(identity)
    return {identity: code for identity, code in named.items() if identity not in unsure}


def _in(file: Path) -> dict[str, Mapping[str, Any]]:
    gathering = Gathering(str(file), Pseudonyms(b""))
    try:
        if of_lines(file):
            for resource in _lines(file):
                _take(gathering, resource, {})
        elif _holds_one(file):
            with open_bytes(file) as source:
                for entry in items_of(source, file, "entry.item", several=True):
                    if isinstance(entry, dict):
                        _take(gathering, entry.get("resource"), entry)
            if gathering.medications:
                # What a bundle of no server calls its own holds in that bundle alone.
                codes = gathering.codes(head_in(file)[1])
                return {identity: code for identity, code in codes.items() if not identity.startswith("Medication/")}
            with open_bytes(file) as source:
                for value in items_of(source, file, "", several=True):
                    for resource in value if isinstance(value, list) else (value,):
                        _take(gathering, resource, {})
    except (UnreadableSource, MalformedFile, OSError):
        pass  # it says so itself, where it is to be read
    return gathering.codes()


def _take(gathering: Gathering, resource: object, entry: Mapping[str, Any]) -> None:
    if isinstance(resource, dict) and resource.get("resourceType") == "Medication":
        # What fails is told where the file itself is read.
        list(gathering.take(resource, "", entry))


def _lines(file: Path) -> Iterator[object]:
    for item in lines(file):
        if isinstance(item, Failure) or len(item[1]) > _LONG or not _IS.search(item[1]):
            continue
        try:
            yield of_line(item[1])
        except Wrong:
            continue


def _holds_one(file: Path) -> bool:
    """Whether the bytes name a medication at all: most bundles need not be parsed."""
    tail = b""
    with open_bytes(file) as source:
        while chunk := source.read(CHUNK):
            if _IS_BYTES.search(tail + chunk):
                return True
            tail = chunk[-64:]
    return False
