"""Whether the sentence that answers a question stands first, given its document and out of all that a search finds.

    medgraph ingest pubmed_abstracts.jsonl.gz
    python benchmarks/sentences.py --questions benchmarks/questions/dev.jsonl

The documents must have been ingested into MEDGRAPH_HOME, or into --home. Beside what ships stand the words alone, the
cosine alone, and the first sentence behind the title.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
from report import figure

from api.settings import Settings
from api.wiring import Parts
from evaluation.bootstrap import interval, resample
from evaluation.sentences.questions import Question, questions_in
from retrieval.answering.features import NAMES
from retrieval.model import Filter, Hit
from training.sentences.fit import rank
from training.sentences.learn import choices_of

ALONE = {
    "words": {"words": 1.0, "title": -9.0},
    "cosine": {"cosine": 1.0, "title": -9.0},
    "cosine without the title": {"cosine_apart": 1.0, "title": -9.0},
    "first": {"title": -9.0},
}
"""What is measured beside the ranking: weights of single features, the title behind all."""


def measured(ranks: list[int], name: str, **context: object) -> None:
    """Print the share of questions answered by the first sentence, and by one of the first three."""
    for most in (1, 3):
        told = np.array([[0 < rank <= most, 1] for rank in ranks], np.float64)
        drawn = resample(told, 1_000, seed=1)
        spread = interval(drawn[:, 0], drawn[:, 1])
        figure(
            f"{name} top-{most}", float(told[:, 0].mean()), "share", questions=len(ranks), interval=spread, **context
        )


def timed(parts: Parts, questions: list[Question]) -> None:
    """Print how long the sentences of ten passages take, beside the search itself; none of them was read before."""
    spent = []
    for question in questions:
        hits: list[Hit] = parts.searcher().search(question.text, filter=Filter(access=None), k=10)
        began = time.perf_counter()
        parts.sentences().rank(question.text, hits, access=None)
        spent.append(1000 * (time.perf_counter() - began))
    for percent in (50, 95):
        figure(
            f"sentences of ten passages p{percent}", float(np.percentile(spent, percent)), "ms", questions=len(spent)
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--home", type=Path)
    given = parser.parse_args()
    questions = questions_in(given.questions)
    settings = Settings(home=given.home) if given.home else Settings()
    with Parts(settings) as parts:
        documents, passages, _ = parts.passages().counts()
        context = {"documents": documents, "passages": passages, "encoder": parts.encoder().name}
        ranker = parts.sentences()
        timed(parts, questions)
        choices = list(choices_of(questions, parts.passages(), parts.searcher(), ranker))
        ways = {"sentences": ranker.weights} | {
            name: np.array([alone.get(feature, 0.0) for feature in NAMES]) for name, alone in ALONE.items()
        }
        for name, weights in ways.items():
            for way in dict.fromkeys(choice.way for choice in choices):
                ranks = [rank(choice, weights) for choice in choices if choice.way == way]
                measured(ranks, name, of=way, **context)


if __name__ == "__main__":
    main()
