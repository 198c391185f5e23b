"""What a load would state, in words, without writing anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.common import clean, emit, print_failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.model import Assertion
    from ingest.model import CuratedRecord
    from ingest.sources.curated.table_map import TableMap

SHOWN = 10
"""How many facts are shown."""


def rehearse(files: list[Path], *, format: str | None, mapping: TableMap | None, as_json: bool) -> int:
    """Read the files to their end, print the first facts and every failure; the exit code."""
    from api.problems import OK, SOME_FAILED
    from graph.model import Assertion, Entity
    from ingest.model import Failure

    names: dict[str, str] = {}
    facts: list[str] = []
    count, failed = 0, 0
    failures: list[dict[str, str]] = []
    for record in _records(files, format, mapping):
        match record:
            case Entity() if len(facts) < SHOWN:
                names[record.id] = record.name
            case Assertion():
                count += 1
                if len(facts) < SHOWN:
                    facts.append(_words(record, names))
            case Failure():
                failed += 1
                if as_json:
                    failures.append({"file": record.file, "record": record.record, "reason": record.reason})
                else:
                    print_failure(record)
            case _:
                pass
    if as_json:
        emit({"facts": facts, "assertions": count, "failed": failures})
    else:
        for fact in facts:
            click.echo(clean(fact))
        click.echo(f"{count:,} assertions, {failed:,} failed; nothing was written")
    return SOME_FAILED if failed else OK


def _records(files: list[Path], format: str | None, mapping: TableMap | None) -> Iterator[CuratedRecord]:
    from ingest.jobs.progress import surviving
    from ingest.sources.curated import table
    from ingest.sources.detect import curated
    from ingest.sources.files.company import accompanies
    from ingest.sources.files.files import walk

    for path in files:
        for file in walk([path]):
            if file == path or not accompanies(file):
                records = curated(file, format) if mapping is None else table.read(file, mapping)
                yield from surviving(records, file)


def _words(assertion: Assertion, names: dict[str, str]) -> str:
    from qa.evidence.wording import fact

    ends = [f"{names[id]} ({id})" if id in names else id for id in (assertion.subject, assertion.object)]
    told = fact(
        assertion.predicate,
        *ends,
        negated=assertion.polarity == "negated",
        certainty=assertion.certainty,
        language="en",
    )
    qualifiers = "; ".join(f"{key}: {value}" for key, value in assertion.qualifiers)
    return f"{told}{f' [{qualifiers}]' if qualifiers else ''} ({assertion.source}, {assertion.record})"
