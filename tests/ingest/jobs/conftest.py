"""A home that several senders write into, with a small encoder: what is stored, and what each of them sees of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest

from graph.sqlite.store import SqliteStore
from ingest.jobs.job import delete, ingest
from ingest.jobs.ledger import Ledger
from ingest.jobs.load import load
from ingest.jobs.rights import salt_of
from ingest.jobs.writing import Writer
from ingest.model import Tally
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
from ingest.sources.fhir.deidentify import pseudonym
from retrieval.encoder import Vectors
from retrieval.passages import PassageStore

SALT = b"a salt of the tests, long enough"
PUBLIC = frozenset({"public"})


class Lengths:
    """A small encoder: the direction of a vector tells the length of its text."""

    name, dimension = "lengths/1", 2

    def encode(self, texts: Sequence[str], kind: Literal["passage", "query"] = "passage") -> Vectors:
        angles = np.array([len(text) for text in texts], np.float32)
        return np.stack([np.cos(angles), np.sin(angles)], axis=1)

    def close(self) -> None: ...


def label(patient: str, owner: str = "") -> str:
    """The label of a patient `Patient/…` of no server: the common one, or that of an owner."""
    return f"patient:{pseudonym(f'Patient/{patient}', salt_of(owner, SALT) if owner else SALT)}"


class Shared:
    """The stores of one home."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.graph, self.passages = SqliteStore(folder / "g.sqlite"), PassageStore(folder / "p.sqlite")
        self.ledger = Ledger(folder / "l.sqlite")
        self._files = 0

    def load(self, name: str, content: str) -> Tally:
        (self.folder / name).write_text(content, encoding="utf-8")
        *_, last = load([self.folder / name], graph=self.graph)
        return last.done

    def send(self, writer: Writer | None, *files: tuple[str, str], access: frozenset[str] | None = None) -> Tally:
        """What came of files (name, content) that a sender sends in, or the operator reads."""
        self._files += 1
        folder = self.folder / f"upload-{self._files}"
        folder.mkdir()
        for name, content in files:
            (folder / name).write_text(content, encoding="utf-8")
        *_, last = ingest(
            [folder / name for name, _ in files],
            graph=self.graph,
            passages=self.passages,
            encoder=Lengths(),
            tagger=DictionaryTagger(self.graph),
            ledger=self.ledger,
            access=access,
            writer=writer,
            batch=2,
            salt=lambda: SALT,
        )
        done = last.done
        assert done.added + done.updated + done.unchanged + done.deleted + done.failures == done.read
        return done

    def jsonl(self, writer: Writer | None, *records: dict[str, Any]) -> Tally:
        return self.send(writer, ("a.jsonl", "".join(json.dumps(record) + "\n" for record in records)))

    def fhir(self, writer: Writer | None, *resources: dict[str, Any]) -> Tally:
        """Send resources as NDJSON."""
        return self.send(writer, ("a.ndjson", "".join(json.dumps(one) + "\n" for one in resources)))

    def delete(self, *ids: str) -> int:
        return delete(ids, graph=self.graph, passages=self.passages, ledger=self.ledger)

    def seen(self, access: frozenset[str] | None) -> list[object]:
        """All that a reader with these labels sees of documents, and of what they say."""
        documents = [s for s in self.graph.sources(kind="document") if access is None or s.access & access]
        stated = [row for one in documents for row in self.graph.assertions(source=one.id, access=access, limit=1_000)]
        ids = {end for one in stated for end in (one.subject, one.object)}
        return [
            [(one, self.passages.text(one.id, access=access)) for one in documents],
            stated,
            self.graph.entities(ids | {label for one in documents for label in one.access}, access=access),
            self.graph.relations(subjects=ids, access=access),
        ]

    def fingerprint(self) -> tuple[str, str]:
        return self.graph.fingerprint(), self.passages.fingerprint()

    def close(self) -> None:
        for part in (self.graph, self.passages, self.ledger):
            part.close()


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Callable[[str], Shared]]:
    """Make homes: `shared(name)`."""
    made: list[Shared] = []

    def make(name: str = "home") -> Shared:
        made.append(Shared(tmp_path / name))
        return made[-1]

    yield make
    for one in made:
        one.close()
