from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from qa.asked.topics import TOPICS
from training.questions import written as module
from training.questions.written import made, sources, written

HOUSE = Path(__file__).resolve().parents[3]
FOLDER = Path(module.__file__).resolve().parent
INTENTS = HOUSE / "benchmarks" / "questions" / "intents"


def test_templates_speak_of_every_topic_in_both_languages() -> None:
    questions = list(made(FOLDER, 4, 1))
    counted = Counter((one.topics[0], one.language) for one in questions)
    assert set(counted) == {(topic, language) for topic in TOPICS for language in ("en", "zh")}
    assert sources(questions) > 2000
    assert sum(one.language == "zh" for one in questions) > 0.45 * len(questions)
    assert not [one.text for one in questions if set("{}|") & set(one.text)]
    assert all(entity.surface in one.text for one in questions for entity in one.entities if one.language == "zh")
    assert [one.text for one in made(FOLDER, 4, 1)] == [one.text for one in questions]


@pytest.mark.parametrize("name", ["dev", "apart"])
def test_those_written_by_hand_name_what_they_say(name: str) -> None:
    questions = list(written(INTENTS / f"{name}.jsonl"))
    assert len({one.id for one in questions}) == len(questions) > 300
    assert all(entity.surface in one.text for one in questions for entity in one.entities)
    assert {one.topics[0] for one in questions} == set(TOPICS)


def test_an_unknown_topic_is_refused(tmp_path: Path) -> None:
    line = {"id": "1", "question": "q", "topic": "cooking", "names": []}
    (tmp_path / "q.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="unknown topic"):
        list(written(tmp_path / "q.jsonl"))
