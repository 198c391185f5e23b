"""From a trained network of statements to the folder that is shipped, with its confidences and thresholds set.

Both are set on dev, on what the shipped int8 network says and not on what it was before.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ingest.reading.recognition.onnx_recognizer import bare_tokenizer
from ingest.reading.relations.calibration import Reading, probability
from ingest.reading.statements import labels
from ingest.reading.statements.reader import OnnxStatements
from training import export as exporting
from training.relations.calibration import platt
from training.statements.corpora import Example
from training.statements.course import Item, item, make

if TYPE_CHECKING:
    from torch import Tensor

PRECISION = 0.9
"""Of all that is kept as facts, on dev."""
OWN_PRECISION = 0.8
"""Of what is kept of any one predicate."""
_PRIOR = 5.0
"""So many facts, of the precision of all, a predicate is taken to have had beside those that dev has of it."""
EVEN = 0.5
"""The least confidence of a fact."""
_FEW = 12
"""A predicate of fewer examples on dev is calibrated with all others."""


def export(
    trained: Path,
    base: str,
    target: Path,
    language: str,
    dev: Sequence[Example],
    layers: int | None,
    least: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """Write `target` from the folder that `training.statements.course.train` left; return the figures on `dev`.

    `least` is the confidence that a fact must have, by predicate, where that is not set on dev.
    """
    target.mkdir(parents=True, exist_ok=True)
    _weights(trained, base, target, layers)
    neutral = dict.fromkeys(labels.PREDICATES, Reading(1.0, 0.0, 0.0, 0.0))
    _configure(target, language, neutral, dict.fromkeys(labels.FLAGS, 0.0), 0.0)
    said, right = answers(OnnxStatements(target), dev, target)
    readings, flags = _readings(said, right)
    for name, sure in (least or {}).items():
        own = readings[name]
        firm = _logit(sure, own.slope, own.offset)
        readings[name] = replace(own, found=min(own.found, firm), firm=firm)
    _configure(target, language, readings, flags, _denial(said, right))
    figures = _figures(said, right, readings, flags)
    (target / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return figures


def _weights(trained: Path, base: str, target: Path, layers: int | None) -> None:
    import torch
    from safetensors.torch import load_file

    tokenizer = bare_tokenizer(trained / "tokenizer.json")
    vocabulary = tokenizer.get_vocab_size()
    network = make(base, tokenizer, layers)
    network.load_state_dict(load_file(trained / "weights.safetensors"))
    words = network.encoder.get_input_embeddings().weight[:vocabulary]
    table = torch.cat([words, network.markers]).detach()
    network.encoder.set_input_embeddings(torch.nn.Embedding(table.shape[0], table.shape[1], _weight=table))

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, ids: Tensor, first: Tensor, second: Tensor) -> Tensor:
            states = self.network.encoder(input_ids=ids).last_hidden_state
            logits: Tensor = self.network.score(states[0], torch.ones_like(ids[0]), first, second)
            return logits

    exporting.export(
        Whole(),
        {
            "ids": torch.randint(0, vocabulary, (1, 17)),
            "first": torch.tensor([1, 2, 3]),
            "second": torch.tensor([4, 5, 6]),
        },
        {"ids": {1: "tokens"}, "first": {0: "pairs"}, "second": {0: "pairs"}, "logits": {0: "pairs"}},
        ("logits",),
        target / "model.onnx",
    )
    if trained != target:
        shutil.copyfile(trained / "tokenizer.json", target / "tokenizer.json")


def _denial(said: NDArray[np.float32], right: NDArray[np.float32]) -> float:
    """The logit of a denial above which `PRECISION` of them are denials."""
    at = len(labels.PREDICATES) + labels.FLAGS.index("denied")
    own = right[:, at] >= 0
    return _least(said[own, at], right[own, at] > 0, PRECISION)


def _configure(
    target: Path, language: str, readings: dict[str, Reading], flags: dict[str, float], denial: float
) -> None:
    config = {
        "language": language,
        "readings": {
            name: {key: round(float(value), 4) for key, value in asdict(reading).items()}
            for name, reading in readings.items()
        },
        "flags": {name: round(value, 4) for name, value in flags.items()},
        "denial": round(denial, 4),
    }
    (target / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def answers(
    reader: OnnxStatements, examples: Sequence[Example], folder: Path
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What a reader says of every pair of the examples, and what is right of it, both (pairs, OUTPUTS)."""
    tokenizer = bare_tokenizer(folder / "tokenizer.json")
    items: list[Item] = [one for one in (item(e, tokenizer, None) for e in examples) if one is not None]
    said = [reader.score(one.marked.ids, one.first, one.second) for one in items]
    return np.concatenate(said), np.concatenate([one.target for one in items])


