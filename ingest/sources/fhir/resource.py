"""One FHIR R4 resource (https://hl7.org/fhir/R4/): is it R4, is it well formed, what do its codes and references name.

Resources are validated in full by `fhir.resources` (its R4B models, which are R4's for the kinds read here): about
0.2 ms each, 5,000 resources a second on one core.
"""

from __future__ import annotations

import hashlib
import importlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeGuard

from graph.model import Entity, Name
from text.names import is_chinese, normalise

Resource = dict[str, Any]

KINDS = (
    "Patient", "Encounter", "Condition", "MedicationRequest", "MedicationStatement", "MedicationAdministration",
    "MedicationDispense", "Medication", "AllergyIntolerance", "Immunization", "Observation", "Procedure", "CarePlan",
    "Goal", "DiagnosticReport", "DocumentReference", "FamilyMemberHistory",
)  # fmt: skip
"""The kinds that are read; `Medication` only to know what others refer to."""

SYSTEMS: dict[str, str] = {
    "http://snomed.info/sct": "SNOMEDCT",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "RXNORM",
    "http://loinc.org": "LOINC",
    "http://hl7.org/fhir/sid/icd-10-cm": "ICD10CM",
    "http://hl7.org/fhir/sid/icd-10": "ICD10",
    "http://hl7.org/fhir/sid/icd-9-cm": "ICD9CM",
    "http://hl7.org/fhir/sid/ndc": "NDC",
    "http://hl7.org/fhir/sid/cvx": "CVX",
    "http://www.whocc.no/atc": "ATC",
    "http://www.ama-assn.org/go/cpt": "CPT",
    "http://fdasis.nlm.nih.gov": "UNII",
    "http://purl.obolibrary.org/obo/hp.owl": "HP",
    "http://purl.obolibrary.org/obo/mondo.owl": "MONDO",
    "http://human-phenotype-ontology.org": "HP",
    "urn:oid:2.16.840.1.113883.6.96": "SNOMEDCT",
    "urn:oid:2.16.840.1.113883.6.88": "RXNORM",
    "urn:oid:2.16.840.1.113883.6.1": "LOINC",
    "urn:oid:2.16.840.1.113883.6.90": "ICD10CM",
}
"""Prefix by code system. A concept's id is its code in the first of these; its other codes are cross-references."""

_ORDER = {prefix: rank for rank, prefix in enumerate(dict.fromkeys(SYSTEMS.values()))}
_CODE = re.compile(r"[^\s|]+")
HIERARCHY = re.compile(
    r" \((?:disorder|finding|procedure|situation|event|substance|product|medicinal product|clinical drug|"
    r"regime/therapy|person|organism|morphologic abnormality|observable entity|context-dependent category)\)$"
)
"""SNOMED CT's fully specified names end in their hierarchy, which is no part of the name: `Asthma (disorder)`."""
_NAME = 2_000
"""Characters of a name."""
_FIELD = re.compile(r"[A-Za-z_]\w{0,40}")
_REFERENCE = re.compile(r"(?:.*/)?([A-Z][A-Za-z]+)/([A-Za-z0-9.\-]{1,64})(?:/_history/[^/]+)?/?")

# What gives another version of FHIR away: a field, or its form, that R4 does not have.
_OLD_KINDS = {"MedicationOrder": "DSTU2", "DiagnosticOrder": "DSTU2", "Conformance": "DSTU2"}
_MARKS: dict[str, tuple[tuple[str, type | None, str], ...]] = {
    "Condition": (
        ("dateRecorded", None, "DSTU2"), ("patient", None, "DSTU2"), ("assertedDate", None, "STU3"),
        ("clinicalStatus", str, "STU3"), ("verificationStatus", str, "STU3"), ("participant", None, "R5"),
    ),
    "AllergyIntolerance": (
        ("substance", None, "DSTU2"), ("assertedDate", None, "STU3"), ("clinicalStatus", str, "STU3"),
        ("verificationStatus", str, "STU3"), ("type", dict, "R5"), ("participant", None, "R5"),
    ),
    "Encounter": (
        ("class", str, "DSTU2"), ("patient", None, "DSTU2"), ("reason", list, "STU3"), ("class", list, "R5"),
        ("actualPeriod", None, "R5"),
    ),
    "Observation": (("comments", None, "DSTU2"), ("context", None, "STU3"), ("comment", None, "STU3")),
    "MedicationRequest": (("context", None, "STU3"), ("medication", None, "R5")),
    "MedicationStatement": (("taken", None, "STU3"), ("medication", None, "R5"), ("adherence", None, "R5")),
    "MedicationAdministration": (
        ("notGiven", None, "STU3"), ("medication", None, "R5"), ("occurenceDateTime", None, "R5"),
        ("occurencePeriod", None, "R5"), ("occurrenceDateTime", None, "R5"),
    ),
    "MedicationDispense": (("notDone", None, "STU3"), ("medication", None, "R5")),
    "Immunization": (("notGiven", None, "STU3"), ("explanation", None, "STU3"), ("administeredProduct", None, "R5")),
    "CarePlan": (("context", None, "STU3"),),
    "Goal": (("status", None, "STU3"), ("acceptance", None, "R5")),
    "Procedure": (
        ("notPerformed", None, "DSTU2"), ("context", None, "STU3"), ("notDone", None, "STU3"),
        ("occurrenceDateTime", None, "R5"), ("occurrencePeriod", None, "R5"), ("reported", None, "R5"),
    ),
    "DiagnosticReport": (("context", None, "STU3"), ("codedDiagnosis", None, "STU3"), ("image", None, "STU3")),
    "DocumentReference": (("indexed", None, "STU3"), ("class", None, "STU3"), ("created", None, "STU3")),
    "Patient": (("animal", None, "STU3"),),
}  # fmt: skip


