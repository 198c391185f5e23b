"""`medgraph train statements`: the weights that read what sentences state."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.training import documents_of, needs_torch

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("statements")
@click.argument("texts", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@click.option("--language", type=click.Choice(("en", "zh")), default="en", show_default=True, help="Of the texts read.")
@click.option(
    "--base", required=True, metavar="MODEL", help="The encoder to start from: a folder, or a Hugging Face id."
)
@click.option(
    "--from",
    "start",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Go on from the weights.safetensors of an earlier training.",
)
@click.option("--layers", type=click.IntRange(1), help="Keep the lowest so many layers of the base.")
@click.option("--data", type=_FOLDER, help="A folder with bc5cdr, biored and phee, to learn from as well (English).")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where to write.")
@click.option("--epochs", type=click.IntRange(1), default=10, show_default=True, help="At most so many.")
@click.option("--rate", type=float, default=2e-4, show_default=True, help="The highest learning rate.")
@click.option("--minutes", type=click.FloatRange(0, min_open=True), default=float("inf"), help="At most so long.")
@click.option(
    "--patience", type=click.IntRange(1), default=5, show_default=True, help="Epochs without a gain on dev to stop at."
)
@click.option("--seed", default=1, show_default=True)
def command(
    texts: tuple[Path, ...],
    language: str,
    base: str,
    start: Path | None,
    layers: int | None,
    data: Path | None,
    out: Path,
    epochs: int,
    rate: float,
    minutes: float,
    patience: int,
    seed: int,
) -> int:
    """Train what reads the statements of a sentence, all predicates at once.

    It learns from the written sentences that come with the program. In English also from sentences of the documents in
    PATH... that are labelled by their places (PubMed abstracts, PMC articles, MedQuAD, indications of DailyMed): those
    that are not there are left out.
    """
    needs_torch()
    from api.cli.common import emit
    from api.problems import OK
    from training import log
    from training.statements.learn import learn

    figures = learn(
        language, base, out,
        texts=((document.id, document.text) for document in documents_of(texts)), data=data,
        epochs=epochs, rate=rate, patience=patience, minutes=minutes, seed=seed, layers=layers, start=start,
    )  # fmt: skip
    emit({"out": str(out), "curves": str(log.curves(out)), **figures})
    return OK
