"""`medgraph evaluate answers`: a line a question and a summary, and files that hold none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

QUESTIONS = [
    {"id": "1", "question": "What is the capital of France?", "abstain": True, "kind": "off"},
    {"id": "2", "question": "法国的首都是哪里？", "must": ["巴黎"], "kind": "off", "type": "text"},
]


def test_each_question_is_judged_and_summed_up(medgraph: Callable[..., Any], jsonl: Callable[..., Path]) -> None:
    done = medgraph("evaluate", "answers", str(jsonl("q.jsonl", QUESTIONS)))
    assert done.code == 0
    first, second, last = map(json.loads, done.out.splitlines())
    assert (first["id"], first["mark"], second["mark"]) == ("1", "right", "withheld")
    assert first["seconds"]
    assert first["milliseconds"] > 0
    summary = last["summary"]
    assert (summary["questions"], summary["right"], summary["withheld"]) == (2, 0.5, 0.5)
    assert summary["by_kind"]["off"] == {"right": 1, "partly": 0, "wrong": 0, "withheld": 1}


def test_the_summary_may_stand_alone(medgraph: Callable[..., Any], jsonl: Callable[..., Path]) -> None:
    path = str(jsonl("q.jsonl", QUESTIONS))
    done = medgraph("evaluate", "answers", path, "--summary", "--using", "passages")
    assert set(done.json) == {"summary"}
    assert done.json["summary"]["using"] == "passages"


def test_a_file_without_questions_is_refused(medgraph: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    assert medgraph("evaluate", "answers", str(tmp_path / "empty.jsonl")).code == 2
    (tmp_path / "bad.jsonl").write_text('{"id": 1}\n')
    done = medgraph("evaluate", "answers", str(tmp_path / "bad.jsonl"))
    assert done.code not in (0, 2)
    assert "line 1" in done.err
