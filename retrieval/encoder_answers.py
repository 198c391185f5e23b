"""What an encoder in a process of its own says and is told, over its standard output and input.

A frame is its length in bytes (eight, big-endian) and as many bytes. The process sends who it is,
`{"name", "dimension"}` or `{"error"}`; then each question is `[kind, texts]` in JSON, and each answer the rows of
vectors as float32, `SLICE` of them a frame, behind `ROWS`, or why there are none, behind `FAILED`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import IO

import numpy as np

from retrieval.encoder import Encoder
from retrieval.errors import RetrievalError

SLICE = 64
"""So many rows are sent at once: that nobody reads any more is noticed when they are."""
ROWS, FAILED = b"r", b"f"
"""How a frame of an answer begins: before rows, or before why there are none."""
_LENGTH = 8


def answer(opening: Callable[[], Encoder], questions: IO[bytes], answers: IO[bytes]) -> None:
    """Open an encoder and encode what is asked for on `questions`, until it ends or nobody reads `answers` any more."""
    try:
        encoder = opening()
    except RetrievalError as error:
        send(answers, json.dumps({"error": str(error)}).encode())
        return
    try:
        send(answers, json.dumps({"name": encoder.name, "dimension": encoder.dimension}).encode())
        while True:
            kind, texts = json.loads(receive(questions))
            for begin in range(0, len(texts), SLICE):
                try:
                    rows = encoder.encode(texts[begin : begin + SLICE], kind)
                except RetrievalError as error:
                    send(answers, FAILED + str(error).encode())
                    return
                send(answers, ROWS + np.ascontiguousarray(rows, "<f4").tobytes())
    except (EOFError, BrokenPipeError):
        return
    finally:
        encoder.close()


def send(to: IO[bytes], frame: bytes) -> None:
    """Write a frame."""
    to.write(len(frame).to_bytes(_LENGTH, "big"))
    to.write(frame)
    to.flush()


def receive(source: IO[bytes]) -> bytes:
    """Read a frame. Raises EOFError where the other side has ended."""
    return _exactly(source, int.from_bytes(_exactly(source, _LENGTH), "big"))


def _exactly(source: IO[bytes], count: int) -> bytes:
    data = source.read(count)
    if len(data) < count:
        raise EOFError("the other side has ended")
    return data
