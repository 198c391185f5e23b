"""`medgraph evaluate`: how well what was found agrees with what people annotated or judged."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.common import json_option
from api.cli.evaluate_answers import command as answers
from api.cli.evaluate_retrieval import command as retrieval

_FILE = click.Path(path_type=Path)
_FORMAT = click.Choice(["pubtator", "bioc", "jsonl", "bio"])


@click.group("evaluate", short_help="Measure what was found against annotations or judgements.")
def command() -> None:
    """Measure what was found against what people annotated or judged."""


command.add_command(retrieval)
command.add_command(answers)


@command.command("tag", short_help="Measure mentions, links, relations and context.")
@click.argument("gold", type=_FILE)
@click.argument("pred", type=_FILE)
@click.option("--gold-format", type=_FORMAT, help="What GOLD is. Default: told by its content.")
@click.option("--pred-format", type=_FORMAT, help="What PRED is. Default: told by its content.")
@click.option(
    "--types", default="", metavar="A,B", help="Mentions of these types alone. Default: all that GOLD annotates."
)
@click.option(
    "--samples", type=click.IntRange(1, 1_000_000), default=1000, show_default=True, metavar="N",
    help="Draws of documents behind the confidence intervals.",
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(0, 2**63), default=0, show_default=True, metavar="N", help="Of these draws."
)
@click.option(
    "--errors", type=click.IntRange(0, 10_000), default=10, show_default=True, metavar="N",
    help="How many of the commonest error patterns to show.",
)  # fmt: skip
@json_option
def tag(
    gold: Path,
    pred: Path,
    gold_format: str | None,
    pred_format: str | None,
    types: str,
    samples: int,
    seed: int,
    errors: int,
    as_json: bool,
) -> None:
    """Compare the annotations in PRED, such as `medgraph tag` writes, with those in GOLD.

    Either file is PubTator text, BioC, JSON lines, or a line a token with its BIO label. Documents are matched by
    id, or by their text where a file gives no ids. A mention counts where document, offsets and type are the same,
    whichever name a corpus has for the type; a link where all identifiers of a mention are; a relation where its two
    identifiers are. What GOLD does not annotate is not counted against PRED: mentions of other types, relations of
    other kinds, documents that only PRED has. Every figure comes with its 95 % interval by bootstrap over documents.

    \b
    medgraph tag dev.pubtator --format pubtator --to pubtator -o found.pubtator
    medgraph evaluate tag dev.pubtator found.pubtator
    medgraph evaluate tag dev.pubtator found.pubtator --types Disease --errors 30 --json
    """
    from api.cli.common import emit
    from api.cli.evaluation import body, show
    from evaluation.corpora.corpus import read
    from evaluation.tagging.report import evaluate
    from ingest.vocabulary import kind

    wanted = tuple(dict.fromkeys(kind(type) for type in types.split(",") if type.strip()))
    annotated = read(gold, gold_format)
    if absent := sorted(set(wanted) - set(annotated.types())):
        told = f"GOLD annotates no {', '.join(absent)}; it annotates {', '.join(annotated.types())}"
        raise click.BadParameter(told, param_hint="--types")
    report = evaluate(annotated, read(pred, pred_format), samples=samples, seed=seed, types=wanted, errors=errors)
    if as_json:
        emit({"gold": str(gold), "pred": str(pred), "samples": samples, "seed": seed, **body(report)})
    else:
        show(report)
