"""Documents in, tagged documents out: the job behind `medgraph tag`. It reads no graph and writes none.

It works in batches: what a batch gave is safe in the output before the next begins. A job that was killed is taken up
by running it again: what is safe is passed over, the rest is done.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.jobs.failures import Failures
from ingest.jobs.incoming import Incoming, Item, Passed
from ingest.jobs.progress import QUIET
from ingest.jobs.steps import Given, mentions, side_by_side, topics
from ingest.model import Failure, Mention
from ingest.reading.relations.model import Relator
from ingest.reading.relations.possible import possible
from ingest.reading.tagger import Tagger
from ingest.sinks.model import Sink, Tagged, type_of
from ingest.sinks.output import Output
from text.language import of_text

VERSION = "tagging/1"
BATCH = 64
_LENGTH = 1_000_000
"""A batch has no more than this many characters, but for one document that is longer by itself."""


@dataclass(frozen=True, slots=True)
class Tagging:
    """How far a job is. All numbers are of the whole output, also where an earlier run made a part of it."""

    file: str
    records: int
    """Records read; `documents + passed + failures` of them, but for those that wait in a batch."""
    documents: int
    mentions: int
    relations: int
    passed: int
    """Withdrawals, of which there is nothing to write."""
    failures: int
    failed: tuple[Failure, ...]
    """The first thousand of the failures."""
    failures_file: str
    """Where all of them stand, if they are more than that and there is a place for them."""
    seconds: float


@dataclass
class _Run:
    """What one job has done so far; the counts are those of records, and of what is safe in the output."""

    skip: int
    documents: int
    mentions: int
    relations: int
    began: float = field(default_factory=time.monotonic)
    file: str = ""
    records: int = 0
    passed: int = 0
    failures: Failures = field(default_factory=Failures)

    def counts(self) -> dict[str, int]:
        """What the output keeps beside what is safe in it."""
        return {
            "records": self.records,
            "documents": self.documents,
            "mentions": self.mentions,
            "relations": self.relations,
        }

    def progress(self) -> Tagging:
        return Tagging(
            file=self.file,
            records=self.records,
            documents=self.documents,
            mentions=self.mentions,
            relations=self.relations,
            passed=self.passed,
            failures=self.failures.count,
            failed=tuple(self.failures.first),
            failures_file=self.failures.written(),
            seconds=time.monotonic() - self.began,
        )


def tag(
    items: Iterable[Item],
    *,
    tagger: Tagger,
    relator: Relator,
    sink: Sink,
    output: Output,
    given: Given | None = None,
    language: str | None = None,
    limit: int | None = None,
    batch: int = BATCH,
    threads: int = 1,
    failures: Path | None = None,
) -> Iterator[Tagging]:
    """Tag documents and write them; yield progress after every batch, and at the end.

    `items` must be the same as in the run that is taken up. `given` and `language` are those of `steps.mentions`,
    `threads` is that of `of`. `limit` ends the job after so many records. `failures` is the file of `Failures`.
    Raises OutputFull and OutputUnavailable, and what tagger and relator raise; what was written until then is safe.
    """
    safe = output.counts
    run = _Run(
        skip=safe.get("records", 0),
        documents=safe.get("documents", 0),
        mentions=safe.get("mentions", 0),
        relations=safe.get("relations", 0),
        failures=Failures(failures),
    )
    waiting: list[Incoming] = []
    length = 0

    def written() -> Tagging:
        parts = [] if output.counts or run.documents else [sink.opening()]
        for tagged in of(waiting, tagger=tagger, relator=relator, given=given, language=language, threads=threads):
            parts.append(sink.document(tagged, first=run.documents == 0))
            run.documents += 1
            run.mentions += len({(m.start, m.end, type_of(m)) for m in tagged.mentions})
            run.relations += len(tagged.findings)
        output.write("".join(parts), run.counts())
        waiting.clear()
        return run.progress()

    for item in items:
        if limit is not None and run.records >= limit:
            break
        if isinstance(item, Incoming) and waiting and length + len(item.document.text) > _LENGTH:
            yield written()
            length = 0
        run.records += 1
        run.file = item.file
        match item:
            case Failure():
                run.failures.add(item)
            case Passed():
                run.passed += 1
            case Incoming() if run.records > run.skip:
                waiting.append(item)
                length += len(item.document.text)
        if len(waiting) >= batch:
            yield written()
            length = 0
        elif run.records % QUIET == 0:
            yield run.progress()
    yield written()
    output.finish(sink.closing())
    yield run.progress()


def of(
    items: Sequence[Incoming],
    *,
    tagger: Tagger,
    relator: Relator,
    given: Given | None = None,
    language: str | None = None,
    threads: int = 1,
) -> list[Tagged]:
    """Documents with what is found in them, in order. `given` and `language` are those of `steps.mentions`.

    In `threads` texts at once relations are looked for; the tagger has threads of its own. Firm are those findings of
    which the graph would keep a fact.
    """
    rows = mentions([item.document for item in items], tagger, given=given, language=language)

    def related(item: Incoming, row: list[Mention], about: Mention | None) -> Tagged:
        text = item.document.text
        findings = relator.find(text, row, language or of_text(text), topic=about)
        kept = set(possible(text, row, findings))
        told = tuple(finding if finding in kept else replace(finding, firm=False) for finding in findings)
        return Tagged(item.name, item.document, tuple(row), told)

    return side_by_side(threads, related, items, rows, topics([item.document for item in items], rows, tagger))
