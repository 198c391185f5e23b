"""What the resources of a bundle or of an export say, gathered by patient, under pseudonyms.

A resource is a part of its patient's document. Narratives are documents of their own, of one part. What a resource no
longer says, since it was deleted, entered in error or superseded, is a part without a body. Dates stand to the day, but
for the day of birth: the order of events is what a history is for, and who may read it is decided by its access label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.model import Deletion, Failure, Part, Record, Section
from ingest.sources.fhir.compose import PATIENTS, compose, facts_body, masked, narrative_body, replaced_body
from ingest.sources.fhir.deidentify import Pseudonyms
from ingest.sources.fhir.fact import Fact
from ingest.sources.fhir.facts import READ, facts
from ingest.sources.fhir.identity import Scope, contained, name_of, replaced_by, subject_of
from ingest.sources.fhir.medications import with_medication
from ingest.sources.fhir.notes import notes
from ingest.sources.fhir.resource import KINDS, Resource, invalid, text_of
from ingest.sources.fhir.revisions import newest, revision, withdrawn
from ingest.sources.fhir.standing import Refused

WRITTEN = ("DocumentReference", "DiagnosticReport")
"""The kinds that may have a narrative."""

_KEPT = ("birthDate", "gender", "deceasedBoolean", "deceasedDateTime")


@dataclass(frozen=True, slots=True)
class _State:
    """One state of a resource, with what it refers to as it refers to it."""

    kind: str
    address: str
    server: str | None
    """The server that its entry tells; None where it tells none."""
    revision: tuple[int, int]
    where: str
    subject: str = ""
    """What it is about; empty where it does not say."""
    facts: tuple[Fact, ...] = ()
    medication: str = ""
    person: Resource | None = None
    sections: tuple[Section, ...] = ()
    replaces: tuple[str, ...] = ()
    """The documents whose place it takes, as it refers to them."""
    gone: str = ""
    """Why it is not to be used."""


@dataclass(slots=True)
class Gathering:
    """What resources say, by patient. Holds facts, not resources."""

    file: str
    names: Pseudonyms
    beside: Callable[[], Mapping[str, Mapping[str, Any]]] = dict
    """The codes of the medications in the other files of the export, by identity."""
    states: list[_State] = field(default_factory=list)
    medications: dict[tuple[str, str | None], Mapping[str, Any]] = field(default_factory=dict)
    aliases: list[tuple[str, str, str, str | None]] = field(default_factory=list)
    """(address, kind, address that stands for it, server), of what an entry is called within its bundle alone."""
    servers: set[str] = field(default_factory=set)
    unread: Counter[str] = field(default_factory=Counter)
    """Kinds of resource that are not read, and how many there were."""

    def take(self, resource: Resource, position: str, entry: Mapping[str, Any] | None = None) -> Iterator[Failure]:
        """Take a resource in, from an entry of a bundle or alone. A malformed or refused one is a Failure."""
        entry = entry or {}
        kind = str(resource.get("resourceType"))
        if kind not in KINDS:
            self.unread[kind] += 1
            return
        where = f"{position} ({kind})"
        reason = withdrawn(resource)
        if not reason and (wrong := invalid(resource)):
            yield Failure(self.file, where, wrong)
            return
        url = entry.get("fullUrl")
        url = url if isinstance(url, str) else ""
        address, server = self._address(kind, resource.get("id"), url, _object(entry.get("request")).get("method"))
        if not address:
            yield Failure(self.file, where, "neither an id nor a fullUrl")
            return
        name = name_of(url)
        at = revision(resource, entry, name.version if name else 0)
        if kind == "Medication":
            if reason:
                yield Failure(self.file, where, reason)
            else:
                self.medications[address, server] = resource.get("code") or {}
        elif kind == "Patient":
            person = {field: resource[field] for field in _KEPT if field in resource}
            self.states.append(_State(kind, address, server, at, where, subject=address, person=person))
        else:
            replaces = replaced_by(resource) if kind == "DocumentReference" else ()
            if "" in replaces:
                yield Failure(self.file, where, "replaces a document that it does not refer to by an address")
            replaces = tuple(filter(None, replaces))
            yield from self._state(resource, _State(kind, address, server, at, where, replaces=replaces, gone=reason))

    def delete(self, address: str, position: str, entry: Mapping[str, Any]) -> Iterator[Failure]:
        """Take in that what an address names was deleted."""
        url = entry.get("fullUrl")
        name, full = name_of(address), name_of(url)
        if full is not None and (name is None or "/" in full.local):
            name = full
        if name is None or "/" not in name.local:
            yield Failure(self.file, position, "a deletion that names no resource by its id")
            return
        kind = name.local.partition("/")[0]
        if name.server:
            self.servers.add(name.server)
        at = revision({}, entry, name.version)
        self.states.append(_State(kind, name.local, name.server, at, position, gone="deleted"))

    def records(self, server: str = "", *, history: bool = False) -> Iterator[Record]:
        """What was refused, what was deleted, the patients' documents by pseudonym, then the narratives.

        `server` is that of the bundle; `history` tells that its entries are states, the newest first.
        """
        scope = self._scope(server)
        named = self._codes(scope)
        states: dict[str, list[Part]] = {}
        wheres: dict[str, str] = {}
        places: dict[str, str] = {}
        for state in self.states:
            for part in self._parts(state, scope, named):
                if isinstance(part, Failure):
                    yield part
                    continue
                states.setdefault(part.key, []).append(part)
                places[part.key] = state.where
                if state.gone and part.key not in wheres:
                    wheres[part.key] = f"{state.where}\n{state.gone}"
        yield from self._told(states, wheres, places, history)

    def codes(self, server: str = "") -> dict[str, Mapping[str, Any]]:
        """The codes of the medications taken in, by identity; `server` is that of the bundle."""
        return self._codes(self._scope(server))

    def _scope(self, server: str) -> Scope:
        if not server and len(self.servers) == 1:
            (server,) = self.servers
        empty = Scope(server, {})
        called: dict[str, set[str]] = {}
        for alias, kind, address, told in self.aliases:
            called.setdefault(alias, set()).add(empty.key(address, kind, told))
        # What two entries are called names neither.
        return Scope(server, {alias: keys.pop() for alias, keys in called.items() if len(keys) == 1})

    def _codes(self, scope: Scope) -> dict[str, Mapping[str, Any]]:
        return {scope.key(address, "Medication", told): code for (address, told), code in self.medications.items()}

    def _told(
        self, states: Mapping[str, list[Part]], gone: Mapping[str, str], places: Mapping[str, str], history: bool
    ) -> Iterator[Record]:
        standing = [newest(parts, history=history) for parts in states.values()]
        documents: dict[str, list[Part]] = {}
        refused: dict[str, list[Part]] = {}
        bare: list[Part] = []  # a report that has no text now, beside what it states
        for part in standing:
            if part.body:
                documents.setdefault(part.document, []).append(part)
            elif part.key not in gone:
                bare.append(part)
            else:
                refused.setdefault(gone[part.key], []).append(part)
        for told in gone.values():
            if not told.endswith("\ndeleted"):
                # Where a newer state of the same resource stands, that there was a refused one is told all the same.
                refused.setdefault(told, [])
        for told, parts in refused.items():
            where, reason = told.split("\n")
            if reason == "deleted":
                yield from (Deletion(part.key, part) for part in parts)
            else:
                yield Failure(self.file, where, reason, tuple(parts))
        for id in sorted(documents, key=lambda id: (not id.startswith(PATIENTS), id)):
            parts = masked(sorted(documents[id], key=lambda part: part.key))
            if (document := compose(id, parts)) is not None:
                yield replace(document, parts=(*parts, *bare))
                bare = []
            elif text := next((part for part in parts if part.key.endswith("/text")), None):
                yield Failure(self.file, places[text.key], "superseded by another document", tuple(parts))
            else:
                # What it replaces is in another file.
                yield from (Deletion(part.key, part) for part in parts)

    def _address(self, kind: str, id: object, url: str, method: object) -> tuple[str, str | None]:
        """(what a resource is called, the server that its entry tells)"""
        name = name_of(url)
        own = f"{kind}/{id}" if isinstance(id, str) and id else ""
        if name is not None and name.local.startswith("urn:"):
            # The id of what is to be created is another server's, or nobody's: the address alone is its identity.
            address = own if own and method == "PUT" else url
            self.aliases.append((url, kind, address, None))
            if own:
                self.aliases.append((own, kind, address, None))
            return address, None
        if name is None or name.server is None:
            if not own and name is not None:
                own = name.local
            if url and own and name is None:
                self.aliases.append((url, kind, own, None))
            return own, None
        self.servers.add(name.server)
        return own or name.local, name.server

    def _state(self, resource: Resource, state: _State) -> Iterator[Failure]:
        kind = state.kind
        try:
            subject = subject_of(resource)
        except Refused as refused:
            if state.gone:
                self.states.append(state)
            else:
                yield Failure(self.file, state.where, str(refused))
            return
        if state.gone:
            self.states.append(replace(state, subject=subject))
            return
        try:
            told = tuple(facts(resource)) if kind in READ else ()
        except Refused as refused:
            yield Failure(self.file, state.where, str(refused))
            return
        sections: tuple[Section, ...] = ()
        if kind in WRITTEN:
            try:
                written = notes(resource)
            except Refused as refused:
                yield Failure(self.file, state.where, str(refused))
                written = []
            if written:
                name = text_of(resource.get("type") or resource.get("code"))
                sections = (*((Section("title", name),) if name else ()), *written)
        referred = resource.get("medicationReference")
        person = {f: v for f, v in contained(resource, subject).items() if f in _KEPT} if subject[0] == "#" else None
        self.states.append(
            replace(
                state,
                subject=subject,
                facts=told,
                medication=str(referred.get("reference", "")) if isinstance(referred, dict) else "",
                person=person,
                sections=sections,
            )
        )

    def _parts(
        self, state: _State, scope: Scope, medications: Mapping[str, Mapping[str, Any]]
    ) -> Iterator[Part | Failure]:
        identity = scope.key(state.address, state.kind, state.server)
        key = self.names.record(state.kind, identity, state.where)
        about = scope.key(state.subject, "Patient", state.server, identity) if state.subject else ""
        patient = self.names.patient(about) if about else ""
        document = f"{PATIENTS}{patient}" if patient else ""
        if state.gone:
            if state.kind in READ or state.kind == "Patient":
                yield Part(key, document, state.revision)
            if state.kind in WRITTEN:
                yield Part(f"{key}/text", f"fhir:{key}", state.revision)
                yield from self._replaced(state, scope, key, patient)
            return
        if state.kind in READ or state.kind == "Patient":
            told = self._named(state, scope, medications)
            if told is None:
                yield Failure(self.file, state.where, "the medication is a resource that is not here")
                return
            serverless = about.count("/") == 1
            salt = self.names.salt(patient)
            body = facts_body(told, state.person or {}, patient, salt, serverless=serverless)
            yield Part(key, document, state.revision, body)
        if state.kind in WRITTEN:
            body = narrative_body(patient, state.kind, state.sections) if state.sections else ""
            if body or state.kind == "DiagnosticReport":
                yield Part(f"{key}/text", f"fhir:{key}", state.revision, body)
            if body or state.replaces:
                yield from self._replaced(state, scope, key, patient)

    def _named(self, state: _State, scope: Scope, medications: Mapping[str, Mapping[str, Any]]) -> list[Fact] | None:
        """The facts, with the drugs that they refer to; None where one of those is nowhere."""
        told: list[Fact] = []
        for fact in state.facts:
            named: Fact | None = fact
            if fact.medication:
                drug = scope.key(state.medication, "Medication", state.server)
                named = with_medication(fact, medications.get(drug) or self.beside().get(drug) or {})
            if named is None:
                return None
            told.append(named)
        return told

    def _replaced(self, state: _State, scope: Scope, key: str, patient: str) -> Iterator[Part]:
        """What a document says of those whose place it takes: parts of theirs, for as long as it says so.

        One that was superseded in its turn has replaced them all the same; what was in error or deleted never did.
        """
        if state.kind != "DocumentReference":
            return
        stands = state.gone in ("", "superseded", "deprecated") and patient
        for number, target in enumerate(state.replaces or ("",)):
            named = scope.key(target, state.kind, state.server) if target and stands else ""
            document = f"fhir:{self.names.record(state.kind, named, state.where)}" if named else ""
            body = replaced_body(patient) if document and document != f"fhir:{key}" else ""
            yield Part(f"{key}/replaces{f'/{number}' if number else ''}", document, state.revision, body)


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
