"""`medgraph train gate`: the weights that say which sentences a reader of statements is asked of."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.training import documents_of, out_option


@click.command("gate")
@click.argument("texts", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@click.option(
    "--statements",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="The folder that `train statements` wrote.",
)
@out_option
@click.option("--count", type=click.IntRange(1), default=3000, show_default=True, help="Documents to read at most.")
def command(texts: tuple[Path, ...], statements: Path, out: Path, count: int) -> int:
    """Learn which sentences the reader of --statements makes no fact of, from what it says of the documents in PATH...
    and of the sentences that were written for it.

    Put the gate.npz that is written beside the reader's weights. It passes over as many sentences as it can for one
    fact in a hundred lost, and five of one predicate, on what is held out. Needs no torch.
    """
    from itertools import islice

    from api.cli.common import emit, opened
    from api.errors import MissingExtra
    from api.extras import install
    from api.problems import OK
    from ingest.reading.statements.reader import OnnxStatements

    try:
        import sklearn  # noqa: F401  (it is imported where the model is fitted)
    except ModuleNotFoundError as error:
        raise MissingExtra(f"training needs scikit-learn: {install('models')}") from error
    from training.statements.corpora import written
    from training.statements.gate import learn
    from training.statements.learn import WRITTEN

    reader = OnnxStatements(statements)
    with opened() as parts:
        documents = islice(documents_of(texts), count)
        told = learn(reader, documents, parts.tagger(), out, written(WRITTEN[reader.language], reader.language))
    emit({"out": str(out), **told})
    return OK
