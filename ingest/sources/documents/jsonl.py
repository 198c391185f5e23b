"""JSON Lines: one object a line.

`id` or `pmid` (a bare number is a PMID), `title`, `abstract` or `text` or both (a string; an object of section name to
text; a list of strings or of `{"section", "text"}`; what is HTML is read as that), and where
given `year`, `language`, `source`, `access` (a label or a list), `url`, `licence`, `keywords`, `publication_types`,
`retracted`. Other keys are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.model import PUBLIC
from ingest.model import Document, Failure, Record, Section
from ingest.sources.documents.html import plain
from ingest.sources.files.files import lines
from ingest.sources.ids import hashed, identify
from ingest.sources.records import Wrong, parsed, proved
from text.language import of_text, two_letters

_PMID = re.compile("(?:PMID: ?)?([0-9]+)", re.IGNORECASE)
_YEAR = re.compile(r"(\d{4})(-\d\d?(-\d\d?.*)?)?")


def read(path: Path) -> Iterator[Record]:
    """The documents of a file, and a Failure for each line that holds none. Raises UnreadableSource."""
    for item in lines(path):
        if isinstance(item, Failure):
            yield item
            continue
        number, line = item
        if not line or line.isspace():
            continue
        try:
            yield document(parsed(line))
        except Wrong as wrong:
            yield Failure(str(path), f"line {number}", str(wrong))


def document(record: dict[str, Any]) -> Document:
    """The document that an object holds. Raises Wrong."""
    title = plain(_string(record, "title"))
    sections = [Section("title", title)] if title.strip() else []
    for key in ("abstract", "text", "sections"):
        for section in _sections(record.get(key), key):
            if not any(section.text == other.text for other in sections[1:]):
                sections.append(section)
    if not sections:
        raise Wrong("neither title nor text")
    text = "\n".join(section.text for section in sections)
    id = _id(record, title, text)
    pubmed = id.startswith("PMID:")
    language = _string(record, "language")
    return Document(
        id=id,
        title=title,
        sections=tuple(sections),
        year=_year(record.get("year")),
        language=two_letters(language) if language.strip() else of_text(text),
        source=_string(record, "source") or ("pubmed" if pubmed else "file"),
        licence=_string(record, "licence") or _string(record, "license"),
        url=_string(record, "url") or (f"https://pubmed.ncbi.nlm.nih.gov/{id[5:]}/" if pubmed else ""),
        access=_access(record),
        retracted=_retracted(record),
        keywords=_strings(record, "keywords"),
        publication_types=_strings(record, "publication_types"),
    )


def _id(record: dict[str, Any], title: str, text: str) -> str:
    for key in ("id", "pmid"):
        given = record.get(key)
        if given is None or given == "":
            continue
        if isinstance(given, bool) or not isinstance(given, str | int):
            raise Wrong(f"{key} is neither a string nor a whole number")
        if isinstance(given, int) and given < 0:
            raise Wrong(f"{key} is negative")
        if key == "pmid" and not _PMID.fullmatch(str(given).strip()):
            raise Wrong("pmid is no number")
        if str(given).strip():
            return identify(proved(str(given), key))
    return hashed(f"{title}\x00{text}")


def _sections(value: Any, key: str) -> Iterator[Section]:
    name = "text" if key == "sections" else key
    if value is None:
        return
    if isinstance(value, str):
        parts: list[Any] = [value]
    elif isinstance(value, dict):
        parts = [{"section": section, "text": text} for section, text in value.items()]
    elif isinstance(value, list):
        parts = value
    else:
        raise Wrong(f"{key} is neither a string nor sections")
    for part in parts:
        heading, text = "", part
        if isinstance(part, dict):
            heading = next((part[k] for k in ("section", "heading", "name", "label") if part.get(k)), "")
            text = part.get("text")
        if not isinstance(text, str) or not isinstance(heading, str):
            raise Wrong(f"a section of {key} has no text")
        if text.strip():
            yield Section(plain(proved(heading, key)).strip().lower() or name, plain(proved(text, key)))


def _year(value: Any) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Wrong("year is no year")
    year = _YEAR.fullmatch(str(value).strip())
    if not year:
        raise Wrong("year is no year")
    return int(year[1])


def _access(record: dict[str, Any]) -> frozenset[str]:
    if "access" not in record:
        return PUBLIC
    # Whoever gives labels means to restrict: labels that say nothing must not make a document public.
    labels = _strings(record, "access")
    if not labels:
        raise Wrong("access is given and names no label")
    return frozenset(labels)


def _retracted(record: dict[str, Any]) -> bool:
    value = record.get("retracted")
    if value is not None and not isinstance(value, bool):
        raise Wrong("retracted is neither true nor false")
    return bool(value)


def _strings(record: dict[str, Any], key: str) -> tuple[str, ...]:
    value = record.get(key)
    values = [value] if isinstance(value, str) else value if value is not None else []
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise Wrong(f"{key} is neither a string nor a list of strings")
    return tuple(dict.fromkeys(proved(one, key).strip() for one in values if one.strip()))


def _string(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Wrong(f"{key} is no string")
    return proved(value, key)
