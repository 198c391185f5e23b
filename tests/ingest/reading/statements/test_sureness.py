"""How sure a sentence is of what the network reads in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.reading.relations.forest import Forest
from ingest.reading.statements import labels, sureness
from ingest.reading.statements.marking import Place
from ingest.reading.statements.sureness import NAMES, Scene, Sureness, features

TEXT = "Aspirin, not codeine, treats migraine and tremor."
PLACES = tuple(
    Place(TEXT.index(name), TEXT.index(name) + len(name), type)
    for name, type in (("Aspirin", "Drug"), ("codeine", "Drug"), ("migraine", "Disease"), ("tremor", "Phenotype"))
)
TYPES = tuple(place.type for place in PLACES)
PAIRS = ((0, 2), (1, 2), (0, 3), (2, 3))
SCENE = Scene(TEXT, PLACES, TYPES, PAIRS)
TREATS = labels.PREDICATES.index("treats")


def said(*of_treats: float) -> np.ndarray:
    sure = np.full((len(PAIRS), len(labels.PREDICATES)), -np.inf, np.float32)
    sure[:, TREATS] = of_treats
    return sure


FLAGS = np.full((len(PAIRS), len(labels.FLAGS)), -3, np.float32)


def test_what_the_network_all_but_denies_is_no_candidate() -> None:
    rows, columns, made = features(SCENE, said(3, -5, 2, -9), FLAGS)
    assert rows.tolist() == [0, 2]
    assert columns.tolist() == [TREATS, TREATS]
    assert made.shape == (2, len(NAMES))
    assert features(SCENE, said(-9, -9, -9, -9), FLAGS)[2].shape == (0, len(NAMES))


def test_rivals_and_neighbours_are_told() -> None:
    _, _, made = features(SCENE, said(3, 1, 2, -9), FLAGS)
    told = [dict(zip(NAMES, row.tolist(), strict=True)) for row in made]
    assert [row["logit"] for row in told] == [3, 1, 2]
    assert [row["rival_subject"] for row in told] == [1, 3, -8]
    assert [row["rival_object"] for row in told] == [2, -8, 3]
    assert [row["surer_pairs"] for row in told] == [0, 2, 1]
    assert [row["between"] for row in told] == [1, 0, 2]
    # Codeine stands nearer to the migraine than aspirin does; tremor is no disease, so no rival of migraine by type.
    assert [row["nearer_subject"] for row in told] == [1, 0, 1]
    assert [row["nearer_object"] for row in told] == [0, 0, 0]
    assert [row["commas_between"] for row in told] == [2, 1, 2]
    assert [(row["subject_Drug"], row["object_Disease"]) for row in told] == [(1, 1), (1, 1), (1, 0)]


def test_a_topic_stands_nowhere() -> None:
    about = Scene("It treats migraine.", (None, Place(10, 18, "Disease")), ("Drug", "Disease"), ((0, 1),))
    sure = np.full((1, len(labels.PREDICATES)), -np.inf, np.float32)
    sure[0, TREATS] = 1
    row = dict(zip(NAMES, features(about, sure, FLAGS[:1])[2][0].tolist(), strict=True))
    assert (row["topic"], row["from_start"], row["commas_between"]) == (1, 0, 0)


def test_trees_decide_over_candidates_and_nothing_else_passes() -> None:
    # One split: what has another drug nearer to its object is doubted.
    at = NAMES.index("nearer_subject")
    forest = Forest(
        np.array([[at, 0, 0]], np.int16), np.array([[0.5, 0, 0]], np.float32), np.array([[1, 1, 2]], np.int16),
        np.array([[2, 1, 2]], np.int16), np.array([[0, 2, -2]], np.float32), 0.0, 1,
    )  # fmt: skip
    logits = Sureness(forest, 2.0, 0.5, np.zeros(len(labels.PREDICATES), np.float32), "").logits(
        SCENE, said(3, 1, 2, -9), FLAGS
    )
    assert logits[:, TREATS].tolist() == [-3.5, 4.5, -3.5, -9]
    assert np.isneginf(np.delete(logits, TREATS, axis=1)).all()


@pytest.mark.parametrize("content", [b"", b"PK", b"\x93NUMPY"])
def test_what_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sureness.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="holds no"):
        sureness.opened(path)


@pytest.mark.parametrize(
    ("name", "at", "value"),
    [("reading", 0, np.nan), ("sureness.column", (0, 0), 500), ("sureness.left", (0, 0), 300), ("least", 3, np.nan)],
)
def test_numbers_that_cannot_be_are_refused(tmp_path: Path, name: str, at: int, value: float) -> None:
    names = ("column", "threshold", "left", "right", "value")
    arrays: dict[str, Any] = {f"sureness.{part}": np.zeros((1, 1), np.float32) for part in names}
    arrays |= {"sureness.start": np.zeros(2, np.float32), "reading": np.array([1, 0], np.float32)}
    arrays["least"] = np.zeros(len(labels.PREDICATES), np.float32)
    np.savez(tmp_path / "sureness.npz", **arrays)
    assert sureness.opened(tmp_path / "sureness.npz").slope == 1
    arrays[name][at] = value
    np.savez(tmp_path / "sureness.npz", **arrays)
    with pytest.raises(ValueError, match="sureness"):
        sureness.opened(tmp_path / "sureness.npz")
