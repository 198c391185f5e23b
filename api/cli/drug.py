"""`medgraph drug`: all that is known of one drug."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.common import access_options, json_option, utf8

if TYPE_CHECKING:
    from typing import Literal

    from qa.drugs.page.model import Section

_SECTIONS = (
    "classes", "products", "authorisations", "indications", "denied", "mechanisms", "targets", "enzymes", "expression",
    "effects", "contraindications", "circumstances", "allergies", "genotypes", "interactions", "follows",
    "alternatives",
)  # fmt: skip


def _words(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    words = tuple(utf8(ctx, param, value).strip() for value in values)
    if not all(words):
        raise click.BadParameter("an empty name")
    return words


taken_option = click.option(
    "--without-interaction-with",
    "taken",
    multiple=True,
    metavar="DRUG",
    callback=_words,
    help="A drug that is taken: what interacts gravely with it is told apart. Repeatable.",
)
drug_licence_option = click.option(
    "--licence",
    type=click.Choice(["open", "all"]),
    default="open",
    show_default=True,
    help="`all` also reads sources whose licence restricts what they may be used for.",
)
language_option = click.option(
    "--language", type=click.Choice(["en", "zh"]), help="Of what is said; default: that of the name."
)


@click.command("drug", short_help="All that is known of one drug.")
@click.argument("name", nargs=-1, required=True, callback=_words)
@click.option(
    "--section",
    "sections",
    multiple=True,
    type=click.Choice(_SECTIONS),
    help="Only this section, and all of it. Repeatable.",
)
@click.option("--all", "whole", is_flag=True, help="All of every section.")
@taken_option
@drug_licence_option
@language_option
@access_options
@json_option
def command(
    name: tuple[str, ...],
    sections: tuple[Section, ...],
    whole: bool,
    taken: tuple[str, ...],
    licence: str,
    language: Literal["en", "zh"] | None,
    access: tuple[str, ...],
    all_access: bool,
    as_json: bool,
) -> int:
    """Show all that is known of a drug: names and codes, classes, indications with what they rest on, mechanism,
    targets and enzymes, side effects with how often, what speaks against it, advice by genotype, interactions by
    severity, and alternatives, each with the source that states it.

    NAME is a generic or brand name in either language, a class, or an id. A table shows the first of each section and
    says how many more there are; --section shows all of one, --all and --json everything.

    \b
    medgraph drug warfarin
    medgraph drug 阿莫西林 --section effects
    medgraph drug ibuprofen --section alternatives --without-interaction-with warfarin
    medgraph drug DRUGBANK:DB00619 --json

    The exit code is 8 where no drug is named so; the nearest names are told, or what is named so instead.
    """
    from api import drug_pages, problems
    from api.cli.common import emit, opened
    from api.cli.drug_table import show
    from api.cli.drugs_check import _labels

    with opened() as parts:
        labels = _labels(parts, access, all_access, licence)
        result = drug_pages.page(parts, drug_pages.Asked(" ".join(name), labels, taken, language), sections)
    if as_json:
        emit(result.model_dump())
    else:
        show(result, whole=whole or bool(sections), only=bool(sections))
    return problems.OK
