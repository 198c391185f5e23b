"""The recognizer of Chinese: ONNX weights on a CPU, without torch, in the labels of the corpora learned from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import WeightsUnavailable
from ingest.reading.recognition import chinese_text
from ingest.reading.recognition import labels as sequences
from ingest.reading.recognition.chinese_text import Tokens
from ingest.reading.recognition.onnx_recognizer import bare_tokenizer, cores, session
from ingest.reading.recognition.recognizer import Span

VERSION = 3
"""Part of the version: higher when other spans come from a folder of the same name."""


class ChineseRecognizer:
    """Keeps `Recognizer` with `model.onnx`, `tokenizer.json` and `config.json` of one folder.

    The labels are those of one corpus, for a text those of the corpus that the text is like: a patient's question has
    others than a record. With `labels`, the name of a corpus, every text has that one's. Each window of a text is a run
    of its own on one thread, several texts side by side (`threads`, default: all cores), so that what is found in a
    text is the same in any company.
    """

    def __init__(self, folder: Path, threads: int | None = None, labels: str | None = None) -> None:
        """Raise WeightsUnavailable if the folder does not hold a model that can be run, ValueError for a corpus that
        it did not learn from."""
        self._session = session(folder / "model.onnx")
        try:
            config = json.loads((folder / "config.json").read_bytes())
            self._corpora: dict[str, list[str]] = config["corpora"]
            self._limit: int = config["limit"]
            self._margin: int = config["margin"]
            self._moves = [np.array(moves, np.float32) for moves in config["moves"]]
            self._tokenizer = chinese_text.divide(bare_tokenizer(folder / "tokenizer.json"))
            self._begin, self._end, _ = (
                chinese_text.special(self._tokenizer, token)
                for token in (chinese_text.BEGIN, chinese_text.END, chinese_text.UNKNOWN)
            )
        except (OSError, ValueError, KeyError) as error:
            raise WeightsUnavailable(f"{folder} does not hold a recognizer of Chinese: {error}") from error
        if labels is not None and labels not in self._corpora:
            raise ValueError(f"no labels of {labels}: there are those of {', '.join(self._corpora)}")
        self._forced = None if labels is None else list(self._corpora).index(labels)
        self._version = "/".join([folder.resolve().name, str(VERSION), *([labels] if labels else [])])
        self._pool = ThreadPoolExecutor(threads or cores(), thread_name_prefix="recognize-zh")

    @property
    def version(self) -> str:
        return self._version

    def recognize(self, texts: Sequence[str]) -> list[list[Span]]:
        """One list a text, in order."""
        if len(texts) == 1:
            return [self._read(texts[0])]
        return list(self._pool.map(self._read, texts))

    def close(self) -> None:
        self._pool.shutdown()

    def _read(self, text: str) -> list[Span]:
        tokens = chinese_text.tokenize(text, self._tokenizer)
        if not len(tokens):
            return []
        emissions: list[list[Any]] = [[] for _ in self._corpora]
        styles = []
        for window in chinese_text.windows(len(tokens), self._limit - 2, self._margin):
            *every, style = self._run(tokens.part(window.start, window.end))
            first, after = (edge - window.start + 1 for edge in window.keep)
            for kept, scores in zip(emissions, every, strict=True):
                kept.append(scores[0, first:after])
            styles.append(style[0])
        corpus = int(np.mean(styles, 0).argmax()) if self._forced is None else self._forced
        kinds = list(self._corpora.values())[corpus]
        return spans(tokens, np.concatenate(emissions[corpus]), self._moves[corpus], kinds)

    def _run(self, tokens: Tokens) -> Any:
        given = {
            "ids": chinese_text.framed(tokens.ids, self._begin, self._end),
            "words": chinese_text.framed(tokens.words, self._begin, self._end),
            "places": chinese_text.framed(tokens.places, 0, 0),
        }
        return self._session.run(None, {name: values[None] for name, values in given.items()})


def spans(tokens: Tokens, emissions: sequences.Scores, moves: sequences.Scores, kinds: Sequence[str]) -> list[Span]:
    """The spans of a text from its emissions (tokens, labels); the score is the least probability of its tokens."""
    weights = np.exp(emissions - emissions.max(1, keepdims=True))
    sure = weights / weights.sum(1, keepdims=True)
    return [
        Span(
            int(tokens.offsets[first, 0]),
            int(tokens.offsets[after - 1, 1]),
            kinds[kind],
            round(float(sure[first:after, 2 * kind + 1 : 2 * kind + 3].sum(1).min()), 4),
        )
        for first, after, kind in sequences.runs(sequences.viterbi(emissions, moves))
    ]
