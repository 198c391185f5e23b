"""`medgraph train relations`: the weights that relate the entities of a document."""

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


@click.command("relations")
@click.argument("texts", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@click.option("--data", type=FOLDER, required=True, help="A folder with bc5cdr, biored and phee.")
@base_option
@start_option
@mean_option
@share_option
@out_option
@click.option(
    "--vocabularies", type=FOLDER, help="A folder with mesh_id_label_mappings.tsv, whose tree numbers become features."
)
@click.option("--epochs", type=click.IntRange(1), default=8, show_default=True, help="At most so many.")
@minutes_option
@click.option("--rate", type=float, default=1e-4, show_default=True, help="The highest learning rate.")
@click.option(
    "--patience", type=click.IntRange(1), default=3, show_default=True, help="Epochs without a gain on dev to stop at."
)
@click.option(
    "--sentences",
    type=click.FloatRange(0, 1, min_open=True),
    default=1.0,
    show_default=True,
    help="The share of the sentences of phee that an epoch reads, others in each.",
)
@seed_option
def command(
    texts: tuple[Path, ...],
    data: Path,
    base: str,
    start: Path | None,
    mean_with: Path | None,
    share: float,
    out: Path,
    vocabularies: Path | None,
    epochs: int,
    minutes: float,
    rate: float,
    patience: int,
    sentences: float,
    seed: int,
) -> int:
    """Train what relates entities: --data holds the folders bc5cdr, biored and phee.

    It learns from the documents in PATH... as well that are labelled by their places (MEDLINE): those that are not
    there are left out.
    """
    needs_torch()
    from api.cli.common import emit
    from api.problems import OK
    from training import log
    from training.relations.export import learn

    figures = learn(
        data, base, out, vocabularies,
        texts=((document.id, document.text) for document in documents_of(texts)), start=start,
        mean_with=mean_with, share=share,
        epochs=epochs, minutes=minutes, rate=rate, patience=patience, seed=seed, sentences=sentences,
    )  # fmt: skip
    emit({"out": str(out), "curves": str(log.curves(out)), **figures})
    return OK
