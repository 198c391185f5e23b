"""A line a token with its label in the last column, an empty line between documents.

Labels are `O`, or a mark and a type with `-` or `_` between: B and I, or with E (L) at an end and S (U) alone. An I
that continues nothing begins a mention, as in conlleval. The text is the tokens one after the other where all of them
are single characters (Chinese), else with a blank between; a document is named by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from evaluation.corpora.annotated import Draft, anonymous
from ingest.errors import MalformedFile
from ingest.model import Failure
from ingest.sources.files.files import lines

_LINE = re.compile(r"(.*?)[ \t]+(?:\S+[ \t]+)*?(?:(O)|([BIESMLU])[-_](\S+))[ \t]*")

Token = tuple[str, str, str]
"""The token, its mark (`O`, `B`, `I`, `E`, `S`), its type."""


def read(path: Path) -> Iterator[Draft]:
    """The documents in order. Raises UnreadableSource and MalformedFile."""
    documents: list[list[Token]] = [[]]
    for item in lines(path):
        if isinstance(item, Failure):
            raise MalformedFile(str(path), item.record, item.reason)
        number, line = item
        if not line.strip():
            documents.append([])
            continue
        row = _LINE.fullmatch(line)
        if not row:
            raise MalformedFile(str(path), f"line {number}", "no token with a BIO label")
        mark = {"M": "I", "L": "E", "U": "S"}.get(row[3] or "O", row[3] or "O")
        documents[-1].append((row[1] or " ", mark, row[4] or ""))
    between = "" if all(len(token) == 1 for document in documents for token, _, _ in document) else " "
    for document in documents:
        if document:
            yield _draft(document, between)


def _draft(tokens: list[Token], between: str) -> Draft:
    text = between.join(token for token, _, _ in tokens)
    draft = Draft(anonymous("", text), text)
    at = 0
    start, end, open_type = 0, 0, ""
    for token, mark, type in (*tokens, ("", "O", "")):
        if open_type and (mark in "OBS" or type != open_type):
            draft.mark(start, end, open_type, "")
            open_type = ""
        if mark != "O":
            if not open_type:
                start, open_type = at, type
            end = at + len(token)
            if mark in "ES":
                draft.mark(start, end, open_type, "")
                open_type = ""
        at += len(token) + len(between)
    return draft
