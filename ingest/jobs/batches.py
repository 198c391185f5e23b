"""A batch of documents on its way to the stores: encoded beside, and written while the next one is being encoded.

What a batch says of the graph is worked out when the batch before it is written, so that nothing comes out otherwise
than if each were finished before the next began. Whoever reads or changes what a batch on its way is about settles it
first.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from graph.model import Contribution
from graph.store import GraphStore
from ingest.jobs import steps
from ingest.jobs.contribution import info
from ingest.jobs.joining import SOURCE, Joiner
from ingest.jobs.ledger import Done, Ledger
from ingest.jobs.progress import Count
from ingest.jobs.rights import Rights
from ingest.model import Document, Part
from ingest.reading.relations.model import Relator
from ingest.reading.tagger import Tagger
from retrieval.encoder import Encoder, Vectors
from retrieval.model import Passage
from retrieval.passages import PassageStore


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents to be written together; `counts` is added to the tally of this name when they are."""

    documents: list[Document]
    counts: Mapping[str, int] = field(default_factory=dict)
    parts: Collection[Part] = ()
    gone: Collection[str] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    """Whose those of the documents are that are not, or not all, the sender's."""


@dataclass(frozen=True, slots=True)
class _Worked:
    """A batch of which everything is worked out but the vectors, which are on their way."""

    batch: Batch
    cut: list[list[Passage]]
    contributions: list[Contribution]
    vectors: Future[tuple[list[Vectors], float]]


class Encoding:
    """Encodes beside whoever asks, in order. `close` ends what it is at after a few hundred texts."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._closed = threading.Event()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="encoding")

    def begin(self, documents: list[Document], cut: list[list[Passage]]) -> Future[tuple[list[Vectors], float]]:
        """The vectors by document, and the seconds that they took."""
        return self._pool.submit(self._timed, documents, cut)

    def close(self) -> None:
        self._closed.set()
        self._pool.shutdown(cancel_futures=True)

    def _timed(self, documents: list[Document], cut: list[list[Passage]]) -> tuple[list[Vectors], float]:
        began = time.perf_counter()
        vectors = steps.vectors(self._encoder, documents, cut, stopped=self._closed.is_set)
        return vectors, time.perf_counter() - began


@dataclass
class Run:
    """The parts of one ingestion, and what it has done so far."""

    graph: GraphStore
    passages: PassageStore
    encoder: str
    """Its name."""
    encoding: Encoding
    tagger: Tagger
    relator: Relator
    ledger: Ledger
    pipeline: str
    joiner: Joiner
    rights: Rights
    threads: int
    count: Count
    strangers: set[str] = field(default_factory=set)
    """The documents of patients that are kept of another person than this run brings."""
    _behind: _Worked | None = None

    def version(self, document: Document) -> str:
        """What reads this document, in one line; only codes of patients are joined."""
        return f"{self.pipeline}+{self.joiner.version}" if document.source == SOURCE else self.pipeline

    def done(self, document: Document, owner: str) -> Done:
        """What the ledger keeps of a document that is written."""
        return Done(document.id, document.hash, self.version(document), document.revision, owner)

    def awaits(self, ids: Collection[str]) -> bool:
        """Whether one of these documents is not written yet."""
        return self._behind is not None and any(d.id in ids for d in self._behind.batch.documents)

    def take(self, batch: Batch) -> bool:
        """Have the batch encoded, write the one before it, and work out this one; whether one was written."""
        timed, documents = self.count.timed, batch.documents
        with timed("split"):
            cut = steps.passages(documents)
        vectors = self.encoding.begin(documents, cut)
        written = self.settle()
        with timed("tag"):
            mentions = steps.mentions_or_given(documents, self.tagger)
        with timed("split"):
            cut = steps.with_mentions(cut, mentions)
        with timed("relate"):
            joined = [self.joiner.joined(document) for document in documents]
            contributions = steps.contributions(joined, mentions, cut, self.tagger, self.relator, self.threads)
        self._behind = _Worked(batch, cut, contributions, vectors)
        return written

    def settle(self) -> bool:
        """Write the batch that is on its way; whether there was one.

        Everything is computed before anything is written, and the ledger is marked when all of it stands.
        """
        worked, self._behind = self._behind, None
        if worked is None:
            return False
        timed, batch = self.count.timed, worked.batch
        with timed("wait"):
            vectors, seconds = worked.vectors.result()
        self.count.add("encode", seconds)
        owners = {d.id: batch.owners.get(d.id, self.rights.owner) for d in batch.documents}
        with timed("ledger"):
            self.ledger.claim(owners)
        with timed("passages"):
            rows = [(info(d), pieces, v) for d, pieces, v in zip(batch.documents, worked.cut, vectors, strict=True)]
            self.passages.replace(rows, encoder=self.encoder)
        with timed("graph"):
            self.graph.replace(worked.contributions)
        with timed("ledger"):
            self.ledger.put([self.done(d, owners[d.id]) for d in batch.documents], parts=batch.parts, gone=batch.gone)
        self.count.tally(batch.counts)
        self.count.stand(owners)
        return True
