"""`medgraph repurpose`: drugs or targets for a disease, by the paths that lead to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from api.cli.common import access_options, json_option
from api.cli.drug import _words

if TYPE_CHECKING:
    from api.schemas.repurposing import CandidateOut, MechanismOut, ProposalOut

_STANDING = {
    "treats": ("stated to treat it", "已知用于治疗"),
    "palliates": ("stated to relieve its symptoms", "已知可缓解症状"),
    "prevents": ("stated to prevent it", "已知可预防"),
    "denied": ("stated not to treat it", "已知并不治疗"),
    "contraindicated": ("CONTRAINDICATED in it", "禁用"),
    "caution": ("to be used with caution in it", "慎用"),
    "causes": ("stated to cause it", "已知可引起该病"),
    "associated": ("stated to be associated with it", "已知相关"),
    "disputed": ("sources disagree", "来源不一致"),
}
KNOWN = 12
"""So many of what is stated already are named."""
SHOWN = 3
"""Statements of the literature shown for and against."""


@click.command("repurpose", short_help="Propose drugs or targets for a disease, by the paths that lead to it.")
@click.argument("disease", nargs=-1, required=True, callback=_words)
@click.option("--targets", is_flag=True, help="Genes in place of drugs.")
@click.option("--new", is_flag=True, help="Leave out what curated sources state already.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, metavar="N", help="How many.")
@click.option(
    "--licence",
    type=click.Choice(["open", "all"]),
    default="open",
    show_default=True,
    help="`all` also reads sources whose licence restricts what they may be used for.",
)
@click.option("--language", type=click.Choice(["en", "zh"]), help="Of what is said; default: that of the name.")
@access_options
@json_option
def command(
    disease: tuple[str, ...],
    targets: bool,
    new: bool,
    limit: int,
    licence: str,
    language: Literal["en", "zh"] | None,
    access: tuple[str, ...],
    all_access: bool,
    as_json: bool,
) -> None:
    """Rank drugs, or genes with --targets, for a disease given by id or exact name: each with the probability that a
    model gives it among all, the three paths through the graph that speak most for it, what is known already, and the
    literature for and against. Hypotheses for research, no advice.

    \b
    medgraph repurpose "multiple sclerosis"
    medgraph repurpose 痛风 --new --limit 20
    medgraph repurpose DOID:2377 --targets --json

    Needs Hetionet, or a graph like it. The exit code is 9 where the graph holds nothing that paths are made of, and 8
    for an unknown disease or one to which no path leads.
    """
    from api.cli.common import emit, opened, print_also
    from api.repurposing import propose
    from api.settings import labels
    from graph.licences import readable
    from text.names import is_chinese

    with opened() as parts:
        may = None if all_access else readable(labels(access) | {"public"}, open_only=licence == "open")
        name = " ".join(disease)
        result = propose(parts, may, name, "targets" if targets else "drugs", limit=limit, new=new)
    if as_json:
        emit(result.model_dump())
        return
    print_also(result.also)
    zh = language == "zh" or (language is None and is_chinese(name))
    show(result, zh)


def show(result: ProposalOut, zh: bool) -> None:
    """Print what is proposed, what it rests on, and what is stated already."""
    from api.cli.common import clean, paragraph

    targets = result.sought == "targets"
    name = result.disease.names.zh if zh else result.disease.names.en
    what = ("基因" if targets else "药物") if zh else ("genes" if targets else "drugs")
    heading = f"{name}：{result.compared:,} 种{what}中" if zh else f"{name}: of {result.compared:,} {what}"
    click.echo(clean(heading))
    click.echo(paragraph(_rests(result, zh), "  "))
    if result.known:
        click.echo(paragraph(_known(result, zh), "  "))
    for place, one in enumerate(result.candidates, 1):
        show_candidate(place, one, zh)
    for words in (result.thin, result.about):
        if words is not None:
            click.echo(paragraph(words.zh if zh else words.en))
    if result.closed:
        titles = ("、" if zh else ", ").join(result.closed)
        click.echo(
            paragraph(f"未读（--licence all 可读）：{titles}" if zh else f"Not read without --licence all: {titles}.")
        )


def _rests(result: ProposalOut, zh: bool) -> str:
    of = result.grounds
    if zh:
        return f"依据：已知用于治疗的药物{of.drugs}种，相关基因{of.genes}个，相似疾病{of.similar}种"
    return (
        f"what it rests on: drugs stated to treat it {of.drugs:,}, genes {of.genes:,}, diseases like it {of.similar:,}"
    )


def _known(result: ProposalOut, zh: bool) -> str:
    """What is stated already, each with its place."""
    shown = [f"{one.names.zh if zh else one.names.en} ({one.place or '-'})" for one in result.known[:KNOWN]]
    more = len(result.known) - len(shown)
    head = "已知（名次）：" if zh else "stated already (place): "
    tail = (f"，另有{more}" if zh else f", {more:,} more") if more else ""
    return head + ("、" if zh else ", ").join(shown) + tail


def show_candidate(place: int, one: CandidateOut, zh: bool) -> None:
    """Print a candidate with its paths and the literature."""
    from api.cli.common import clean, paragraph

    names = one.entity.names.zh if zh else one.entity.names.en
    standing = ("；" if zh else "; ").join(_STANDING[word][zh] for word in one.standing)
    known = standing or ("无来源述及" if zh else "stated by no curated source")
    click.echo(clean(f"{place:>3}. {names} ({one.entity.id})  {one.probability:.2%}  {known}"))
    for way in one.paths:
        click.echo(paragraph(f"{way.share:>4.0%} {way.words.zh if zh else way.words.en}", "     "))
    if one.mechanism is not None:
        click.echo(paragraph(_acts(one.mechanism, zh), "     "))
    for sign, rows in (("+", one.literature_for), ("-", one.literature_against)):
        for row in rows[:SHOWN]:
            click.echo(paragraph(f"{sign} “{row.text or row.words.en}” [{row.source.id}]", "     "))
        if len(rows) > SHOWN:
            click.echo(f"     {sign} {len(rows) - SHOWN:,} more")


def _acts(how: MechanismOut, zh: bool) -> str:
    source = f"[{how.source} {how.record}]"
    if zh:
        return f"{'作用机制' if how.own else f'或与{how.drug.names.zh}同样作用'}：{how.words.zh} {source}"
    return f"{'acts' if how.own else f'may act as {how.drug.names.en}'}: {how.words.en} {source}"
