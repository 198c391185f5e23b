"""Distillation: what several recognizers find together in unlabelled texts teaches a single one.

Runs that differ in their course err in different places, so that the mean of their scores is better than any of them;
a single network learns most of that from what the mean decides on many texts (Bucila 2006, "Model compression").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np

from ingest.errors import WeightsUnavailable
from ingest.model import Document
from ingest.reading.recognition.consistency import consistent
from ingest.reading.recognition.decode import decode
from ingest.reading.recognition.onnx_recognizer import OnnxRecognizer, cores
from ingest.reading.recognition.recognizer import Span
from training.corpora import Example


def labelled(documents: Iterable[Document], teachers: Sequence[Path]) -> list[Example]:
    """The documents with the spans that the recognizers in the folders `teachers` find by the mean of their scores.

    All types of the teachers count as annotated. Raises WeightsUnavailable for a folder without a recognizer, or where
    two of them do not cut a text into the same words or name the same types.
    """
    with ExitStack() as opened:
        council = [opened.enter_context(closing(OnnxRecognizer(folder, threads=1))) for folder in teachers]
        return _labelled(documents, teachers, council)


def _labelled(
    documents: Iterable[Document], teachers: Sequence[Path], council: Sequence[OnnxRecognizer]
) -> list[Example]:
    types, moves = council[0].types, np.mean([teacher.moves for teacher in council], 0)
    cut = (teachers[0] / "tokenizer.json").read_bytes()
    for folder, teacher in zip(teachers, council, strict=True):
        if teacher.types != types or (folder / "tokenizer.json").read_bytes() != cut:
            raise WeightsUnavailable(f"{folder} has other types or another tokenizer than {teachers[0]}")

    def read(text: str) -> list[Span]:
        together = zip(*(teacher.emissions(text) for teacher in council), strict=True)
        kept = [(views[0][0], np.mean([scores for _, scores in views], 0)) for views in together]
        return consistent(text, decode(text, kept, moves, types))

    pupils = list(documents)
    with ThreadPoolExecutor(cores()) as pool:
        spans = pool.map(read, [document.text for document in pupils])
        return [Example(d.id, d.text, tuple(s), frozenset(types)) for d, s in zip(pupils, spans, strict=True)]
