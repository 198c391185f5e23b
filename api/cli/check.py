"""`medgraph check`: what is configured, reachable, missing."""

from __future__ import annotations

import click

from api.cli.common import json_option


@click.command("check", short_help="Say what is configured, reachable and missing.")
@json_option
def command(as_json: bool) -> int:
    """Look at every part that the settings name: home, graph, passages, encoder, index, language model, server. The
    exit code is 5 when something that is needed cannot be reached.
    """
    from api.checks import NEEDED, look
    from api.cli.common import clean, emit, opened
    from api.problems import OK, UNAVAILABLE

    with opened() as parts:
        checks = look(parts)
    good = all(check.state in NEEDED for check in checks)
    if as_json:
        emit({"ok": good, "checks": [check.model_dump() for check in checks]})
    else:
        for check in checks:
            click.echo(clean(f"{check.part:<16}{check.state:<13}{check.detail}"))
    return OK if good else UNAVAILABLE
