"""From what a network says of labelled sentences, and of findings that were judged, to how sure a sentence is of it.

What is labelled tells what was overlooked as well; what was judged tells of what is really found in documents. Both are
of sentences that the network did not learn from.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.reading.recognition.onnx_recognizer import bare_tokenizer
from ingest.reading.statements import labels
from ingest.reading.statements.marking import mark
from ingest.reading.statements.reader import OnnxStatements
from ingest.reading.statements.sureness import NAMES, Scene, features
from training.relations.calibration import platt
from training.relations.forest import grow, unseen
from training.statements.corpora import Example, placed, target

EVEN = math.log(0.6 / 0.4)
"""No fact has a lower logit."""
_FEW = 60
"""Of a predicate of fewer candidates what passes is not set by itself."""
_PRIOR = 1.0
"""So many wrong ones a predicate is taken to have had beside those that are known."""
_LEAF: dict[str, NDArray[np.generic]] = {
    **{f"sureness.{name}": np.zeros((1, 1), np.float32) for name in ("column", "threshold", "left", "right", "value")},
    "sureness.start": np.zeros(2, np.float32),
}
"""A forest that says 0 of everything."""
JUDGED = Path(__file__).resolve().parent / "judged.jsonl"
"""Findings in sentences of public English documents by their places, with a verdict."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of which some findings were judged: whether (subject, predicate, object) is right."""

    example: Example
    verdicts: Mapping[tuple[int, str, int], bool]


def judged(path: Path, texts: Mapping[str, str]) -> list[Judged]:
    """The rows of a table as `corpora.placed` reads it, with `judged`: [subject, predicate, object, right], …

    Raises MalformedFile.
    """
    verdicts = {}
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        own = {(i, predicate, j): bool(right) for i, predicate, j, right in row["judged"]}
        verdicts[f"{row['document']}:{row['start']}"] = own
    return [Judged(example, verdicts[example.id]) for example in placed(path, texts)]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may be facts: (n, NAMES) features, whether right, the document or sentence of each, what it is."""

    rows: NDArray[np.float32]
    right: NDArray[np.bool_]
    groups: NDArray[np.int64]
    predicates: NDArray[np.intp]
    judged: NDArray[np.bool_]


def candidates(
    reader: OnnxStatements, folder: Path, dev: Sequence[Example], found: Sequence[Judged] = ()
) -> Candidates:
    """What `reader`, of `folder`, may make facts of in sentences of `dev`, and what it found that was judged."""
    tokenizer = bare_tokenizer(folder / "tokenizer.json")
    sentences = [*((one, None) for one in dev), *((one.example, one.verdicts) for one in found)]
    rows: list[NDArray[np.float32]] = []
    known: list[tuple[bool, str, int, bool]] = []
    for example, verdicts in sentences:
        document = example.id.rpartition(":")[0] if example.corpus == "placed" else example.id
        for values, column, pair, answer in _asked(reader, tokenizer, example):
            right = _verdict(verdicts, pair, column) if verdicts is not None else answer > 0 if answer >= 0 else None
            if right is not None:
                rows.append(values)
                known.append((right, document, column, verdicts is not None))
    numbers: dict[str, int] = {}
    return Candidates(
        np.array(rows, np.float32).reshape(-1, len(NAMES)),
        np.array([right for right, *_ in known], bool),
        np.array([numbers.setdefault(document, len(numbers)) for _, document, *_ in known], np.int64),
        np.array([column for *_, column, _ in known], np.intp),
        np.array([judged for *_, judged in known], bool),
    )


def _asked(
    reader: OnnxStatements, tokenizer: Any, example: Example
) -> Iterator[tuple[NDArray[np.float32], int, tuple[int, int], float]]:
    """What may be facts of a sentence: features, predicate, pair; 1 if labelled, 0 if not, -1 if nobody knows."""
    marked = mark(example.text, example.mentions, tokenizer, example.topic)
    types = tuple(example.types)
    pairs = [(i, j) for i, j in labels.pairs(types) if marked.places[i] >= 0 and marked.places[j] >= 0]
    if not pairs:
        return
    first, second = ([marked.places[pair[side]] for pair in pairs] for side in (0, 1))
    scene = Scene(example.text, (*((None,) if example.topic else ()), *example.mentions), types, tuple(pairs))
    made = features(scene, *reader.calibrated(types, pairs, reader.score(marked.ids, first, second)))
    answers = target(example, pairs)
    for row, column, values in zip(*made, strict=True):
        yield values, int(column), pairs[row], float(answers[row, column])


def _verdict(verdicts: Mapping[tuple[int, str, int], bool], pair: tuple[int, int], column: int) -> bool | None:
    """What was judged of a pair; None if nothing was."""
    name = labels.PREDICATES[column]
    turned = verdicts.get((pair[1], name, pair[0])) if name in labels.SYMMETRIC else None
    return verdicts.get((pair[0], name, pair[1]), turned)


def learn(known: Candidates, precision: float, out: Path, seed: int = 1) -> NDArray[np.float32]:
    """Write sureness.npz to `out`, so that of what passes it the share `precision` is right, or little less.

    Of a predicate that is so right below what all must pass, more passes. Returns what is said of each candidate by
    trees that saw nothing of its document, above 0 where it passes.
    """
    right = int(known.right.sum())
    if right in (0, len(known.right)):  # nothing to tell apart: all is as sure as all of it is
        sure = np.full(len(known.right), math.log((right + 1) / (len(known.right) - right + 1)), np.float32)
        least = np.full(len(labels.PREDICATES), EVEN, np.float32)
        write(_LEAF, 1.0, float(sure[0]) if len(sure) else 0.0, least, out)
        return sure
    apart = unseen(known.rows, known.right, known.groups, seed)
    slope, offset = platt(apart, known.right)
    if slope <= 0:
        slope, offset = 1.0, 0.0
    sure = (slope * apart + offset).astype(np.float32)
    least = np.full(len(labels.PREDICATES), max(EVEN, _least(sure, known.right, precision)), np.float32)
    for at in range(len(least)):
        own = known.predicates == at
        if own.sum() >= _FEW:
            least[at] = min(least[at], max(EVEN, _least(sure[own], known.right[own], precision, _PRIOR)))
    write(grow(known.rows, known.right, seed).arrays("sureness"), slope, offset, least, out)
    return sure - least[known.predicates]


def write(
    forest: Mapping[str, NDArray[np.generic]], slope: float, offset: float, least: NDArray[np.float32], out: Path
) -> None:
    arrays: dict[str, Any] = {**forest, "reading": np.array([slope, offset], np.float32), "least": least}
    np.savez_compressed(out / "sureness.npz", **arrays)


def neutral(out: Path) -> None:
    """Write one that passes nothing: a reader can be opened before it is known how sure it is."""
    write(_LEAF, 1.0, 0.0, np.full(len(labels.PREDICATES), np.inf, np.float32), out)


def _least(sure: NDArray[np.float32], right: NDArray[np.bool_], precision: float, wrong: float = 0) -> float:
    """The value that as many as may pass so that so many of these are right, and as many as `wrong` more are wrong;
    infinite where none may."""
    values, which = np.unique(-sure, return_inverse=True)
    passed = np.cumsum(np.bincount(which)) + wrong
    shares = np.cumsum(np.bincount(which, weights=right)) / passed
    good = np.flatnonzero(shares >= precision)
    if not len(good):
        return np.inf
    last = int(good[-1])
    # Half-way to the first that does not pass.
    return float(-values[last] - values[last + 1]) / 2 if last + 1 < len(values) else float(-values[last]) - 1e-6
