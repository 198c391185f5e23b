"""What the answers to all questions came to, in all and by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.answers.judge import Judged
from evaluation.answers.questions import Gold

MARKS = ("right", "partly", "wrong", "withheld")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, what its answer was found to be, and how long it took."""

    gold: Gold
    judged: Judged
    milliseconds: float


def figures(asked: Sequence[Asked]) -> dict[str, object]:
    """Shares of the marks, accuracies, and times in milliseconds; by kind the counts of the marks."""
    times = [one.milliseconds for one in asked]
    kinds = sorted({one.gold.kind for one in asked})
    return {
        "questions": len(asked),
        **{mark: _share(asked, mark) for mark in MARKS},
        "yes_no_accuracy": _mean([one.judged.verdict for one in asked if one.gold.shape == "yes_no"]),
        "true_false_accuracy": _mean([one.judged.verdict for one in asked if one.gold.shape == "true_false"]),
        "choice_accuracy": _mean([one.judged.choice for one in asked]),
        "list_recall": _mean([one.judged.recall for one in asked]),
        "list_f1": _mean([one.judged.f1 for one in asked]),
        "evidence_recall": _mean([one.judged.evidence for one in asked]),
        "milliseconds": {
            "p50": round(float(np.percentile(times, 50)), 3) if times else None,
            "p95": round(float(np.percentile(times, 95)), 3) if times else None,
        },
        "by_kind": {kind: _counts([one for one in asked if one.gold.kind == kind]) for kind in kinds},
    }


def _share(asked: Sequence[Asked], mark: str) -> float | None:
    return _mean([one.judged.mark == mark for one in asked])


def _counts(asked: Sequence[Asked]) -> dict[str, int]:
    counts: Counter[str] = Counter(one.judged.mark for one in asked)
    return {mark: counts[mark] for mark in MARKS}


def _mean(values: Sequence[float | None]) -> float | None:
    """To four places; None where nothing was measured. A verdict or choice that is not given counts as wrong."""
    measured = [float(value) for value in values if value is not None]
    return round(sum(measured) / len(measured), 4) if measured else None
