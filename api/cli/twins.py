"""`medgraph twins`: what two vocabularies call by one name, and no mapping joins."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.common import json_option

if TYPE_CHECKING:
    from api.wiring import Parts
    from graph.twins import Twins


@click.command("twins", short_help="List what bears one name but is not mapped; accept it.")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option("--type", "kind", metavar="TYPE", help="Only entities of this type, such as Disease.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="How many; all by default.")
@click.option("--accept", is_flag=True, help="Take all candidates between the given ids for one concept each.")
@click.option(
    "--all-above",
    type=click.FloatRange(0, 1),
    metavar="X",
    help="Take all candidates of at least this confidence for one concept each.",
)
@json_option
def command(
    ids: tuple[str, ...], kind: str | None, limit: int | None, accept: bool, all_above: float | None, as_json: bool
) -> None:
    """List pairs of one name and type that no mapping joins, as rows of SSSOM, the likeliest first, each with what
    speaks for and against it. Names alone merge nothing: look at them, then accept some.

    What is accepted is written to local.sssom.tsv in MEDGRAPH_HOME and loaded as the source `local`.

    \b
    medgraph twins --type Disease
    medgraph twins --accept MONDO:0005148 MESH:D003924
    medgraph twins --all-above 0.9
    """
    from api import twins as local
    from api import work
    from api.cli.common import another_is_running, clean, emit, opened
    from graph.schema import check_type
    from graph.twins import twins

    if accept != bool(ids):
        raise click.UsageError("--accept takes the ids of what is one concept, and ids are given with --accept alone")
    if kind is not None:
        check_type(kind)
    with opened() as parts:
        every = twins(parts.graph(), type=kind)
        if not accept and all_above is None:
            rows = [local.row(pair) for pair in every[:limit]]
            if as_json:
                emit({"twins": [dict(zip(local.COLUMNS, row, strict=True)) for row in rows], "total": len(every)})
                return
            for row in (local.COLUMNS, *rows):
                click.echo("\t".join(map(clean, row)))
            return
        chosen = [
            (pair, by_hand)
            for pair in every
            if (by_hand := {pair.other.id, pair.canonical.id} <= set(ids))
            or (all_above is not None and pair.confidence >= all_above)
        ]
        path = _accept(parts, chosen)
        *_, last = work.load(parts, [path], waiting=another_is_running)
    refused = [] if last.merged is None else [match for match in last.merged.refused if match.source == "local"]
    if as_json:
        emit({"accepted": len(chosen), "file": str(path), "refused": [match.refused for match in refused]})
        return
    click.echo(f"{len(chosen):,} accepted into {path}")
    for match in refused:
        click.echo(clean(f"not followed: {match.other} = {match.canonical}: {match.refused}"))


def _accept(parts: Parts, chosen: Sequence[tuple[Twins, bool]]) -> Path:
    """Write candidates, and of each whether somebody has looked at it, to the home's own file; return where it is."""
    from api import twins as local
    from api.home import home
    from graph.model import PUBLIC

    ids = {entity.id for pair, _ in chosen for entity in (pair.other, pair.canonical)}
    public = parts.graph().entities(ids, access=PUBLIC)
    rows = [local.row(local.public(pair, public), by_hand=by_hand) for pair, by_hand in chosen]
    return local.accept(home(parts.settings), rows)
