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

HERE = Path(__file__).resolve().parent
WRITTEN = {"en": HERE / "english.tsv", "zh": HERE / "chinese.tsv"}
"""Sentences written for this, with their mentions and facts."""
PLACED = HERE / "placed.jsonl"
"""Sentences of public English documents by their places, with their mentions and facts."""
SURE = {
    "en": {
        "treats": 0.6, "has_adverse_effect": 0.72, "causes": 0.5, "gene_associated_with": 0.4, "has_phenotype": 0.35,
        "diagnoses": 0.7, "prevents": 0.42, "contributes_to": 0.7, "interacts_with": 0.5, "contraindicated_in": 0.75,
        "cautioned_in": 0.5, "monitored_by": 0.45, "upregulates": 0.65, "downregulates": 0.4, "binds": 0.5,
        "inhibits": 0.45, "activates": 0.5, "substrate_of": 0.65, "affects_response_to": 0.6, "associated_with": 0.4,
    },
    "zh": {},
}  # fmt: skip
"""The least confidence of a fact, where it was set by reading what was found in abstracts (831 findings of 560, in
English) and not on dev: there, much of what is right and not labelled counts as wrong."""
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
) -> dict[str, Any]:
    """Train the reader of `language` and write to `out` what it loads; return the figures on dev.

    `base` is a folder or a model id, of which the lowest `layers` are kept; `start` are weights to go on from.
    `texts` and `data` are those of `examples`.
    """
    training, dev = examples(language, dict(texts), data)
    train(
        training, dev, base, out,
        epochs=epochs, rate=rate, tokens=1024, patience=patience, minutes=minutes,
        seed=seed, layers=layers, shares=SHARES, start=start,
    )  # fmt: skip
    return export(out, base, out, language, dev, layers, SURE[language])
