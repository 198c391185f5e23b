"""A batch of `medgraph differential`: phenopackets of folders, one JSON line a case."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from api import cases, problems
from api import differential as ranking
from api.cli.common import emit, note, opened, seen
from api.cli.progress import Meter
from ingest.errors import UnreadableSource
from qa.differential.model import Impossible, Told


def batch(
    paths: Sequence[Path], papers: frozenset[str], own: bool, limit: int, language: Any, reader: tuple[Any, Any, Any]
) -> int:
    """Rank every phenopacket of these folders and files; `own` leaves out what the papers of each state. A file that
    cannot be read or ranked is named on stderr, and the others are ranked. Returns the exit code."""
    if not paths:
        raise click.UsageError("name a folder of phenopackets")
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise click.UsageError(f"no such file or folder: {missing[0]}")
    files = list(dict.fromkeys(file for path in paths for file in _files(path)))
    if not files:
        raise UnreadableSource(f"no phenopacket (*.json) in {', '.join(map(str, paths))}")
    for name, many in Counter(file.stem for file in files).items():
        if many > 1:
            note(f"{many} files are called {name}: their lines cannot be told apart")
    failed = empty = 0
    with opened() as parts, Meter("ranking", total=len(files), quiet=not sys.stderr.isatty()) as meter:
        request = ranking.Request(Told(), seen(*reader), language=language, limit=limit)
        for place, file in enumerate(files):
            meter.tick(place)
            try:
                packet = cases.of_phenopacket(file)
                without = papers | (packet.papers if own else frozenset())
                ranked = ranking.line(parts, file.stem, replace(request, told=replace(packet.told, papers=without)))
            except (UnreadableSource, Impossible) as error:
                failed += 1
                note(f"failed: {file}: {str(error).removeprefix(f'{file}: ').removeprefix(f'{file.name}: ')}")
                continue
            if "error" in ranked:
                empty += 1
                note(f"nothing ranked: {file}: {ranked['error']}")
            emit(ranked)
    sys.stdout.flush()
    if failed:
        note(f"{failed:,} of {len(files):,} could not be read")
    if failed == len(files):
        return problems.BAD_INPUT
    if empty == len(files):
        return problems.NOT_FOUND
    return problems.SOME_FAILED if failed or empty else problems.OK


def _files(path: Path) -> Iterator[Path]:
    """The phenopackets of a folder and of those within, by name; a file itself."""
    if path.is_dir():
        yield from sorted(file for file in path.rglob("*.json") if not file.is_dir())
    else:
        yield path
