"""`medgraph drugs for`: the drugs for a disease."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.common import access_options, json_option
from api.cli.drug import _words, drug_licence_option, language_option, taken_option

if TYPE_CHECKING:
    from typing import Literal

SHOWN = 25
"""So many in a table where no number is asked for."""


@click.command("for", short_help="The drugs for a disease, ranked by evidence.")
@click.argument("disease", nargs=-1, required=True, callback=_words)
@taken_option
@drug_licence_option
@language_option
@click.option("--candidates", is_flag=True, help="Also propose drugs by paths of the graph, as `medgraph repurpose`.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), metavar="N", help="How many; default: 25 in a table, all with --json."
)
@click.option("--all", "whole", is_flag=True, help="All in the table, too.")
@access_options
@json_option
def command(
    disease: tuple[str, ...],
    taken: tuple[str, ...],
    licence: str,
    language: Literal["en", "zh"] | None,
    candidates: bool,
    limit: int | None,
    whole: bool,
    access: tuple[str, ...],
    all_access: bool,
    as_json: bool,
) -> int:
    """Show the drugs that are stated to be for a disease: labelled before listed before read by machines in package
    inserts before known from literature alone, what is for the disease itself before what is for kinds of it. What a
    source says is not for it stands apart. --candidates adds what nobody states, by how the graph hangs together.

    \b
    medgraph drugs for "pulmonary embolism"
    medgraph drugs for 高血压 --without-interaction-with 锂 --without-interaction-with 布洛芬
    medgraph drugs for DOID:9352 --json
    medgraph drugs for gout --candidates

    The exit code is 8 where no disease or finding is named so, and 9 where interactions are asked about and nothing is
    loaded that could tell.
    """
    from api import drug_pages, problems
    from api.cli.common import emit, opened
    from api.cli.drugs_check import _labels
    from api.cli.uses_table import show_uses

    with opened() as parts:
        labels = _labels(parts, access, all_access, licence)
        asked = drug_pages.Asked(" ".join(disease), labels, taken, language)
        shown = limit if limit or whole or as_json else SHOWN
        result = drug_pages.uses(parts, asked, shown, candidates=candidates)
    if as_json:
        emit(result.model_dump())
    else:
        show_uses(result, whole=whole)
    return problems.OK
