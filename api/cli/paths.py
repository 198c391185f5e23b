"""`medgraph paths`: how two entities hang together."""

from __future__ import annotations

import click

from api.cli.common import access_options, json_option, utf8


@click.command("paths", short_help="Show the shortest paths between two entities.")
@click.argument("start", callback=utf8)
@click.argument("end", callback=utf8)
@click.option(
    "--max-hops", type=click.IntRange(1, 8), default=4, show_default=True, metavar="N", help="Length at most."
)
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, metavar="N", help="How many.")
@access_options
@json_option
def command(
    start: str, end: str, max_hops: int, limit: int, access: tuple[str, ...], all_access: bool, as_json: bool
) -> None:
    """Show the shortest paths between two entities, each given by id or exact name.

    \b
    medgraph paths "Marfan syndrome" losartan
    medgraph paths HP:0001519 HP:0001083 --max-hops 3 --json
    """
    from api.cli.common import clean, emit, opened, print_also, seen
    from api.lookup import find, paths
    from graph.view import GraphView

    reader = seen(access, all_access)
    with opened() as parts:
        graph = GraphView(parts.graph(), reader)
        shortest = paths(graph, find(graph, start), find(graph, end), max_hops=max_hops, limit=limit)
    if as_json:
        emit(shortest.model_dump())
        return
    print_also(shortest.also)
    for path in shortest.paths:
        line = path.nodes[0].name
        for relation, before, node in zip(path.relations, path.nodes, path.nodes[1:], strict=False):
            forward = relation.subject == before.id
            line += f" —{relation.predicate}→ {node.name}" if forward else f" ←{relation.predicate}— {node.name}"
        click.echo(clean(line))
    if not shortest.paths:
        click.echo(f"no path of up to {max_hops} hops")
