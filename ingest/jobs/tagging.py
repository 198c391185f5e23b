"""Documents in, tagged documents out: the job behind `medgraph tag`. It reads no graph and writes none.

It works in batches: what a batch gave is safe in the output before the next begins. A job that was killed is taken up
by running it again: what is safe is passed over, the rest is done.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Literal

from ingest.jobs.incoming import Incoming, Item, Passed
from ingest.model import Annotation, Document, Failure, Mention
from ingest.reading.recognition.recognizer import Span
from ingest.reading.relations.model import Relator
from ingest.reading.tagger import Annotator, Tagger
from ingest.sinks.model import Sink, Tagged, type_of
from ingest.sinks.output import Output
from ingest.vocabulary import entity_type, word
from text.language import of_text

VERSION = "tagging/1"
GIVEN = "given/1"
BATCH = 64
_LENGTH = 1_000_000
"""A batch has no more than this many characters, but for one document that is longer by itself."""
_QUIET = 1_000
"""After so many records without a batch, a job says how far it is."""

Given = Literal["mentions", "entities"]


@dataclass(frozen=True, slots=True)
class Tagging:
    """How far a job is. All numbers are of the whole output, also where an earlier run made a part of it."""

    file: str
    records: int
    """Records read; `documents + passed + len(failed)` of them, but for those that wait in a batch."""
    documents: int
    mentions: int
    relations: int
    passed: int
    """Withdrawals, of which there is nothing to write."""
    failed: tuple[Failure, ...]
    taken_up: int
    """How many of the records were done by an earlier run."""
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
    failed: list[Failure] = field(default_factory=list)

    def progress(self) -> Tagging:
        return Tagging(
            self.file, self.records, self.documents, self.mentions, self.relations, self.passed, tuple(self.failed),
            min(self.skip, self.records), time.monotonic() - self.began,
        )  # fmt: skip


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
) -> Iterator[Tagging]:
    """Tag documents and write them; yield progress after every batch, and at the end.

    `items` must be the same as in the run that is taken up. `given` and `language` are those of `mentions`, `threads`
    is that of `of`. `limit` ends the job after so many records. Raises OutputFull and OutputUnavailable, and what
    tagger and relator raise; what was written until then is safe.
    """
    known = output.counts
    run = _Run(known.get("records", 0), known.get("documents", 0), known.get("mentions", 0), known.get("relations", 0))
    waiting: list[Incoming] = []
    length = 0

    def written() -> Tagging:
        parts = [] if output.counts or run.documents else [sink.opening()]
        for tagged in of(waiting, tagger=tagger, relator=relator, given=given, language=language, threads=threads):
            parts.append(sink.document(tagged, first=run.documents == 0))
            run.documents += 1
            run.mentions += len({(m.start, m.end, type_of(m)) for m in tagged.mentions})
            run.relations += len(tagged.findings)
        counts = {
            "records": run.records, "documents": run.documents, "mentions": run.mentions, "relations": run.relations,
        }  # fmt: skip
        output.write("".join(parts), counts)
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
                run.failed.append(item)
            case Passed():
                run.passed += 1
            case Incoming() if run.records > run.skip:
                waiting.append(item)
                length += len(item.document.text)
        if len(waiting) >= batch:
            yield written()
            length = 0
        elif run.records % _QUIET == 0:
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
    """Documents with what is found in them, in order. `given` and `language` are those of `mentions`.

    In `threads` texts at once relations are looked for; the tagger has threads of its own.
    """
    found = mentions([item.document for item in items], tagger, given=given, language=language)

    def related(item: Incoming, here: list[Mention]) -> Tagged:
        text = item.document.text
        return Tagged(item.name, item.document, tuple(here), tuple(relator.find(text, here, language or of_text(text))))

    with ThreadPoolExecutor(threads, thread_name_prefix="relate") as pool:
        return list(pool.map(related, items, found))


def mentions(
    documents: Sequence[Document], tagger: Tagger, *, given: Given | None = None, language: str | None = None
) -> list[list[Mention]]:
    """The mentions of each document. `language` is ISO 639-1; None finds it out text by text.

    With `given` the annotations of a document are its mentions, and nothing else is looked for: `mentions` links and
    judges them, `entities` keeps their ids, also where there is none, and only judges them. Raises TypeError where the
    tagger then is no Annotator.
    """
    languages = [language or of_text(document.text) for document in documents]
    if given is not None:
        if not isinstance(tagger, Annotator):
            raise TypeError(f"{type(tagger).__name__} takes no given mentions")
        return [_annotated(d, tagger, given, code) for d, code in zip(documents, languages, strict=True)]
    found: list[list[Mention]] = [[] for _ in documents]
    for code in sorted(set(languages)):
        rows = [at for at, other in enumerate(languages) if other == code]
        tagged = tagger.tag([documents[at].text for at in rows], code)
        for at, one in zip(rows, tagged, strict=True):
            found[at] = one
    return found


def _annotated(document: Document, tagger: Annotator, given: Given, language: str) -> list[Mention]:
    ordered = sorted(document.annotations, key=lambda a: (a.start, a.end, word(a.type)))
    places = dict.fromkeys((a.start, a.end, word(a.type)) for a in ordered)
    if not places:
        return []
    judged = tagger.annotate(document.text, [Span(*place, 1.0) for place in places], language)
    if given == "mentions":
        return judged
    context = {(m.start, m.end): m for m in reversed(judged)}
    return [_kept(annotation, context[annotation.start, annotation.end]) for annotation in ordered]


def _kept(annotation: Annotation, judged: Mention) -> Mention:
    """The annotation as a mention, with the context that was found for it."""
    return Mention(
        annotation.start,
        annotation.end,
        annotation.surface,
        entity_type(annotation.type),
        annotation.id or None,
        1.0,
        judged.polarity,
        judged.certainty,
        judged.experiencer,
        tagger=GIVEN,
        reason="given by the input",
        label=word(annotation.type),
    )
