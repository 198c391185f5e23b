"""`medgraph ask --chat`: a conversation through a pipe."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

LATER = "And what are its adverse effects?"
TURNS = "\n".join(("What treats diabetes?", "What is metformin?", LATER, "/new", LATER, "", "never read"))


def test_each_line_is_answered_with_those_before_it(run: Callable[..., Any], filled: Path) -> None:
    done = run("ask", "--chat", "--json", home=filled, stdin=TURNS)
    assert done.code == 0
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert len(answers) == 4
    assert "metformin" in answers[2]["read_as"]
    assert (answers[3]["abstained"], answers[3]["reason"]) == (True, "unclear")


def test_people_read_how_a_question_was_read(run: Callable[..., Any], filled: Path) -> None:
    done = run("ask", "--chat", "二甲双胍是什么", home=filled, stdin="它的不良反应呢？\n")
    assert done.code == 0
    assert "Read as: 二甲双胍的不良反应呢？" in done.out
