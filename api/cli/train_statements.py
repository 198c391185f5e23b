"""`medgraph train statements`: the weights that read what sentences state."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.training import (
    FOLDER,
    base_option,
    documents_of,
    mean_option,
    minutes_option,
    needs_torch,
    out_option,
    seed_option,
    share_option,
    start_option,
)


@click.command("statements")
@click.argument("texts", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@click.option("--language", type=click.Choice(("en", "zh")), default="en", show_default=True, help="Of the texts read.")
@base_option
@start_option
@mean_option
@share_option
@click.option("--layers", type=click.IntRange(1), help="Keep the lowest so many layers of the base.")
@click.option("--data", type=FOLDER, help="A folder with bc5cdr, biored and phee, to learn from as well (English).")
@out_option
@click.option("--epochs", type=click.IntRange(1), default=10, show_default=True, help="At most so many.")
@click.option("--rate", type=float, default=2e-4, show_default=True, help="The highest learning rate.")
@minutes_option
@click.option(
    "--patience", type=click.IntRange(1), default=5, show_default=True, help="Epochs without a gain on dev to stop at."
)
@seed_option
def command(
    texts: tuple[Path, ...],
    language: str,
    base: str,
    start: Path | None,
    mean_with: Path | None,
    share: float,
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
        mean_with=mean_with, share=share,
    )  # fmt: skip
    emit({"out": str(out), "curves": str(log.curves(out)), **figures})
    return OK
