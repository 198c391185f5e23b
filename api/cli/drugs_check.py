"""`medgraph drugs check`: every pair of some drugs, duplicates, and what speaks against one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.common import access_options, json_option, utf8

if TYPE_CHECKING:
    from typing import Literal

    from api.drugs import Request
    from api.wiring import Parts


def _words(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    words = tuple(utf8(ctx, param, value).strip() for value in values)
    if not all(words):
        raise click.BadParameter("an empty name")
    return words


def _genotypes(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    parted = [utf8(ctx, param, value).partition("=") for value in values]
    if any(not gene.strip() or not value.strip() for gene, _, value in parted):
        raise click.BadParameter('write GENE=VALUE, such as "CYP2C19=Poor Metabolizer"')
    return {gene.strip(): value.strip() for gene, _, value in parted}


@click.command("check", short_help="Every pair of some drugs, duplicates, and what speaks against one.")
@click.argument("drugs", nargs=-1, metavar="[DRUG...]", callback=_words)
@click.option("--patient", metavar="LABEL", help="Add what the record of this patient (42 or patient:42) says.")
@click.option(
    "--bundle",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Add what a FHIR R4 file of one patient says; nothing of it is kept.",
)
@click.option("--condition", "conditions", multiple=True, metavar="NAME", callback=_words, help="What the person has.")
@click.option(
    "--allergy", "allergies", multiple=True, metavar="NAME", callback=_words, help="A drug, class or other allergen."
)
@click.option("--age", type=click.FloatRange(0, 130), metavar="YEARS", help="In years; 0.5 is six months.")
@click.option("--pregnant", is_flag=True, help="The person is pregnant.")
@click.option("--lactating", is_flag=True, help="The person breastfeeds.")
@click.option("--egfr", type=click.FloatRange(0, 300), metavar="ML/MIN", help="Kidney function, per 1.73 m².")
@click.option("--liver", type=click.Choice(["impaired", "severe"]), help="How far liver function is impaired.")
@click.option(
    "--genotype",
    "genotypes",
    multiple=True,
    metavar="GENE=VALUE",
    callback=_genotypes,
    help='Such as "CYP2C19=Poor Metabolizer" or "CYP2C19=*2/*2". Repeatable, as --condition and --allergy are.',
)
@click.option(
    "--licence",
    type=click.Choice(["open", "all"]),
    default="open",
    show_default=True,
    help="`all` also searches sources whose licence restricts what they may be used for.",
)
@click.option("--language", type=click.Choice(["en", "zh"]), help="Of what is said; default: that of the names.")
@click.option("--all", "whole", is_flag=True, help="Unfold what is minor or not graded, and every statement.")
@access_options
@json_option
def command(
    drugs: tuple[str, ...],
    patient: str | None,
    bundle: Path | None,
    conditions: tuple[str, ...],
    allergies: tuple[str, ...],
    age: float | None,
    pregnant: bool,
    lactating: bool,
    egfr: float | None,
    liver: Literal["impaired", "severe"] | None,
    genotypes: dict[str, str],
    licence: str,
    language: Literal["en", "zh"] | None,
    whole: bool,
    access: tuple[str, ...],
    all_access: bool,
    as_json: bool,
) -> int:
    """Check drugs together. A DRUG is a generic or brand name in either language, a preparation with dose and route, a
    class, or an id (DRUGBANK:DB00682, ATC:B01AA03, RXNORM:11289). At most 200.

    Every pair is told, found or not, the worst first: what each source states, on one scale and in its own word; what
    follows from classes and enzymes, marked as derived; and what no source has, which is no proof of safety. A name
    that nothing bears is told with the nearest, and was not checked.

    \b
    medgraph drugs check warfarin "aspirin 100 mg" 胺碘酮
    medgraph drugs check metformin ibuprofen --egfr 28 --age 81 --condition asthma
    medgraph drugs check clarithromycin --patient 42 --licence all
    medgraph drugs check --bundle chart.json --json

    The exit code is 9 where no source of interactions is loaded, or none that the licence opens; 8 where no drug is
    known, or no such patient; 4 where a record of the bundle could not be read (what could is checked); 3 where the
    file cannot be read; 2 for no drug at all, or for more than 200. A name that is unknown among others leaves it at 0.
    """
    from api import drugs as checking
    from api import problems, records
    from api.cli.common import emit, note, opened
    from api.cli.drugs_table import show
    from api.schemas.state import FailureOut
    from qa.drugs.check import MOST
    from qa.drugs.person import Person

    if not drugs and patient is None and bundle is None:
        raise click.UsageError("name at least one drug, or --patient or --bundle")
    person = Person(
        conditions=conditions,
        allergies=allergies,
        age=age,
        pregnant=pregnant,
        lactating=lactating,
        egfr=egfr,
        liver=liver or "",
        genotypes=genotypes,
    )
    failed: Sequence[FailureOut] = ()
    with opened() as parts:
        request = checking.Request(drugs, person, _labels(parts, access, all_access, licence), language)
        if patient is not None:
            request = _with_patient(parts, request, patient)
        if bundle is not None:
            record, failed = checking.of_bundle(parts, bundle, request.access)
            request = request.joined(record)
        if len(request.drugs) > MOST:
            raise click.UsageError(f"{len(request.drugs)} drugs; at most {MOST} are checked together")
        result = checking.check(parts, request, failed)
    if as_json:
        emit(result.model_dump())
    else:
        show(result, whole=whole, told=request.person != Person())
    for failure in failed if not as_json else ():
        note(f"not read: {failure.file}{': ' + failure.record if failure.record else ''}: {failure.reason}")
    if not result.drugs:
        return problems.NOT_FOUND
    if not result.searched:
        return problems.NOTHING_LOADED
    unread = [failure for failure in failed if not failure.reason.endswith(records.UNREAD)]
    return problems.SOME_FAILED if unread else problems.OK


def _labels(parts: Parts, access: tuple[str, ...], all_access: bool, licence: str) -> frozenset[str]:
    """The labels to read with; whoever sees everything reads with all labels there are."""
    from api.cli.ask import all_labels
    from api.cli.common import seen
    from graph.licences import readable

    reader = seen(access, all_access, licence)
    return reader if reader is not None else readable(all_labels(parts.graph().sources()), open_only=licence == "open")


def _with_patient(parts: Parts, request: Request, patient: str) -> Request:
    from api import drugs as checking
    from api.patients import label_of
    from api.settings import labels

    (label,) = labels((label_of(patient),)) or ("",)
    return request.joined(checking.of_patient(parts, label, request.access))
