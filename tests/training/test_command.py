"""`medgraph train` as a user calls it."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path

import pytest

from api.cli.main import main
from api.problems import BAD_INPUT
from ingest.reading.recognition.onnx_recognizer import OnnxRecognizer

pytestmark = pytest.mark.model


def test_train_ner_leaves_what_the_reader_loads(
    corpora: Path, base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    code = main(["train", "ner", "--data", str(corpora), "--base", str(base), "--out", str(out), "--epochs", "1"])
    assert code == 0
    told = json.loads(capsys.readouterr().out)
    assert Path(told["curves"]).read_bytes().startswith(b"\x89PNG")
    assert 0 <= told["both"] <= 1
    assert OnnxRecognizer(out).recognize(["Naloxone relieved gout."]) is not None


def test_train_encoder_reads_documents(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "aspirin relieved asthma in two patients. " * 400
    (tmp_path / "texts.jsonl").write_text(json.dumps({"id": "1", "text": text}) + "\n", encoding="utf-8")
    out = tmp_path / "encoder"
    texts = str(tmp_path / "texts.jsonl")
    assert main(["train", "encoder", texts, "--base", str(base), "--out", str(out), "--minutes", "0.3"]) == 0
    assert (out / "model.safetensors").is_file()
    lines = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    pieces = len((base / "vocab.txt").read_text(encoding="utf-8").split())
    assert lines[-1]["loss"] < math.log(pieces)  # better than a guess


def test_a_folder_without_corpora_is_named(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["train", "ner", "--data", str(tmp_path), "--base", str(base), "--out", str(tmp_path / "out")])
    assert code == 2
    assert "holds train.pubtator" in capsys.readouterr().err


def test_an_encoder_that_takes_few_steps_leaves_its_curves(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "texts.txt").write_text("aspirin relieved asthma in two patients. " * 100, encoding="utf-8")
    given = [str(tmp_path / "texts.txt"), "--base", str(base), "--out", str(tmp_path / "encoder")]
    assert main(["train", "encoder", *given, "--minutes", "0.0001"]) == 0
    assert Path(json.loads(capsys.readouterr().out)["curves"]).stat().st_size > 1_000


def test_too_little_text_is_refused(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "texts.txt").write_text("Aspirin relieved asthma.", encoding="utf-8")
    given = [str(tmp_path / "texts.txt"), "--base", str(base), "--out", str(tmp_path / "encoder")]
    assert main(["train", "encoder", *given, "--minutes", "0.1"]) == BAD_INPUT
    assert "too short to learn from" in capsys.readouterr().err


def test_a_corpus_whose_articles_are_all_held_out_is_refused(
    corpora: Path, base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data" / "both"
    data.mkdir(parents=True)
    for name in ("train", "dev"):
        shutil.copy(corpora / "both" / "dev.pubtator", data / f"{name}.pubtator")
    given = ["--data", str(data.parent), "--base", str(base), "--out", str(tmp_path / "out")]
    assert main(["train", "ner", *given]) == BAD_INPUT
    assert "nothing to learn from" in capsys.readouterr().err


def test_weights_to_go_on_from_that_are_none_are_named(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torn = tmp_path / "torn.safetensors"
    torn.write_bytes(b"\x00" * 20)
    given = ["--base", str(base), "--out", str(tmp_path / "out"), "--from", str(torn)]
    assert main(["train", "statements", *given]) == BAD_INPUT
    assert "torn.safetensors: no safetensors file" in capsys.readouterr().err
