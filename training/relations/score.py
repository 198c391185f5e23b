"""How well relations are found: document-level precision, recall and F1, and how honest the confidences are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ingest.reading.relations import labels
from ingest.reading.relations.encoding import Page
from ingest.reading.relations.prior import FORESTS
from training.relations.corpora import Example

_LEANS = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """The logits of a page's pairs (pairs, outputs) beside the gold answers, -1 where the corpus gives none."""

    example: Example
    page: Page
    logits: NDArray[np.float32]
    target: NDArray[np.float32]
    prior: NDArray[np.float32]
    """The forests' verdicts on the pairs (pairs, TOLD)."""


@dataclass(frozen=True, slots=True)
class Score:
    threshold: float
    """Of the logit: what lies above counts as found."""
    precision: float
    recall: float
    f1: float


def answers(asked: Sequence[Asked], corpus: str, output: int) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Logit and gold of every pair of `corpus` for which it answers the question."""
    own = [(a, a.target[:, output] >= 0) for a in asked if a.example.corpus == corpus]
    if not own:
        return np.zeros(0, np.float32), np.zeros(0, bool)
    return (
        np.concatenate([a.logits[given, output] for a, given in own]),
        np.concatenate([a.target[given, output] > 0 for a, given in own]),
    )


def at(threshold: float, logits: NDArray[np.float32], gold: NDArray[np.bool_], missed: int = 0) -> Score:
    """The score of what lies above a threshold; `missed` gold pairs were never asked about."""
    above = logits > threshold
    right = int((above & gold).sum())
    precision, recall = right / max(1, int(above.sum())), right / max(1, int(gold.sum()) + missed)
    return Score(threshold, precision, recall, 2 * precision * recall / max(1e-9, precision + recall))


def best(logits: NDArray[np.float32], gold: NDArray[np.bool_], missed: int = 0) -> Score:
    """The score at the threshold of the greatest F1, half-way between the last logit above it and the first below."""
    if not gold.any():
        return Score(0.0, 0.0, 0.0, 0.0)
    order = np.argsort(-logits, kind="stable")
    right = np.cumsum(gold[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + gold.sum() + missed)
    last = int(f1.argmax())
    above, below = float(logits[order[last]]), float(logits[order[min(last + 1, len(order) - 1)]])
    threshold = (above + below) / 2 if below < above else float(np.nextafter(np.float32(above), -np.inf))
    return at(threshold, logits, gold, missed)


def precise(logits: NDArray[np.float32], gold: NDArray[np.bool_], precision: float) -> Score:
    """The score at the lowest threshold that keeps `precision`; at the highest logit where none does."""
    order = np.argsort(-logits, kind="stable")
    kept = np.cumsum(gold[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(kept >= precision)
    last = int(enough.max()) if len(enough) else 0
    return at(float(np.nextafter(logits[order][last], -np.inf)), logits, gold)


def missed(asked: Sequence[Asked], corpus: str, all_gold: int) -> int:
    """How many gold pairs of a corpus are no candidates."""
    output = labels.CID if corpus == "bc5cdr" else labels.RELATED
    return all_gold - int(answers(asked, corpus, output)[1].sum())


def lean(asked: Sequence[Asked]) -> NDArray[np.float32]:
    """By output, how much more of the forests' verdict to add than the network learned to: what is best for `asked`.

    In training the forests' verdicts on unseen pairs are weaker than those on new texts, and a network that has learned
    half of its pages without them trusts them too little.
    """
    more = np.zeros(labels.TOLD, np.float32)
    for corpus, output in FORESTS.items():
        own = [a for a in asked if a.example.corpus == corpus]
        scores = {}
        for step in _LEANS:
            more[output] = step
            scores[step] = best(*answers([leaning(a, more) for a in own], corpus, output)).f1
        more[output] = max(scores, key=lambda step: scores[step])
    return more


def leaning(a: Asked, more: NDArray[np.float32]) -> Asked:
    """The same with `more` (outputs) times the forests' verdict added."""
    logits = a.logits.copy()
    logits[:, : labels.TOLD] += more * a.prior
    return replace(a, logits=logits)


def typed(asked: Sequence[Asked], threshold: float) -> Score:
    """BioRED's pairs with the right type among those found at `threshold`."""
    right = told = gold = 0
    for a in asked:
        if a.example.corpus == "biored":
            kind = a.logits[:, labels.TYPES].argmax(1)
            above = a.logits[:, labels.RELATED] > threshold
            truth = a.target[:, labels.TYPES]
            right += int((above & (truth[np.arange(len(kind)), kind] > 0)).sum())
            told += int(above.sum())
            gold += int((truth > 0).sum())
    precision, recall = right / max(1, told), right / max(1, gold)
    return Score(threshold, precision, recall, 2 * precision * recall / max(1e-9, precision + recall))


def figures(asked: Sequence[Asked]) -> dict[str, float]:
    """F1 in hundredths by task, each at its best threshold (PHEE: at even odds) and lean, and their mean."""
    more = lean(asked)
    asked = [leaning(a, more) for a in asked]
    cid = best(*answers(asked, "bc5cdr", labels.CID))
    related = best(*answers(asked, "biored", labels.RELATED))
    sides = [answers(asked, "phee", output) for output in (labels.ADE, labels.TREATS)]
    phee = at(0.0, np.concatenate([s[0] for s in sides]), np.concatenate([s[1] for s in sides]))
    values = {"cid": cid.f1, "biored": related.f1, "biored_typed": typed(asked, related.threshold).f1, "phee": phee.f1}
    values["mean"] = (2 * cid.f1 + 2 * related.f1 + phee.f1) / 5
    return {name: round(100 * value, 2) for name, value in values.items()}


def calibration_error(confidences: NDArray[np.float32], right: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error: mean gap of confidence and accuracy over bins of equal width (Guo 2017)."""
    inside = np.minimum((confidences * bins).astype(int), bins - 1)
    gaps = [
        abs(float(confidences[inside == b].mean()) - float(right[inside == b].mean())) * int((inside == b).sum())
        for b in range(bins)
        if (inside == b).any()
    ]
    return sum(gaps) / max(1, len(confidences))
