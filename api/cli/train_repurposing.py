"""`medgraph train repurposing`: the weights that rank drugs and targets by the paths to a disease."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.training import out_option, seed_option


@click.command("repurposing")
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="A folder of Hetionet, with nodes and edges.",
)
@out_option
@seed_option
def command(data: Path, out: Path, seed: int) -> int:
    """Learn what each kind of path says of drugs and of genes for a disease: a logistic model with an elastic net over
    degree-weighted path counts, each pair counted in a network without what its fold states. Needs no torch."""
    from api.cli.common import emit
    from api.errors import MissingExtra
    from api.extras import install
    from api.problems import OK

    try:
        import sklearn  # noqa: F401  (it is imported where the model is fitted)
    except ModuleNotFoundError as error:
        raise MissingExtra(f"training needs scikit-learn: {install('models')}") from error
    from training.repurposing.learn import learn

    emit({"out": str(out), **learn(data, out, seed=seed)})
    return OK
