"""Nothing is told to the makers of libraries, and nothing kept for them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval import telemetry

USED = """
from api.settings import CHECKOUT
from ingest.reading.recognition.onnx_recognizer import session
from retrieval.onnx_encoder import OnnxEncoder
{first}
"""
ENCODER = "OnnxEncoder(CHECKOUT / 'models' / 'bge-small-en-medical').close()"
RECOGNIZER = "session(CHECKOUT / 'models' / 'ner-en' / 'model.onnx')"


def test_onnxruntime_leaves_nothing_behind(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    for number, first in enumerate((ENCODER, RECOGNIZER)):
        home = tmp_path / str(number)
        home.mkdir()
        places = {"HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache")}
        subprocess.run([sys.executable, "-c", USED.format(first=first)], env={**environment, **places}, check=True)
        assert [str(path) for path in home.rglob("*")] == []


def test_whoever_imports_onnxruntime_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORT_DISABLE_TELEMETRY", "")
    telemetry.off()
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
