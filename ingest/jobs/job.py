"""The whole way from files to graph and passages, resumable and idempotent.

Each batch is read, tagged, related, split, encoded; then passages with their vectors are written in one transaction,
the graph in another, and the ledger is marked last. Kill it anywhere and run it again: what is marked is skipped,
what is not is done again to the same bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.model import PUBLIC
from graph.store import GraphStore
from ingest.errors import MalformedFile, UnreadableSource
from ingest.jobs import relate as relating
from ingest.jobs import split as splitting
from ingest.jobs import steps
from ingest.jobs.contribution import info
from ingest.jobs.ledger import Ledger
from ingest.jobs.progress import QUIET, Count, surviving
from ingest.model import Deletion, Document, Failure, Progress, Record
from ingest.reading.relations.model import Relator
from ingest.reading.relations.patterns import Patterns
from ingest.reading.tagger import Tagger
from ingest.sources.detect import detect, documents
from ingest.sources.fhir.deidentify import Salt
from ingest.sources.files.files import walk
from retrieval.encoder import Encoder
from retrieval.passages import PassageStore

VERSION = "job/1"
BATCH = 128
PATTERNS = Patterns()


@dataclass(frozen=True)
class _Run:
    """The parts of one ingestion, and what it has done so far."""

    graph: GraphStore
    passages: PassageStore
    encoder: Encoder
    tagger: Tagger
    relator: Relator
    ledger: Ledger
    pipeline: str
    writer: frozenset[str] | None
    threads: int
    count: Count


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
    run = _Run(
        graph=graph,
        passages=passages,
        encoder=encoder,
        tagger=tagger,
        relator=relator,
        ledger=ledger,
        pipeline=pipeline_version(tagger, relator, encoder),
        writer=writer,
        threads=threads,
        count=Count(),
    )
    count = run.count
    waiting: dict[str, Document] = {}
    withdrawn: list[str] = []
    for file in files:
        count.file = str(file)
        of_patients = writer is not None and _is_fhir(file, format)
        for record in _counted(count, surviving(documents(file, format, salt=salt), file), limit):
            if isinstance(record, Failure):
                count.failed.append(record)
                if len(count.failed) % QUIET == 0:
                    yield count.progress("read")
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
                count.fail(document.id, "brings a label that its sender does not hold")
                continue
            if document.id in waiting:
                # The same document twice: in the order in which they come.
                yield from _write(run, waiting)
            waiting[document.id] = document
            if len(waiting) >= batch:
                yield from _write(run, waiting)
        yield from _write(run, waiting)
        _withdraw(run, withdrawn)
    yield count.progress("done")


def delete(ids: Collection[str], *, graph: GraphStore, passages: PassageStore, ledger: Ledger) -> int:
    """Remove documents with all that only they said; return how many of them were there.

    The ledger forgets first: a deletion that is killed half-way is finished by running it again, and an ingestion in
    between writes the document anew rather than trust what is left of it.
    """
    ledger.remove(ids)
    written = passages.delete(ids)
    return max(written, graph.delete(ids))


def _counted(count: Count, records: Iterator[Record], limit: int | None) -> Iterator[Record]:
    """The records, each counted and the reading of it timed, until `limit` are counted in all."""
    while limit is None or count.read < limit:
        with count.timed("read"):
            record = next(records, None)
        if record is None:
            return
        count.read += 1
        yield record


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
    deleted = delete(set(allowed), graph=run.graph, passages=run.passages, ledger=run.ledger) if allowed else 0
    run.count.deleted += deleted
    run.count.unchanged += len(allowed) - deleted
    ids.clear()


def _hidden(run: _Run, ids: Collection[str]) -> set[str]:
    """Those documents that are there but that the sender may not see; each is put down as a Failure."""
    if run.writer is None:
        return set()
    stored = run.passages.documents(ids)
    hidden = {id for id in ids if id in stored and not stored[id].access & run.writer}
    for id in (id for id in ids if id in hidden):
        run.count.fail(id, "a document of this id is there that its sender may not see")
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
    run.count.unchanged += len(waiting) - len(new)
    run.count.updated += sum(document.id in done for document in new)
    run.count.added += sum(document.id not in done for document in new)
    waiting.clear()
    yield run.count.progress("write")


def _write_documents(run: _Run, documents: list[Document]) -> None:
    """Everything is computed before anything is written, and the ledger is marked when all of it stands."""
    timed = run.count.timed
    with timed("tag"):
        mentions = steps.mentions_or_given(documents, run.tagger)
    with timed("split"):
        cut = steps.passages(documents, mentions)
    with timed("relate"):
        contributions = steps.contributions(documents, mentions, cut, run.tagger, run.relator, run.threads)
    with timed("encode"):
        vectors = steps.vectors(run.encoder, documents, cut)
    with timed("passages"):
        rows = [(info(d), pieces, v) for d, pieces, v in zip(documents, cut, vectors, strict=True)]
        run.passages.replace(rows, encoder=run.encoder.name)
    with timed("graph"):
        run.graph.replace(contributions)
    with timed("ledger"):
        run.ledger.put([(document.id, document.hash, run.pipeline) for document in documents])
