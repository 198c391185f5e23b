"""KGX (https://github.com/biolink/kgx): nodes and edges of the Biolink Model in TSV or JSON Lines, ours and others'.

Our own edges carry their source, record and qualifiers and come back as the same assertions. An edge of others belongs
to a source of the file's name; where it is from stands in the qualifier `primary_knowledge_source`. A predicate that
the schema has no word for is a Failure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from graph.model import Assertion, Entity, Name, Source
from graph.schema import PREDICATES
from ingest.exchange import FIELDS, assertion_of, predicate_of, source_of, type_of
from ingest.model import CuratedRecord, Failure
from ingest.sources.files.files import lines
from ingest.sources.files.tables import Row, rows
from ingest.sources.ids import curie
from ingest.sources.records import NO_CURIE, Wrong, parsed, writable

EXTRACTOR = "kgx/1"
_ESCAPE = re.compile(r"\\(.)")
_QUALIFIERS = (
    "primary_knowledge_source", "publications", "frequency_qualifier", "onset_qualifier", "sex_qualifier",
    "severity_qualifier", "knowledge_level", "agent_type",
)  # fmt: skip


def read_nodes(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then an Entity a line; restricted ones under a Source of their own. Raises UnreadableSource."""
    licence: str | None = None
    for row in _rows(path, ("id", "category")):
        if isinstance(row, Failure):
            yield row
            continue
        if row["licence"] != licence:
            licence = row["licence"]
            yield Source(
                f"{_named(path)}{'-restricted' if licence else ''}", "curated", title="KGX nodes", licence=licence
            )
        id = curie(row["id"])
        if not id:
            yield Failure(str(path), f"line {row.number}", NO_CURIE)
            continue
        synonyms, languages = _list(row, "synonym"), _list(row, "synonym_language")
        languages += ["und"] * (len(synonyms) - len(languages))
        yield Entity(
            id,
            type_of(row["category"]),
            _plain(row["name"]) or id,
            tuple(Name(text, language) for text, language in zip(synonyms, languages, strict=False)),
            tuple(xref for text in _list(row, "xref") if (xref := curie(text))),
            _plain(row["description"]),
        )


def read_edges(path: Path) -> Iterator[CuratedRecord]:
    """The Source before the first edge of it, then an Assertion a line. Raises UnreadableSource."""
    named = _named(path)
    current = ""
    for row in _rows(path, ("subject", "predicate", "object")):
        if isinstance(row, Failure):
            yield row
            continue
        assertion = _assertion(row, named)
        if isinstance(assertion, str):
            if not current:
                current = named
                yield Source(named, "curated", title="KGX edges")
            yield Failure(str(path), f"line {row.number}", assertion)
            continue
        if assertion.source != current:
            current = assertion.source
            yield _source(row, named)
        yield assertion


def _rows(path: Path, required: tuple[str, ...]) -> Iterator[Row | Failure]:
    """The rows of the table; an object a line is a row, too, its lists in cells as a table has them."""
    if not path.name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson", ".json")):
        yield from rows(path, required, comment="")
        return
    for item in lines(path):
        if isinstance(item, Failure):
            yield item
            continue
        number, line = item
        if not line.strip():
            continue
        try:
            cells = {key: _cell(value) for key, value in writable(parsed(line)).items()}
        except Wrong as error:
            yield Failure(str(path), f"line {number}", str(error))
            continue
        row = Row(number, line, cells)
        if empty := [key for key in required if not row[key]]:
            yield Failure(str(path), f"line {number}", f"nothing under {', '.join(empty)}")
        else:
            yield row


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "|".join(_cell(one).replace("|", "\x1f") for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "" if value is None else str(value)
    # As in a table, so that blanks at the end are kept.
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _named(path: Path) -> str:
    return "kgx-" + re.sub(r"[_-]?(?:nodes|edges)$", "", path.name.partition(".")[0])


def _source(row: Row, named: str) -> Source:
    fields = {name: _plain(row[name]) for name in FIELDS}
    return source_of(fields) if fields["medgraph_source"] else Source(named, "curated", title="KGX edges")


def _assertion(row: Row, named: str) -> Assertion | str:
    """The assertion, or why there is none."""
    subject, object = curie(row["subject"]), curie(row["object"])
    if not subject or not object:
        return NO_CURIE
    if row["medgraph_predicate"]:
        # A cell of ours is kept to the last blank.
        fields = {name: _plain(row.cells.get(name, "")) for name in ("id", *FIELDS)}
        try:
            return assertion_of(subject, object, fields)
        except ValueError as error:
            return f"fields that make no assertion: {type(error).__name__}"
    predicate = predicate_of(row["predicate"], row["object_direction_qualifier"])
    if not predicate:
        return "a predicate that the schema has no word for"
    if PREDICATES[predicate].symmetric:
        subject, object = min(subject, object), max(subject, object)
    return Assertion.new(
        subject,
        predicate,
        object,
        source=named,
        sentence=row.line,
        polarity="negated" if row["negated"].lower() == "true" else "affirmed",
        qualifiers={name: row[name] for name in _QUALIFIERS if row[name]},
        record=row["id"] or f"line {row.number}",
        extractor=EXTRACTOR,
    )


def _list(row: Row, column: str) -> list[str]:
    cell = row[column]
    return [_plain(value).replace("\x1f", "|") for value in cell.split("|")] if cell else []


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], m[1]), text) if "\\" in text else text
