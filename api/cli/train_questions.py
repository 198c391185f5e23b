"""`medgraph train questions`: the weights that say which topic a question is about."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.training import out_option, seed_option


@click.command("questions")
@click.option(
    "--written",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="A line of JSON for each question written by hand: its topic, and the names in it with their types.",
)
@out_option
@click.option("--count", type=click.IntRange(1), default=10, show_default=True, help="Questions of a template.")
@seed_option
def command(written: Path, out: Path, count: int, seed: int) -> int:
    """Learn which words speak for which topic: a logistic model over questions of templates and those written by hand,
    and over the encoder's vectors of them, judged on the latter held out. Needs no torch."""
    from api.cli.common import emit, opened
    from api.errors import MissingExtra
    from api.extras import install
    from api.problems import OK

    try:
        import sklearn  # noqa: F401  (it is imported where the model is fitted)
    except ModuleNotFoundError as error:
        raise MissingExtra(f"training needs scikit-learn: {install('models')}") from error
    from training.questions.learn import learn

    with opened() as parts:
        told = learn(written, out, parts.encoder(), seed=seed, count=count)
    emit({"out": str(out), **told})
    return OK
