"""`medgraph check`: what is configured, reachable, missing; and what of a patient's record joined the graph."""

from __future__ import annotations

import click

from api.cli.common import json_option


@click.command("check", short_help="Say what is configured, reachable and missing.")
@click.option(
    "--patient",
    metavar="LABEL",
    help="List instead what of this patient's record (42 or patient:42) joined nothing in the graph.",
)
@json_option
def command(patient: str | None, as_json: bool) -> int:
    """Look at every part that the settings name: home, graph, passages, encoder, index, language model, server. The
    exit code is 5 when something that is needed cannot be reached. `exposed` warns that others on this machine may
    read what is kept, and names the command that mends it.

    With `--patient`, count what of a patient's record is the graph's own, and name what is not, by kind of statement.

    \b
    medgraph check
    medgraph check --patient 42
    """
    if patient is not None:
        _of_patient(patient, as_json)
        return 0
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


def _of_patient(patient: str, as_json: bool) -> None:
    from api.cli.common import clean, emit, opened
    from api.patients import joined, label_of

    with opened() as parts:
        kinds = joined(parts.graph(), label_of(patient))
    if as_json:
        emit({"patient": label_of(patient), "kinds": [kind.model_dump() for kind in kinds]})
        return
    for kind in kinds:
        click.echo(clean(f"{kind.predicate:<16}{kind.joined:,} joined, {len(kind.missing):,} not"))
        for id, name in kind.missing.items():
            click.echo(clean(f"{'':<16}{name} ({id})"))
