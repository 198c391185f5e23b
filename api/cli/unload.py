"""`medgraph unload`: curated sources, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from api.cli.common import json_option

if TYPE_CHECKING:
    from graph.model import Source


@click.command("unload", short_help="Remove curated sources and all that only they said.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@json_option
def command(sources: tuple[str, ...], as_json: bool) -> int:
    """Remove ontologies and curated graphs by their source, such as HPOA: what is left is what there would be if they
    had never been loaded. `medgraph stats --by source` lists them. Documents are removed by `medgraph delete`.

    \b
    medgraph unload HPOA ddinter
    """
    from api import work
    from api.cli.common import another_is_running, emit, note, opened
    from api.problems import NOT_FOUND, OK

    with opened() as parts:
        unloaded = work.unload(parts, sources, waiting=another_is_running)
        there = parts.graph().sources(kind="curated") if unloaded.missing else []
    if as_json:
        emit({"unloaded": unloaded.count, "missing": list(unloaded.missing)})
    else:
        click.echo(f"{unloaded.count:,} unloaded")
        for id in unloaded.missing:
            like = _like(id, there)
            note(f"no curated source: {id}{f'; there is {like}' if like else ''}")
    return NOT_FOUND if unloaded.missing else OK


def _like(id: str, sources: Sequence[Source]) -> str:
    """The sources that may be meant: by their id in other letters, or by their title, which several may have."""
    wanted = id.lower()
    meant = [source for source in sources if source.id.lower() == wanted] or [
        source for source in sources if wanted in source.title.lower() or wanted in source.id.lower()
    ]
    more = f" and {len(meant) - 5} more" if len(meant) > 5 else ""
    return ", ".join(f"{source.id} ({source.title})" if source.title else source.id for source in meant[:5]) + more
