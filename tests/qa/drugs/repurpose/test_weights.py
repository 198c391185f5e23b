"""Weights: written as they are read, and what is no such file is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from qa.drugs.repurpose.metapaths import parse
from qa.drugs.repurpose.weights import Kind, Weights, flattened, read, write

MODEL = Weights("C", -2.0, 0.5, (Kind(parse("CbGaD"), 0.25, 1.5), Kind(parse("CrCtD"), 0.1, -0.75)))


def test_weights_are_read_as_they_were_written(tmp_path: Path) -> None:
    write({"C": MODEL, "G": Weights("G", 0.0, 0.0, ())}, tmp_path / "weights.json")
    assert read(tmp_path / "weights.json") == {"C": MODEL, "G": Weights("G", 0.0, 0.0, ())}


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"format": 2, "models": {}}', '{"format": 1, "models": {"C": {}}}', '{"format": 1}',
        '{"format": 1, "models": []}',
        '{"format": 1, "models": {"C": {"intercept": 0, "popularity": 0, "kinds": [["CxD", 1, 1]]}}}',
    ],
)  # fmt: skip
def test_what_is_no_file_of_weights_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "weights.json").write_text(text)
    with pytest.raises(ValueError, match=r"."):
        read(tmp_path / "weights.json")


def test_a_probability_comes_apart_into_what_each_kind_adds() -> None:
    counts = [np.array([0.0, 0.25]), np.array([0.1, 0.0])]
    parts = MODEL.contributions(counts)
    assert parts == pytest.approx(np.array([[0, 1.5 * np.arcsinh(1)], [-0.75 * np.arcsinh(1), 0]]))
    logit = -2.0 + parts.sum(axis=0) + 0.5 * np.log1p([3, 0])
    assert MODEL.probabilities(parts, np.array([3.0, 0.0])) == pytest.approx(1 / (1 + np.exp(-logit)))
    assert flattened(np.array([0.5]), 0.25) == pytest.approx(np.arcsinh([2]))


def test_a_model_without_kinds_knows_popularity_alone() -> None:
    assert Weights("C", 0.0, 0.0, ()).contributions([]).shape[0] == 0
