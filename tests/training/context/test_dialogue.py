from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from api.cli import main as cli
from ingest.errors import MalformedFile
from text.context.dialogue import STATUSES
from training.context.dialogue import consultations, measured, train


def turn(speaker: str, sentence: str, symptom: str = "", *statuses: str) -> dict[str, Any]:
    labels = ["O"] * len(sentence)
    if symptom:
        at = sentence.index(symptom)
        labels[at : at + len(symptom)] = ["B", *"I" * (len(symptom) - 1)]
    return {"speaker": speaker, "sentence": sentence, "label": "".join(labels), "type": list(statuses)}


def written(path: Path, *dialogues: list[dict[str, Any]]) -> Path:
    lines = "".join(json.dumps({"dialogue-content": turns}, ensure_ascii=False) + "\n" for turns in dialogues)
    path.write_bytes(gzip.compress(lines.encode()))
    return path


DIALOGUE = [turn("医生", "孩子咳嗽吗？", "咳嗽", "2"), turn("患者", "不咳嗽，有点发烧", "发烧", "1")]


def test_a_dialogue_is_a_line_a_turn_with_its_symptoms(tmp_path: Path) -> None:
    file = written(tmp_path / "a.jsonl.gz", DIALOGUE)
    (one,) = consultations(file)
    assert one.text == "医生：孩子咳嗽吗？\n患者：不咳嗽，有点发烧\n"
    assert [one.text[start:end] for start, end in one.spans] == ["咳嗽", "发烧"]
    assert [STATUSES[at] for at in one.statuses] == [STATUSES[1], STATUSES[0]]
    (bare,) = consultations(file, speakers=False)
    assert bare.text == "孩子咳嗽吗？\n不咳嗽，有点发烧\n"
    assert [bare.text[start:end] for start, end in bare.spans] == ["咳嗽", "发烧"]


def test_a_turn_whose_labels_do_not_fit_is_text_alone(tmp_path: Path) -> None:
    (one,) = consultations(written(tmp_path / "a.jsonl.gz", [turn("患者", "咳嗽", "咳嗽", "1", "2")]))
    assert (one.text, one.spans) == ("患者：咳嗽\n", ())


def test_a_line_that_is_no_dialogue_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"other": 1}\n'))
    with pytest.raises(MalformedFile, match="line 1"):
        list(consultations(tmp_path / "a.jsonl.gz"))


def test_training_learns_the_dialogues_and_keeps_the_best(tmp_path: Path) -> None:
    for name in ("train", "dev"):
        written(tmp_path / f"{name}.jsonl.gz", *[DIALOGUE] * 20)
    figures = train(tmp_path, None, tmp_path / "out", epochs=2)
    assert figures["accuracy"] == 1
    with np.load(tmp_path / "out" / "weights.npz") as stored:
        assert stored["weights"].dtype == np.float16
    assert len((tmp_path / "out" / "log.jsonl").read_text().splitlines()) == 2


def test_figures_by_status() -> None:
    figures = measured(np.array([0, 0, 1, 2]), np.array([0, 1, 1, 2]))
    assert figures["accuracy"] == 0.75
    assert [figures[name] for name in STATUSES] == pytest.approx([2 / 3, 2 / 3, 1])
    assert figures["macro_f1"] == pytest.approx(7 / 9)


def test_the_command_trains_before_it_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("train", "dev"):
        written(tmp_path / f"{name}.jsonl.gz", *[DIALOGUE] * 20)
    out = tmp_path / "made" / "here"
    assert cli.main(["train", "context", "--data", str(tmp_path), "--base", "none", "--out", str(out)]) == 0
    assert json.loads(capsys.readouterr().out)["accuracy"] == 1
    assert {path.name for path in out.iterdir()} >= {"weights.npz", "curves.png", "log.jsonl"}
