"""Sentences written for the tests, whose mentions stand in brackets, to learn from but for those that are kept apart.

Two forms: a column `sentence` with one mention, `[fever]`, and the columns `language`, `polarity` and `certainty`; or
a column `note` with several, `[fever|n]`, each with its letters: n denied, h of the past, anything else affirmed. Rows
whose column `split` says `test` are left out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import MalformedFile
from training.context.templates import Example

_ONE = re.compile(r"\[([^\[\]]+)\]")
_EACH = re.compile(r"\[([^\[\]|]+)\|([a-z]+)\]")


def read(path: Path) -> list[Example]:
    """The examples of a file. Raises MalformedFile, and OSError where there is none."""
    examples: list[Example] = []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in rows:
            if row.get("split") == "test":
                continue
            try:
                examples += _of_note(row) if "note" in row else [_of_sentence(row)]
            except (KeyError, ValueError, TypeError) as error:
                raise MalformedFile(str(path), f"line {rows.line_num}", "marks no mention") from error
    return examples


def _of_sentence(row: dict[str, str]) -> Example:
    (match,) = _ONE.finditer(row["sentence"])
    start, word = match.start(), match[1]
    text = row["sentence"][:start] + word + row["sentence"][match.end() :]
    return Example(
        text=text,
        start=start,
        end=start + len(word),
        language=row["language"],
        negated=row["polarity"] == "negated",
        historical=row["certainty"] == "historical",
    )


def _of_note(row: dict[str, str]) -> Iterator[Example]:
    written = row["note"].replace("\\n", "\n")
    text = _EACH.sub(r"\1", written)
    gone = 0
    for match in _EACH.finditer(written):
        start = match.start() - gone
        end = start + len(match[1])
        gone += len(match[0]) - len(match[1])
        yield Example(text, start, end, row["language"], "n" in match[2], "h" in match[2])
