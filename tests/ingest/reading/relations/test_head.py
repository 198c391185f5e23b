from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.reading.relations.head import Head

WIDTH, OUTPUTS, TOLD, COLUMNS, BLOCK = 8, 4, 2, 3, 4


def weights() -> dict[str, NDArray[np.float32]]:
    generator = np.random.default_rng(4)
    shapes = {
        "query": (WIDTH, WIDTH), "key": (WIDTH, WIDTH), "subject": (WIDTH, 2 * WIDTH), "object": (WIDTH, 2 * WIDTH),
        "bilinear": (OUTPUTS, WIDTH * BLOCK), "told": (5, COLUMNS), "added": (TOLD, 5),
    }  # fmt: skip
    arrays = {f"{name}.weight": generator.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    arrays |= {f"{name}.bias": generator.normal(size=shape[0]).astype(np.float32) for name, shape in shapes.items()}
    return arrays | {"trust": np.array([1.0, 2.0], np.float32)}


def score(prior: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    generator = np.random.default_rng(5)
    last, before = generator.normal(size=(2, 10, WIDTH)).astype(np.float32)
    rows = np.ones((2, COLUMNS), np.float32)
    return Head(weights(), heads=2, block=BLOCK).score(
        last, before, [(1, 5), (3,), (8,)], [(0, 1), (1, 2)], rows, prior
    )


def test_a_pair_has_its_logits_and_looks_somewhere() -> None:
    logits, looks = score(np.zeros((2, TOLD), np.float32))
    assert logits.shape == (2, OUTPUTS)
    assert looks.shape == (2, 10)
    assert looks.sum(1) == pytest.approx([1, 1], abs=1e-4)
    assert (looks >= 0).all()


def test_the_forests_are_heard_as_far_as_they_are_trusted() -> None:
    silent, _ = score(np.zeros((2, TOLD), np.float32))
    heard, _ = score(np.array([[1.0, 0.0], [0.0, 1.0]], np.float32))
    assert heard - silent == pytest.approx(np.array([[1.0, 0, 0, 0], [0, 2.0, 0, 0]]), abs=1e-4)
