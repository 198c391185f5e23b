"""`medgraph paths`: how two entities hang together."""

from __future__ import annotations

import click

from api.cli.common import access_options, json_option, utf8


@click.command("paths", short_help="Show how two entities hang together, with reasons.")
@click.argument("start", callback=utf8)
@click.argument("end", callback=utf8)
@click.option("--predicate", "predicates", multiple=True, metavar="NAME", help="Follow only this relation. Repeatable.")
@click.option(
    "--not-predicate", "not_predicates", multiple=True, metavar="NAME", help="Do not follow this relation. Repeatable."
)
@click.option("--through", multiple=True, metavar="TYPE", help="Pass only entities of this type. Repeatable.")
@click.option(
    "--not-through",
    "without",
    multiple=True,
    metavar="TYPE|ENTITY",
    help="Pass no entity of this type, or not this one (id or name). Repeatable.",
)
@click.option(
    "--max-hops", type=click.IntRange(1, 8), default=4, show_default=True, metavar="N", help="Length at most."
)
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, metavar="N", help="How many.")
@click.option("--language", type=click.Choice(["en", "zh"]), help="Of the reasons; default: that of the names.")
@access_options
@json_option
def command(
    start: str,
    end: str,
    predicates: tuple[str, ...],
    not_predicates: tuple[str, ...],
    through: tuple[str, ...],
    without: tuple[str, ...],
    max_hops: int,
    limit: int,
    language: str | None,
    access: tuple[str, ...],
    all_access: bool,
    as_json: bool,
) -> None:
    """Show short paths between two entities, each given by id or exact name, with a reason for every step. Paths
    through little connected entities come first, a longer one before a shorter one through hubs.

    \b
    medgraph paths "Marfan syndrome" losartan --not-through "Autosomal dominant inheritance"
    medgraph paths metformin gout --through Gene --not-predicate covaries_with
    medgraph paths HP:0001519 HP:0001083 --max-hops 3 --json
    """
    from api.cli.common import clean, emit, opened, paragraph, print_also, seen
    from api.paths import Way, paths
    from graph.view import GraphView
    from text.names import is_chinese

    with opened() as parts:
        graph = GraphView(parts.graph(), seen(access, all_access))
        way = Way(predicates, not_predicates, through, without)
        short = paths(graph, start, end, way, max_hops=max_hops, limit=limit)
    if as_json:
        emit(short.model_dump())
        return
    print_also(short.also)
    chinese = language == "zh" or (language is None and is_chinese(start + end))
    for path in short.paths:
        names = [node.name_zh if chinese else node.name for node in path.nodes]
        line = names[0]
        for relation, before, name in zip(path.relations, path.nodes, names[1:], strict=False):
            forward = relation.subject == before.id
            line += f" —{relation.predicate}→ {name}" if forward else f" ←{relation.predicate}— {name}"
        click.echo(clean(line))
        for step, reason in zip(path.relations, path.reasons, strict=True):
            more = f", {step.affirmed + step.negated - 1} more" if step.affirmed + step.negated > 1 else ""
            where = reason.record if reason.record_urls else reason.source.id
            told = f"{reason.words.zh if chinese else reason.words.en} [{reason.source.id}"
            told += f", {where}{more}]" if where != reason.source.id else f"{more}]"
            click.echo(paragraph(told, "    "))
            if reason.text:
                click.echo(paragraph(f"“{reason.text}”", "      "))
    if not short.paths:
        click.echo(f"no path of up to {max_hops} hops")
    if len(short.paths) == limit:
        click.echo(f"there may be more: --limit {2 * limit}")
