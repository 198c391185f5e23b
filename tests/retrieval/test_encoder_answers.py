"""What the process of an encoder says: who it is, rows, and an end when nobody asks or reads any more."""

from __future__ import annotations

import json
import os
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoder import Encoder
from retrieval.encoder_answers import FAILED, ROWS, SLICE, answer, receive, send
from retrieval.errors import EncoderUnavailable
from retrieval.family_encoder import FamilyEncoder
from retrieval.onnx_encoder import OnnxEncoder

MODEL = Path(__file__).resolve().parents[2] / "models" / "minilm-l6-int8"


def opened() -> OnnxEncoder:
    return OnnxEncoder(MODEL, threads=1)


def asked(*questions: object) -> BytesIO:
    """A stream of these questions."""
    stream = BytesIO()
    for question in questions:
        send(stream, json.dumps(question).encode())
    stream.seek(0)
    return stream


def test_it_says_who_it_is_and_answers_in_slices(onnx: OnnxEncoder) -> None:
    texts = [f"text {n}" for n in range(SLICE + 3)]
    answers = BytesIO()
    answer(opened, asked(["passage", texts], ["query", ["fever"]]), answers)
    answers.seek(0)
    assert json.loads(receive(answers)) == {"name": onnx.name, "dimension": onnx.dimension}
    frames = [receive(answers) for _ in range(3)]
    assert all(frame.startswith(ROWS) for frame in frames)
    rows = [np.frombuffer(frame, "<f4", offset=len(ROWS)).reshape(-1, onnx.dimension) for frame in frames]
    assert [len(some) for some in rows] == [SLICE, 3, 1]
    assert np.array_equal(np.vstack(rows), onnx.encode([*texts, "fever"]))
    with pytest.raises(EOFError):
        receive(answers)


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    answers = BytesIO()
    answer(lambda: OnnxEncoder(tmp_path), asked(["passage", ["fever"]]), answers)
    answers.seek(0)
    assert json.loads(receive(answers))["error"].startswith("no model.onnx in")


def test_what_cannot_be_encoded_is_said() -> None:
    def broken() -> Encoder:
        raise EncoderUnavailable("no Chinese encoder")

    answers = BytesIO()
    two = FamilyEncoder(opened(), "chinese/1", broken)
    answer(lambda: two, asked(["passage", ["fever"]], ["passage", ["发热"]], ["passage", ["fever"]]), answers)
    answers.seek(0)
    receive(answers)
    assert receive(answers).startswith(ROWS)
    assert receive(answers) == FAILED + b"no Chinese encoder"
    with pytest.raises(EOFError):
        receive(answers)


def test_it_ends_where_nobody_reads_any_more() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with pytest.raises(BrokenPipeError), os.fdopen(writing, "wb", buffering=0) as answers:
        answers.write(b"x")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb", buffering=0) as answers:
        answer(opened, asked(["passage", ["fever"]]), answers)


def test_a_torn_frame_is_an_end() -> None:
    with pytest.raises(EOFError):
        receive(BytesIO((9).to_bytes(8, "big") + b"short"))
