"""`medgraph reindex`: the passages encoded anew."""

from __future__ import annotations

import click

from api.cli.common import json_option, quiet_option


@click.command("reindex", short_help="Encode all passages anew, after the encoder was changed.")
@quiet_option
@json_option
def command(quiet: bool, as_json: bool) -> None:
    """Encode all passages with the encoder that is set (MEDGRAPH_ENCODER), and use its vectors from then on.

    Until all are encoded the former vectors stand, and whoever searches with the former encoder goes on; at the end a
    server has to be started again. Documents are not read again. Interrupted or killed, run it again: it goes on.

    \b
    MEDGRAPH_ENCODER=BAAI/bge-small-en-v1.5 medgraph reindex
    """
    import time

    from api import work
    from api.cli.common import another_is_running, emit, opened
    from api.cli.progress import Meter

    began = time.monotonic()
    total = 0
    with opened() as parts, Meter("encoding passages", quiet=quiet) as meter:
        held = parts.passages().encoder()
        for done, total in work.reindex(parts, waiting=another_is_running):
            meter.tick(done, f"of {total:,}")
        name = parts.encoder().name
    if as_json:
        emit({"encoder": name, "former": held[0] if held else None, "passages": total})
    elif total and held:
        click.echo(f"{total:,} passages encoded by {name}, before by {held[0]}, in {time.monotonic() - began:.1f} s")
    else:
        click.echo(f"nothing to do: the vectors are those of {name}")
