"""`medgraph fingerprint`: one line over everything stored."""

from __future__ import annotations

import click


@click.command("fingerprint", short_help="Print a hash of everything stored.")
def command() -> None:
    """Print one line: a hash of graph, passages and vectors.

    It is the same for the same content, in whatever order and store it was written: ingesting A and B and then
    deleting B gives that of A.
    """
    from api.cli.common import opened
    from api.cli.progress import Meter

    with opened() as parts, Meter("reading everything stored"):
        fingerprint = parts.fingerprint()
    click.echo(fingerprint)
