"""The recognizer that runs everywhere: ONNX weights on a CPU, without torch."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import WeightsUnavailable
from ingest.reading.recognition.decode import decode
from ingest.reading.recognition.gazetteer import Gazetteer
from ingest.reading.recognition.labels import Scores
from ingest.reading.recognition.recognizer import Span
from ingest.reading.recognition.tokens import Window, windows
from retrieval import telemetry

VERSION = 2
"""Part of the version: higher when other spans come from a folder of the same name."""

_LONG = 4
"""Windows of a text from which on they are read side by side."""


class OnnxRecognizer:
    """Keeps `Recognizer` with `model.onnx`, `tokenizer.json`, `gazetteer.npz` and `config.json`.

    Each window of a text is a run of its own on one thread, several side by side (`threads`, default: all cores), so
    that what is found in a text is the same in any company.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Raise WeightsUnavailable if the folder does not hold a model that can be run."""
        self._session = session(folder / "model.onnx")
        try:
            config = json.loads((folder / "config.json").read_bytes())
            self.types: list[str] = config["types"]
            self._limit: int = config["limit"]
            self.moves: Scores = np.array(config["moves"], np.float32)
            self._gazetteer = Gazetteer.load(folder / "gazetteer.npz")
            self._tokenizer = bare_tokenizer(folder / "tokenizer.json")
        except (OSError, ValueError, KeyError) as error:
            raise WeightsUnavailable(f"{folder} does not hold a recognizer: {error}") from error
        self._version = f"{folder.resolve().name}/{VERSION}"
        # Two pools: a text that waits for its windows must not hold the thread that they need.
        self._texts = ThreadPoolExecutor(threads or cores(), thread_name_prefix="recognize")
        self._windows = ThreadPoolExecutor(threads or cores(), thread_name_prefix="window")

    @property
    def version(self) -> str:
        return self._version

    def recognize(self, texts: Sequence[str]) -> list[list[Span]]:
        """One list a text, in order."""
        if len(texts) == 1:
            return [self._read(texts[0])]
        return list(self._texts.map(self._read, texts))

    def close(self) -> None:
        self._texts.shutdown()
        self._windows.shutdown()

    def emissions(self, text: str) -> list[tuple[Window, Scores]]:
        """The windows of `text`, and of each the scores of shape (words, labels)."""
        cut = list(windows(text, self._tokenizer, self._gazetteer, self._limit))
        # An abstract is one window or two; of a book, several are read at once.
        emitted = self._windows.map(self._run, cut) if len(cut) > _LONG else map(self._run, cut)
        return list(zip(cut, emitted, strict=True))

    def _read(self, text: str) -> list[Span]:
        return decode(text, self.emissions(text), self.moves, self.types)

    def _run(self, window: Window) -> Any:
        return self._session.run(
            None,
            {
                "ids": window.ids[None],
                "features": window.features[None].astype(np.float32),
                "first": window.first[None],
                "last": window.last[None],
            },
        )[0][0]


_SLOWER = ["SkipLayerNormFusion"]
"""What onnxruntime makes of a network of its own accord that then takes longer on a processor: a sum and a
normalisation as one step take seven times as long as the two."""


def session(weights: Path) -> Any:
    """An onnxruntime session of one thread. Raises WeightsUnavailable."""
    telemetry.off()
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as failures

    if not weights.is_file():
        raise WeightsUnavailable(f"no {weights.name} in {weights.parent}")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    broken = (failures.InvalidProtobuf, failures.InvalidGraph, failures.Fail, failures.RuntimeException)
    try:
        return onnxruntime.InferenceSession(
            weights, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
    except (*broken, failures.NoSuchFile, failures.NotImplemented, failures.InvalidArgument) as error:
        raise WeightsUnavailable(f"{weights} is no model that onnxruntime can run: {error}") from error


def bare_tokenizer(path: Path) -> Any:
    """The tokenizer of a file, which neither truncates nor pads. Raises OSError, ValueError."""
    from tokenizers import Tokenizer

    # The library raises the bare Exception for whatever is wrong with the file, so look first.
    stored = json.loads(path.read_bytes())
    if not isinstance(stored, dict) or not stored.get("model"):
        raise ValueError(f"{path} does not hold a tokenizer")
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
