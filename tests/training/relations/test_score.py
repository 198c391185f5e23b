from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ingest.reading.relations import labels
from ingest.reading.relations.encoding import Page
from training.relations.corpora import Example
from training.relations.score import Asked, answers, at, best, calibration_error, lean, leaning, missed, precise, typed


def test_thresholds() -> None:
    logits = np.array([4, 3, 2, 1, 0, -1], np.float32)
    gold = np.array([True, True, False, True, False, False])
    assert best(logits, gold).f1 == pytest.approx(6 / 7)
    assert best(logits, gold, missed=3).recall == pytest.approx(0.5)
    assert [precise(logits, gold, least).recall for least in (1.0, 0.7)] == pytest.approx([2 / 3, 1.0])
    assert at(1.5, logits, gold).precision == pytest.approx(2 / 3)
    # Where nothing is precise enough, next to nothing is a fact.
    assert precise(logits, ~gold, 0.9).recall == 0


def asked(corpus: str, logits: list[float], gold: list[float], output: int, prior: list[float] | None = None) -> Asked:
    """One page on which a single output speaks."""
    rows = np.zeros((len(logits), len(labels.OUTPUTS)), np.float32)
    target = np.full_like(rows, -1)
    rows[:, output], target[:, output] = logits, gold
    before = np.zeros((len(logits), labels.TOLD), np.float32)
    if prior is not None:
        before[:, output] = prior
    example = Example("PMID:1", corpus, "", (), frozenset())
    return Asked(example, Page((), (), (), (), (), ()), rows, target, before)


def test_a_corpus_answers_its_own_questions() -> None:
    one = asked("bc5cdr", [2.0, -1.0, 3.0], [1, 0, -1], labels.CID)
    logits, gold = answers([one], "bc5cdr", labels.CID)
    assert (logits.tolist(), gold.tolist()) == ([2.0, -1.0], [True, False])
    assert len(answers([one], "biored", labels.CID)[0]) == 0
    assert missed([one], "bc5cdr", all_gold=4) == 3


def test_the_forests_are_leaned_on_as_far_as_it_helps() -> None:
    network = [1.0, 2.0, 0.0, 3.0]
    wrong = asked("bc5cdr", network, [1, 0, 1, 0], labels.CID, prior=[4.0, -4.0, 4.0, -4.0])
    more = lean([wrong])
    assert more[labels.CID] > 0
    assert best(*answers([leaning(wrong, more)], "bc5cdr", labels.CID)).f1 == 1
    idle = replace(wrong, prior=np.zeros_like(wrong.prior))
    assert lean([idle])[labels.CID] == 0


def test_a_type_counts_where_the_pair_is_found() -> None:
    one = asked("biored", [3.0, 3.0, -3.0], [1, 1, 1], labels.RELATED)
    one.target[:, labels.TYPES] = 0
    for row, (told, true) in enumerate(((0, 0), (1, 2), (3, 3))):
        one.logits[row, labels.TYPES.start + told] = 5
        one.target[row, labels.TYPES.start + true] = 1
    result = typed([one], 0.0)
    assert [result.precision, result.recall] == pytest.approx([1 / 2, 1 / 3])


def test_the_calibration_error_is_the_gap_of_each_bin() -> None:
    sure = np.array([0.95, 0.95, 0.05, 0.05], np.float32)
    assert calibration_error(sure, np.array([True, True, False, False])) == pytest.approx(0.05)
    assert calibration_error(sure, np.array([False, False, True, True])) == pytest.approx(0.95)
