"""What is tagged: documents under the names their inputs give them, in the text as it was written there.

The readers of `ingest.sources` make documents for the graph; who has a text tagged counts in his own text and calls
it by his own name. So plain text and Markdown keep the blanks at their ends and their line ends here, an object
`{"id", "text"}` its text to the letter, even an empty one, and its mentions where it has them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ingest.errors import MalformedFile, UnreadableSource
from ingest.jobs.progress import surviving
from ingest.model import Annotation, Deletion, Document, Failure, Section
from ingest.sources.annotated import given
from ingest.sources.detect import DOCUMENT_FORMATS, detect, documents
from ingest.sources.documents.jsonl import document
from ingest.sources.fhir.deidentify import Salt
from ingest.sources.files.files import lines, open_bytes, open_text, rest, walk
from ingest.sources.files.limits import CHARACTERS
from ingest.sources.ids import hashed, identify
from ingest.sources.records import Wrong, parsed, whole
from ingest.vocabulary import entity_type
from text.language import of_text


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document to be tagged. `file` is the file it stands in."""

    name: str | int
    document: Document
    file: str


@dataclass(frozen=True, slots=True)
class Passed:
    """A record that is no document and no failure either: a withdrawal."""

    file: str


Item = Incoming | Passed | Failure


def incoming(path: Path, format: str | None = None, *, salt: Salt | None = None) -> Iterator[Item]:
    """The documents of a file, or of the files in a folder; `format` is one of `detect.DOCUMENT_FORMATS`,
    `salt` gives the secret of the pseudonyms of patients, of whom no file is read without.

    A record that cannot be read, and a file within a folder, is a Failure. Raises UnreadableSource for a path that is
    missing, or a file given by itself that is unreadable or of no known format.
    """
    alone = not path.is_dir()
    for file in walk([path]):
        name = file.name if alone else file.relative_to(path).as_posix()
        yield from surviving(_of_file(file, format, name, salt), file, alone=alone)


def signature(path: Path, format: str | None = None) -> str:
    """A hash of what `incoming` is to read: files with their sizes and times. Raises UnreadableSource as it does."""
    if path.is_file():
        open_bytes(path).close()
        if format is None and (detected := detect(path)) not in DOCUMENT_FORMATS:
            raise UnreadableSource(f"{path}: {detected} is no format of documents")
    digest = hashlib.blake2b(str(path.absolute()).encode("utf-8", "surrogatepass"), digest_size=16)
    for file in walk([path]):
        status = file.lstat()
        digest.update(repr((str(file.absolute()), status.st_size, status.st_mtime_ns)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def name_of(id: str) -> str:
    """What an input called a document, by its id here: `PMID:7` was a 7, and `local:a%20b` was `a b`."""
    prefix, _, local = id.partition(":")
    plain = {"PMID": local, "PMCID": local, "local": unquote(local)}.get(prefix, id)
    return plain if plain.strip() == plain and identify(plain) == id else id


def _of_file(file: Path, format: str | None, name: str, salt: Salt | None) -> Iterator[Item]:
    format = format or detect(file)
    match format:
        case "text" | "markdown":
            yield _of_text(file, name)
        case "jsonl":
            yield from _of_lines(file)
        case _:
            for record in documents(file, format, salt=salt):
                match record:
                    case Failure():
                        yield record
                    case Deletion():
                        yield Passed(str(file))
                    case Document():
                        # A file of one nameless document goes by the name of the file.
                        nameless = record.id.startswith("sha256:")
                        yield Incoming(name if nameless else name_of(record.id), record, str(file))


def _of_text(file: Path, name: str) -> Item:
    try:
        with open_text(file, newline="") as source:
            text = source.read(CHARACTERS + 1)
    except MalformedFile as error:
        return rest(error, "")
    if len(text) > CHARACTERS:
        return Failure(str(file), "", f"longer than {CHARACTERS} characters")
    if "\x00" in text:
        return Failure(str(file), "", f"not a text: a zero at character {text.index(chr(0))}")
    if not text:
        return Failure(str(file), "", "empty file")
    return Incoming(
        name, Document(hashed(text), "", (Section("text", text),), language=of_text(text), source="file"), str(file)
    )


def _of_lines(file: Path) -> Iterator[Item]:
    empty = True
    for item in lines(file):
        if isinstance(item, Failure):
            empty = False
            yield item
            continue
        number, line = item
        if not line or line.isspace():
            continue
        empty = False
        try:
            yield _of_object(parsed(line), str(file))
        except Wrong as wrong:
            yield Failure(str(file), f"line {number}", str(wrong))
    if empty:
        yield Failure(str(file), "", "no record in the file")


def _of_object(record: dict[str, Any], file: str) -> Incoming:
    text = record.get("text")
    if isinstance(text, str) and not any(record.get(key) for key in ("title", "abstract", "sections")):
        # An empty text is no document of the graph, but nothing is found in it all the same.
        made = document(record if text.strip() else {**record, "text": "."})
        made = replace(made, sections=(Section("text", text),))
    else:
        made = document(record)
    name = next((record[key] for key in ("id", "pmid") if record.get(key) not in (None, "")), made.id)
    return Incoming(name, replace(made, annotations=_annotations(record.get("mentions"), made.text)), file)


def _annotations(mentions: Any, text: str) -> tuple[Annotation, ...]:
    """The mentions of an object, in the form in which `ingest.sinks.jsonl` writes them."""
    if mentions is None:
        return ()
    if not isinstance(mentions, list) or not all(isinstance(one, dict) for one in mentions):
        raise Wrong("mentions is no list of objects")
    annotations: list[Annotation] = []
    for number, one in enumerate(mentions, 1):
        start, end, type, id = one.get("start"), one.get("end"), one.get("type"), one.get("id") or ""
        if not (whole(start) and whole(end) and 0 <= start < end <= len(text)):
            raise Wrong(f"mention {number} does not stand in the text")
        surface = text[start:end]
        if one.get("text", surface) != surface:
            raise Wrong(f"mention {number} does not stand at its offsets")
        if not isinstance(type, str) or not isinstance(id, str):
            raise Wrong(f"mention {number} has a type or an id that is no string")
        entities = given.identifiers(id, entity_type(type))
        annotations.extend(Annotation(start, end, surface, type, entity) for entity in entities or ("",))
    return tuple(sorted(annotations, key=lambda a: (a.start, a.end, a.type, a.id)))
