"""`medgraph evaluate answers`: how right the answers to questions with known answers are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.common import access_options, licence_option, quiet_option

if TYPE_CHECKING:
    from api.wiring import Parts
    from evaluation.answers.figures import Asked
    from evaluation.answers.questions import Gold
    from qa.model import Answer, Using

_FILE = click.Path(path_type=Path)


@click.command("answers", short_help="Measure answers to questions with known answers.")
@click.argument("questions", type=_FILE)
@click.option(
    "--using", type=click.Choice(["both", "graph", "passages"]), default="both", show_default=True,
    help="Answer from the graph's statements, from passages, or from both.",
)  # fmt: skip
@click.option("--summary", is_flag=True, help="Print the summary alone, not a line for each question.")
@licence_option
@access_options
@quiet_option
def command(
    questions: Path, using: Using, summary: bool, licence: str, access: tuple[str, ...], all_access: bool, quiet: bool
) -> None:
    """Ask the questions of a file, a JSON object a line, and judge each answer by what the line says of it.

    A line has `id` and `question`, and of these what applies: `conversation` (earlier questions), `patient` (a label),
    `choices`, `language`, `kind` (by which results are counted apart), `type` (yes_no, true_false, choice, list, count,
    code, value, …), `answer`, `must` and `must_not` (words; alternatives between |), `abstain`, `gold_evidence` (ids).

    Prints a JSON object for each question: the answer, what it was judged to be and why, and the seconds of each step;
    and last `{"summary": …}`. `right` is an answer that holds all that the line asks for, or that is withheld where
    `abstain` says so; `partly` one that holds some of it; `wrong` one that holds none of it, says the contrary or what
    it must not, or is given where none can be; `withheld` is no answer to what has one. A patient's questions are
    answered with that patient's label.

    \b
    medgraph evaluate answers questions.jsonl
    medgraph evaluate answers questions.jsonl --using passages --summary
    """
    from api.cli.common import emit, opened, seen
    from api.cli.progress import Meter
    from api.warming import warmed
    from evaluation.answers.figures import figures
    from evaluation.answers.questions import questions_in

    golds = questions_in(questions)
    if not golds:
        raise click.UsageError(f"{questions}: no question")
    reader = seen(access, all_access, licence)
    done: list[Asked] = []
    with Meter("opening graph, passages and models", quiet=quiet) as meter, opened() as parts:
        for open_part in warmed(parts).values():
            open_part()
        for one, answer in _asked(parts, golds, reader, using):
            done.append(one)
            meter.tick(len(done), f"of {len(golds):,} questions")
            if not summary:
                emit(_line(one, answer))
    emit({"summary": {"using": using, **figures(done)}})


def _asked(
    parts: Parts, golds: list[Gold], reader: frozenset[str] | None, using: Using
) -> Iterator[tuple[Asked, Answer]]:
    """Each question asked and judged; the first is asked once before, so that what is opened with it is in no time."""
    from time import perf_counter

    from api.cli.ask import all_labels
    from api.patients import label_of
    from evaluation.answers.figures import Asked
    from evaluation.answers.judge import judge
    from qa.model import Question

    answerer = parts.answerer()
    every = all_labels(parts.graph().sources()) if reader is None else reader

    def asking(gold: Gold) -> Question:
        patient = label_of(gold.patient) if gold.patient else None
        return Question(
            gold.question,
            language=gold.language or None,
            access=every | ({patient} if patient else set()),
            patient=patient,
            conversation=gold.conversation,
            choices=gold.choices,
            using=using,
        )

    answerer.answer(asking(golds[0]))
    for gold in golds:
        began = perf_counter()
        answer = answerer.answer(asking(gold))
        yield Asked(gold, judge(gold, answer), 1000 * (perf_counter() - began)), answer


def _line(one: Asked, answer: Answer) -> dict[str, object]:
    judged, understood, typed = one.judged, answer.understanding, answer.typed
    cited = {id for sentence in answer.sentences for id in sentence.citations}
    return {
        "id": one.gold.id,
        "kind": one.gold.kind,
        "question": one.gold.question,
        "mark": judged.mark,
        "why": judged.why,
        "verdict_right": judged.verdict,
        "choice_right": judged.choice,
        "list_recall": judged.recall,
        "evidence_recall": judged.evidence,
        "intent": understood.intent if understood else "",
        "read_as": understood.read_as if understood else "",
        "answer_type": typed.kind,
        "verdict": typed.verdict,
        "value": typed.value,
        "total": typed.total,
        "items": [item.name.of(understood.language if understood else "en") for item in typed.items],
        "answer": answer.text,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "message": answer.message,
        "evidence": [piece.source for piece in answer.evidence if piece.id in cited],
        "milliseconds": round(one.milliseconds, 3),
        "seconds": answer.seconds,
    }