def _readings(said: NDArray[np.float32], right: NDArray[np.float32]) -> tuple[dict[str, Reading], dict[str, float]]:
    count = len(labels.PREDICATES)
    known = right[:, :count] >= 0
    common = platt(said[:, :count][known], right[:, :count][known] > 0)
    fitted: dict[str, tuple[float, float]] = {}
    for at, name in enumerate(labels.PREDICATES):
        own = known[:, at]
        enough = int((right[own, at] > 0).sum()) >= _FEW
        fitted[name] = platt(said[own, at], right[own, at] > 0) if enough else common
        if fitted[name][0] <= 0:
            fitted[name] = common
    sure = np.stack([probability(said[:, at], *fitted[name]) for at, name in enumerate(labels.PREDICATES)], axis=1)
    least = _least(sure[known], right[:, :count][known] > 0, PRECISION)
    readings = {}
    for at, name in enumerate(labels.PREDICATES):
        own = known[:, at]
        hits = right[own, at] > 0
        firm = max(least, EVEN, _least(sure[own, at], hits, OWN_PRECISION))
        slope, offset = fitted[name]
        found = min(firm, _best(sure[own, at], hits)) if hits.any() else firm
        readings[name] = Reading(slope, offset, _logit(found, slope, offset), _logit(firm, slope, offset))
    flags = {}
    for at, name in enumerate(labels.FLAGS, count):
        own = right[:, at] >= 0
        hits = right[own, at] > 0
        flags[name] = float(_best(said[own, at], hits)) if hits.any() else 0.0
    return readings, flags


def _logit(sure: float, slope: float, offset: float) -> float:
    sure = min(max(sure, 1e-6), 1 - 1e-6)
    return float((np.log(sure / (1 - sure)) - offset) / slope)


def _least(sure: NDArray[np.float32], right: NDArray[np.bool_], precision: float) -> float:
    """The lowest confidence above which so many are right, with `_PRIOR` further ones; the highest where none is."""
    order = np.argsort(-sure, kind="stable")
    shares = (np.cumsum(right[order]) + PRECISION * _PRIOR) / (np.arange(len(order)) + 1 + _PRIOR)
    good = np.flatnonzero(shares >= precision)
    return float(sure[order[good[-1]]]) - 1e-6 if len(good) else float(sure.max(initial=0.0))


def _best(values: NDArray[np.float32], right: NDArray[np.bool_]) -> float:
    """The value above which F1 is greatest; something is right."""
    order = np.argsort(-values, kind="stable")
    hits = np.cumsum(right[order])
    f1 = 2 * hits / (np.arange(len(order)) + 1 + right.sum())
    return float(values[order[int(f1.argmax())]]) - 1e-6


def _figures(
    said: NDArray[np.float32], right: NDArray[np.float32], readings: dict[str, Reading], flags: dict[str, float]
) -> dict[str, Any]:
    """Precision, recall and F1 of what is told and of what is kept as a fact, in all and by predicate."""
    found = np.array([readings[name].found for name in labels.PREDICATES])
    firm = np.array([readings[name].firm for name in labels.PREDICATES])
    count = len(labels.PREDICATES)
    figures: dict[str, Any] = {"pairs": len(said)}
    for word, least in (("told", found), ("facts", firm)):
        figures[word] = _scores(said[:, :count] > least, right[:, :count])
        figures[f"{word} by predicate"] = {
            name: _scores((said[:, at] > least[at])[:, None], right[:, [at]])
            for at, name in enumerate(labels.PREDICATES)
        }
    for at, name in enumerate(labels.FLAGS, count):
        figures[name] = _scores((said[:, at] > flags[name])[:, None], right[:, [at]])
    return figures


def _scores(told: NDArray[np.bool_], right: NDArray[np.float32]) -> dict[str, float]:
    told = told & (right >= 0)
    hits, gold = int((told & (right > 0)).sum()), int((right > 0).sum())
    precision, recall = hits / max(1, int(told.sum())), hits / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(100 * precision, 1), "recall": round(100 * recall, 1), "f1": round(100 * f1, 1),
            "gold": gold}  # fmt: skip
