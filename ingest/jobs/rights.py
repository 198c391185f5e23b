"""What the sender of an ingestion may change, and under which pseudonyms its patients go.

A sender that does not hold a patient's label must neither write into the record nor learn that there is one. So the
patients of a sender have pseudonyms of its own, under a salt made of its name, unless it holds the label of the common
pseudonym: then that record is meant. What it says there has keys of its own, too, but for what it sees that is there
already; that it may change as an administrator only.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import replace

from ingest.jobs import reserved
from ingest.jobs.ledger import Ledger
from ingest.jobs.writing import PATIENT, Writer
from ingest.model import Document, Part
from ingest.sources.fhir.compose import PATIENTS, patient_of
from ingest.sources.fhir.deidentify import Pseudonyms, Salt
from ingest.sources.ids import hashed
from retrieval.passages import PassageStore

NOT_HELD = "brings a label that its sender does not hold"
NAMELESS = "sha256:"
"""What the id of a document begins with to which its source gives none."""
REGISTRIES = ("PMID:", "PMCID:", "DOI:")
"""What the ids begin with that are given once for all: two who keep one keep the same paper, which counts once."""
GIVEN_NAME = "an id that begins with sha256: is for documents to which their source gives none"
CURATED = "the id is that of a curated source"
_SHOWN = 380
"""So many characters of an id are seen in that of its owner's own: ids are bounded."""
TAKEN = "a document or a part of a record is there that its sender may not change"


def salt_of(owner: str, salt: bytes) -> bytes:
    """The salt of the pseudonyms of one owner's patients."""
    return hmac.new(salt, b"\x00owner\x00" + owner.encode(), hashlib.sha256).digest()


def own_id(owner: str, id: str) -> str:
    """The id of an owner's own for a document that it sends in under an id which is not everybody's."""
    mark = hashed(f"{owner}\x00{id}")
    return mark if id.startswith(NAMELESS) else f"{id[:_SHOWN]}~{mark.removeprefix(NAMELESS)[:16]}"


class OwnPseudonyms(Pseudonyms):
    """Those of one sender."""

    def __init__(self, salt: bytes, writer: Writer, ledger: Ledger) -> None:
        super().__init__(salt)
        self._own, self._writer, self._ledger = Pseudonyms(salt_of(writer.owner, salt)), writer, ledger
        self._common = any(label.startswith(PATIENT) for label in writer.labels)
        self.labels: set[str] = set()
        """The labels of the patients that were given a pseudonym of the sender's own."""
        self.foreign: dict[str, str] = {}
        """The keys of what somebody else wrote and this sender may not change, with where it stands in its file."""

    def patient(self, identity: str) -> str:
        common = super().patient(identity)
        if f"{PATIENT}{common}" in self._writer.labels:
            return common
        own = self._own.patient(identity)
        self.labels.add(f"{PATIENT}{own}")
        return own

    def record(self, kind: str, identity: str, where: str) -> str:
        if self._common and self._seen(key := super().record(kind, identity, where)):
            if not self._writer.admin:
                self.foreign[key] = where
            return key
        return self._own.record(kind, identity, where)

    def salt(self, patient: str) -> bytes:
        own = f"{PATIENT}{patient}" in self.labels
        return self._own.salt(patient) if own else super().salt(patient)

    def _seen(self, key: str) -> bool:
        """Whether something of this key is kept of a patient whose label the sender holds."""
        kept = self._ledger.parts(keys=[key, f"{key}/text"])
        return any(f"{PATIENT}{patient_of(part).removeprefix(PATIENTS)}" in self._writer.labels for part in kept)


