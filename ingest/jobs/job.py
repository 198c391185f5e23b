"""The whole way from files to graph and passages, resumable and idempotent.

Each batch is read, tagged, related, split, encoded; then passages with their vectors are written in one transaction,
the graph in another, and the ledger is marked last (`batches`). Kill it anywhere and run it again: what is marked is
skipped, what is not is done again to the same bytes. A state of a document that is older than the one that stands is
left aside, in whatever file and run it comes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from graph.model import PUBLIC
from graph.store import GraphStore
from ingest.jobs import relate as relating
from ingest.jobs import split as splitting
from ingest.jobs.batches import Batch, Encoding, Run
from ingest.jobs.failures import Failures
from ingest.jobs.joining import Joiner
from ingest.jobs.ledger import Done, Ledger
from ingest.jobs.parts import Changes, altering, join, of_strangers, touched
from ingest.jobs.progress import QUIET, Count, surviving
from ingest.jobs.rights import TAKEN, Rights
from ingest.jobs.writing import Writer
from ingest.model import Deletion, Document, Failure, Part, Progress, Record
from ingest.reading.relations.model import Relator
from ingest.reading.relations.patterns import Patterns
from ingest.reading.tagger import Tagger
from ingest.sources.detect import documents
from ingest.sources.fhir.deidentify import Salt
from ingest.sources.files.files import walk
from retrieval.encoder import Encoder
from retrieval.passages import PassageStore

VERSION = "job/1"
STRANGE = "another person is kept under this id, and no server tells the two apart"
BATCH = 128
LENGTH = 2_000_000
"""A batch has no more than this many characters, but for one document that is longer by itself."""
PATTERNS = Patterns()


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
    writer: Writer | None = None,
    limit: int | None = None,
    batch: int = BATCH,
    threads: int = 1,
    salt: Salt | None = None,
    failures: Path | None = None,
) -> Iterator[Progress]:
    """Read documents from files and folders and write what they say; yield progress after every batch.

    `format` is one of `ingest.sources.detect.FORMATS` (None: found out per file). `access` labels the documents that
    carry no label of their own. `limit` ends the job after so many records. `threads` documents are related at once.
    `salt` gives the secret of the pseudonyms of patients, of whom no file is read without. `failures` is
    the file of `Failures`. The last Progress has stage `done`.

    `writer` is whoever sends the documents (None: the operator). A record that brings a label which the sender does
    not hold, or that would change or withdraw what the sender may not, is a Failure: see `ingest.jobs.rights`. Files of
    patients name no label but are given one: they may bring a new one.

    Raises UnreadableSource before anything is read if a path is missing. A malformed record or file is a Failure in
    the tally. Errors of the stores (unavailable, full) end the job; what was written until then stays, and the same
    call takes it up again.
    """
    files = list(walk(paths))
    if len(ledger) and (graph.stats().documents == 0 or passages.counts()[0] == 0):
        # The stores were emptied or exchanged under the ledger: what it says is done is not there.
        ledger.clear()
    run = Run(
        graph=graph,
        passages=passages,
        encoder=encoder.name,
        encoding=Encoding(encoder),
        tagger=tagger,
        relator=relator,
        ledger=ledger,
        pipeline=pipeline_version(tagger, relator, encoder),
        joiner=Joiner(graph, tagger),
        rights=Rights(writer, ledger, passages, [source.id for source in graph.sources(kind="curated")]),
        threads=threads,
        count=Count(failures=Failures(failures)),
    )
    with closing(run.encoding):
        yield from _read(run, files, format=format, access=access, limit=limit, batch=batch, salt=salt)
    yield run.count.progress("done")


def _read(
    run: Run,
    files: Iterable[Path],
    *,
    format: str | None,
    access: frozenset[str] | None,
    limit: int | None,
    batch: int,
    salt: Salt | None,
) -> Iterator[Progress]:
    """Write what the files hold, the last batch too."""
    count, rights = run.count, run.rights
    names = None if salt is None else partial(rights.salted, salt)
    waiting: dict[str, Document] = {}
    withdrawn: list[str] = []
    changes = Changes()
    for file in files:
        count.file = str(file)
        for record in _counted(count, surviving(documents(file, format, salt=names), file), limit):
            if changes.full(record, batch):
                yield from _join(run, changes)
            if changes.take(record):
                continue
            if isinstance(record, Failure):
                count.failures.add(replace(record, withdrawn=()))
                if count.failures.count % QUIET == 0:
                    yield count.progress("read")
                continue
            if isinstance(record, Deletion):
                yield from _write(run, waiting)
                withdrawn.append(rights.id_of(record.id))
                if len(withdrawn) >= QUIET:
                    _withdraw(run, withdrawn)
                continue
            _withdraw(run, withdrawn)
            document = rights.named(_labelled(record, access))
            if refused := rights.refuses(document):
                count.fail(record.id, refused)
                continue
            if document.id in waiting:
                # The same document twice: in the order in which they come.
                yield from _write(run, waiting)
            waiting[document.id] = document
            if len(waiting) >= batch or sum(len(one.text) for one in waiting.values()) >= LENGTH:
                yield from _write(run, waiting)
        yield from _join(run, changes)
        yield from _write(run, waiting)
        _withdraw(run, withdrawn)
    if run.settle():
        yield count.progress("write")
    run.passages.forget_replaced()


def delete(ids: Collection[str], *, graph: GraphStore, passages: PassageStore, ledger: Ledger) -> int:
    """Remove documents with all that only they said; return how many of them were there.

    The ledger forgets first: a deletion that is killed half-way is finished by running it again, and an ingestion in
    between writes the document anew rather than trust what is left of it.
    """
    ledger.forget(ids)
    written = passages.delete(ids)
    removed = max(written, graph.delete(ids))
    ledger.remove(ids)
    return removed


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


def _withdraw(run: Run, ids: list[str]) -> None:
    """Delete what the source withdraws, all in one go, and empty the list."""
    if not ids:
        return
    run.settle()
    barred = run.rights.barred(dict.fromkeys(ids))
    allowed = [id for id in ids if id not in barred]
    for id in (id for id in ids if id in barred):
        run.count.fail(id, TAKEN)
    deleted = delete(set(allowed), graph=run.graph, passages=run.passages, ledger=run.ledger) if allowed else 0
    run.count.deleted += deleted
    run.count.unchanged += len(allowed) - deleted
    ids.clear()


def _write(run: Run, waiting: dict[str, Document]) -> Iterator[Progress]:
    """Have a batch written, and empty it: it is written when the next one is on its way, or is asked about."""
    if run.awaits(waiting) and run.settle():
        yield run.count.progress("write")
    done = run.ledger.get(waiting)
    _bar(run, waiting, done)
    if not waiting:
        return
    outdated = [d.id for d in waiting.values() if d.id in done and d.revision < done[d.id].revision]
    current = [d for id, d in waiting.items() if id not in outdated]
    new = _unread(run, current, done)
    fresh = {d.id for d in new}
    _mark(run, [d for d in current if d.id not in fresh], done)
    run.count.stand(id for id in waiting if id not in fresh)
    run.count.tally({"outdated": len(outdated), "unchanged": len(waiting) - len(new)})
    waiting.clear()
    if new:
        updated = sum(document.id in done for document in new)
        if not run.take(Batch(new, {"updated": updated, "added": len(new) - updated})):
            return
    yield run.count.progress("write")


def _mark(run: Run, same: Iterable[Document], done: Mapping[str, Done]) -> None:
    """Put down the number of newer states that say the same, and whose the documents now are."""
    marks = [run.done(document, run.rights.owner_after(done[document.id].owner)) for document in same]
    if marks := [mark for mark in marks if mark != done[mark.document]]:
        run.ledger.put(marks)


def _bar(run: Run, waiting: dict[str, Document], done: Mapping[str, Done]) -> None:
    """Take out what the sender may not change; where it says what it sees there, that is no Failure."""
    for id, seen in run.rights.barred(waiting).items():
        document = waiting.pop(id)
        if seen and id in done and done[id].hash == document.hash:
            run.count.tally({"unchanged": 1})
            run.count.stand([id])
        else:
            run.count.fail(id, TAKEN)


def _unread(run: Run, documents: Iterable[Document], done: Mapping[str, Done]) -> list[Document]:
    """Those documents that are not done, or not in this state or by this pipeline."""
    return [
        d for d in documents if d.id not in done or (done[d.id].hash, done[d.id].pipeline) != (d.hash, run.version(d))
    ]


def _join(run: Run, changes: Changes) -> Iterator[Progress]:
    """Join parts with those that the ledger keeps, write the documents that they make up, and empty the list."""
    if not changes.parts:
        return
    if run.settle():
        yield run.count.progress("write")
    count = run.count
    places = touched(run.ledger, changes.parts)
    parts, why, refused = _refused(run, changes, places)
    result = join(run.ledger, parts)
    done = run.ledger.get(result.documents.keys() | result.gone)
    new = _unread(run, result.documents.values(), done)
    gone = result.gone & done.keys()
    if gone:
        run.passages.delete(gone)
        run.graph.delete(gone)
    if new:
        # Who adds to a record does not come to own it; what the operator adds to, he answers for.
        owners = {} if run.rights.operator else {id: one.owner for id, one in done.items()}
        if labels := _brought(run, new):
            run.ledger.bring(run.rights.owner, labels)
        run.take(Batch(new, parts=result.parts, gone=gone, owners=owners))
        run.settle()
    else:
        run.ledger.put([], parts=result.parts, gone=gone)
    written = {document.id for document in new}
    for id in changes.documents:
        _count(count, id, why.get(id, ""), gone=id in gone, same=id not in written, there=id in done)
        if id not in why and id not in gone:
            count.stand([id])
    count.labels |= _brought(run, (one for id, one in result.documents.items() if id not in why))
    for key in changes.deletions:
        over = key in result.taken_back or bool(places[key] & gone)
        _count(count, key, refused.get(key, ""), gone=over, same=True, there=True)
    changes.parts, changes.documents, changes.deletions, changes.length = [], [], [], 0
    yield count.progress("write")


def _brought(run: Run, documents: Iterable[Document]) -> frozenset[str]:
    """The labels of the patients of these documents that go by pseudonyms of the sender's own."""
    return run.rights.labels & {label for document in documents for label in document.access}