def other_version(resource: Resource) -> str:
    """The version of FHIR that a resource is of, where it says or shows that it is not R4; else an empty string."""
    meta = resource.get("meta")
    version = resource.get("fhirVersion") or (meta.get("fhirVersion") if isinstance(meta, dict) else None)
    if isinstance(version, str) and re.fullmatch(r"\d[\d.]{0,10}", version):
        return "" if version.startswith("4.") else f"version {version}"
    kind = str(resource.get("resourceType"))
    if kind in _OLD_KINDS:
        return _OLD_KINDS[kind]
    for field, form, version in _MARKS.get(kind, ()):
        if field in resource and (form is None or isinstance(resource[field], form)):
            return version
    return ""


def invalid(resource: Resource) -> str:
    """Why a resource of one of `KINDS` is not well formed, without any of its text; empty where it is."""
    from pydantic import ValidationError

    try:
        _model(str(resource["resourceType"])).model_validate(resource)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        path = ".".join(str(p) if isinstance(p, int) or _FIELD.fullmatch(str(p)) else "?" for p in first["loc"])
        return f"not a valid R4 resource: {path} ({first['type']})"
    except RecursionError:
        return "not a valid R4 resource: nested too deeply"
    except (LookupError, TypeError, AttributeError, ArithmeticError, ValueError):
        # The library raises these itself, of a contained resource of no kind that it knows or with an odd value.
        return "not a valid R4 resource: a part of it is of no known kind"
    return ""


@cache
def _model(kind: str) -> Any:
    return getattr(importlib.import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)


def reference(value: object) -> str:
    """What a Reference names, as `Kind/id`, `urn:uuid:…` or `#contained`; empty where it names nothing by these."""
    text = value.get("reference") if isinstance(value, dict) else value
    if not isinstance(text, str):
        return ""
    if text.startswith(("urn:uuid:", "urn:oid:", "#")):
        return text
    match = _REFERENCE.fullmatch(text)
    return f"{match[1]}/{match[2]}" if match else ""


def text_of(concept: object) -> str:
    """How a CodeableConcept reads: its text, else the display of its first code that has one, else that code."""
    if not isinstance(concept, dict):
        return ""
    codings = [coding for coding in concept.get("coding", ()) if isinstance(coding, dict)]
    texts = [concept.get("text"), *(c.get("display") for c in codings), *(c.get("code") for c in codings)]
    return next((" ".join(text.split()) for text in texts if is_name(text)), "")


def is_name(text: object) -> TypeGuard[str]:
    """Whether a value of a record is a name: what is longer names nothing, and is read word by word in many places."""
    return isinstance(text, str) and len(text) <= _NAME and bool(text.strip())


def entity_of(concept: object, type: str, access: frozenset[str]) -> Entity | None:
    """The entity that a CodeableConcept names; None where it has neither a code nor a text.

    Where no code is of a known system the id is a hash of the text, `text:…`, so that equal texts are one entity. What
    the known systems call their codes are its synonyms. Its
    access is the patient's: that a code was recorded is a fact about the patient.
    """
    name = text_of(concept)
    if not name:
        return None
    name = HIERARCHY.sub("", name)
    ids = sorted(_ids(concept), key=lambda id: _ORDER[id.partition(":")[0]])
    if not ids:
        ids = [f"text:{hashlib.blake2b((normalise(name) or name).encode(), digest_size=8).hexdigest()}"]
    others = sorted({HIERARCHY.sub("", display) for display in _displays(concept)} - {name})
    return Entity(
        ids[0],
        type,
        name,
        synonyms=tuple(Name(other, "zh" if is_chinese(other) else "en") for other in others),
        xrefs=tuple(dict.fromkeys(ids[1:])),
        access=access,
    )


def _displays(concept: object) -> Iterator[str]:
    for coding in concept.get("coding", ()) if isinstance(concept, dict) else ():
        display = coding.get("display")
        if coding.get("system") in SYSTEMS and is_name(display):
            yield " ".join(display.split())


def _ids(concept: object) -> Iterator[str]:
    for coding in concept.get("coding", ()) if isinstance(concept, dict) else ():
        prefix, code = SYSTEMS.get(coding.get("system", "")), coding.get("code", "")
        if prefix and isinstance(code, str) and _CODE.fullmatch(code):
            yield f"{prefix}:{code.removeprefix(prefix + ':')}"
