"""Passages in Chinese and English in one home, through the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
RECORDS = (
    {"id": "D:1", "title": "Metformin", "text": "Metformin lowers glucose. It rarely causes lactic acidosis."},
    {"id": "D:2", "title": "Warfarin", "text": "Warfarin with aspirin raises the risk of bleeding."},
    {"id": "D:3", "title": "痛风的治疗", "text": "急性发作时可以口服秋水仙碱。", "language": "zh"},
    {"id": "D:4", "title": "妊娠与叶酸", "text": "孕妇补充叶酸可以预防神经管畸形。", "language": "zh"},
)
Run = Callable[..., Any]


@pytest.fixture
def home(tmp_path: Path, medgraph: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS), encoding="utf-8")
    assert medgraph("ingest", str(file), home=tmp_path / "home").code == 0
    return tmp_path / "home"


@pytest.mark.parametrize(
    ("question", "document", "marked"),
    [
        ("二甲双胍会引起乳酸酸中毒吗？", "D:1", "lactic acidosis"),
        ("痛风發作吃什麼藥？", "D:3", "痛风"),
        ("Is colchicine taken for gout?", "D:3", "秋水仙碱"),
        ("怀孕", "D:4", ""),
    ],
)
def test_a_question_finds_what_answers_it_in_either_language(
    home: Path, medgraph: Run, question: str, document: str, marked: str
) -> None:
    found = medgraph("search", question, "--json", home=home).json["hits"]
    assert found[0]["document"] == document
    words = [found[0]["text"][start:end] for start, end in found[0]["spans"]]
    assert marked in " ".join(words)


def test_texts_of_one_encoder_are_encoded_anew_by_two(
    home: Path, medgraph: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    fingerprint = medgraph("fingerprint", home=home).out
    monkeypatch.setenv("MEDGRAPH_CHINESE_ENCODER", "")
    assert medgraph("search", "痛风", home=home).code == 7
    assert medgraph("reindex", home=home).code == 0
    assert medgraph("fingerprint", home=home).out != fingerprint
    assert medgraph("search", "痛风", "--json", home=home).json["hits"][0]["document"] == "D:3"
    monkeypatch.delenv("MEDGRAPH_CHINESE_ENCODER")
    assert medgraph("reindex", home=home).code == 0
    assert medgraph("fingerprint", home=home).out == fingerprint
    assert medgraph("search", "叶酸", "--json", home=home).json["hits"][0]["document"] == "D:4"


def test_without_the_chinese_weights_it_is_told_what_to_do(
    home: Path, tmp_path: Path, medgraph: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = tmp_path / "models"
    shutil.copytree(CHECKOUT / "models", weights, ignore=shutil.ignore_patterns("e5-small-zh-int8", "ner-*"))
    monkeypatch.setenv("MEDGRAPH_MODELS", str(weights))
    told = medgraph("search", "痛风", home=home)
    assert told.code != 0
    assert "MEDGRAPH_CHINESE_ENCODER" in told.err
    english = tmp_path / "english.jsonl"
    english.write_text(json.dumps(RECORDS[0]) + "\n", encoding="utf-8")
    other = tmp_path / "other"
    assert medgraph("ingest", str(english), home=other).code == 0
    assert medgraph("search", "二甲双胍", "--json", home=other).json["hits"][0]["document"] == "D:1"
