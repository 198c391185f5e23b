from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.errors import UnreadableSource

pytestmark = pytest.mark.model


def test_an_encoder_is_written_after_a_step_at_least(base: Path, tmp_path: Path) -> None:
    from training.recognition.pretrain import LENGTH, pretrain

    pretrain(["aspirin relieved asthma in two patients. "] * 200, str(base), tmp_path, minutes=1e-4, batch=2)
    (line,) = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert line["tokens"] == line["step"] * 2 * LENGTH
    assert (tmp_path / "model.safetensors").is_file()
    assert (tmp_path / "tokenizer.json").is_file()


def test_texts_that_fill_no_sequence_are_refused(base: Path, tmp_path: Path) -> None:
    from training.recognition.pretrain import pretrain

    with pytest.raises(UnreadableSource, match="too short to learn from"):
        pretrain(["aspirin"], str(base), tmp_path, minutes=1e-4)
