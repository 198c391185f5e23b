"""Weights are learnt from a folder, the same each time, and are what the engine opens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import main as cli
from qa.drugs.repurpose.opening import opened_from
from training.repurposing.learn import learn

pytestmark = pytest.mark.model


def test_weights_are_learnt_and_opened(hetionet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = learn(hetionet, tmp_path / "one")
    assert (told["C"]["stated"], told["C"]["pairs"]) == (24, 144)
    opened_from(tmp_path / "one")
    assert cli.main(["train", "repurposing", "--data", str(hetionet), "--out", str(tmp_path / "two")]) == 0
    assert json.loads(capsys.readouterr().out)["G"] == told["G"]
    assert (tmp_path / "two/weights.json").read_bytes() == (tmp_path / "one/weights.json").read_bytes()
