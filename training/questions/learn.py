"""The weights of `models/questions`: templates and questions written by hand, judged on the latter held out."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from qa.asked.learnt import write
from qa.asked.topics import TOPICS
from retrieval.encoder import Encoder
from training.questions.fit import Floats, Learnt, fit, logits, loss, numbers, temperature
from training.questions.written import Asked, made, sources, written

FOLDS = 4
COUNT = 10
"""Questions of a template."""
BY_HAND = 4.0
"""What a question written by hand weighs beside one of a template."""
_HERE = Path(__file__).resolve().parent


def learn(questions: Path, out: Path, encoder: Encoder, *, seed: int = 1, count: int = COUNT) -> dict[str, Any]:
    """Write `weights.npz` to `out`, and return figures on the questions written by hand, each by a model that saw it
    not. Raises OSError, ValueError, and what the encoder raises."""
    by_hand = list(written(questions))
    templated = list(made(_HERE, count, seed))
    everything = [*templated, *by_hand]
    learnt = numbers(everything, encoder, [1.0] * len(templated) + [BY_HAND] * len(by_hand))
    rows = held_out(learnt, by_hand, encoder.name)
    labels = learnt.labels[len(templated) :]
    heat = temperature(rows, labels)
    out.mkdir(parents=True, exist_ok=True)
    write(replace(fit(learnt, encoder.name), temperature=heat), out / "weights.npz")
    best = [TOPICS[at] for at in rows.argmax(axis=1)]
    return {
        "templates": len({one.id for one in templated}),
        "made": sources(templated),
        "by_hand": len(by_hand),
        "chinese": round(sum(one.language == "zh" for one in everything) / len(everything), 3),
        "temperature": heat,
        "log_loss": round(loss(rows / np.float32(heat), labels), 3),
        **{language: _right(by_hand, best, language) for language in ("en", "zh")},
    }


def held_out(learnt: Learnt, by_hand: list[Asked], encoder: str) -> Floats:
    """The logits (N, T) of each question written by hand, the last of `learnt`, by a model that saw it not."""
    folds = np.full(len(learnt.labels), -1)
    folds[len(folds) - len(by_hand) :] = [zlib.crc32(one.text.encode()) % FOLDS for one in by_hand]
    told = np.zeros((len(folds), len(TOPICS)), np.float32)
    for fold in range(FOLDS):
        told[folds == fold] = logits(fit(learnt.of(folds != fold), encoder), learnt.of(folds == fold))
    return told[len(folds) - len(by_hand) :]


def _right(questions: list[Asked], intents: list[str], language: str) -> float:
    judged = [intent in one.topics for one, intent in zip(questions, intents, strict=True) if one.language == language]
    return round(sum(judged) / max(len(judged), 1), 3)
