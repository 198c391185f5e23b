"""`medgraph ingest`: documents."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.common import json_option, quiet_option
from ingest.sources.detect import DOCUMENT_FORMATS


@click.command("ingest", short_help="Read documents into the graph and the passages.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(DOCUMENT_FORMATS),
    help="Read every file as this format, not what its content says.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after N records.")
@click.option(
    "--access",
    multiple=True,
    metavar="LABEL",
    help="Label documents that carry no label of their own, such as patient:42. Repeatable. Default: public.",
)
@quiet_option
@json_option
def command(
    paths: tuple[Path, ...],
    format_: str | None,
    limit: int | None,
    access: tuple[str, ...],
    quiet: bool,
    as_json: bool,
) -> int:
    """Read documents from files and folders: PubMed XML, PMC full text, JSON Lines, text, Markdown, HTML, PDF, DOCX,
    PubTator, BioC, FHIR; gzip is unpacked.

    What is done is skipped, so an ingestion that was interrupted goes on where it stopped. A record that cannot be
    read is named and counted, and the exit code is then 4.

    \b
    medgraph ingest pubmed26n0001.xml.gz
    medgraph ingest --limit 2000 --json baseline/
    medgraph ingest --access patient:42 letters/
    """
    import time

    from api import work
    from api.cli.common import another_is_running, emit, opened, print_tally, tally_body
    from api.cli.progress import Meter
    from api.problems import OK, SOME_FAILED
    from api.settings import labels
    from ingest.model import Tally

    phases = {
        work.READING_NAMES: "reading the names of the graph",
        work.BEGINNING: "ingest",
        work.SAVING: "saving the index",
    }
    labelled = labels(access) or None
    began = time.monotonic()
    tally = Tally()
    with opened() as parts, Meter("opening the stores", total=limit, quiet=quiet) as meter:
        for progress in work.ingest(
            parts, paths, format=format_, access=labelled, limit=limit, waiting=another_is_running
        ):
            tally = progress.done
            if progress.stage in phases:
                meter.phase(phases[progress.stage])
            elif progress.file and progress.stage != "done":
                failed = f" · {tally.failures:,} failed" if tally.failures else ""
                meter.tick(tally.read, f"{Path(progress.file).name}{failed}")
    if as_json:
        emit(tally_body(tally))
    else:
        print_tally(tally, time.monotonic() - began)
    return SOME_FAILED if tally.failed else OK
