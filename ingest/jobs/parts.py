"""Documents that many records make up: what stands of them when new states of some records come, in any order.

What is kept of a document is its parts, in the ledger; what the stores have of it is composed of those that stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from ingest.jobs.ledger import Ledger
from ingest.model import Deletion, Document, Failure, Part, Record
from ingest.sources.fhir.compose import compose, is_serverless, masked, patient_of, strange
from ingest.sources.fhir.revisions import joined

MANY = 5_000
"""Parts of documents that are joined at once, at most about so many."""
LENGTH = 4_000_000
"""And about so many characters of them."""


@dataclass(slots=True)
class Changes:
    """Parts that are to join those of the ledger, in the order in which they came, and what brought them."""

    parts: list[Part] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    deletions: list[str] = field(default_factory=list)
    length: int = 0
    """Characters of the parts that came with documents."""

    def full(self, record: Record, batch: int) -> bool:
        """Whether a record is not to be joined with those that are here: a batch is full, or a document comes again."""
        again = isinstance(record, Document) and record.id in self.documents
        return again or len(self.documents) >= batch or len(self.parts) >= MANY or self.length >= LENGTH

    def take(self, record: Record) -> bool:
        """Take in the parts of a record; whether that is all that is to be done with it."""
        match record:
            case Failure():
                self.parts.extend(record.withdrawn)
                return False
            case Deletion():
                if record.part is not None:
                    self.deletions.append(record.part.key)
                    self.parts.append(record.part)
                return record.part is not None
        if record.parts:
            self.documents.append(record.id)
            self.parts.extend(record.parts)
            self.length += sum(len(part.body) for part in record.parts)
        return bool(record.parts)


@dataclass(slots=True)
class Joined:
    """What becomes of documents. `gone` are those that nothing is left of; `parts` is what the ledger is to keep."""

    documents: dict[str, Document] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    parts: list[Part] = field(default_factory=list)
    taken_back: set[str] = field(default_factory=set)
    """The keys of parts that stood before, and no longer do."""


def touched(ledger: Ledger, coming: Iterable[Part]) -> dict[str, set[str]]:
    """The documents that each key belongs to, in what is coming and in what is kept."""
    places: dict[str, set[str]] = {}
    for part in coming:
        places.setdefault(part.key, set()).add(part.document)
    for part in ledger.parts(keys=places):
        places[part.key].add(part.document)
    return {key: documents - {""} for key, documents in places.items()}


def of_strangers(ledger: Ledger, coming: Collection[Part], strangers: set[str]) -> list[Part]:
    """What comes about another person than the one whose document is kept under the same id.

    `strangers` are those documents, and those that are seen to be so here join them: the rest of a bundle may come in
    another batch.
    """
    persons = {part.key: part for part in coming if is_serverless(part)}
    for old in ledger.parts(keys=persons):
        new = persons[old.key]
        (strangers.add if strange(old, new) else strangers.discard)(patient_of(new))
    return [part for part in coming if patient_of(part) in strangers] if strangers else []


def altering(ledger: Ledger, coming: Iterable[Part]) -> list[Part]:
    """Those of the parts that would say something else than what is kept of them."""
    return [part for part in coming if _alters(ledger, part)]


def _alters(ledger: Ledger, part: Part) -> bool:
    old = next(iter(ledger.parts(keys=[part.key])), Part(part.key, ""))
    new = joined(old if old.document else None, part)
    if new is None:
        return False
    # What is kept has had the day of birth cut out of it.
    beside = [one for one in ledger.parts(documents=[new.document]) if one.key != part.key]
    (settled,) = (one for one in masked([*beside, new]) if one.key == part.key)
    return (settled.document, settled.body) != (old.document, old.body)


def join(ledger: Ledger, coming: Collection[Part]) -> Joined:
    """The documents as they stand when the parts that come, in this order, have joined those that the ledger keeps."""
    kept = {part.key: part for part in ledger.parts(keys=[part.key for part in coming])}
    standing = dict(kept)
    for part in coming:
        standing[part.key] = joined(standing.get(part.key), part) or standing[part.key]
    documents = {part.document for part in (*coming, *kept.values())} - {""}
    held = {part.key: part for part in ledger.parts(documents=documents)} | kept
    result = Joined()
    # What is taken back before it came belongs to no document.
    result.parts = [part for key, part in standing.items() if not part.document and part != kept.get(key)]
    result.taken_back = {key for key, part in kept.items() if part.body and not standing[key].body}
    of: dict[str, list[Part]] = {document: [] for document in sorted(documents)}
    for part in (held | standing).values():
        if part.document:
            of[part.document].append(part)
    for id, parts in of.items():
        settled = masked(parts)
        result.parts += [part for part in settled if part != held.get(part.key)]
        document = compose(id, settled)
        if document is None:
            result.gone.add(id)
        else:
            result.documents[id] = document
    return result
