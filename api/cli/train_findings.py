"""`medgraph train findings`: the weights that say what a study found."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.training import out_option


@click.command("findings")
@click.option(
    "--labels",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="A line of JSON for each document: its id, the verdict of its conclusion, and the question where it has none.",
)
@click.option(
    "--abstracts",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="Their titles and abstracts: lines of JSON with pmid, title and abstract, gzip.",
)
@out_option
def command(labels: Path, abstracts: Path, out: Path) -> int:
    """Learn what in a conclusion speaks for yes, no or maybe: a multinomial regression. Needs scipy."""
    from api.cli.common import emit
    from api.errors import MissingExtra
    from api.extras import install
    from api.problems import OK

    try:
        import scipy  # noqa: F401  (it is imported where the weights are fitted)
    except ModuleNotFoundError as error:
        raise MissingExtra(f"training needs scipy: {install('models')}") from error
    from training.findings.learn import learn

    emit({"out": str(out), **learn(labels, abstracts, out)})
    return OK
