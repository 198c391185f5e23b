"""`medgraph audit`: the trail of who did what, and whether it is as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from api.cli.common import json_option

if TYPE_CHECKING:
    from api.audit.trail import Trail


@click.group("audit", short_help="Show the trail of who did what, and verify that it is whole.")
def command() -> None:
    """Every request to the server and every command leaves a line under MEDGRAPH_HOME/audit: who, when, for what, which
    ids, how many were added or deleted. No word of a question, a document or a record is in it: a question stands as a
    keyed hash. Each line is sealed with the secret in MEDGRAPH_AUDIT_KEY (default: MEDGRAPH_HOME/audit.key) together
    with the line before it. MEDGRAPH_AUDIT=false keeps none.

    What this proves: whoever can write the files and lacks the secret cannot change, drop, insert or move a line
    unseen, nor cut lines off the end that `head` has told. Keep the secret, or what `head` prints, on another machine.

    \b
    medgraph audit verify
    medgraph audit show --patient 42
    """


@command.command("verify", short_help="Find lines changed, dropped or out of order.")
@click.option("--head", "told", metavar="N:SEAL", default="", help="What `audit head` printed once: it must be there.")
@json_option
def verify_command(told: str, as_json: bool) -> int:
    """Look at every line. The exit code is 7 where one is not as it was written, or is missing."""
    from api.audit.verify import verify
    from api.cli.common import clean, emit
    from api.problems import CORRUPT, OK

    verdict = verify(_trail(), told)
    if as_json:
        head = f"{verdict.head.n}:{verdict.head.seal}" if verdict.head else None
        faults = [{"file": fault.file, "line": fault.line, "what": fault.what} for fault in verdict.faults]
        whole = {"whole": not faults, "lines": verdict.lines, "files": verdict.files, "first": verdict.first}
        emit({**whole, "head": head, "faults": faults})
    else:
        click.echo(f"{verdict.lines:,} lines in {verdict.files:,} files")
        for fault in verdict.faults:
            where = f"{fault.file}, line {fault.line}: " if fault.line else f"{fault.file}: " if fault.file else ""
            click.echo(clean(f"{where}{fault.what}"))
        if not verdict.faults:
            click.echo("nothing is changed, dropped or out of order")
    return CORRUPT if verdict.faults else OK


@command.command("head", short_help="Print how far the trail is, to be kept elsewhere.")
def head_command() -> None:
    """Print number and seal of the last line as N:SEAL. Kept on another machine, it proves to `verify --head` that
    nothing up to there was taken away since."""
    head = _trail().head()
    if head is not None:
        click.echo(f"{head.n}:{head.seal}")


@command.command("show", short_help="Show lines of the trail.")
@click.option("--key", "caller", metavar="NAME", default="", help="Of this caller.")
@click.option("--id", "id", metavar="ID", default="", help="That touched this document, entity or patient.")
@click.option("--patient", metavar="LABEL", default="", help="That touched this patient (42 or patient:42).")
@click.option("--request", metavar="ID", default="", help="Of this request (its X-Request-ID).")
@click.option("--question", metavar="TEXT", default="", help="That asked exactly this.")
@click.option("--since", metavar="DAY", default="", help="From this day on, YYYY-MM-DD, in UTC.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="The last so many.")
@json_option
def show_command(limit: int, as_json: bool, **wanted: str) -> None:
    """Print lines, the oldest first. `verify` says whether they can be believed."""
    from collections import deque

    from api.cli.common import clean, emit

    trail = _trail()
    rows = deque((row for row in trail.entries() if _is_wanted(trail, row, **wanted)), maxlen=limit)
    if as_json:
        emit({"lines": list(rows)})
        return
    for row in rows:
        what = row.get("command") or f"{row.get('method', '')} {row.get('route', '')} {row.get('status', '')}".strip()
        touched = ", ".join(row.get("touched", ())[:5])
        more = f" of {row['of']}" if row.get("of", 0) > 5 else ""
        counts = ", ".join(f"{number} {name}" for name, number in row.get("counts", {}).items())
        parts = [row.get("time", ""), row.get("caller", ""), row.get("purpose", ""), row.get("event", ""), what]
        click.echo(clean("  ".join(part for part in (*parts, counts, touched + more) if part)))


@command.command("prune", short_help="Remove old files of the trail.")
@click.argument("day")
def prune_command(day: str) -> None:
    """Remove whole files that hold nothing of DAY (YYYY-MM-DD, in UTC) or later, and say so in the trail: what is left
    can be verified. Copy them first if they must be kept."""
    from datetime import date

    try:
        date.fromisoformat(day)
    except ValueError:
        raise click.BadParameter("is no day such as 2026-01-31", param_hint="DAY") from None
    click.echo(f"{_trail().prune(day):,} files removed")


def _trail() -> Trail:
    from api.home import open_trail
    from api.settings import Settings

    settings = Settings.read()
    trail = open_trail(settings.model_copy(update={"audit": True}))
    assert trail is not None  # noqa: S101  # one is asked for
    return trail


def _is_wanted(
    trail: Trail,
    row: dict[str, Any],
    *,
    caller: str,
    id: str,
    patient: str,
    request: str,
    question: str,
    since: str,
) -> bool:
    from api.audit.chain import hidden
    from api.audit.entries import shown_id
    from api.patients import label_of

    ids = [shown_id(trail, one) for one in (id, label_of(patient) if patient else "") if one]
    return (
        caller in ("", row.get("caller"))
        and request in ("", row.get("request"))
        and str(row.get("time", "")) >= since
        and all(one in row.get("touched", ()) for one in ids)
        and (not question or row.get("question") == hidden(trail.key, question))
    )
