"""What is learnt of texts: whole diseases are held out, figures are what they say, and the file is what is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from qa.differential.groups import opened
from training.groups import learn
from training.groups.fit import figures, fit, held_out, majority, nearest, numbers, small, temperature
from training.groups.names import Condition
from training.groups.simulate import Text

pytest.importorskip("sklearn", reason="training is of the extra `models`")

WORDS = {"eye": "red eye blurred vision", "skin": "itchy rash scaly plaques"}
TEXTS = [
    Text(f"{words} {extra}", "en", group, f"{group} {number}")
    for group, words in WORDS.items()
    for number in range(12)
    for extra in ("today", "again")
]
COLUMNS = tuple(WORDS)


def test_a_disease_is_in_one_fold_and_its_group_is_told_from_others() -> None:
    learnt = numbers(TEXTS, COLUMNS)
    folds: dict[str, set[int]] = {}
    for text, fold in zip(TEXTS, learnt.folds.tolist(), strict=True):
        folds.setdefault(text.disease, set()).add(fold)
    assert all(len(each) == 1 for each in folds.values())
    logits = held_out(learnt, 2)
    assert figures(logits, learnt.labels)["top1"] == 1
    assert figures(nearest(learnt, 2), learnt.labels)["top1"] == 1
    assert figures(majority(learnt, 2), learnt.labels)["loss"] > 0.6
    assert temperature(logits, learnt.labels, learnt.weights) < 1


def test_small_weights_are_near_the_learnt() -> None:
    learnt = numbers(TEXTS, COLUMNS)
    weights, _ = fit(learnt, np.ones(len(TEXTS), bool), 2)
    quantised, steps = small(weights)
    assert np.abs(quantised * steps - weights).max() <= steps.max() / 2 + 1e-6


def test_figures_of_a_known_case() -> None:
    logits = np.log(np.array([[0.8, 0.2], [0.6, 0.4]], np.float32))
    told = figures(logits, np.array([0, 1]))
    assert (told["top1"], told["top3"]) == (0.5, 1.0)
    assert told["loss"] == pytest.approx(-(np.log(0.8) + np.log(0.4)) / 2, abs=1e-3)
    assert told["ece"] == pytest.approx((0.2 + 0.6) / 2, abs=1e-3)


def test_the_command_writes_what_is_read(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    young = (0.0, 0.0, 0.0, 0.0, 10.0, 0.0, 0.0)
    cough = (("HP:0012735", 90.0, "history"),)
    few = [
        Condition(f"MESH:D{number}", (f"c{number}",), 50, young, ("days",), cough, ())
        for number in ("001249", "000002", "000003", "000004", "000005", "000006", "000007", "000008")
    ]
    monkeypatch.setattr(learn, "conditions", lambda _: few)
    told = learn.learn(folder, tmp_path / "out", count=6)
    model = opened(tmp_path / "out" / "weights.npz")
    assert told["texts"] > 10
    assert model.columns[model.members["MONDO:1"]] == model.columns[model.members["MESH:D001249"]] == "respiratory"
    assert model.columns[model.members["ORPHA:9"]] == "congenital-genetic"
    assert model.of("cough")[0].words
