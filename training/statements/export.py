"""From a trained network of statements to the folder that is shipped, with its confidences and thresholds set.

Both are set on dev, on what the shipped int8 network says and not on what it was before.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ingest.reading.recognition.onnx_recognizer import bare_tokenizer
from ingest.reading.statements import labels
from ingest.reading.statements.reader import OnnxStatements
from training import export as exporting
from training.relations.calibration import platt
from training.statements.corpora import Example
from training.statements.course import Item, item, make
from training.statements.sureness import Candidates, Judged, candidates, learn, neutral
from training.weights import shipped

if TYPE_CHECKING:
    from torch import Tensor

PRECISION = 0.9
"""Of what is told to be denied, on dev."""
FACTS = 0.9
"""Of what is kept as facts, by trees that saw nothing of its document."""
_FEW = 12
"""A predicate of fewer examples on dev is calibrated with all others."""


def export(
    trained: Path,
    base: str,
    target: Path,
    language: str,
    dev: Sequence[Example],
    layers: int | None,
    found: Sequence[Judged] = (),
    mean_with: Path | None = None,
    share: float = 0.5,
) -> dict[str, Any]:
    """Write `target` from the folder that `training.statements.course.train` left; return the figures on `dev`.

    `found` are findings that were judged; `mean_with` and `share` are as in `training.weights.shipped`.
    """
    target.mkdir(parents=True, exist_ok=True)
    _weights(trained, base, target, layers, mean_with, share)
    neutral(target)
    even = {"slope": 1.0, "offset": 0.0, "found": 0.0}
    _configure(target, language, dict.fromkeys(labels.PREDICATES, even), dict.fromkeys(labels.FLAGS, 0.0), 0.0)
    said, right = answers(OnnxStatements(target), dev, target)
    readings, flags = _readings(said, right)
    _configure(target, language, readings, flags, _denial(said, right))
    known = candidates(OnnxStatements(target), target, dev, found)
    figures = _figures(said, right, readings, flags) | _of_facts(known, learn(known, FACTS, target), right)
    (target / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return figures


def _weights(trained: Path, base: str, target: Path, layers: int | None, mean_with: Path | None, share: float) -> None:
    import torch

    tokenizer = bare_tokenizer(trained / "tokenizer.json")
    vocabulary = tokenizer.get_vocab_size()
    network = make(base, tokenizer, layers)
    network.load_state_dict(shipped(trained, mean_with, share))
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
    target: Path, language: str, readings: dict[str, dict[str, float]], flags: dict[str, float], denial: float
) -> None:
    config = {
        "language": language,
        "readings": {
            name: {key: round(float(value), 4) for key, value in reading.items()} for name, reading in readings.items()
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


def _readings(
    said: NDArray[np.float32], right: NDArray[np.float32]
) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """How outputs are read: `slope` and `offset` make a logit a probability, above the logit `found` it is told."""
    count = len(labels.PREDICATES)
    known = right[:, :count] >= 0
    common = platt(said[:, :count][known], right[:, :count][known] > 0)
    of_all = _best(said[:, :count][known], right[:, :count][known] > 0)
    readings = {}
    for at, name in enumerate(labels.PREDICATES):
        own = known[:, at]
        hits = right[own, at] > 0
        slope, offset = platt(said[own, at], hits) if int(hits.sum()) >= _FEW else common
        if slope <= 0:
            slope, offset = common
        found = _best(said[own, at], hits) if hits.any() else of_all
        readings[name] = {"slope": slope, "offset": offset, "found": found}
    flags = {}
    for at, name in enumerate(labels.FLAGS, count):
        own = right[:, at] >= 0
        hits = right[own, at] > 0
        flags[name] = float(_best(said[own, at], hits)) if hits.any() else 0.0
    return readings, flags


def _least(sure: NDArray[np.float32], right: NDArray[np.bool_], precision: float) -> float:
    """The lowest confidence above which so many are right; the highest where none is."""
    order = np.argsort(-sure, kind="stable")
    shares = np.cumsum(right[order]) / (np.arange(len(order)) + 1)
    good = np.flatnonzero(shares >= precision)
    return float(sure[order[good[-1]]]) - 1e-6 if len(good) else float(sure.max(initial=0.0))


def _best(values: NDArray[np.float32], right: NDArray[np.bool_]) -> float:
    """The value above which F1 is greatest; something is right."""
    order = np.argsort(-values, kind="stable")
    hits = np.cumsum(right[order])
    f1 = 2 * hits / (np.arange(len(order)) + 1 + right.sum())
    return float(values[order[int(f1.argmax())]]) - 1e-6


def _figures(
    said: NDArray[np.float32],
    right: NDArray[np.float32],
    readings: dict[str, dict[str, float]],
    flags: dict[str, float],
) -> dict[str, Any]:
    """Precision, recall and F1 of what is told, in all and by predicate."""
    least = np.array([readings[name]["found"] for name in labels.PREDICATES])
    count = len(labels.PREDICATES)
    figures: dict[str, Any] = {"pairs": len(said), "told": _scores(said[:, :count] > least, right[:, :count])}
    figures["told by predicate"] = {
        name: _scores((said[:, at] > least[at])[:, None], right[:, [at]]) for at, name in enumerate(labels.PREDICATES)
    }
    for at, name in enumerate(labels.FLAGS, count):
        figures[name] = _scores((said[:, at] > flags[name])[:, None], right[:, [at]])
    return figures


def _of_facts(known: Candidates, sure: NDArray[np.float32], right: NDArray[np.float32]) -> dict[str, Any]:
    """The same of what is kept as a fact, by trees that saw nothing of its document, and of what was judged."""
    kept, dev = sure > 0, ~known.judged
    gold = (right[:, : len(labels.PREDICATES)] > 0).sum(0)
    figures: dict[str, Any] = {"facts": _counted(known.right[kept & dev], int(gold.sum()))}
    figures["facts by predicate"] = {
        name: _counted(known.right[kept & dev & (known.predicates == at)], int(gold[at]))
        for at, name in enumerate(labels.PREDICATES)
    }
    if known.judged.any():
        own = known.right[kept & known.judged]
        figures["judged"] = {**_counted(own, int(known.right[known.judged].sum())), "kept": len(own)}
    return figures


def _counted(right: NDArray[np.bool_], gold: int) -> dict[str, float]:
    return _rated(int(right.sum()), len(right), gold)


def _scores(told: NDArray[np.bool_], right: NDArray[np.float32]) -> dict[str, float]:
    told = told & (right >= 0)
    hits, gold = int((told & (right > 0)).sum()), int((right > 0).sum())
    return _rated(hits, int(told.sum()), gold)


def _rated(hits: int, told: int, gold: int) -> dict[str, float]:
    precision, recall = hits / max(1, told), hits / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(100 * precision, 1), "recall": round(100 * recall, 1), "f1": round(100 * f1, 1),
            "gold": gold}  # fmt: skip
