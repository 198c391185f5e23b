"""A recognizer learns from what others find in unlabelled texts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli.main import main
from api.problems import UNAVAILABLE
from ingest.model import Document, Section
from ingest.reading.recognition.onnx_recognizer import OnnxRecognizer
from training.corpora import annotated
from training.recognition.distil import labelled

pytestmark = pytest.mark.model

Call = Callable[..., int]


@pytest.fixture
def unlabelled(corpora: Path, tmp_path: Path) -> Path:
    path = tmp_path / "unlabelled.jsonl"
    examples = annotated(corpora / "both" / "train.pubtator")
    rows = [json.dumps({"id": f"u{number}", "text": example.text}) for number, example in enumerate(examples)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def call(corpora: Path, base: Path, tmp_path: Path) -> Call:
    """`medgraph train ner` on the corpus that annotates diseases alone."""
    data = tmp_path / "data"
    shutil.copytree(corpora / "diseases", data / "diseases")
    given = ["train", "ner", "--data", str(data), "--base", str(base), "--out", str(tmp_path / "out")]
    return lambda *more: main([*given, "--epochs", "8", "--rate", "3e-3", *map(str, more)])


def test_a_type_is_learned_from_a_teacher_alone(call: Call, trained: Path, unlabelled: Path, tmp_path: Path) -> None:
    """No corpus of the pupil marks a drug."""
    assert call("--unlabelled", unlabelled, "--teacher", trained, "--teacher", trained) == 0
    pupil = OnnxRecognizer(tmp_path / "out")
    assert set(pupil.types) == {"Chemical", "Disease"}
    text = "Those who took digoxin for renal failure did well."
    found = [(text[s.start : s.end], s.label) for s in pupil.recognize([text])[0]]
    assert found == [("digoxin", "Chemical"), ("renal failure", "Disease")]


def test_one_teacher_twice_says_what_it_says_alone(trained: Path) -> None:
    texts = ["Those who took digoxin for renal failure did well.", "", "No gout was caused by aspirin here."]
    documents = [Document(str(n), "", (Section("", text),)) for n, text in enumerate(texts)]
    examples = labelled(documents, [trained, trained])
    assert [example.text for example in examples] == [document.text for document in documents]
    alone = OnnxRecognizer(trained).recognize([document.text for document in documents])
    assert [list(example.spans) for example in examples] == alone
    assert all(example.types == {"Chemical", "Disease"} for example in examples)


def test_what_is_measured_by_is_not_learned_from(
    call: Call, corpora: Path, trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The texts of the dev set, ids and all, given as unlabelled ones: nothing is left to teach a drug."""
    shutil.copy(corpora / "both" / "dev.pubtator", tmp_path / "data" / "diseases" / "dev.pubtator")
    (tmp_path / "texts").mkdir()
    texts = tmp_path / "texts" / "dev.pubtator"
    shutil.copy(corpora / "both" / "dev.pubtator", texts)
    assert call("--unlabelled", texts, "--teacher", trained) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["diseases"] < 0.8  # half of what is marked there is drugs


def test_teachers_that_cut_words_otherwise_are_refused(
    call: Call, trained: Path, unlabelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    shutil.copytree(trained, other)
    form = json.loads((other / "tokenizer.json").read_text())
    (other / "tokenizer.json").write_text(json.dumps(form, indent=7))
    assert call("--unlabelled", unlabelled, "--teacher", trained, "--teacher", other) == UNAVAILABLE
    assert "another tokenizer" in capsys.readouterr().err


def test_unlabelled_texts_need_a_teacher(
    call: Call, unlabelled: Path, trained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("--unlabelled", unlabelled) == 2
    assert "go together" in capsys.readouterr().err
    assert call("--teacher", trained) == 2
