"""FHIR resources of invented patients."""

from __future__ import annotations

import base64
import json
from typing import Any

SERVER = "http://a.example/fhir"
Resource = dict[str, Any]
_CODES = "http://terminology.hl7.org/CodeSystem"


def coded(system: str, code: str) -> Resource:
    return {"coding": [{"system": f"{_CODES}/{system}", "code": code}]}


def person(number: str, **more: Any) -> Resource:
    return {"resourceType": "Patient", "id": number, "gender": "female", "birthDate": "1970-02-11"} | more


def condition(number: str, name: str, identifier: str = "cx", **more: Any) -> Resource:
    return {
        "resourceType": "Condition",
        "id": identifier,
        "subject": {"reference": f"Patient/{number}"},
        "code": {"text": name},
        "clinicalStatus": coded("condition-clinical", "active"),
        "verificationStatus": coded("condition-ver-status", "confirmed"),
    } | more


def allergy(number: str, name: str, identifier: str = "ax", **more: Any) -> Resource:
    return {
        "resourceType": "AllergyIntolerance",
        "id": identifier,
        "patient": {"reference": f"Patient/{number}"},
        "code": {"text": name},
        "clinicalStatus": coded("allergyintolerance-clinical", "active"),
        "verificationStatus": coded("allergyintolerance-verification", "confirmed"),
    } | more


def request(number: str, name: str, identifier: str = "mx") -> Resource:
    return {
        "resourceType": "MedicationRequest",
        "id": identifier,
        "status": "active",
        "intent": "order",
        "subject": {"reference": f"Patient/{number}"},
        "medicationCodeableConcept": {"text": name},
    }


def observation(number: str, name: str, value: float, identifier: str = "ox") -> Resource:
    return {
        "resourceType": "Observation",
        "id": identifier,
        "status": "final",
        "code": {"text": name},
        "subject": {"reference": f"Patient/{number}"},
        "valueQuantity": {"value": value, "unit": "mmol/L"},
    }


def note(number: str, text: str, identifier: str = "nx", kind: str = "text/plain", **attachment: Any) -> Resource:
    data = base64.b64encode(text.encode()).decode()
    return {
        "resourceType": "DocumentReference",
        "id": identifier,
        "status": "current",
        "docStatus": "final",
        "subject": {"reference": f"Patient/{number}"},
        "content": [{"attachment": {"contentType": kind, "data": data} | attachment}],
    }


def report(number: str, text: str, identifier: str = "rx") -> Resource:
    return {
        "resourceType": "DiagnosticReport",
        "id": identifier,
        "status": "final",
        "code": {"text": "Report"},
        "subject": {"reference": f"Patient/{number}"},
        "conclusion": text,
    }


def newer(resource: Resource, version: int = 9) -> Resource:
    return resource | {"meta": {"versionId": str(version), "lastUpdated": f"20{20 + version}-01-01T00:00:00Z"}}


def entry(resource: Resource, server: str = SERVER, **more: Any) -> Resource:
    return {"fullUrl": f"{server}/{resource['resourceType']}/{resource.get('id', '')}", "resource": resource} | more


def bundle(*resources: Resource, kind: str = "searchset", server: str = SERVER) -> bytes:
    entries = [entry(one, server) for one in resources]
    if kind in {"transaction", "batch"}:
        for one in entries:
            kept = one["resource"]
            one["request"] = {"method": "PUT", "url": f"{kept['resourceType']}/{kept['id']}"}
    return bundled(*entries, kind=kind)


def bundled(*entries: Resource, kind: str = "searchset") -> bytes:
    return json.dumps({"resourceType": "Bundle", "type": kind, "entry": list(entries)}, ensure_ascii=False).encode()


def lines(*resources: Resource) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in resources).encode()


def lone(resource: Resource) -> bytes:
    return json.dumps(resource, ensure_ascii=False).encode()
