"""From tables and corpora to the shipped reader of statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from training.relations.corpora import corpora
from training.statements.corpora import Example, of_documents, placed, written
from training.statements.course import train
from training.statements.export import export
from training.statements.sureness import JUDGED, judged

HERE = Path(__file__).resolve().parent
WRITTEN = {"en": HERE / "english.tsv", "zh": HERE / "chinese.tsv"}
"""Sentences written for this, with their mentions and facts."""
PLACED = HERE / "placed.jsonl"
"""Sentences of public English documents by their places, with their mentions and facts."""
SHARES = {"phee": 0.15, "bc5cdr": 0.08, "biored": 0.15}
"""Of the corpora that tell of few predicates an epoch reads so much, other sentences in every one."""


def examples(language: str, texts: Mapping[str, str], data: Path | None) -> tuple[list[Example], list[Example]]:
    """What to train on, and what to choose and to set thresholds by: one in eight of the tables, by a hash of its text.

    `texts` are documents by id, those that `PLACED` speaks of; `data` has the folders bc5cdr, biored and phee.
    Raises MalformedFile, UnreadableSource.
    """
    own = written(WRITTEN[language], language)
    if language == "en":
        own += placed(PLACED, texts)
    training = [example for example in own if not _is_dev(example)]
    if language == "en" and data is not None:
        training += of_documents(corpora(data)[0])
    return training, [example for example in own if _is_dev(example)]


def _is_dev(example: Example) -> bool:
    return blake2b(example.text.encode(), digest_size=4).digest()[0] % 8 == 0


def learn(
    language: str,
    base: str,
    out: Path,
    *,
    texts: Iterable[tuple[str, str]] = (),
    data: Path | None = None,
    epochs: int = 10,
    rate: float = 2e-4,
    patience: int = 5,
    minutes: float = float("inf"),
    seed: int = 1,
    layers: int | None = None,
    start: Path | None = None,
    mean_with: Path | None = None,
    share: float = 0.5,
) -> dict[str, Any]:
    """Train the reader of `language` and write to `out` what it loads; return the figures on dev, and of how many
    examples it learned.

    `base` is a folder or a model id, of which the lowest `layers` are kept; `start` are weights to go on from,
    `mean_with` and `share` are as in `training.weights.shipped`.
    `texts` and `data` are those of `examples`.
    """
    documents = dict(texts)
    training, dev = examples(language, documents, data)
    train(
        training, dev, base, out,
        epochs=epochs, rate=rate, tokens=1024, patience=patience, minutes=minutes,
        seed=seed, layers=layers, shares=SHARES, start=start,
    )  # fmt: skip
    found = judged(JUDGED, documents) if language == "en" else ()
    figures = export(out, base, out, language, dev, layers, found, mean_with, share)
    return {"examples": len(training), **figures}
