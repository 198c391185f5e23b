"""`medgraph ask`: a question, answered with citations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.common import access_options, clean, emit, json_option, licence_option, paragraph, utf8

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.model import Source
    from qa.answer import Answerer
    from qa.evidence.kinds import Evidence
    from qa.model import Answer, Question


def _utf8(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    return None if value is None else utf8(ctx, param, value)


@click.command("ask", short_help="Answer a question, every sentence cited.")
@click.argument("question", callback=_utf8, required=False)
@click.option("--language", type=click.Choice(["en", "zh"]), help="Language of the question; default: found out.")
@click.option(
    "--k",
    "limit",
    type=click.IntRange(1, 100),
    default=12,
    show_default=True,
    metavar="N",
    help="How many pieces of evidence at most.",
)
@click.option(
    "--patient",
    metavar="LABEL",
    help="Ask about this patient (42 or patient:42): what only this patient's label shows counts, too.",
)
@click.option(
    "--chat",
    is_flag=True,
    help="A conversation: a question a line from stdin, until an empty line; /new begins anew.",
)
@licence_option
@access_options
@json_option
def command(
    question: str | None,
    language: str | None,
    limit: int,
    patient: str | None,
    chat: bool,
    licence: str,
    access: tuple[str, ...],
    all_access: bool,
    as_json: bool,
) -> None:
    """Answer a question from graph and literature. `-` reads it from stdin. An answer that finds no support abstains
    and says why; the exit code is then 0, too. With --chat what a question leaves out comes from those before it.

    \b
    medgraph ask "Which syndrome combines tall stature with lens dislocation?"
    medgraph ask "二甲双胍有哪些不良反应？"
    medgraph ask --patient 42 --json "Which drugs does the patient take?"
    medgraph ask --chat
    """
    if question is None and not chat:
        raise click.UsageError("Missing argument 'QUESTION'.")
    from api.audit.visit import asks
    from api.audit.visit import seen as noted
    from api.cli.common import note, opened, piped, seen
    from api.cli.progress import Meter
    from api.patients import label_of, must_be_there
    from api.schemas.answers import AnswerOut
    from api.settings import labels
    from graph.licences import readable
    from qa.model import Question

    text = piped() if question == "-" and not chat else question or ""
    reader = seen(access, all_access, licence)
    label = None
    if patient is not None:
        label = label_of(patient)
        reader = None if reader is None else reader | labels((label,))
    with opened() as parts:
        if label is not None:
            must_be_there(parts.graph(), label)
        if reader is None:
            reader = readable(all_labels(parts.graph().sources()), open_only=licence == "open")
        with Meter("opening graph, passages and models") as meter:
            answerer = parts.answerer()
            meter.phase("answering")
            asked = Question(text, language=language, access=reader, patient=label, limit=limit)
            asks(text, label)
            answer = None if chat else answerer.answer(asked)
        if answer is None:
            converse(answerer, asked, as_json)
            return
        body = noted(AnswerOut.of(answer))
        empty = answer.reason == "nothing_loaded"
        place = f"{parts.settings.home} (MEDGRAPH_HOME), {parts.settings.graph_url} (MEDGRAPH_GRAPH_URL)"
    if empty:
        note(f"nothing is loaded in {place}: see medgraph load, medgraph ingest and medgraph check")
    if as_json:
        emit(body.model_dump())
        return
    show(answer)


def converse(answerer: Answerer, asked: Question, as_json: bool) -> None:
    """Answer each line of stdin, with the lines before it, until an empty one or the end; `/new` forgets them. The
    question given with the command, if any, comes first. As JSON, each answer is one line.
    """
    import sys
    from dataclasses import replace
    from itertools import chain

    from api.audit.visit import asks
    from api.audit.visit import seen as noted
    from api.schemas.answers import AnswerOut

    def lines() -> Iterable[str]:
        while True:
            if sys.stdin.isatty():
                click.echo("> ", nl=False, err=True)
            yield sys.stdin.buffer.readline().decode("utf-8", "replace")

    before: tuple[str, ...] = ()
    for line in chain([asked.text] if asked.text else [], lines()):
        text = line.strip()
        if not text:
            return
        if text == "/new":
            before = ()
            continue
        asks(text, asked.patient)
        answer = answerer.answer(replace(asked, text=text, conversation=before))
        body = noted(AnswerOut.of(answer))
        before = (*before, text)
        if as_json:
            emit(body.model_dump())
            continue
        if answer.understanding and answer.understanding.read_as:
            click.echo(paragraph(f"Read as: {answer.understanding.read_as}"))
        show(answer)
        click.echo()


def show(answer: Answer) -> None:
    """Print an answer for a person: sentences, candidates, then what they cite."""
    from qa.evidence.cited import heading

    if answer.abstained:
        click.echo(paragraph(answer.message or f"No answer: {answer.reason}."))
        if answer.understanding and answer.understanding.unknown:
            click.echo(paragraph(f"Not known to the graph: {', '.join(answer.understanding.unknown)}."))
        return
    for sentence in answer.sentences:
        click.echo(paragraph(f"{sentence.text} [{', '.join(sentence.citations)}]"))
    if answer.differential:
        click.echo("\nCandidates")
        for rank, candidate in enumerate(answer.differential, 1):
            danger = ", must not be missed" if candidate.missed else ""
            click.echo(f"{rank:>3}. {clean(candidate.name)} ({candidate.entity}), {candidate.probability:.1%}{danger}")
            for what, findings in (("explains", candidate.explained), ("leaves open", candidate.unexplained)):
                if findings:
                    click.echo(paragraph(f"{what} {', '.join(findings)}", "     "))
    cited = {id for sentence in answer.sentences for id in sentence.citations}
    cited |= {id for candidate in answer.differential for id in candidate.evidence}
    language = answer.understanding.language if answer.understanding else "en"
    click.echo("\nSources")
    for evidence in answer.evidence:
        if evidence.id in cited:
            click.echo(f"[{evidence.id}] {clean(heading(evidence, language))}")
            _texts(evidence, language)
    _left_out(answer, len([evidence for evidence in answer.evidence if evidence.id not in cited]))


def _texts(evidence: Evidence, language: str) -> None:
    """The text of what is cited; of a candidate the statements behind it, each with its own source."""
    from qa.evidence.cited import heading, links, quoted

    behind = links(evidence)
    for link in behind:
        click.echo(paragraph(f"{quoted(link, language)} {clean(heading(link, language))}", "     "))
    if not behind:
        click.echo(paragraph(quoted(evidence, language), "     "))


def _left_out(answer: Answer, uncited: int) -> None:
    """What the answer does not show, and how to see it."""
    from collections import Counter

    from qa.evidence.kinds import FactEvidence

    names = {entity.id: entity.name for entity in answer.understanding.entities} if answer.understanding else {}
    shown = Counter(
        (evidence.predicate, end)
        for evidence in answer.evidence
        if isinstance(evidence, FactEvidence)
        for end in evidence.entities
    )
    for listed, total in answer.totals.items():
        if total > shown[listed.predicate, listed.shared]:
            name = names.get(listed.shared, listed.shared)
            command = f"medgraph neighbours {listed.shared} --predicate {listed.predicate}"
            click.echo(clean(f"All {total:,} of {name}: {command}"))
    if uncited:
        click.echo(f"{uncited} more pieces of evidence are cited by no sentence: --json shows them")


def all_labels(sources: Iterable[Source]) -> frozenset[str]:
    """Every access label in use: what an administrator's question may see."""
    return frozenset(label for source in sources for label in source.access) | {"public"}
