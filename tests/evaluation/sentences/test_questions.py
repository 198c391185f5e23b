import json
from pathlib import Path

import pytest

from evaluation.sentences.questions import Question, place, questions_in
from ingest.errors import MalformedFile

QUESTION = Question("q", "How long?", "PMID:1", ((10, 30), (40, 60)))


def test_a_sentence_answers_where_it_is_mostly_a_gold_one() -> None:
    assert QUESTION.answered("PMID:1", 10, 30)
    assert QUESTION.answered("PMID:1", 18, 80)
    assert not QUESTION.answered("PMID:1", 22, 41)
    assert not QUESTION.answered("PMID:2", 10, 30)


def test_the_place_of_the_first_that_answers() -> None:
    assert place(QUESTION, [("PMID:1", 0, 9), ("PMID:1", 40, 60), ("PMID:1", 10, 30)]) == 2
    assert place(QUESTION, [("PMID:2", 10, 30)]) == 0


def test_questions_of_a_file_and_a_line_that_is_none(tmp_path: Path) -> None:
    row = {"id": "q", "question": "How long?", "document": "PMID:1", "gold": [[10, 30], [40, 60]]}
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps(row) + "\n\n" + json.dumps(row | {"question_zh": "多久？", "kind": "number"}) + "\n")
    assert questions_in(file)[0] == QUESTION
    assert questions_in(file)[1].chinese == "多久？"
    file.write_text(json.dumps(row) + '\n{"id": "q"}\n')
    with pytest.raises(MalformedFile, match="line 2"):
        questions_in(file)
