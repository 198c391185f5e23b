"""What is learnt of questions: each is judged by a model that saw it not, and the file is what the router reads."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from qa.asked.learnt import opened
from qa.asked.topics import TOPICS
from retrieval.encoder import Encoder
from retrieval.opening import encoder_of
from training.questions import learn
from training.questions.fit import fit, logits, loss, numbers, temperature
from training.questions.written import Asked, entity

pytest.importorskip("sklearn", reason="training is of the extra `models`")

QUESTIONS = [
    Asked(f"{number}", text.format(name), (topic,), (entity(name, "Drug"),))
    for number, name in enumerate(("aspirin", "warfarin", "heparin", "lithium"))
    for text, topic in (("dose of {}", "dose"), ("{} harms", "adverse_effect"), ("what undoes {}?", "antidote"))
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return encoder_of(Path(__file__).resolve().parents[3] / "models", "bge-small-en-medical")


def test_words_are_learnt_for_names_that_were_not_seen(encoder: Encoder) -> None:
    weights = fit(numbers(QUESTIONS, encoder, [1.0] * len(QUESTIONS)), encoder.name)
    for text, topic in (("dose of digoxin", "dose"), ("digoxin harms", "adverse_effect")):
        chances = weights.probabilities(text, [entity("digoxin", "Drug")], encoder)
        assert TOPICS[int(np.argmax(chances))] == topic
        assert chances.sum() == pytest.approx(1, abs=1e-4)


def test_one_is_judged_as_many_are(encoder: Encoder) -> None:
    learnt = numbers(QUESTIONS, encoder, [1.0] * len(QUESTIONS))
    weights = fit(learnt, encoder.name)
    rows = logits(weights, learnt)
    for one, row in zip(QUESTIONS, rows, strict=True):
        chances = weights.probabilities(one.text, one.entities, encoder)
        assert np.allclose(np.log(chances), row - np.log(np.exp(row).sum()), atol=0.02)
    heat = temperature(rows, learnt.labels)
    assert loss(rows / np.float32(heat), learnt.labels) <= loss(rows, learnt.labels)


def test_what_is_written_is_what_is_read(encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "dev.jsonl"
    lines = []
    for one in QUESTIONS:
        names = [[each.surface, each.type] for each in one.entities]
        lines.append(json.dumps({"id": one.id, "question": one.text, "topic": one.topics[0], "names": names}))
    path.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(learn, "FOLDS", 2)
    told = learn.learn(path, tmp_path / "out", encoder, count=1)
    assert told["by_hand"] == len(QUESTIONS)
    assert 0 <= told["en"] <= 1
    assert opened(tmp_path / "out" / "weights.npz").topics == TOPICS
