"""`medgraph neighbours`: the relations of an entity."""

from __future__ import annotations

import click

from api.cli.common import access_options, json_option, utf8


@click.command("neighbours", short_help="Show the relations of an entity.")
@click.argument("entity", callback=utf8)
@click.option(
    "--predicate", "predicates", multiple=True, metavar="NAME", help="Only this relation, such as treats. Repeatable."
)
@click.option("--type", "kind", metavar="TYPE", help="Only entities of this type at the other end, such as Drug.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, metavar="N", help="How many.")
@click.option("--language", type=click.Choice(["en", "zh"]), help="Of the names; default: that of the entity's.")
@click.option("--offset", type=click.IntRange(0, 10**9), default=0, metavar="N", help="Leave out the first N.")
@access_options
@json_option
def command(
    entity: str,
    predicates: tuple[str, ...],
    kind: str | None,
    limit: int,
    offset: int,
    language: str | None,
    access: tuple[str, ...],
    all_access: bool,
    as_json: bool,
) -> None:
    """Show the relations of an entity, given by id or exact name (the best that bears it; the others are named): how
    many assertions speak for and against each, from how many sources.

    \b
    medgraph neighbours "Marfan syndrome" --predicate has_phenotype
    medgraph neighbours HP:0001519 --type Disease --limit 5 --json
    """
    from api.cli.common import clean, emit, opened, print_also, seen
    from api.lookup import find, neighbours
    from graph.schema import check_predicate, check_type
    from graph.view import GraphView
    from text.names import is_chinese

    reader = seen(access, all_access)
    for predicate in predicates:
        check_predicate(predicate)
    if kind is not None:
        check_type(kind)
    with opened() as parts:
        graph = GraphView(parts.graph(), reader)
        near = neighbours(
            graph, find(graph, entity), predicates=predicates or None, type=kind, limit=limit, offset=offset
        )
        others = graph.count_neighbours(near.entity.id) if not near.total and (predicates or kind) else 0
    if as_json:
        emit(near.model_dump())
        return
    chinese = language == "zh" or (language is None and is_chinese(entity))
    click.echo(clean(f"{near.entity.id}  {near.entity.type}  {near.entity.name_zh if chinese else near.entity.name}"))
    print_also(near.also)
    for neighbour in near.neighbours:
        arrow = "→" if neighbour.subject == near.entity.id else "←"
        sources = f"{neighbour.sources} source{'s' * (neighbour.sources != 1)}"
        counts = f"for {neighbour.affirmed}, against {neighbour.negated}, {sources}"
        other = neighbour.other
        name = other.name_zh if chinese else other.name
        click.echo(clean(f"  {arrow} {neighbour.predicate:<20} {other.id:<16} {name}  ({counts})"))
    behind = near.total - offset - len(near.neighbours)
    if behind > 0:
        click.echo(f"  and {behind:,} more: --offset {offset + len(near.neighbours)}, or --limit {near.total}")
    elif not near.neighbours:
        click.echo("  no relations" if not near.total else f"  no more relations than {near.total:,}")
        if others:
            click.echo(f"  of this kind; of others {others:,}: leave out --predicate and --type")
        for other in near.also if not near.total else ():
            click.echo(clean(f"  of what else is named so: medgraph neighbours {other.id}"))
