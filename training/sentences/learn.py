"""The weights of `models/sentences`: questions asked of the documents that answer them, and of a whole collection."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.sentences.questions import Question
from retrieval.answering.features import NAMES
from retrieval.answering.ranker import FORMAT, SentenceRanker
from retrieval.model import Filter, Hit
from retrieval.passages import PassageStore
from retrieval.search import Searcher
from text.names import is_chinese
from training.sentences.fit import Choice, fitted, ranks_across

RIDGE = 3.0
"""Of 1, 3 and 10 the one that put most answers first in documents held out."""


def learn(
    questions: Sequence[Question], passages: PassageStore, searcher: Searcher, ranker: SentenceRanker, out: Path
) -> dict[str, Any]:
    """Write `weights.json` to `out`, and say how often an answer stands first by weights that saw no question of the
    same document. Questions whose document is not there are left out. Raises OSError."""
    choices = list(choices_of(questions, passages, searcher, ranker))
    weights = fitted(choices, RIDGE)
    out.mkdir(parents=True, exist_ok=True)
    rows = {name: round(float(weight), 5) for name, weight in zip(NAMES, weights, strict=True)}
    (out / "weights.json").write_text(
        json.dumps({"format": FORMAT, "weights": rows}, indent=1) + "\n", encoding="utf-8"
    )
    ranks = ranks_across(choices, RIDGE)
    told = {"questions": len({choice.question for choice in choices})}
    return told | {
        way: _shares([rank for rank, choice in zip(ranks, choices, strict=True) if choice.way == way])
        for way in dict.fromkeys(choice.way for choice in choices)
    }


def choices_of(
    questions: Sequence[Question], passages: PassageStore, searcher: Searcher, ranker: SentenceRanker
) -> Iterator[Choice]:
    """Each question, in each language that it is asked in, of the document that answers it and of what is found."""
    everything = Filter(access=None)
    for question in questions:
        infos = passages.documents([question.document])
        if question.document not in infos:
            continue
        own = passages.passages_of(question.document, access=None)
        given = [Hit(passage, infos[question.document], 1.0) for passage in own]
        for text in filter(None, (question.text, question.chinese)):
            language = "zh" if is_chinese(text) else "en"
            if infos[question.document].language == "zh":
                language += " of zh"
            found = searcher.search(text, filter=everything, k=10)
            for way, hits in (("document", given), ("found", found)):
                yield _choice(f"{way} {language}", question, text, hits, ranker)


def _choice(way: str, question: Question, text: str, hits: Sequence[Hit], ranker: SentenceRanker) -> Choice:
    rows = ranker.candidates(hits, access=None)
    gold = [question.answered(row.hit.document.id, row.sentence.start, row.sentence.end) for row in rows]
    return Choice(question.document, ranker.features(text, rows), np.array(gold, bool), way)


def _shares(ranks: Sequence[int]) -> dict[str, float]:
    count = len(ranks) or 1
    return {f"top{most}": round(sum(0 < rank <= most for rank in ranks) / count, 3) for most in (1, 3)}
