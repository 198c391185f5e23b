"""`medgraph unload`: curated sources, exactly."""

from __future__ import annotations

import click

from api.cli.common import json_option


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
    if as_json:
        emit({"unloaded": unloaded.count, "missing": list(unloaded.missing)})
    else:
        click.echo(f"{unloaded.count:,} unloaded")
        for id in unloaded.missing:
            note(f"no curated source: {id}")
    return NOT_FOUND if unloaded.missing else OK
