"""A collection's documents into passages and vectors, as ingestion makes them but without reading entities."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from evaluation.retrieval.collection import Corpus
from ingest.errors import OutputUnavailable
from ingest.jobs import split as splitting
from ingest.jobs import steps
from ingest.jobs.contribution import info
from ingest.model import Document
from retrieval.encoder import Encoder
from retrieval.passages import PassageStore

BATCH = 256
"""Documents that are encoded and written at once."""
KEPT = "collection.json"
"""Says in a home which collection it holds."""


def claim(home: Path, corpus: Corpus) -> None:
    """Make `home` the place of this corpus, or see that it is.

    Raises OutputUnavailable where it holds another one, was cut into passages by other rules, or is no such place.
    """
    mine = {"corpus": corpus.hash, "documents": len(corpus.ids), "split": splitting.VERSION}
    file = home / KEPT
    try:
        home.mkdir(parents=True, exist_ok=True)
        if file.exists():
            theirs = json.loads(file.read_bytes())
        elif any(home.iterdir()):
            raise OutputUnavailable(f"{home} holds something else than a collection: name a folder of its own")
        else:
            file.write_text(json.dumps(mine, indent=1) + "\n", encoding="utf-8")
            return
    except OSError as error:
        raise OutputUnavailable(f"{home} cannot be used: {error.strerror or error}") from error
    except ValueError as error:
        raise OutputUnavailable(f"{file} is damaged: remove {home}") from error
    if theirs != mine:
        raise OutputUnavailable(f"{home} holds another collection, or one cut by other rules: name another folder")


def index(documents: Iterable[Document], passages: PassageStore, encoder: Encoder) -> Iterator[int]:
    """Write the documents that are not there yet; yield how many of all are, after every batch.

    While one batch is encoded the one before is written. Kill it and call it again: what is written is passed over.
    Raises EncoderMismatch where the passages hold vectors of another encoder, and what the store raises.
    """
    done = 0
    remaining = iter(documents)
    with ThreadPoolExecutor(1, thread_name_prefix="write") as writer:
        writing: Future[None] | None = None
        while batch := list(islice(remaining, BATCH)):
            there = passages.documents([document.id for document in batch])
            new = [document for document in batch if document.id not in there]
            if new:
                cut = [splitting.split(document) for document in new]
                vectors = steps.vectors(encoder, new, cut)
                if writing is not None:
                    writing.result()
                rows = [(info(d), pieces, v) for d, pieces, v in zip(new, cut, vectors, strict=True)]
                writing = writer.submit(passages.replace, rows, encoder=encoder.name)
            done += len(batch)
            yield done
        if writing is not None:
            writing.result()
