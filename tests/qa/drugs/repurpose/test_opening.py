"""The engine is opened from a folder of weights, or it is said that there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.drugs.repurpose.opening import opened_from
from qa.drugs.repurpose.rank import Repurposing
from qa.drugs.repurpose.weights import Weights, write
from qa.errors import ModelUnavailable


def test_weights_are_opened_or_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        opened_from(tmp_path)
    write({"C": Weights("C", 0.0, 0.0, ())}, tmp_path / "weights.json")
    assert isinstance(opened_from(tmp_path), Repurposing)
    (tmp_path / "weights.json").write_text("{}")
    with pytest.raises(ModelUnavailable, match="format 1"):
        opened_from(tmp_path)
