"""Annotations in PubTator text, types and identifiers as they are written. Text may be missing: offsets suffice.

Further columns, such as the parts of a composite mention in BC5CDR or the novelty of a relation in BioRED, are passed
over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from evaluation.corpora.annotated import Draft
from ingest.errors import MalformedFile
from ingest.model import Failure
from ingest.sources.files.files import lines

_TEXT = re.compile(r"([^|\t]+)\|([ta])\|(.*)", re.DOTALL)
_WRONG = "neither text, mention nor relation"


def read(path: Path) -> Iterator[Draft]:
    """The documents in order. Raises UnreadableSource and MalformedFile."""
    draft: Draft | None = None
    texts: dict[str, str] = {}
    rows: list[tuple[int, list[str]]] = []
    for item in lines(path):
        if isinstance(item, Failure):
            raise MalformedFile(str(path), item.record, item.reason)
        number, line = item
        if not line.strip():
            if draft is not None:
                yield _filled(path, draft, texts, rows)
            draft = None
            continue
        text = _TEXT.fullmatch(line)
        cells = line.split("\t")
        if not text and len(cells) < 4:
            raise MalformedFile(str(path), f"line {number}", _WRONG)
        name = text[1] if text else cells[0]
        if draft is not None and draft.name != name:
            yield _filled(path, draft, texts, rows)
            draft = None
        if draft is None:
            draft, texts, rows = Draft(name), {}, []
        if not text:
            rows.append((number, cells))
        elif text[2] in texts:
            raise MalformedFile(str(path), f"line {number}", "a second text of one document")
        else:
            texts[text[2]] = text[3]
    if draft is not None:
        yield _filled(path, draft, texts, rows)


def _filled(path: Path, draft: Draft, texts: dict[str, str], rows: list[tuple[int, list[str]]]) -> Draft:
    if texts:
        draft.text = f"{texts.get('t', '')}\n{texts.get('a', '')}"
    for number, cells in rows:
        wrong = ""
        if cells[1].isdecimal() and cells[2].isdecimal() and len(cells) >= 5:
            id = cells[5] if len(cells) > 5 else ""
            wrong = draft.mark(int(cells[1]), int(cells[2]), cells[4], id, cells[3])
        elif not cells[1].isdecimal():
            draft.relate(cells[1].strip(), cells[2], cells[3])
        else:
            wrong = _WRONG
        if wrong:
            raise MalformedFile(str(path), f"line {number}", wrong)
    return draft
