"""Training the model that tells present, absent and uncertain symptoms of a dialogue apart.

The data is that of CMDD (a JSON line a dialogue: turns with speaker, BIO labels by character, and a status for each
symptom: 1 present, 2 absent, 3 uncertain). Multinomial logistic regression by Adagrad (Duchi 2011) on hashed features,
with decoupled weight decay towards nothing; the epoch that is best on dev is kept.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.errors import MalformedFile
from text.context import dialogue
from text.context.dialogue import STATUSES
from text.context.rules import judge_by_rule
from training.log import Log


@dataclass(frozen=True, slots=True)
class Consultation:
    """A dialogue as text, a line a turn, with its symptoms and what becomes of each (an index into STATUSES)."""

    text: str
    spans: tuple[tuple[int, int], ...]
    statuses: tuple[int, ...]


def consultations(path: Path, *, speakers: bool = True) -> Iterator[Consultation]:
    """The dialogues of a CMDD file (`.jsonl.gz`); without `speakers` the lines do not say who speaks.

    A turn whose labels and statuses do not agree in number is kept as text, without its symptoms. Raises MalformedFile
    where a line is no dialogue.
    """
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                yield _consultation(json.loads(line)["dialogue-content"], speakers)
            except (ValueError, KeyError, TypeError) as error:
                raise MalformedFile(str(path), f"line {number}", "is no dialogue of CMDD") from error


def _consultation(content: list[dict[str, Any]], speakers: bool) -> Consultation:
    text = ""
    spans: list[tuple[int, int]] = []
    statuses: list[int] = []
    for turn in content:
        text += f"{turn['speaker']}：" if speakers else ""
        sentence = turn["sentence"].replace("\n", " ")
        places = _places(turn["label"])
        if len(places) == len(turn["type"]) and len(turn["label"]) == len(sentence):
            for (start, end), status in zip(places, turn["type"], strict=True):
                if status in ("1", "2", "3"):
                    spans.append((len(text) + start, len(text) + end))
                    statuses.append(int(status) - 1)
        text += sentence + "\n"
    return Consultation(text, tuple(spans), tuple(statuses))


def _places(labels: str) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    for index, label in enumerate(labels):
        if label == "B":
            places.append((index, index + 1))
        elif label == "I" and places and places[-1][1] == index:
            places[-1] = (places[-1][0], index + 1)
    return places


def train(
    data: Path, base: str | None, out: Path, *, seed: int = 1, epochs: int = 3, rate: float = 0.03, decay: float = 0.0
) -> dict[str, float]:
    """Train on `data`/train.jsonl.gz, choose on `data`/dev.jsonl.gz, write `out`/weights.npz; the figures on dev.

    A linear model has nothing to start from: `base` is ignored. Each dialogue is read with and without its speakers.
    Raises MalformedFile, and FileNotFoundError where the two files are missing.
    """
    rng = np.random.default_rng(seed)
    log = Log(out)
    rows, labels = _examples(data / "train.jsonl.gz", (True, False))
    dev, gold = _examples(data / "dev.jsonl.gz", (True,))
    table = np.zeros((dialogue.BUCKETS, len(STATUSES)), dtype=np.float32)
    squares = np.full_like(table, 1e-6)
    total = np.zeros_like(table)
    best: dict[str, float] = {"accuracy": -1.0, "macro_f1": -1.0}
    kept = table.copy()
    for epoch in range(1, epochs + 1):
        loss = 0.0
        for batch in np.array_split(rng.permutation(len(rows)), max(1, len(rows) // 32)):
            flat = np.concatenate([rows[i] for i in batch])
            owner = np.repeat(np.arange(len(batch)), [len(rows[i]) for i in batch])
            summed = np.zeros((len(batch), len(STATUSES)), dtype=np.float32)
            np.add.at(summed, owner, table[flat])
            odds = np.exp(summed - summed.max(axis=1, keepdims=True))
            odds /= odds.sum(axis=1, keepdims=True)
            loss -= float(np.log(odds[np.arange(len(batch)), labels[batch]] + 1e-9).sum())
            odds[np.arange(len(batch)), labels[batch]] -= 1.0
            touched, places = np.unique(flat, return_inverse=True)
            gradient = np.zeros((len(touched), len(STATUSES)), dtype=np.float32)
            np.add.at(gradient, places, odds[owner])
            gradient = gradient / len(batch) + decay * table[touched]
            squares[touched] += gradient**2
            table[touched] -= rate * gradient / np.sqrt(squares[touched])
        total += table
        mean = (total / epoch).astype(np.float32)
        reached = measured(dialogue.scores(dev, mean).argmax(axis=1), gold)
        log.write(epoch=epoch, loss=round(loss / len(rows), 4), **{k: round(v, 4) for k, v in reached.items()})
        if reached["macro_f1"] > best["macro_f1"]:
            best, kept = reached, mean
    np.savez_compressed(out / "weights.npz", weights=kept.astype(np.float16))
    return best


def _examples(path: Path, speakers: Sequence[bool]) -> tuple[list[npt.NDArray[np.int64]], npt.NDArray[np.int64]]:
    rows: list[npt.NDArray[np.int64]] = []
    labels: list[int] = []
    for shown in speakers:
        for one in consultations(path, speakers=shown):
            if one.spans:
                turns = dialogue.turns(one.text) or [dialogue.Turn("", 0, len(one.text))]
                ruled = judge_by_rule(one.text, one.spans, "zh")
                rows += dialogue.features(one.text, turns, one.spans, ruled)
                labels += one.statuses
    return rows, np.array(labels, dtype=np.int64)


def measured(given: npt.NDArray[np.int64], gold: npt.NDArray[np.int64]) -> dict[str, float]:
    """Accuracy, macro F1, and the F1 of each status."""
    figures = {"accuracy": float((given == gold).mean())}
    for index, name in enumerate(STATUSES):
        hits = float(((given == index) & (gold == index)).sum())
        figures[name] = 2 * hits / max(1.0, float((given == index).sum() + (gold == index).sum()))
    figures["macro_f1"] = sum(figures[name] for name in STATUSES) / len(STATUSES)
    return figures
