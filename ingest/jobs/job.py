"""The whole way from files to graph and passages, resumable and idempotent.

Each batch is read, tagged, related, split, encoded; then passages with their vectors are written in one transaction,
the graph in another, and the ledger is marked last. Kill it anywhere and run it again: what is marked is skipped,
what is not is done again to the same bytes.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.model import PUBLIC
from graph.store import GraphStore
from ingest.errors import MalformedFile, UnreadableSource
from ingest.jobs import relate as relating
from ingest.jobs import split as splitting
from ingest.jobs.contribution import contribution, info, named
from ingest.jobs.ledger import Ledger
from ingest.jobs.tagging import mentions as tagged
from ingest.model import Deletion, Document, Failure, Mention, Progress, Record, Tally
from ingest.reading.relations.model import Relator
from ingest.reading.relations.patterns import Patterns
from ingest.reading.tagger import Tagger
from ingest.sources.detect import detect, documents
from ingest.sources.fhir.deidentify import Salt
from ingest.sources.files.files import walk
from retrieval.encoder import Encoder, Vectors
from retrieval.model import Passage
from retrieval.passages import PassageStore

VERSION = "job/1"
GIVEN = "given/1"
"""The tagger of mentions that the input brings."""
BATCH = 128
PATTERNS = Patterns()
QUIET = 1_000
"""After so many records of which nothing was written, a job says how far it is."""


@dataclass
class _Run:
    """What one ingestion has done so far."""

    graph: GraphStore
    passages: PassageStore
    encoder: Encoder
    tagger: Tagger
    relator: Relator
    ledger: Ledger
    pipeline: str
    writer: frozenset[str] | None
    threads: int
    file: str = ""
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    failed: list[Failure] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - began

    def progress(self, stage: str) -> Progress:
        tally = Tally(self.read, self.added, self.updated, self.unchanged, self.deleted, tuple(self.failed))
        return Progress(stage, self.file, tally, dict(self.seconds))


def pipeline_version(tagger: Tagger, relator: Relator, encoder: Encoder) -> str:
    """What reads a document, in one line: where it differs from the ledger's, the document is read again."""
    return "+".join((VERSION, splitting.VERSION, tagger.version, relating.VERSION, relator.version, encoder.name))


def ingest(
    paths: Sequence[Path],
    *,
    graph: GraphStore,
    passages: PassageStore,
    encoder: Encoder,
    tagger: Tagger,
    ledger: Ledger,
    relator: Relator = PATTERNS,
    format: str | None = None,
    access: frozenset[str] | None = None,
    writer: frozenset[str] | None = None,
    limit: int | None = None,
    batch: int = BATCH,
    threads: int = 1,
    salt: Salt | None = None,
) -> Iterator[Progress]:
    """Read documents from files and folders and write what they say; yield progress after every batch.

    `format` is one of `ingest.sources.detect.FORMATS` (None: found out per file). `access` labels the documents that
    carry no label of their own. `limit` ends the job after so many records. `threads` documents are related at once.
    `salt` gives the secret of the pseudonyms of patients, of whom no file is read without. The last Progress
    has stage `done`.

    `writer` holds the labels of whoever sends the documents (None: an administrator). A record that brings a label not
    among them, or that would replace or withdraw a document its sender may not see, is a Failure. Patients' files name
    no label but are given one: they may bring a new one.

    Raises UnreadableSource before anything is read if a path is missing. A malformed record or file is a Failure in
    the tally. Errors of the stores (unavailable, full) end the job; what was written until then stays, and the same
    call takes it up again.
    """
    files = list(walk(paths))
    if len(ledger) and (graph.stats().documents == 0 or passages.counts()[0] == 0):
        # The stores were emptied or exchanged under the ledger: what it says is done is not there.
        ledger.clear()
    pipeline = pipeline_version(tagger, relator, encoder)
    run = _Run(graph, passages, encoder, tagger, relator, ledger, pipeline, writer, threads)
    waiting: dict[str, Document] = {}
    withdrawn: list[str] = []
    for file in files:
        run.file = str(file)
        source = _records(file, format, salt)
        of_patients = writer is not None and _is_fhir(file, format)
        while limit is None or run.read < limit:
            with run.timed("read"):
                record = next(source, None)
            if record is None:
                break
            run.read += 1
            if isinstance(record, Failure):
                run.failed.append(record)
                if len(run.failed) % QUIET == 0:
                    yield run.progress("read")
                continue
            if isinstance(record, Deletion):
                yield from _write(run, waiting)
                withdrawn.append(record.id)
                if len(withdrawn) >= QUIET:
                    _withdraw(run, withdrawn)
                continue
            _withdraw(run, withdrawn)
            document = _labelled(record, access)
            if writer is not None and not of_patients and not document.access <= writer:
                run.failed.append(Failure(run.file, document.id, "brings a label that its sender does not hold"))
                continue
            if document.id in waiting:
                # The same document twice: in the order in which they come.
                yield from _write(run, waiting)
            waiting[document.id] = document
            if len(waiting) >= batch:
                yield from _write(run, waiting)
        yield from _write(run, waiting)
        _withdraw(run, withdrawn)
    yield run.progress("done")