def _refused(
    run: Run, changes: Changes, places: Mapping[str, set[str]]
) -> tuple[list[Part], dict[str, str], dict[str, str]]:
    """The parts that may join, and why documents and parts of these keys may not.

    What only says again what somebody else wrote is left out; a part that would change it is a Failure, once a record.
    """
    why = dict.fromkeys(run.rights.closed({id for ids in places.values() for id in ids}), TAKEN)
    refused = {key: TAKEN for key, ids in places.items() if ids & why.keys()}
    # Whether two people differ is told to nobody who may not see the one that is kept.
    allowed = [part for part in changes.parts if part.key not in refused]
    for part in of_strangers(run.ledger, allowed, run.strangers):
        refused[part.key] = why[part.document] = STRANGE
    foreign = [part for part in changes.parts if part.key not in refused and run.rights.foreign(part)]
    told: set[str] = set()
    for part in altering(run.ledger, foreign):
        where = run.rights.foreign(part)
        if part.key in changes.deletions:
            refused[part.key] = TAKEN
        elif where not in told:
            told.add(where)
            run.count.read += 1
            run.count.fail(where, TAKEN)
    left = {part.key for part in foreign} | refused.keys()
    return [part for part in changes.parts if part.key not in left], why, refused


def _count(count: Count, id: str, refused: str, *, gone: bool, same: bool, there: bool) -> None:
    """Put down what became of a document or of a part that was to be taken back."""
    if refused:
        count.fail(id, refused)
    elif gone:
        count.deleted += 1
    elif same:
        count.unchanged += 1
    elif there:
        count.updated += 1
    else:
        count.added += 1
