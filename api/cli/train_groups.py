"""`medgraph train disease-groups`: the weights that say which groups of diseases a text speaks of."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.training import out_option, seed_option


@click.command("disease-groups")
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="A folder with graph/hpo, graph/mondo, graph/mesh, literature/medquad and dialogue/CMDD.",
)
@out_option
@click.option(
    "--patients", type=click.IntRange(1), default=10, show_default=True, help="Texts of a condition in each language."
)
@seed_option
def command(data: Path, out: Path, patients: int, seed: int) -> int:
    """Learn which words speak for which group of diseases: a logistic model over texts of simulated patients, answers
    of MedQuAD and dialogues of CMDD, judged on diseases it has not seen. Needs no torch."""
    from api.cli.common import emit
    from api.errors import MissingExtra
    from api.extras import install
    from api.problems import OK

    try:
        import sklearn  # noqa: F401  (it is imported where the model is fitted)
    except ModuleNotFoundError as error:
        raise MissingExtra(f"training needs scikit-learn: {install('models')}") from error
    from training.groups.learn import learn

    emit({"out": str(out), **learn(data, out, seed=seed, count=patients)})
    return OK
