"""What notes say in their forms: wrapped lines, lists, headings, check lists, answers, relatives, tests.

`notes.tsv` holds short notes, each mention in brackets with what is right: `a` affirmed, `n` negated, `p` possible,
`h` once, `y` asked or feared, `f` of the family, `nf` not of the family. The part `dev` was looked at while the rules
were written, `test` was not.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from text.context.judge import RULES
from text.context.judgement import Judgement

NOTES = Path(__file__).with_name("notes.tsv")
_MARKED = re.compile(r"\[([^\[\]|]+)\|(n|a|f|nf|h|p|y)\]")
UNSEEN_RIGHT = 0.95


def parsed(note: str) -> tuple[str, list[tuple[int, int]], list[str]]:
    """The note without its marks, where its mentions stand, and what is right of each."""
    text, spans, right, at = "", [], [], 0
    for match in _MARKED.finditer(note := note.replace("\\n", "\n")):
        text += note[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        right.append(match[2])
        text, at = text + match[1], match.end()
    return text + note[at:], spans, right


def code(judgement: Judgement) -> str:
    negated = "n" if judgement.polarity == "negated" else ""
    if judgement.experiencer == "family":
        return f"{negated}f"
    certainties = {"certain": "a", "possible": "p", "hypothetical": "y", "historical": "h"}
    return negated or certainties[judgement.certainty]


def rows(split: str) -> list[dict[str, str]]:
    with NOTES.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["split"] == split]


@pytest.mark.parametrize("row", rows("dev"), ids=lambda row: row["note"][:50])
def test_a_note(row: dict[str, str]) -> None:
    text, spans, right = parsed(row["note"])
    assert [code(judgement) for judgement in RULES.judge(text, spans, row["language"])] == right


def test_notes_that_no_rule_was_written_for() -> None:
    verdicts = []
    for row in rows("test"):
        text, spans, right = parsed(row["note"])
        given = RULES.judge(text, spans, row["language"])
        verdicts += [code(judgement) == gold for judgement, gold in zip(given, right, strict=True)]
    assert len(verdicts) > 100
    assert sum(verdicts) >= UNSEEN_RIGHT * len(verdicts)
