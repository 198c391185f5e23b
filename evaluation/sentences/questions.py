"""Questions with the sentences that answer them: a line of JSON each, without the text that the sentences stand in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import MalformedFile

HALF = 0.5
"""A sentence is one of the gold ones where they share this part of the shorter."""


@dataclass(frozen=True, slots=True)
class Question:
    """`gold` are the (start, end) of the sentences in the document's text, any of which answers."""

    id: str
    text: str
    document: str
    gold: tuple[tuple[int, int], ...]
    kind: str = ""
    chinese: str = ""
    """The same question in Chinese; empty where there is none."""

    def answered(self, document: str, start: int, end: int) -> bool:
        """Whether the text from `start` to `end` of a document is one of the gold sentences."""
        return document == self.document and any(
            min(end, last) - max(start, first) >= HALF * min(end - start, last - first) for first, last in self.gold
        )


def questions_in(path: Path) -> list[Question]:
    """The questions of a file, in order: `id`, `question`, `document`, `gold` as [[start, end], …], and where they are
    there `kind` and `question_zh`. Raises MalformedFile naming the line that is none."""
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            questions.append(
                Question(
                    id=str(row["id"]),
                    text=str(row["question"]),
                    document=str(row["document"]),
                    gold=tuple((int(start), int(end)) for start, end in row["gold"]),
                    kind=str(row.get("kind", "")),
                    chinese=str(row.get("question_zh", "")),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            wrong = f"no question with its sentences ({type(error).__name__})"
            raise MalformedFile(str(path), f"line {number}", wrong) from error
    return questions


def place(question: Question, ranked: Sequence[tuple[str, int, int]]) -> int:
    """The rank from 1 of the first of `ranked` (document, start, end) that answers; 0 where none does."""
    return next((rank for rank, span in enumerate(ranked, 1) if question.answered(*span)), 0)
