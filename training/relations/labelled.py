"""Documents that were labelled for this, by their places: the text stays where it is published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.errors import MalformedFile
from ingest.model import Mention
from training.relations.corpora import Example

LABELLED = Path(__file__).resolve().parent / "labelled.jsonl"
"""MEDLINE abstracts with the relations that a language model reads in them, by the rules of BC5CDR."""


def labelled(path: Path, texts: Mapping[str, str]) -> list[Example]:
    """The examples of a table: a JSON object a line with `document`, `corpus` (whose rules were followed), `entities`
    (kind, id), `mentions` (start, end, entity; offsets into the text of the document) and `gold` (entity, entity,
    label).

    Those whose document is not among `texts` are left out. Raises MalformedFile.
    """
    examples = []
    try:
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise MalformedFile(str(path), "", f"cannot be read as UTF-8 text: {error}") from None
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            text = texts.get(row["document"])
            if text is not None:
                examples.append(_example(row, text))
        except (ValueError, LookupError, TypeError) as error:
            raise MalformedFile(str(path), f"line {number}", f"no labelled document: {error}") from None
    return examples


def _example(row: Mapping[str, Any], text: str) -> Example:
    entities = [(str(kind), str(id)) for kind, id in row["entities"]]
    mentions = []
    for start, end, at in row["mentions"]:
        if not 0 <= start < end <= len(text):
            raise ValueError(f"no place in the text: {start}-{end}")
        kind, id = entities[_index(at)]
        mentions.append(Mention(start, end, text[start:end], kind, id, 1.0))
    gold = frozenset((entities[_index(i)][1], entities[_index(j)][1], str(label)) for i, j, label in row["gold"])
    return Example(row["document"], row["corpus"], text, tuple(mentions), gold)


def _index(at: int) -> int:
    # Python would count a negative one from the end.
    if at < 0:
        raise ValueError(f"no entity: {at}")
    return at
