"""`medgraph load`: ontologies and curated graphs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.common import json_option, quiet_option
from ingest.sources.detect import CURATED_FORMATS

if TYPE_CHECKING:
    from ingest.model import Merged

SHOWN = 10
"""How many of the mappings that are not followed are printed."""


@click.command("load", short_help="Load ontologies and curated graphs.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "format_",
    type=click.Choice(CURATED_FORMATS),
    help="Read every file as this format, not what its content says.",
)
@quiet_option
@json_option
def command(paths: tuple[str, ...], format_: str | None, quiet: bool, as_json: bool) -> int:
    """Load ontologies and curated graphs: files or folders, or the word `lexicon` for the shipped names.

    In any order, also over several calls: mappings merge the ids of one concept whenever they come, and a statement
    about what nobody has declared yet waits for it. Loading again changes nothing.

    \b
    medgraph load hp.obo phenotype.hpoa lexicon
    medgraph load --format hetionet hetionet-v1.0/
    """
    import time

    from api import work
    from api.cli.common import another_is_running, emit, opened, print_tally, tally_body
    from api.cli.progress import Meter
    from api.problems import OK, SOME_FAILED
    from ingest.model import Tally

    began = time.monotonic()
    tally, merged = Tally(), None
    with opened() as parts, Meter("opening the graph", quiet=quiet) as meter:
        for progress in work.load(parts, _files(paths), format=format_, waiting=another_is_running):
            tally, merged = progress.done, progress.merged
            if progress.stage == work.BEGINNING:
                meter.phase("load")
            elif progress.file:
                meter.tick(tally.read, Path(progress.file).name)
        stats = parts.graph().stats()
    if as_json:
        emit({
            **tally_body(tally), "entities": stats.entities, "assertions": stats.assertions,
            **({} if merged is None else merged_body(merged)),
        })  # fmt: skip
    else:
        print_tally(tally, time.monotonic() - began)
        click.echo(f"the graph holds {stats.entities:,} entities and {stats.assertions:,} assertions")
        if merged is not None:
            _print_merged(merged)
    return SOME_FAILED if tally.failed else OK


def merged_body(merged: Merged) -> dict[str, object]:
    """What was merged, in the words of `--json`."""
    return {
        "merged": {
            "entities_before": merged.before,
            "entities_after": merged.after,
            "largest": [{"id": id, "ids": count} for id, count in merged.largest],
            "refused": [
                {
                    "other": match.other,
                    "canonical": match.canonical,
                    "source": match.source,
                    "confidence": match.confidence,
                    "justification": match.justification,
                    "reason": match.refused,
                }
                for match in merged.refused
            ],
        },
        "waiting": {
            "assertions": merged.waiting,
            "for": [{"id": id, "known": why} for id, why in merged.waited_for],
        },
    }


def _print_merged(merged: Merged) -> None:
    from api.cli.common import clean, note

    if merged.largest:
        click.echo(f"{merged.before:,} entities before, {merged.after:,} after; most ids stand for:")
        for id, count in merged.largest:
            click.echo(clean(f"  {id:<20} {count:,} ids"))
    if merged.refused:
        click.echo(f"{len(merged.refused):,} mappings are not followed:")
        for match in merged.refused[:SHOWN]:
            click.echo(clean(f"  {match.other} = {match.canonical} ({match.source}): {match.refused}"))
        if len(merged.refused) > SHOWN:
            click.echo(f"  … and {len(merged.refused) - SHOWN:,} more; --json lists them all")
    if merged.waiting:
        note(f"{merged.waiting:,} assertions wait for what nobody has declared yet, among it:")
        for id, why in merged.waited_for:
            note(f"  {id}{', ' + why if why else ''}")


def _files(words: Iterable[str]) -> list[Path]:
    from ingest.sources.curated.lexicon import shipped

    return [path for word in words for path in (shipped() if word == "lexicon" else [Path(word)])]
