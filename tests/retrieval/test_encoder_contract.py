"""What every encoder keeps: the shipped ONNX weights, here and in a process of their own, and sentence-transformers."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from retrieval.encoder import Encoder

TEXTS = [
    "Aspirin relieves pain.",
    "",
    "头痛",
    "A longer sentence about the treatment of hypertension.",
    "x",
]


BEYOND = 2000
"""More words than any of the encoders reads."""


@pytest.fixture(params=["onnx", "process", pytest.param("sentence_transformer", marks=pytest.mark.model)])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    chosen: Encoder = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture
def tolerance(request: pytest.FixtureRequest) -> float:
    """How far two vectors of one text may lie apart: padded batches move the last bits."""
    return 2e-3 if "sentence_transformer" in request.node.callspec.id else 0


def test_vectors_are_of_length_one_and_of_the_stated_shape(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_rows_keep_the_order_of_the_texts_whatever_their_company(encoder: Encoder, tolerance: float) -> None:
    together = encoder.encode(TEXTS)
    backwards = encoder.encode(TEXTS[::-1])[::-1]
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, rtol=0, atol=tolerance)
    np.testing.assert_allclose(backwards, alone, rtol=0, atol=tolerance)


def test_the_same_from_several_threads_at_once(encoder: Encoder, tolerance: float) -> None:
    expected = encoder.encode(TEXTS)
    again: list[np.ndarray] = []

    def work() -> None:
        again.extend(encoder.encode(TEXTS) for _ in range(3))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(again) == 12
    for vectors in again:
        np.testing.assert_allclose(vectors, expected, rtol=0, atol=tolerance)


def test_near_in_meaning_is_near_in_the_space(encoder: Encoder) -> None:
    question = encoder.encode(["Which medicine helps against headache?"], "query")[0]
    near, far = encoder.encode(["Triptans relieve migraine.", "The bridge was painted green in 1932."]) @ question
    assert near > far + 0.2


def test_text_beyond_what_the_model_reads_is_cut(encoder: Encoder, tolerance: float) -> None:
    long = "heart " * BEYOND
    longer = encoder.encode([long, long + "and then the liver", "heart and then the liver"])
    np.testing.assert_allclose(longer[0], longer[1], rtol=0, atol=tolerance)
    assert longer[0] @ longer[2] < 0.99


def test_half_a_character_is_no_reason_to_fail(encoder: Encoder) -> None:
    assert np.isfinite(encoder.encode(["broken \ud800 text"])).all()


def test_a_name_tells_weights_and_precision(encoder: Encoder) -> None:
    assert "/" in encoder.name
    assert encoder.name == encoder.name.strip()
