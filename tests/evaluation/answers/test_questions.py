"""A file of questions: every form of a field, and lines that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.answers.questions import questions_in
from ingest.errors import MalformedFile, UnreadableSource


def test_fields_come_in_the_forms_in_which_people_write_them(tmp_path: Path) -> None:
    rows = [
        {"id": 1, "question": "Does A treat B?", "type": "true_false", "answer": False, "must_not": "cures"},
        {"id": "2", "question": "哪个？", "type": "choice", "answer": "B", "choices": {"B": "二", "A": "一"}},
        {"id": "3", "question": "And C?", "conversation": [{"role": "user", "content": "What is B?"}, "Is it rare?"]},
        {"id": "4", "question": "Which?", "type": "list", "answer": [["x", "y"], "z|w"], "must": ["a|b", "c"]},
    ]
    path = tmp_path / "q.jsonl"
    path.write_text("\ufeff" + "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    one, two, three, four = questions_in(path)
    assert (one.id, one.answer, one.must_not, one.kind) == ("1", (("false",),), (("cures",),), "true_false")
    assert two.choices == ("一", "二")
    assert [gold.shape for gold in (one, two, three, four)] == ["true_false", "choice", "", "list"]
    assert three.conversation == ("What is B?", "Is it rare?")
    assert four.answer == (("x", "y"), ("z", "w"))
    assert four.must == (("a", "b"), ("c",))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2"),
        ('["a"]', "not a JSON object"),
        ('{"id": "b"}', "question is missing"),
        ('{"id": "a", "question": "again"}', "second time"),
    ],
)
def test_a_line_that_is_no_question_is_named(line: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "a", "question": "first"}\n' + line + "\n")
    with pytest.raises(MalformedFile, match=told):
        questions_in(path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b'{"id": "a", "question": "caf\xe9"}')
    for name in ("absent", "latin"):
        with pytest.raises(UnreadableSource, match=name):
            questions_in(tmp_path / name)


@pytest.mark.parametrize(
    ("fields", "shape"),
    [
        ({"type": "yes/no"}, "yes_no"),
        ({"type": "MCQ"}, "choice"),
        ({"type": "essay", "answer": "a long one", "source": "a book"}, ""),
        ({"answer": "no"}, "yes_no"),
        ({"answer": True}, "true_false"),
        ({"answer": "B", "choices": ["a", "b"]}, "choice"),
        ({"answer": ["a", "b"]}, "list"),
    ],
)
def test_the_shape_is_told_by_the_type_or_by_the_answer(fields: dict[str, object], shape: str, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps({"id": "1", "question": "?", **fields}))
    assert questions_in(path)[0].shape == shape
