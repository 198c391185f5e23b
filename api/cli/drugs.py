"""`medgraph drugs`: what is known of drugs; one module a command."""

from __future__ import annotations

import click

from api.cli.common import Commands

COMMANDS = {
    "check": "api.cli.drugs_check",
}


@click.group(
    "drugs", cls=Commands, modules=COMMANDS, short_help="Check drugs together, and what else is asked of drugs."
)
def command() -> None:
    """What is known of drugs, from sources that are named, with what follows from classes and enzymes marked as
    derived. What no source has is said to be not found, which is no proof of safety.

    \b
    medgraph drugs check warfarin "aspirin 100 mg" 胺碘酮
    """
