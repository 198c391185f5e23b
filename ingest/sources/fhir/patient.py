"""From what FHIR resources say of patients to documents, under pseudonyms.

A patient's document holds one line a fact, in sections by kind of resource. It holds no name, address, telephone
number, identifier or photograph, and of the day of birth only the year; a fact on the very day of birth is dated by
the year too. Other dates stand to the day: the order of events is what a history is for, and who may read the document
is decided by its access label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graph.model import Assertion, Entity
from ingest.model import Document, Failure, Section
from ingest.sources.fhir.deidentify import pseudonym
from ingest.sources.fhir.facts import READ, Fact, Refused, facts, patient_of
from ingest.sources.fhir.notes import notes
from ingest.sources.fhir.resource import KINDS, Resource, entity_of, invalid, reference, text_of
from text import language

EXTRACTOR = "fhir/1"

SECTIONS = (
    "patient", "conditions", "allergies", "medications", "measurements", "procedures", "encounters", "reports",
    "family history",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stated:
    """A fact, the resource that states it, and where that stands in the file."""

    fact: Fact
    record: str
    position: str


@dataclass(slots=True)
class Gathering:
    """What the resources of one bundle say, by patient. Holds facts, not resources."""

    file: str
    salt: bytes
    patients: dict[str, Resource] = field(default_factory=dict)
    """By `Patient/id`: birth date, sex and death only."""
    stated: dict[str, list[_Stated]] = field(default_factory=dict)
    """By what the subject refers to."""
    written: list[tuple[str, str, str, tuple[Section, ...]]] = field(default_factory=list)
    """Narratives: (what the subject refers to, kind, key, sections)."""
    medications: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    """`Kind/id` by the `urn:uuid:` under which a bundle's other entries refer to it."""
    unread: Counter[str] = field(default_factory=Counter)
    """Kinds of resource that are not read, and how many there were."""

    def take(self, resource: Resource, position: str, url: str = "") -> Iterator[Failure]:
        """Take a resource in. A malformed or refused one is a Failure."""
        kind = str(resource.get("resourceType"))
        if kind not in KINDS:
            self.unread[kind] += 1
            return
        where = f"{position} ({kind})"
        if reason := invalid(resource):
            yield Failure(self.file, where, reason)
            return
        key = f"{kind}/{resource['id']}" if resource.get("id") else reference(url).replace("urn:uuid:", f"{kind}/")
        if not key:
            yield Failure(self.file, where, "neither an id nor a fullUrl")
            return
        if url.startswith("urn:"):
            self.aliases[url] = key
        try:
            if kind == "Patient":
                kept = ("birthDate", "gender", "deceasedBoolean", "deceasedDateTime")
                self.patients[key] = {name: resource[name] for name in kept if name in resource}
            elif kind == "Medication":
                self.medications[key] = resource.get("code") or {}
            else:
                yield from self._state(kind, key, resource, where)
        except Refused as refused:
            yield Failure(self.file, where, str(refused))

    def _state(self, kind: str, key: str, resource: Resource, where: str) -> Iterator[Failure]:
        patient = patient_of(resource)
        record = f"{kind}/{pseudonym(key, self.salt)}"
        if kind in READ:
            self.stated.setdefault(patient, []).extend(_Stated(fact, record, where) for fact in facts(resource))
        elif resource.get("status") == "entered-in-error":
            raise Refused("entered in error")
        if kind in ("DocumentReference", "DiagnosticReport"):
            try:
                sections = notes(resource)
            except Refused as refused:
                yield Failure(self.file, where, str(refused))
                return
            if sections:
                name = text_of(resource.get("type") or resource.get("code"))
                head = (Section("title", name),) if name else ()
                self.written.append((patient, kind, key, (*head, *sections)))

    def documents(self) -> Iterator[Document | Failure]:
        """The patients' documents by pseudonym, then their narratives."""
        by_patient: dict[str, list[_Stated]] = {key: [] for key in self.patients}
        for subject, stated in self.stated.items():
            by_patient.setdefault(self._resolved(subject, "Patient"), []).extend(stated)
        unread = tuple(f"not read: {kind} {count}" for kind, count in sorted(self.unread.items()))
        for key in sorted(by_patient, key=lambda key: pseudonym(key, self.salt)):
            id = f"fhir:Patient/{pseudonym(key, self.salt)}"
            yield from self._document(id, key, by_patient[key], unread)
        for subject, kind, key, sections in self.written:
            patient = patient_entity(self._resolved(subject, "Patient"), self.salt)
            text = "\n".join(section.text for section in sections)
            yield Document(
                f"fhir:{kind}/{pseudonym(key, self.salt)}",
                f"{sections[0].text if sections[0].name == 'title' else kind} of {patient.name}",
                sections,
                language=language.of_text(text),
                source="fhir",
                access=patient.access,
            )

    def alone(self) -> Iterator[Document | Failure]:
        """What a single resource says, as a document of its own: a line of NDJSON."""
        for subject, stated in self.stated.items():
            if not self.written:
                id = f"fhir:{stated[0].record}" if stated else ""
                yield from self._document(id, self._resolved(subject, "Patient"), stated, ())
        if self.patients or self.written:
            yield from replace(self, stated={}).documents()

    def _resolved(self, subject: str, kind: str) -> str:
        return self.aliases.get(subject) or subject.replace("urn:uuid:", f"{kind}/")

    def _document(
        self, id: str, key: str, stated: Iterable[_Stated], keywords: tuple[str, ...]
    ) -> Iterator[Document | Failure]:
        patient = patient_entity(key, self.salt)
        person = self.patients.get(key, {})
        birth = str(person.get("birthDate", ""))
        lines: dict[str, list[tuple[str, Fact | None, str]]] = {
            "patient": [(line, None, "") for line in _about(person)]
        }
        dated = []
        for one in stated:
            fact = self._with_medication(one.fact)
            if fact is None:
                yield Failure(self.file, one.position, "the medication is a resource that is not here")
            else:
                dated.append((fact.date, fact.line, one.record, fact))
        for date, line, record, fact in sorted(dated, key=lambda d: d[:3]):
            text = f"{date} {line}" if date else line
            lines.setdefault(fact.section, []).append((_masked(text, birth), fact, record))
        sections = tuple(
            Section(name, "\n".join(line for line, _, _ in lines[name])) for name in SECTIONS if lines.get(name)
        )
        if not sections:
            sections = (Section("patient", patient.name),)
        entities, statements = self._statements(id, patient, lines, birth)
        yield Document(
            id,
            patient.name if id.startswith("fhir:Patient/") else f"{id[5:].partition('/')[0]} of {patient.name}",
            sections,
            year=max((int(date[:4]) for date, *_ in dated if date), default=None),
            language=language.of_text("\n".join(section.text for section in sections)),
            source="fhir",
            access=patient.access,
            keywords=keywords,
            entities=entities,
            statements=statements,
        )

    def _with_medication(self, fact: Fact) -> Fact | None:
        if not fact.medication:
            return fact
        concept = self.medications.get(self._resolved(fact.medication, "Medication")) or fact.concept
        name = text_of(concept)
        return replace(fact, concept=concept, line=f"Medication: {name}{fact.line}") if name else None

    def _statements(
        self, id: str, patient: Entity, lines: Mapping[str, list[tuple[str, Fact | None, str]]], birth: str
    ) -> tuple[tuple[Entity, ...], tuple[Assertion, ...]]:
        entities = {patient.id: patient}
        statements = []
        start = 0
        for name in SECTIONS:
            for line, fact, record in lines.get(name, ()):
                if fact is not None and fact.predicate:
                    object = entity_of(fact.concept, fact.type, patient.access)
                    if object is not None:
                        entities.setdefault(object.id, object)
                        qualifiers = {**fact.qualifiers, "date": fact.qualifiers.get("date") or fact.date}
                        statement = Assertion.new(
                            patient.id,
                            fact.predicate,
                            object.id,
                            source=id,
                            sentence=line,
                            polarity=fact.polarity,
                            certainty=fact.certainty,
                            experiencer=fact.experiencer,
                            qualifiers={key: _masked(value, birth) for key, value in qualifiers.items() if value},
                            start=start,
                            end=start + len(line),
                            record=record,
                            extractor=EXTRACTOR,
                            access=patient.access,
                        )
                        statements.append(statement)
                start += len(line) + 1
        return tuple(entities.values()), tuple(statements)


def patient_entity(key: str, salt: bytes) -> Entity:
    """The entity of the patient `Patient/id`, visible with the label that is its own id."""
    hidden = pseudonym(key, salt)
    id = f"patient:{hidden}"
    return Entity(id, "Patient", f"patient {hidden[:8]}", access=frozenset({id}))


def _about(person: Mapping[str, Any]) -> Iterator[str]:
    if sex := person.get("gender"):
        yield f"Sex: {sex}"
    if birth := str(person.get("birthDate", ""))[:4]:
        yield f"Born: {birth}"
    if died := str(person.get("deceasedDateTime", ""))[:4]:
        yield f"Died: {died}"
    elif person.get("deceasedBoolean") is True:
        yield "Died"


def _masked(text: str, birth: str) -> str:
    """The text with the day of birth cut down to its year."""
    return text.replace(birth, birth[:4]) if len(birth) > 4 else text
