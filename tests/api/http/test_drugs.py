"""POST /v1/drugs/check over a real server on loopback."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

DOCTOR = {"Authorization": "Bearer doctor-key-0123456789"}
READER = {"Authorization": "Bearer reader-key-0123456789"}


def post(client: httpx.Client, body: dict[str, Any], headers: dict[str, str] = READER) -> httpx.Response:
    return client.post("/v1/drugs/check", json=body, headers=headers)


def test_drugs_are_checked(drug_client: httpx.Client) -> None:
    body = post(drug_client, {"drugs": ["Coumadin", "阿司匹林", "asprin"], "language": "zh", "egfr": 20}).json()
    assert [(drug["asked"], drug["name"]) for drug in body["drugs"]] == [
        ("Coumadin", "华法林"),
        ("阿司匹林", "阿司匹林"),
    ]
    assert body["unknown"] == [{"asked": "asprin", "nearest": ["Aspirin"]}]
    (pair,) = body["pairs"]
    assert (pair["a"], pair["b"], pair["found"], pair["severity"], pair["derived"]) == (
        "Coumadin", "阿司匹林", True, "major", False,
    )  # fmt: skip
    assert pair["statements"][0]["mechanism"] == "血小板。"
    reply = drug_client.get(f"/v1/assertions/{pair['statements'][0]['assertion']}", headers=READER)
    assert reply.json()["source"]["id"] == "book"


def test_the_open_licences_are_the_default(drug_client: httpx.Client) -> None:
    asked = {"drugs": ["metformin", "clarithromycin"]}
    shut = post(drug_client, asked).json()
    assert (shut["pairs"][0]["found"], [one["source"] for one in shut["closed"]]) == (False, ["closed"])
    assert post(drug_client, {**asked, "licence": "all"}).json()["pairs"][0]["severity"] == "contraindicated"


def test_a_patient_needs_the_label(drug_client: httpx.Client) -> None:
    asked = {"drugs": ["ibuprofen"], "patient": "patient:42"}
    reply = post(drug_client, asked)
    assert (reply.status_code, reply.json()["type"]) == (404, "urn:medgraph:problem:no-such-patient")
    body = post(drug_client, asked, DOCTOR).json()
    assert [drug["name"] for drug in body["drugs"]] == ["Ibuprofen", "Warfarin"]
    assert [row["verdict"] for row in body["contraindications"]] == ["caution"]


def test_a_bundle_is_checked(drug_client: httpx.Client) -> None:
    request = {
        "resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order",
        "subject": {"reference": "Patient/p"}, "medicationCodeableConcept": {"text": "Coumadin 5 MG"},
    }  # fmt: skip
    entries = [{"resource": {"resourceType": "Patient", "id": "p"}}, {"resource": request}]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    body = post(drug_client, {"drugs": ["aspirin"], "bundle": bundle}).json()
    assert [pair["severity"] for pair in body["pairs"]] == ["major"]
    reply = post(drug_client, {"bundle": {"resourceType": "Bundle", "entry": [{"resource": {**request, "status": 7}}]}})
    assert (reply.status_code, reply.json()["type"]) == (422, "urn:medgraph:problem:unreadable-source")
    (error,) = reply.json()["errors"]
    assert (error["where"], "entry 1 (MedicationRequest)" in error["what"]) == ("body.bundle", True)
    assert post(drug_client, {}).json()["errors"] == [{"where": "body", "what": "give drugs, a patient or a bundle"}]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"drugs": []},
        {"drugs": [""]},
        {"drugs": ["aspirin"] * 201},
        {"drugs": ["aspirin"], "age": -1},
        {"drugs": ["aspirin"], "severity": "major"},
        {"drugs": ["aspirin"], "licence": "mine"},
        {"drugs": "aspirin"},
    ],
)
def test_what_is_no_such_question_is_refused(body: dict[str, Any], drug_client: httpx.Client) -> None:
    reply = post(drug_client, body)
    assert (reply.status_code, reply.headers["content-type"]) == (422, "application/problem+json")
    assert reply.json()["type"] == "urn:medgraph:problem:invalid-request"


def test_a_server_without_interactions_says_that_nothing_could_tell(client: httpx.Client) -> None:
    reply = client.post("/v1/drugs/check", json={"drugs": ["metformin", "aspirin"]})
    assert (reply.status_code, reply.headers["content-type"]) == (503, "application/problem+json")
    assert reply.json()["type"] == "urn:medgraph:problem:nothing-loaded"


def test_a_record_may_be_larger_than_a_question(drug_client: httpx.Client) -> None:
    patient = {"resource": {"resourceType": "Patient", "id": "p", "name": [{"text": "x" * (2 << 20)}]}}
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [patient]}
    reply = post(drug_client, {"drugs": ["aspirin", "warfarin"], "bundle": bundle})
    assert (reply.status_code, reply.json()["pairs"][0]["severity"]) == (200, "major")
    huge = post(drug_client, {"drugs": ["aspirin"], "bundle": {"note": "x" * (33 << 20)}})
    assert (huge.status_code, huge.json()["type"]) == (413, "urn:medgraph:problem:too-large")


def test_more_drugs_than_are_checked_together_with_a_record_are_too_large(drug_client: httpx.Client) -> None:
    request = {
        "resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order",
        "subject": {"reference": "Patient/p"}, "medicationCodeableConcept": {"text": "Coumadin 5 MG"},
    }  # fmt: skip
    entries = [{"resource": {"resourceType": "Patient", "id": "p"}}, {"resource": request}]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    reply = post(drug_client, {"drugs": [f"drug {n}" for n in range(200)], "bundle": bundle})
    assert (reply.status_code, reply.json()["type"]) == (413, "urn:medgraph:problem:too-large")
