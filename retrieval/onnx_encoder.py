"""The encoder that runs everywhere: ONNX weights on a CPU, without torch."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from retrieval import telemetry
from retrieval.encoder import Tokens, Unrelated, Vectors
from retrieval.errors import EncoderUnavailable

TOKENS = "tokens"
"""The output that holds the states of the tokens, beside the first one, which is the vector of the text."""
VERSION = 1
"""Part of the encoder's name: higher when other vectors come from a folder of the same name."""


@dataclass(frozen=True, slots=True)
class Given:
    """What `encoder.json` of a folder says beside the weights: what comes before a query and a passage, and what the
    cosines are measured by."""

    query: str = ""
    passage: str = ""
    unrelated: Unrelated | None = None


def name_of(directory: Path) -> str:
    """The name of the encoder of a folder."""
    return f"{directory.resolve().name}/{VERSION}"


def given(directory: Path) -> Given:
    """What `encoder.json` says, or what holds where there is none. Raises EncoderUnavailable where it is damaged."""
    file = directory / "encoder.json"
    if not file.is_file():
        return Given()
    try:
        row = json.loads(file.read_bytes())
        measure = row.get("unrelated")
        unrelated = Unrelated(float(measure["mean"]), float(measure["deviation"])) if measure else None
        return Given(str(row.get("query", "")), str(row.get("passage", "")), unrelated)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise EncoderUnavailable(f"{file} is damaged: {type(error).__name__}") from error


class OnnxEncoder:
    """Encodes with `model.onnx` and `tokenizer.json` of one folder, whose name names the encoder.

    `encoder.json`, where there is one, says what is put before queries and passages.

    Dynamic quantisation scales the activations of everything in a run together. So each text is a run of its own,
    without padding, and several runs go side by side, each on one thread: the vector of a text is the same bytes alone,
    in any company and on any number of threads. `threads` is how many texts are encoded at once (default: all cores).
    """

    def __init__(self, directory: Path, threads: int | None = None) -> None:
        """Raise EncoderUnavailable if the folder does not hold a model that can be run."""
        telemetry.off()
        import onnxruntime
        from onnxruntime.capi import onnxruntime_pybind11_state as failures
        from tokenizers import Tokenizer

        weights, tokenizer = directory / "model.onnx", directory / "tokenizer.json"
        for file in (weights, tokenizer):
            if not file.is_file():
                raise EncoderUnavailable(
                    f"no {file.name} in {directory}: that folder must hold model.onnx and tokenizer.json"
                )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        broken = (failures.InvalidProtobuf, failures.InvalidGraph, failures.Fail, failures.RuntimeException)
        try:
            self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        except (*broken, failures.NoSuchFile, failures.NotImplemented, failures.InvalidArgument) as error:
            raise EncoderUnavailable(f"{weights} is no model that onnxruntime can run: {error}") from error
        # The library raises the bare Exception for whatever is wrong with the file, so look first.
        try:
            stored = json.loads(tokenizer.read_bytes())
        except ValueError as error:
            raise EncoderUnavailable(f"{tokenizer} is not JSON: {error}") from error
        if not isinstance(stored, dict) or not stored.get("model") or not stored.get("truncation"):
            raise EncoderUnavailable(f"{tokenizer} does not hold a model and where a text is cut")
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._name = name_of(directory)
        self._given = given(directory)
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._dimension = int(self._session.get_outputs()[0].shape[-1])
        self._pool = ThreadPoolExecutor(threads or _cores(), thread_name_prefix="encode")

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def unrelated(self) -> Unrelated | None:
        return self._given.unrelated

    def encode(self, texts: Sequence[str], kind: Literal["passage", "query"] = "passage") -> Vectors:
        """Return float32 of shape (len(texts), dimension)."""
        before = self._given.query if kind == "query" else self._given.passage
        texts = [before + text for text in texts] if before else texts
        vectors = np.empty((len(texts), self._dimension), np.float32)
        if len(texts) == 1:
            vectors[0] = self._run(texts[0])
            return vectors
        for row, vector in enumerate(self._pool.map(self._run, texts)):
            vectors[row] = vector
        return vectors

    def tokens(self, texts: Sequence[str], kind: Literal["passage", "query"] = "passage") -> list[Tokens]:
        """The tokens of each text, several texts at once."""
        if TOKENS not in self._outputs:
            raise EncoderUnavailable(f"{self.name} gives the vector of a whole text, and none of its tokens")
        before = self._given.query if kind == "query" else self._given.passage
        return list(self._pool.map(lambda text: self._read(text, before), texts))

    def close(self) -> None:
        self._pool.shutdown()

    def _run(self, text: str) -> Vectors:
        ids = np.array([self._tokenizer.encode(_writable(text)).ids], np.int64)
        vector: Vectors = self._session.run(self._outputs[:1], {"ids": ids})[0][0]
        return vector

    def _read(self, text: str, before: str) -> Tokens:
        read = self._tokenizer.encode(before + _writable(text))
        states: Vectors = self._session.run([TOKENS], {"ids": np.array([read.ids], np.int64)})[0]
        spans = np.array(read.offsets, np.int64).reshape(-1, 2) - len(before)
        kept = (spans[:, 0] >= 0) & (spans[:, 1] > spans[:, 0])
        states = states[kept]
        return Tokens(states / np.linalg.norm(states, axis=1, keepdims=True), spans[kept])


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _writable(text: str) -> str:
    """`text` with `?` for half characters (lone surrogates), which the tokenizer refuses."""
    return text if text.isascii() else text.encode(errors="replace").decode()
