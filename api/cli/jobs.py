"""`medgraph jobs`: what was uploaded to the server, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from api.cli.common import emit, json_option, note, opened

if TYPE_CHECKING:
    from api.jobs.rows import Job
    from api.jobs.table import JobTable
    from api.jobs.uploads import Uploads


@click.group("jobs", short_help="List and cancel what was uploaded to the server.")
def command() -> None:
    """What was uploaded to the server, and how far it is. Documents that `medgraph ingest` reads are no jobs.

    \b
    medgraph jobs list
    medgraph jobs cancel 0d3c1f6e8a5b4c7d9e2f1a0b3c4d5e6f
    """


@command.command("list", short_help="List the jobs, the latest first.")
@click.option("--owner", metavar="OWNER", help="Only those that keys of this owner sent in.")
@json_option
def every(owner: str | None, as_json: bool) -> None:
    """State, owner, when a job came, its size, and what became of its records. The names of its files, which may be
    patients', are told by --json alone."""
    from api.jobs.rows import owner as whose

    with _table() as (table, _):
        jobs = [job for job in table.every() if owner is None or whose(job.writer) == owner]
    if as_json:
        emit({"jobs": [_body(job) for job in jobs]})
        return
    for job in jobs:
        tally = job.tally
        problem = "" if job.problem is None else f"  {job.problem.rpartition(':')[2]}"
        click.echo(
            f"{job.id}  {job.state:<9}  {whose(job.writer) or '-':<16}  {job.created}  {job.bytes:>13,} bytes  "
            f"{tally.read:,} read, {tally.added:,} added, {tally.updated:,} updated, {tally.failures:,} failed{problem}"
        )
    if not jobs:
        note("no jobs")


@command.command("cancel", short_help="Cancel jobs, or forget those that have ended.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@json_option
def cancel(ids: tuple[str, ...], as_json: bool) -> int:
    """Cancel what waits or runs: its files are removed, what was written until then stays. A job that has ended is
    forgotten, with the names of its files. A server that runs follows within a second."""
    from api.errors import NotFound
    from api.problems import NOT_FOUND, OK

    was, missing = {}, []
    with _table() as (table, uploads):
        for id in dict.fromkeys(ids):
            try:
                was[id] = table.cancel(id)
            except NotFound:
                missing.append(id)
                continue
            if was[id] == "queued":  # the files of one that runs are removed by the server, once it has stopped
                uploads.remove(id)
    if as_json:
        emit({"was": was, "missing": missing})
    else:
        for id, state in was.items():
            click.echo(f"{id} {'forgotten' if state in ('done', 'failed', 'cancelled') else 'cancelled'}")
        for id in missing:
            note(f"no such job: {id}")
    return NOT_FOUND if missing else OK


@contextmanager
def _table() -> Iterator[tuple[JobTable, Uploads]]:
    from api.home import home
    from api.jobs.table import JobTable
    from api.jobs.uploads import Uploads

    with opened() as parts:
        folder = home(parts.settings)
        table = JobTable(folder / "jobs.sqlite")
        try:
            yield table, Uploads(folder / "uploads")
        finally:
            table.close()


def _body(job: Job) -> dict[str, object]:
    from api.cli.common import tally_body
    from api.jobs.rows import owner

    return {
        "id": job.id,
        "state": job.state,
        "owner": owner(job.writer),
        "created": job.created,
        "started": job.started,
        "finished": job.finished,
        "attempts": job.attempts,
        "deaths": job.deaths,
        "files": list(job.files),
        "bytes": job.bytes,
        **tally_body(job.tally),
        "documents": list(job.tally.documents),
        "labels": list(job.tally.labels),
        "problem": job.problem,
    }
