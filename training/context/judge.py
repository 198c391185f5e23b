"""Training what the words around a mention weigh (`text.context.weighed`).

Two logistic regressions with an L2 penalty (scikit-learn's liblinear), one for what is denied and one for what is of
the past, over annotated notes, sentences from templates, sentences written for the tests, turns of Chinese patients,
and texts in which the findings of the templates stand, labelled by the rules, so that prose goes on being read as it
was. A miss counts for more than a false alarm. The figures are cross-validated on the notes, sentences that are alike
in one fold.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from text.context import weighed
from text.context.dialogue import STATUSES
from text.context.rules import judge_by_rule
from training.context import dialogue, marked, notes, templates
from training.context.notes import Note
from training.context.templates import Example
from training.log import Log

_PENALTY = 0.5
_MISS = 3.0
"""How much more a denial or a past missed counts than one imagined."""
_WEIGHTS = {"notes": 1.0, "templates": 1.0, "sentences": 2.0, "texts": 0.3, "turns": 0.3}
_PATIENT = "患者："
_EACH = 12
"""Sentences of each template."""


@dataclass(frozen=True, slots=True)
class Part:
    """Examples of one kind: the buckets of each, (n, 2) int8 by `weighed.DECISIONS` (-1: unknown), what each counts."""

    rows: list[npt.NDArray[np.int64]]
    labels: npt.NDArray[np.int8]
    weight: float


def train(
    data: Path,
    out: Path,
    *,
    sentences: Sequence[Path] = (),
    texts: Iterable[str] = (),
    dialogues: Sequence[Path] = (),
    seed: int = 1,
    folds: int = 10,
    each: int = _EACH,
) -> dict[str, float]:
    """Train on the notes in `data`/*.tsv and the rest, write `out`/weights.npz; the cross-validated figures.

    Raises MalformedFile, and FileNotFoundError where `data` holds no notes.
    """
    files = sorted(data.glob("*.tsv"))
    if not files:
        raise FileNotFoundError(f"{data} holds no .tsv file of annotated notes")
    annotated = [note for file in files for note in notes.read(file)]
    held = [note for note in annotated if note.span is not None]
    own = _of_notes(held)
    chance = random.Random(seed)  # noqa: S311 not for secrets
    filled = [e for language in ("en", "zh") for e in templates.written(templates.read(language), each, chance)]
    rest = [
        _of_examples(filled, "templates"),
        _of_examples([example for path in sentences for example in marked.read(path)], "sentences"),
        _of_texts(texts),
        _of_examples([example for path in dialogues for example in turns(path)], "turns"),
    ]
    log = Log(out)
    odds = np.zeros((len(held), len(weighed.DECISIONS)), dtype=np.float32)
    fold = notes.folds(held, folds, seed)
    for number in range(folds):
        learned = fold != number
        table = _fitted([_some(own, learned), *rest], seed)
        odds[~learned] = weighed.scores([row for row, used in zip(own.rows, learned, strict=True) if not used], table)
    reached = measured(joined(held, odds), annotated)
    by_rule = measured(joined(held, None), annotated)
    for name, figures in (("rules", by_rule), ("judge", reached)):
        log.write(by=name, folds=folds, **{key: round(value, 4) for key, value in figures.items()})
    table = _fitted([own, *rest], seed)
    np.savez_compressed(out / "weights.npz", weights=table.astype(np.float16))
    return reached


def _of_notes(held: Sequence[Note]) -> Part:
    rows = [weighed.features(note.text, [note.span], "en")[0] for note in held if note.span]
    labels = np.array([(note.negated, note.historical) for note in held], dtype=np.int8)
    return Part(rows, labels.reshape(-1, 2), _WEIGHTS["notes"])


def _of_examples(examples: Sequence[Example], kind: str) -> Part:
    rows = [weighed.features(e.text, [(e.start, e.end)], e.language)[0] for e in examples]
    labels = np.array([(e.negated, -1 if e.historical is None else e.historical) for e in examples], dtype=np.int8)
    return Part(rows, labels.reshape(-1, 2), _WEIGHTS[kind])


def _of_texts(texts: Iterable[str]) -> Part:
    """Where the words of the English templates stand in `texts`, as the rules judge them."""
    words = templates.read("en").words
    names = sorted({word for kind in "SDAI" for word in words[kind] if len(word) > 3}, key=lambda w: (-len(w), w))
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    rows: list[npt.NDArray[np.int64]] = []
    labels: list[tuple[bool, bool]] = []
    for text in texts:
        if spans := [match.span() for match in pattern.finditer(text)]:
            rows += weighed.features(text, spans, "en")
            ruled = judge_by_rule(text, spans, "en")
            labels += [(verdict.polarity == "negated", verdict.certainty == "historical") for verdict in ruled]
    return Part(rows, np.array(labels, dtype=np.int8).reshape(-1, 2), _WEIGHTS["texts"])


def turns(path: Path) -> Iterator[Example]:
    """The turns of patients in a CMDD file, each read alone, with its symptoms that are present or absent."""
    for one in dialogue.consultations(path):
        at = 0
        for line in one.text.splitlines(keepends=True):
            begin = at + len(_PATIENT)
            for (start, end), status in zip(one.spans, one.statuses, strict=True):
                if line.startswith(_PATIENT) and begin <= start < at + len(line) and STATUSES[status] != "uncertain":
                    negated = STATUSES[status] == "absent"
                    yield Example(line[len(_PATIENT) :].rstrip(), start - begin, end - begin, "zh", negated, None)
            at += len(line)


def _some(part: Part, chosen: npt.NDArray[np.bool_]) -> Part:
    return Part([part.rows[at] for at in np.flatnonzero(chosen)], part.labels[chosen], part.weight)


def _fitted(parts: Sequence[Part], seed: int) -> npt.NDArray[np.float32]:
    """(BUCKETS, 2) float32; the intercept goes to the bucket that every example has."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    rows = [row for part in parts for row in part.rows]
    places: Any = np.concatenate(rows)
    ends = np.cumsum([0, *(len(row) for row in rows)])
    matrix = csr_matrix((np.ones(len(places), dtype=np.float32), places, ends), shape=(len(rows), weighed.BUCKETS))
    labels = np.concatenate([part.labels for part in parts])
    counts = np.concatenate([np.full(len(part.rows), part.weight) for part in parts])
    table = np.zeros((weighed.BUCKETS, len(weighed.DECISIONS)), dtype=np.float32)
    for column in range(len(weighed.DECISIONS)):
        sure = labels[:, column] >= 0
        wanted = labels[sure, column] == 1
        model = LogisticRegression(C=_PENALTY, solver="liblinear", max_iter=300, random_state=seed)
        model.fit(matrix[sure], wanted, sample_weight=counts[sure] * np.where(wanted, _MISS, 1.0))
        table[:, column] = model.coef_[0]
        table[weighed.ALWAYS, column] += model.intercept_[0]
    return table


def joined(held: Sequence[Note], odds: npt.NDArray[np.float32] | None) -> list[tuple[bool, bool]]:
    """For each note whether it is denied and of the past by the rules, with (n, 2) `odds` by rules and weights."""
    verdicts = []
    for place, note in enumerate(held):
        if note.span is not None:
            (ruled,) = judge_by_rule(note.text, [note.span], "en")
            judged = ruled if odds is None else weighed.joined(ruled, *odds[place].tolist())
            verdicts.append((judged.polarity == "negated", judged.certainty == "historical"))
    return verdicts


def measured(verdicts: Sequence[tuple[bool, bool]], annotated: Sequence[Note]) -> dict[str, float]:
    """Precision, recall and F1 of what is denied and of what is past, and the part of the denied taken for affirmed.

    `verdicts` are those of the notes whose phrase stands in its sentence; the others count as affirmed and of now.
    """
    given = iter(verdicts)
    pairs = [(next(given) if note.span else (False, False), (note.negated, note.historical)) for note in annotated]
    figures = {}
    for column, name in enumerate(weighed.DECISIONS):
        hits = sum(mine[column] and gold[column] for mine, gold in pairs)
        said = sum(mine[column] for mine, _ in pairs)
        true = sum(gold[column] for _, gold in pairs)
        figures[f"{name}_precision"] = hits / max(1, said)
        figures[f"{name}_recall"] = hits / max(1, true)
        figures[f"{name}_f1"] = 2 * hits / max(1, said + true)
    figures["false_affirmed"] = 1 - figures["negated_recall"]
    return figures