class Rights:
    """What the sender may change; None is the operator, who may change everything."""

    def __init__(
        self, writer: Writer | None, ledger: Ledger, passages: PassageStore, curated: Collection[str] = ()
    ) -> None:
        self._writer, self._ledger, self._passages = writer, ledger, passages
        self._curated = frozenset(curated)
        """The ids of curated sources: a document in the place of one, or its withdrawal, would take all of it away."""
        self._names: OwnPseudonyms | None = None

    @property
    def owner(self) -> str:
        """Whose the documents are that are written."""
        return "" if self._writer is None else self._writer.owner

    @property
    def operator(self) -> bool:
        """Whether it is the operator who writes."""
        return self._writer is None

    @property
    def labels(self) -> frozenset[str]:
        """The labels of the patients that have a pseudonym of the sender's own."""
        return frozenset(self._names.labels if self._names is not None else ())

    def salted(self, salt: Salt) -> Pseudonyms:
        """The pseudonyms for the files of this sender, under the salt of the installation."""
        given = salt()
        if isinstance(given, Pseudonyms):
            return given
        if self._writer is None:
            return Pseudonyms(given)
        if self._names is None:
            self._names = OwnPseudonyms(given, self._writer, self._ledger)
        return self._names

    def refuses(self, document: Document) -> str:
        """Why a document of no patient's file may not be written by this sender, whatever is there; else empty."""
        if reason := reserved.of_document(document):
            return reason
        if document.id in self._curated:
            return CURATED
        if self._writer is None:
            return ""
        if document.statements and document.id.startswith(NAMELESS):
            return GIVEN_NAME
        return "" if document.access <= self._writer.labels else NOT_HELD

    def named(self, document: Document) -> Document:
        """The document under the id that it has for this sender."""
        id = self.id_of(document.id)
        return document if id == document.id else replace(document, id=id)

    def id_of(self, id: str) -> str:
        """The id that a document sent in as `id` has for this sender.

        Ids that its sender made up, and those of what its source gives none, which are a hash of what it holds, are its
        own: whether somebody else keeps one under such an id is told to nobody who does not see it, and no id can be
        taken from others. What he sees is meant by its id. An id that a registry gives is everybody's; it is the
        sender's own only where another is kept under it that he does not see.
        """
        if self._writer is None or reserved.is_reserved(id):
            return id
        own = own_id(self.owner, id)
        there = self._passages.documents([id, own])
        if own in there:
            return own
        if id in there:
            brought = self._brought(self._writer, {id: there[id].access})
            return id if there[id].access & (self._writer.labels | brought) else own
        return id if id in self._curated or id.startswith(REGISTRIES) else own

    def owner_after(self, former: str) -> str:
        """Whose a document is that was `former`'s and is sent again unchanged: what the operator or an administrator
        says, too, its first sender is no longer to change."""
        return self.owner if self._writer is None or self._writer.admin else former

    def barred(self, coming: Mapping[str, Document | None]) -> dict[str, bool]:
        """Those of the documents that are there and that the sender may not change into what is coming (None: nothing),
        each with whether it may see what is there."""
        writer = self._writer
        curated = dict.fromkeys(self._curated & coming.keys(), False)
        if writer is None:
            return curated
        stored = {id: info.access for id, info in self._passages.documents(coming).items()}
        owners, brought = self._ledger.owners(stored), self._brought(writer, stored)
        barred: dict[str, bool] = curated
        for id, access in stored.items():
            new = coming[id]
            # Who does not hold a label of a document neither takes it away nor puts another beside it.
            same = new is None or new.access == access or access <= writer.labels | brought
            if not same or not writer.may_change(owners.get(id, ""), access, brought):
                barred[id] = bool(access & writer.labels)
        return barred

    def closed(self, ids: Collection[str]) -> set[str]:
        """Those of the documents of patients that are there and that the sender may not write into."""
        if self._writer is None:
            return set()
        stored = {id: info.access for id, info in self._passages.documents(ids).items()}
        held = self._writer.labels | self._brought(self._writer, stored)
        return {id for id, access in stored.items() if not access <= held}

    def foreign(self, part: Part) -> str:
        """Where what a part says stands in its file, if it would change what somebody else wrote; else empty."""
        foreign = self._names.foreign if self._names is not None else {}
        note = "" if part.document.startswith(PATIENTS) else part.document.removeprefix("fhir:")
        record = "/".join(part.key.split("/")[:2])  # a narrative and what it replaces are parts of one record
        return foreign.get(record, "") or foreign.get(note, "")

    def _brought(self, writer: Writer, stored: Mapping[str, frozenset[str]]) -> frozenset[str]:
        lacking = {label for access in stored.values() for label in access} - writer.labels
        return self._ledger.brought(writer.owner, lacking) | (lacking & self.labels) if lacking else frozenset()
