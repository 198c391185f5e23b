"""How right answers are, on questions that were written by others than those who wrote the code: one figure a line.

    python benchmarks/answers.py --home ~/.medgraph --patients FOLDER benchmarks/questions/answers/dev.jsonl
    python benchmarks/answers.py --home ~/.medgraph --using graph passages both -- FILE ...

`using` compares in one run what the graph's statements alone, found passages alone, and both answer. Questions about a
patient name the file of a record in `--patients`, which has to be ingested in that home; without the folder they are
left out. Nothing is asked of a language model unless MEDGRAPH_LLM_MODEL is set.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import get_args

from report import figure, peak_memory

from api.home import open_salt
from api.settings import Settings
from api.warming import warmed
from api.wiring import Parts
from evaluation.answers.figures import Asked, figures
from evaluation.answers.judge import judge
from evaluation.answers.questions import Gold, questions_in
from graph.model import PUBLIC
from ingest.model import Document
from ingest.sources.detect import documents
from qa.answer import Answerer
from qa.model import Question, Using

ROOT = Path(__file__).resolve().parents[1]


def with_labels(golds: Sequence[Gold], folder: Path | None, salt: bytes) -> list[Gold]:
    """The questions, with the access label of each patient in place of the record's file."""
    labels: dict[str, str] = {}
    for stem in sorted({gold.patient for gold in golds if gold.patient} if folder else ()):
        for path in sorted(folder.glob(f"{stem}*")) if folder else ():
            for record in documents(path, salt=lambda: salt):
                if isinstance(record, Document):
                    labels[stem] = next(label for label in record.access if label.startswith("patient:"))
    return [
        replace(gold, patient=labels[gold.patient]) if gold.patient else gold
        for gold in golds
        if not gold.patient or gold.patient in labels
    ]


def ask(answerer: Answerer, golds: Sequence[Gold], using: Using) -> list[Asked]:
    """Each question once, after one that does not count."""
    asked = []
    for gold in (*golds[:1], *golds):
        access = PUBLIC | ({gold.patient} if gold.patient else set())
        question = Question(
            gold.question,
            language=gold.language or None,
            access=access,
            patient=gold.patient or None,
            conversation=gold.conversation,
            choices=gold.choices,
            using=using,
        )
        begun = perf_counter()
        answer = answerer.answer(question)
        asked.append(Asked(gold, judge(gold, answer), 1000 * (perf_counter() - begun)))
    return asked[1:]


def report(asked: Sequence[Asked], **context: object) -> None:
    result = figures(asked)
    times = result.pop("milliseconds")
    kinds = result.pop("by_kind")
    count = result.pop("questions")
    for name, value in result.items():
        if isinstance(value, float):
            figure(f"answers_{name}", value, "share", questions=count, **context)
    if isinstance(times, dict):
        for name, value in times.items():
            figure(f"answers_{name}", value, "ms", questions=count, **context)
    if isinstance(kinds, dict):
        for kind, marks in kinds.items():
            figure(
                "answers_right_of_kind", marks["right"] / sum(marks.values()), "share", kind=kind, **marks, **context
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--home", type=Path, required=True, help="MEDGRAPH_HOME of the loaded store")
    parser.add_argument("--patients", type=Path, help="folder of the records that questions name")
    parser.add_argument("--using", nargs="+", choices=get_args(Using), default=["both"])
    arguments = parser.parse_args()
    settings = Settings.read().model_copy(update={"home": arguments.home.absolute()})
    with Parts(settings) as parts:
        for open_part in warmed(parts).values():
            open_part()
        answerer, stats = parts.answerer(), parts.graph().stats()
        size = {"assertions": stats.assertions, "documents": parts.passages().counts()[0]}
        for path in arguments.questions:
            golds = with_labels(questions_in(path), arguments.patients, open_salt(settings))
            for using in arguments.using:
                writer = settings.llm_model or "none"
                report(ask(answerer, golds, using), using=using, model=writer, data=path.name, **size)
        figure("answers_memory", peak_memory(), "MiB", **size)


if __name__ == "__main__":
    main()
