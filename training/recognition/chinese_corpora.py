"""The Chinese corpora as a trainer needs them: texts with typed spans."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import UnreadableSource
from ingest.reading.recognition.recognizer import Span
from training.corpora import Example


def labelled(path: Path) -> list[Example]:
    """The texts of a file of one character and its label (`O`, `B_type`, `I_type`) a line, an empty line after each.

    A blank itself may be a character. An `I_` that continues nothing begins an entity, as the usual scorers have it.
    Raises UnreadableSource.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableSource(f"{path}: {error}") from error
    marked: list[tuple[str, list[Span]]] = []
    characters: list[str] = []
    labels: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if not line:
            if characters:
                marked.append(("".join(characters), _spans(labels)))
            characters, labels = [], []
        elif len(line) < 3 or line[1] != " ":
            raise UnreadableSource(f"{path}: line {number} is not a character, a blank and a label")
        else:
            characters.append(line[0])
            labels.append(line[2:])
    types = frozenset(span.label for _, spans in marked for span in spans)
    return [Example(f"{path.stem}{at}", text, tuple(spans), types) for at, (text, spans) in enumerate(marked)]


def _spans(labels: list[str]) -> list[Span]:
    spans: list[Span] = []
    start, kind = 0, ""
    for at, label in enumerate([*labels, "O"]):
        mark, _, name = label.partition("_")
        if kind and not (mark == "I" and name == kind):
            spans.append(Span(start, at, kind, 1.0))
            kind = ""
        if mark != "O" and not kind:
            start, kind = at, name
    return spans
