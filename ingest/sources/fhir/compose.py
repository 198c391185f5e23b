"""A document of a patient, or a narrative, from its parts: what each resource says of the patient, as it is kept.

A part holds no name, address, telephone number, identifier or photograph, and of the day of birth only the year; a fact
on the very day of birth is dated by the year too. Whether a date is that day is told by pseudonyms of both, until the
two have met: a page of facts may come before the patient's own resource.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from graph.model import Assertion, Entity
from ingest.model import Document, Part, Section
from ingest.sources.fhir.deidentify import pseudonym
from ingest.sources.fhir.fact import Fact
from ingest.sources.fhir.resource import Resource, entity_of
from ingest.sources.fhir.revisions import successive
from text import language

EXTRACTOR = "fhir/4"

PATIENTS = "fhir:Patient/"
SECTIONS = (
    "patient", "conditions", "allergies", "medications", "measurements", "procedures", "immunizations", "care plans",
    "goals", "encounters", "reports", "family history",
)  # fmt: skip

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def facts_body(facts: Iterable[Fact], person: Resource, patient: str, salt: bytes, *, serverless: bool = False) -> str:
    """The body of a part: what a resource states of the patient `patient`, and what it says of the person.

    `serverless` tells that no server stands behind the patient's id, which another person may have elsewhere.
    """
    told: list[dict[str, Any]] = [_told(fact) for fact in facts]
    days = set(_DAY.findall(json.dumps([(t["line"], t["date"], t["qualifiers"]) for t in told])))
    body: dict[str, Any] = {"facts": told, "days": {day: _mark(patient, day, salt) for day in sorted(days)}}
    if person:
        birth = str(person.get("birthDate", ""))
        body["about"] = list(_about(person))
        body["birth"] = _mark(patient, birth, salt) if _DAY.fullmatch(birth) else ""
        if serverless:
            body["serverless"] = True
        if birth in body["days"]:
            return _masked(json.dumps(body), {body["birth"]})
    return json.dumps(body)


def narrative_body(patient: str, kind: str, sections: Iterable[Section]) -> str:
    """The body of the one part that a narrative about the patient with the pseudonym `patient` has."""
    return json.dumps({"patient": patient, "kind": kind, "sections": [(s.name, s.text) for s in sections]})


def replaced_body(patient: str) -> str:
    """The body of a part that says of the document which it is of that another, of the same patient, replaces it."""
    return json.dumps({"patient": patient})


def is_serverless(part: Part) -> bool:
    """Whether a part tells of a person whose id is of no server."""
    return '"serverless"' in part.body and "serverless" in json.loads(part.body)


def strange(old: Part, new: Part) -> bool:
    """Whether the person that `new` tells of, without a server, cannot be the one of `old`, which has the same id.

    Another day or year of birth tells two people apart, and another sex where a birth is not told. Two versions of one
    resource, which say so of themselves, may correct either; nothing corrects both at once.
    """
    if not old.body:
        return False
    one, other = json.loads(old.body), json.loads(new.body)
    born = [_line(body, "Born: ") for body in (one, other)]
    days = one.get("birth"), other.get("birth")
    birth = all(born) and (born[0] != born[1] or (all(days) and days[0] != days[1]))
    sex = {_line(body, "Sex: ") for body in (one, other)} == {"Sex: female", "Sex: male"}
    if successive(old.revision, new.revision):
        return birth and sex
    return birth if all(born) else sex


def patient_of(part: Part) -> str:
    """The id of the document of the patient whom a part is about; empty where it does not say."""
    if part.document.startswith(PATIENTS) or not part.body:
        return part.document
    return f"{PATIENTS}{json.loads(part.body)['patient']}"


def masked(parts: Collection[Part]) -> list[Part]:
    """The parts of one document, in which the day of birth that one of them marks is cut down to its year."""
    births = {json.loads(part.body).get("birth") for part in parts if '"birth"' in part.body} - {None, ""}
    if not births:
        return list(parts)
    return [replace(part, body=_masked(part.body, births)) if part.body else part for part in parts]


def compose(id: str, parts: Iterable[Part]) -> Document | None:
    """The document that the parts make up, in whatever order they are; None where nothing is left of it.

    All of it may have been taken back, or a document of the same patient may replace it.
    """
    standing = {part.key: json.loads(part.body) for part in sorted(parts, key=lambda p: p.key) if part.body}
    if not standing:
        return None
    if id.startswith(PATIENTS):
        return _of_patient(id, patient_entity(id.removeprefix(PATIENTS)), standing)
    told = [body for body in standing.values() if "sections" in body]
    replaced = {body["patient"] for body in standing.values() if "sections" not in body}
    if not told or told[0]["patient"] in replaced:
        return None
    body = told[0]
    patient = patient_entity(body["patient"])
    sections = tuple(Section(name, text) for name, text in body["sections"])
    return Document(
        id,
        f"{sections[0].text if sections[0].name == 'title' else body['kind']} of {patient.name}",
        sections,
        language=language.of_text("\n".join(section.text for section in sections)),
        source="fhir",
        access=patient.access,
    )


def patient_entity(hidden: str) -> Entity:
    """The entity of the patient with this pseudonym, visible with the label that is its own id."""
    id = f"patient:{hidden}"
    return Entity(id, "Patient", f"patient {hidden[:8]}", access=frozenset({id}))


def _of_patient(id: str, patient: Entity, standing: Mapping[str, Mapping[str, Any]]) -> Document:
    about = dict.fromkeys(line for body in standing.values() for line in body.get("about", ()))
    lines: dict[str, list[tuple[str, Mapping[str, Any] | None, str]]] = {
        "patient": [(line, None, "") for line in about]
    }
    told = [(fact["date"], fact["line"], key, fact) for key, body in standing.items() for fact in body["facts"]]
    for date, line, key, fact in sorted(told, key=lambda one: one[:3]):
        lines.setdefault(fact["section"], []).append((f"{date} {line}" if date else line, fact, key))
    sections = tuple(
        Section(name, "\n".join(line for line, _, _ in lines[name])) for name in SECTIONS if lines.get(name)
    ) or (Section("patient", patient.name),)
    entities, statements = _statements(id, patient, lines)
    return Document(
        id,
        patient.name,
        sections,
        year=max((int(date[:4]) for date, *_ in told if date), default=None),
        language=language.of_text("\n".join(section.text for section in sections)),
        source="fhir",
        access=patient.access,
        entities=entities,
        statements=statements,
    )


def _statements(
    id: str, patient: Entity, lines: Mapping[str, list[tuple[str, Mapping[str, Any] | None, str]]]
) -> tuple[tuple[Entity, ...], tuple[Assertion, ...]]:
    entities = {patient.id: patient}
    statements = []
    start = 0
    for name in SECTIONS:
        for line, fact, key in lines.get(name, ()):
            if fact is not None and (given := fact["object"]) is not None:
                entities.setdefault(
                    given[0], Entity(given[0], given[1], given[2], xrefs=tuple(given[3]), access=patient.access)
                )
                statement = Assertion.new(
                    patient.id,
                    fact["predicate"],
                    given[0],
                    source=id,
                    sentence=line,
                    polarity=fact["polarity"],
                    certainty=fact["certainty"],
                    experiencer=fact["experiencer"],
                    qualifiers=fact["qualifiers"],
                    start=start,
                    end=start + len(line),
                    record=key,
                    extractor=EXTRACTOR,
                    access=patient.access,
                )
                statements.append(statement)
            start += len(line) + 1
    return tuple(entities.values()), tuple(statements)


def _told(fact: Fact) -> dict[str, Any]:
    object = entity_of(fact.concept, fact.type, frozenset()) if fact.predicate else None
    qualifiers = {**fact.qualifiers, "date": fact.qualifiers.get("date") or fact.date}
    return {
        "section": fact.section,
        "line": fact.line,
        "date": fact.date,
        "predicate": fact.predicate,
        "object": None if object is None else [object.id, object.type, object.name, list(object.xrefs)],
        "polarity": fact.polarity,
        "certainty": fact.certainty,
        "experiencer": fact.experiencer,
        "qualifiers": {key: str(value) for key, value in qualifiers.items() if value},
    }


def _about(person: Mapping[str, Any]) -> Iterator[str]:
    if sex := person.get("gender"):
        yield f"Sex: {sex}"
    if birth := str(person.get("birthDate", ""))[:4]:
        yield f"Born: {birth}"
    if died := str(person.get("deceasedDateTime", ""))[:4]:
        yield f"Died: {died}"
    elif person.get("deceasedBoolean") is True:
        yield "Died"


def _line(body: Mapping[str, Any], word: str) -> str:
    return next((line for line in body.get("about", ()) if line.startswith(word)), "")


def _mark(patient: str, day: str, salt: bytes) -> str:
    return pseudonym(f"{patient} {day}", salt)


def _masked(text: str, births: Collection[str]) -> str:
    """The body with each day that is a day of birth cut down to its year."""
    body = json.loads(text)
    days = [day for day, mark in body.get("days", {}).items() if mark in births]
    if not days:
        return text
    for day in days:
        del body["days"][day]
        body["facts"] = json.loads(json.dumps(body["facts"]).replace(day, day[:4]))
    return json.dumps(body)
