"""An encoder in a process of its own: the same vectors, and clear words when that process is not there."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoder_process import ENOUGH, ProcessEncoder
from retrieval.errors import EncoderUnavailable
from retrieval.onnx_encoder import OnnxEncoder

Apart = Callable[..., ProcessEncoder]
MANY = [f"Aspirin relieved pain in {n} patients. " * (n % 5) for n in range(150)]
KILLED = """
import json, os, signal, sys
from retrieval.encoder_answers import receive, send

send(sys.stdout.buffer, json.dumps({"name": sys.argv[1], "dimension": 384}).encode())
receive(sys.stdin.buffer)
os.kill(os.getpid(), signal.SIGKILL)
"""
OTHER = """
import json, sys
from retrieval.encoder_answers import receive, send

send(sys.stdout.buffer, json.dumps({"name": "another", "dimension": 384}).encode())
receive(sys.stdin.buffer)
"""
FAILING = """
import json, sys
from retrieval.encoder_answers import FAILED, receive, send

send(sys.stdout.buffer, json.dumps({"name": sys.argv[1], "dimension": 384}).encode())
receive(sys.stdin.buffer)
send(sys.stdout.buffer, FAILED + b"no Chinese encoder")
"""
TOLD = "import os, sys; print(os.getpid(), file=open(sys.argv[1], 'w')); sys.stdin.read()"


def test_vectors_are_the_bytes_of_the_encoder_here(process: ProcessEncoder, onnx: OnnxEncoder) -> None:
    assert process.encode(MANY).tobytes() == onnx.encode(MANY).tobytes()
    assert process.encode(MANY[:7]).tobytes() == onnx.encode(MANY[:7]).tobytes()
    torn = ["half a character \ud800", "\x00"]
    assert np.array_equal(process.encode(torn, "query"), onnx.encode(torn, "query"))


def test_few_texts_start_no_process(apart: Apart, onnx: OnnxEncoder) -> None:
    encoder = apart("raise SystemExit(3)", enough=ENOUGH)
    few = MANY[: ENOUGH - 1]
    assert np.array_equal(encoder.encode(few), onnx.encode(few))
    with pytest.raises(EncoderUnavailable, match="ended with status 3"):
        encoder.encode(MANY[:ENOUGH])


def test_a_process_that_is_killed_is_told(apart: Apart, onnx: OnnxEncoder) -> None:
    with pytest.raises(EncoderUnavailable, match="was killed by signal 9; what was written until then stands"):
        apart(KILLED, onnx.name).encode(MANY)


def test_what_the_process_could_not_open_is_told(apart: Apart, tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match=r"no model\.onnx in"):
        apart(model=tmp_path).encode(MANY)


def test_a_process_that_holds_another_model_is_refused(apart: Apart) -> None:
    with pytest.raises(EncoderUnavailable, match="holds another, not "):
        apart(OTHER).encode(MANY)


def test_what_the_process_cannot_encode_is_told(apart: Apart, onnx: OnnxEncoder) -> None:
    with pytest.raises(EncoderUnavailable, match="no Chinese encoder"):
        apart(FAILING, onnx.name).encode(MANY)


def test_a_command_that_is_not_there_is_told(onnx: OnnxEncoder, tmp_path: Path) -> None:
    encoder = ProcessEncoder(onnx, [str(tmp_path / "nothing")])
    with pytest.raises(EncoderUnavailable, match="cannot be started: No such file"):
        encoder.encode(MANY)
    encoder.close()


def test_closing_ends_the_process_and_what_waits_for_it(apart: Apart, tmp_path: Path) -> None:
    told = tmp_path / "pid"
    encoder = apart(TOLD, told)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(encoder.encode, MANY)
        while not (told.is_file() and told.read_text()):
            assert not waiting.done()
        encoder.close()
        with pytest.raises(EncoderUnavailable, match="has been closed"):
            waiting.result()
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)
    encoder.close()
    with pytest.raises(EncoderUnavailable, match="has been closed"):
        encoder.encode(MANY)