def delete(ids: Collection[str], *, graph: GraphStore, passages: PassageStore, ledger: Ledger) -> int:
    """Remove documents with all that only they said; return how many of them were there.

    The ledger forgets first: a deletion that is killed half-way is finished by running it again, and an ingestion in
    between writes the document anew rather than trust what is left of it.
    """
    ledger.remove(ids)
    written = passages.delete(ids)
    return max(written, graph.delete(ids))


def _records(file: Path, format: str | None, salt: Salt | None) -> Iterator[Record]:
    try:
        yield from documents(file, format, salt=salt)
    except MalformedFile as error:
        yield Failure(error.file, error.record, error.reason)
    except UnreadableSource as error:
        yield Failure(str(file), "", str(error))


def _labelled(document: Document, access: frozenset[str] | None) -> Document:
    labels = access if access is not None and document.access == PUBLIC else document.access
    if labels == PUBLIC:
        return document
    # What a document that not everybody may see declares, not everybody may see either.
    entities = tuple(replace(e, access=labels) if e.access == PUBLIC else e for e in document.entities)
    return replace(document, access=labels, entities=entities)


def _is_fhir(file: Path, format: str | None) -> bool:
    try:
        return (format or detect(file)) == "fhir"
    except (MalformedFile, UnreadableSource):
        return False


def _withdraw(run: _Run, ids: list[str]) -> None:
    """Delete what the source withdraws, all in one go, and empty the list."""
    if not ids:
        return
    hidden = _hidden(run, ids)
    allowed = [id for id in ids if id not in hidden]
    there = delete(set(allowed), graph=run.graph, passages=run.passages, ledger=run.ledger) if allowed else 0
    run.deleted += there
    run.unchanged += len(allowed) - there
    ids.clear()


def _hidden(run: _Run, ids: Collection[str]) -> set[str]:
    """Those documents that are there but that the sender may not see; each is put down as a Failure."""
    if run.writer is None:
        return set()
    there = run.passages.documents(ids)
    hidden = {id for id in ids if id in there and not there[id].access & run.writer}
    reason = "a document of this id is there that its sender may not see"
    run.failed.extend(Failure(run.file, id, reason) for id in ids if id in hidden)
    return hidden


def _write(run: _Run, waiting: dict[str, Document]) -> Iterator[Progress]:
    """Write a batch and empty it."""
    for id in _hidden(run, waiting):
        del waiting[id]
    if not waiting:
        return
    done = run.ledger.get(waiting)
    new = [d for d in waiting.values() if done.get(d.id) != (d.hash, run.pipeline)]
    if new:
        _write_documents(run, new)
    run.unchanged += len(waiting) - len(new)
    run.updated += sum(document.id in done for document in new)
    run.added += sum(document.id not in done for document in new)
    waiting.clear()
    yield run.progress("write")


def _write_documents(run: _Run, documents: list[Document]) -> None:
    with run.timed("tag"):
        found = _mentions(run.tagger, documents)
    with run.timed("split"):
        cut = [
            [named(passage, mentions) for passage in splitting.split(document)]
            for document, mentions in zip(documents, found, strict=True)
        ]
    # A trained relator reads several documents side by side.
    with run.timed("relate"), ThreadPoolExecutor(run.threads, thread_name_prefix="relate") as pool:
        contributions = list(
            pool.map(
                lambda document, mentions, pieces: contribution(
                    document, mentions, pieces, run.relator, run.tagger.entity
                ),
                documents,
                found,
                cut,
            )
        )
    with run.timed("encode"):
        vectors = _encoded(run.encoder, documents, cut)
    with run.timed("passages"):
        run.passages.replace(
            [(info(d), pieces, v) for d, pieces, v in zip(documents, cut, vectors, strict=True)],
            encoder=run.encoder.name,
        )
    with run.timed("graph"):
        run.graph.replace(contributions)
    with run.timed("ledger"):
        run.ledger.put([(document.id, document.hash, run.pipeline) for document in documents])


def _mentions(tagger: Tagger, documents: list[Document]) -> list[list[Mention]]:
    """Annotations that the input gives are taken as they are; other documents are tagged, all of them together."""
    bare = [document for document in documents if not document.annotations]
    read = iter(tagged(bare, tagger))
    return [_given(document) if document.annotations else next(read) for document in documents]


def _given(document: Document) -> list[Mention]:
    return [
        Mention(a.start, a.end, a.surface, a.type, a.id or None, 1.0, tagger=GIVEN, reason="given by the input")
        for a in sorted(document.annotations, key=lambda a: (a.start, a.end, a.id))
    ]


def _encoded(encoder: Encoder, documents: list[Document], cut: list[list[Passage]]) -> list[Vectors]:
    """Vectors by document. A passage is encoded with its document's title before it, which says what it is about."""
    texts = [
        passage.text if passage.start == 0 or not document.title else f"{document.title}\n{passage.text}"
        for document, pieces in zip(documents, cut, strict=True)
        for passage in pieces
    ]
    rows = encoder.encode(texts, "passage")
    vectors = []
    at = 0
    for pieces in cut:
        vectors.append(rows[at : at + len(pieces)])
        at += len(pieces)
    return vectors
