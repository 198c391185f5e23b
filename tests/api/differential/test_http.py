"""POST /v1/differential over a real server on loopback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

DOCTOR = {"Authorization": "Bearer doctor-key-0123456789"}
READER = {"Authorization": "Bearer reader-key-0123456789"}


def post(
    client: httpx.Client, body: dict[str, Any], path: str = "", headers: dict[str, str] = READER
) -> httpx.Response:
    return client.post(f"/v1/differential{path}", json=body, headers=headers)


def test_a_case_is_ranked(clinic_client: httpx.Client) -> None:
    reply = post(clinic_client, {"findings": ["fever", "cough", "qqqq"], "age": 34, "season": "winter"})
    body = reply.json()
    assert reply.status_code == 200
    assert body["candidates"][0]["name"] == "Influenza"
    assert body["unknown"][0]["told"] == "qqqq"
    statement = body["candidates"][0]["explained"][0]["statement"]
    opened = clinic_client.get(f"/v1/assertions/{statement['assertion']}", headers=READER)
    assert opened.json()["source"]["id"] == "medgraph-conditions"


def test_in_chinese(clinic_client: httpx.Client) -> None:
    body = post(clinic_client, {"findings": ["fever", "cough"], "language": "zh"}).json()
    assert body["candidates"][0]["name"] == "流行性感冒"
    assert body["next"][0]["question"].startswith("是否有")


def test_an_answer_changes_the_ranking(clinic_client: httpx.Client) -> None:
    before = post(clinic_client, {"findings": ["cough"]}).json()
    asked = before["next"][0]["id"]
    after = post(clinic_client, {"present": [asked]}, f"/{before['id']}/answers").json()
    assert after["id"] == before["id"]
    assert after["changes"]
    assert [one["id"] for one in after["case"]["findings"]] == ["HP:0012735", asked]
    assert asked not in [one["id"] for one in after["next"]]
    denied = post(clinic_client, {"absent": [asked]}, f"/{before['id']}/answers").json()
    assert [one["id"] for one in denied["case"]["findings"]] == ["HP:0012735"]
    assert [one["id"] for one in denied["case"]["absent"]] == [asked]
    kept = clinic_client.get(f"/v1/differential/{before['id']}", headers=READER).json()
    assert kept == denied


def test_what_nobody_can_tell_is_not_asked_again(clinic_client: httpx.Client) -> None:
    before = post(clinic_client, {"findings": ["cough"]}).json()
    asked = before["next"][0]["id"]
    after = post(clinic_client, {"unknown": [asked]}, f"/{before['id']}/answers").json()
    assert asked not in [one["id"] for one in after["next"]]
    assert after["candidates"] == before["candidates"]


def test_an_id_is_for_its_reader_alone(clinic_client: httpx.Client) -> None:
    id = post(clinic_client, {"findings": ["cough"]}).json()["id"]
    for reply in (
        clinic_client.get(f"/v1/differential/{id}", headers=DOCTOR),
        clinic_client.get("/v1/differential/nothing", headers=READER),
        post(clinic_client, {"present": ["fever"]}, "/nothing/answers"),
    ):
        assert (reply.status_code, reply.headers["content-type"]) == (404, "application/problem+json")
        assert reply.json()["type"] == "urn:medgraph:problem:no-ranking"


def test_nothing_understood_is_said(clinic_client: httpx.Client) -> None:
    reply = post(clinic_client, {"findings": ["qqqq"]})
    body = reply.json()
    assert (reply.status_code, body["candidates"], body["other"]) == (200, [], 1.0)
    assert "nothing can be ranked" in body["thin"][0]


@pytest.mark.parametrize(
    "body",
    [
        {}, {"findings": []}, {"findings": [""]}, {"findings": ["fever"], "age": -1}, {"findings": "fever"},
        {"findings": ["fever"], "age": 3, "onset": 4}, {"findings": ["fever"] * 501}, {"findings": ["fever"], "x": 1},
        {"findings": ["fever"], "papers": ["1"]}, {"findings": ["fever"], "limit": 0}, {"text": "  "},
    ],
)  # fmt: skip
def test_what_is_no_case_is_refused(body: dict[str, Any], clinic_client: httpx.Client) -> None:
    reply = post(clinic_client, body)
    assert (reply.status_code, reply.json()["type"]) == (422, "urn:medgraph:problem:invalid-request")


@pytest.mark.parametrize(
    ("content", "where", "what"),
    [
        (b'{"findings": ["fever",]}', "body", "no JSON: "),
        (b'{"findings": ["fever"', "body", "no JSON: Expecting ',' delimiter at character 21"),
        (b'{"findings": ["\xe9"]}', "body", "no UTF-8 text"),
        (b'{"findings": ["fever"], "sexx": "male"}', "body.sexx", "no such field"),
        (b'{"findings": ["fever"], "Jane Roe": 1}', "body.(a field that is not known)", "no such field"),
        (b'{"findings": ["fever"], "access": ["a b"]}', "body.access.0", "String should match"),
    ],
)
def test_what_is_wrong_with_a_body_is_said(content: bytes, where: str, what: str, clinic_client: httpx.Client) -> None:
    headers = READER | {"Content-Type": "application/json"}
    reply = clinic_client.post("/v1/differential", content=content, headers=headers)
    (error,) = reply.json()["errors"]
    assert (reply.status_code, error["where"]) == (422, where)
    assert error["what"].startswith(what)


def test_a_body_that_is_sent_as_something_else(clinic_client: httpx.Client) -> None:
    reply = clinic_client.post("/v1/differential", content=b'{"findings": ["fever"]}', headers=READER)
    assert (reply.status_code, "Content-Type: application/json" in reply.json()["errors"][0]["what"]) == (422, True)


def test_an_age_that_a_record_tells_and_nobody_has(
    clinic_client: httpx.Client, packet: Callable[..., dict[str, Any]]
) -> None:
    old = packet("HP:0001083", subject={"timeAtLastEncounter": {"age": {"iso8601duration": "P200Y"}}})
    reply = post(clinic_client, {"phenopacket": old})
    assert (reply.status_code, reply.json()["type"]) == (422, "urn:medgraph:problem:invalid-request")
    assert reply.json()["errors"] == [{"where": "body", "what": "age: 200 years is no age; 0 to 130 are"}]


def test_an_answer_that_says_two_things_is_refused_and_changes_nothing(clinic_client: httpx.Client) -> None:
    before = post(clinic_client, {"findings": ["cough"]}).json()
    for twice in (
        {"present": ["fever"], "absent": ["HP:0001945"]}, {"present": ["fever"], "unknown": ["fever"]},
        {"absent": ["发热"], "unknown": ["fever"]},
    ):  # fmt: skip
        reply = post(clinic_client, twice, f"/{before['id']}/answers")
        assert (reply.status_code, reply.json()["errors"]) == (
            422, [{"where": "body", "what": "more than one answer to HP:0001945"}]
        )  # fmt: skip
    assert clinic_client.get(f"/v1/differential/{before['id']}", headers=READER).json() == before


def test_an_answer_is_counted_once_and_what_cannot_be_told_not_at_all(clinic_client: httpx.Client) -> None:
    before = post(clinic_client, {"findings": ["cough"], "absent": ["headache"]}).json()
    path = f"/{before['id']}/answers"
    once, twice = (post(clinic_client, {"present": ["fever", "qqqq"]}, path).json() for _ in range(2))
    assert once["case"] == twice["case"]
    assert (once["candidates"], twice["changes"]) == (twice["candidates"], [])
    assert [one["told"] for one in twice["unknown"]] == ["qqqq"]
    after = post(clinic_client, {"unknown": ["fever", "headache", "zzzz"]}, path).json()
    assert [one["told"] for one in after["case"]["findings"]] == ["cough"]
    assert after["case"]["absent"] == []
    assert [one["told"] for one in after["unknown"]] == ["qqqq", "zzzz"]
    assert {"HP:0001945", "HP:0002315"}.isdisjoint(one["id"] for one in after["next"])


def test_what_is_sent_is_as_described(
    clinic_client: httpx.Client, packet: Callable[..., dict[str, Any]], bundle: Callable[..., dict[str, Any]]
) -> None:
    document = clinic_client.get("/openapi.json").json()

    def check(method: str, path: str, reply: httpx.Response) -> None:
        kind = reply.headers["content-type"]
        sent = document["paths"][path][method]["responses"][str(reply.status_code)]["content"][kind]["schema"]
        Draft202012Validator({**sent, "components": document["components"]}).validate(reply.json())

    bodies: tuple[dict[str, Any], ...] = (
        {"findings": ["fever", "cough", "qqqq"], "drugs": ["lisinopril", "zzzz"], "region": "atlantis"},
        {"text": "34F with fever and cough for 3 days, no headache"}, {"findings": ["qqqq"]}, {"findings": 7}, {},
        {"phenopacket": packet("HP:0001083")}, {"phenopacket": {}}, {"bundle": bundle({"resourceType": "Claim"})},
        {"findings": ["fever"], "access": ["ward:7"]},
    )  # fmt: skip
    for body in bodies:
        reply = post(clinic_client, body)
        check("post", "/v1/differential", reply)
        id = reply.json().get("id", "nothing")
        check("get", "/v1/differential/{id}", clinic_client.get(f"/v1/differential/{id}", headers=READER))
        answered = post(clinic_client, {"present": ["myalgia"]}, f"/{id}/answers")
        check("post", "/v1/differential/{id}/answers", answered)


def test_answers_need_something(clinic_client: httpx.Client) -> None:
    id = post(clinic_client, {"findings": ["cough"]}).json()["id"]
    assert post(clinic_client, {}, f"/{id}/answers").status_code == 422


def test_a_phenopacket_is_ranked(clinic_client: httpx.Client, packet: Callable[..., dict[str, Any]]) -> None:
    body = post(clinic_client, {"phenopacket": packet("HP:0001083", "HP:0001166")}).json()
    assert [one["id"] for one in body["case"]["findings"]] == ["HP:0001083", "HP:0001166"]
    assert (body["case"]["age"], body["case"]["sex"]) == (16, "male")


@pytest.mark.parametrize(
    ("packet", "where", "what"),
    [
        ({"phenotypicFeatures": [{}]}, "body.phenopacket.phenotypicFeatures[0].type", "is no object"),
        ({"phenotypicFeatures": [{"type": {"id": "Jane Roe"}}]}, "body.phenopacket.phenotypicFeatures[0].type.id",
         "a CURIE such as HP:0001945 is expected"),
        ({"proband": {"subject": []}}, "body.phenopacket.proband.subject", "is no object"),
        ({"metaData": {"phenopacketSchemaVersion": "1.0.0"}}, "body.phenopacket",
         "a phenopacket of version 1; version 2 is read (phenopacket-tools converts)"),
        ({}, "body.phenopacket", "no phenopacket: it has neither phenotypicFeatures nor subject nor metaData"),
    ],
)  # fmt: skip
def test_a_phenopacket_that_cannot_be_read_is_told_by_its_field(
    packet: dict[str, Any], where: str, what: str, clinic_client: httpx.Client
) -> None:
    reply = post(clinic_client, {"findings": ["fever"], "phenopacket": packet})
    assert (reply.status_code, reply.json()["type"]) == (422, "urn:medgraph:problem:unreadable-source")
    assert reply.json()["errors"] == [{"where": where, "what": what}]


def test_a_bundle_is_ranked_and_what_cannot_be_read_of_it_told(
    clinic_client: httpx.Client, bundle: Callable[..., dict[str, Any]]
) -> None:
    broken = {"resourceType": "Condition", "id": "c", "subject": 7}
    body = post(clinic_client, {"findings": ["fever"], "bundle": bundle(broken)}).json()
    assert body["case"]["sex"] == "female"
    assert [one["told"] for one in body["case"]["findings"]] == ["fever", "Cough"]
    (failed,) = body["failed"]
    assert (failed["record"], "not a valid R4 resource" in failed["reason"]) == ("entry 3 (Condition)", True)
    after = post(clinic_client, {"absent": ["headache"]}, f"/{body['id']}/answers").json()
    assert after["failed"] == body["failed"]


def test_a_bundle_that_cannot_be_read_says_why(
    clinic_client: httpx.Client, bundle: Callable[..., dict[str, Any]]
) -> None:
    other = {"resourceType": "Condition", "id": "d", "subject": {"reference": "Patient/q"}, "code": {"text": "Fever"}}
    for sent, what in (({"x": 1}, "not a FHIR resource"), (bundle(other), "several patients")):
        reply = post(clinic_client, {"bundle": sent})
        assert (reply.status_code, reply.json()["type"]) == (422, "urn:medgraph:problem:unreadable-source")
        (error,) = reply.json()["errors"]
        assert error["where"] == "body.bundle"
        assert what in error["what"]


def test_a_patient_needs_the_label(clinic_client: httpx.Client) -> None:
    reply = post(clinic_client, {"findings": ["fever"], "patient": "patient:42"})
    assert (reply.status_code, reply.json()["type"]) == (404, "urn:medgraph:problem:no-such-patient")
    assert post(clinic_client, {"patient": "patient:42"}, headers=DOCTOR).status_code == 404


def test_labels_must_be_held(clinic_client: httpx.Client) -> None:
    assert post(clinic_client, {"findings": ["cough"], "access": ["ward:7"]}).status_code == 403


def test_a_server_without_annotations_says_that_nothing_could_tell(client: httpx.Client) -> None:
    reply = client.post("/v1/differential", json={"findings": ["cough"]})
    assert (reply.status_code, reply.json()["type"]) == (503, "urn:medgraph:problem:nothing-loaded")


def test_the_examples_of_the_description_hold(clinic_client: httpx.Client) -> None:
    schema = clinic_client.get("/openapi.json").json()["components"]["schemas"]["CaseBody"]
    for example in schema["examples"]:
        assert post(clinic_client, example).status_code == 200


def test_a_text_is_told_by_the_groups_of_diseases_that_it_speaks_of(clinic_client: httpx.Client) -> None:
    text = "34F with fever, cough and runny nose"
    first = post(clinic_client, {"text": text}).json()["disease_groups"][0]
    assert (first["group"], first["zh"]) == ("respiratory-infection", "呼吸道感染")
    assert all(text[word["start"] : word["end"]] == word["text"] for word in first["words"])
    assert post(clinic_client, {"findings": ["cough"]}).json()["disease_groups"] == []


def test_what_is_wrong_with_a_case_as_a_whole_is_said(clinic_client: httpx.Client) -> None:
    for body, what in (({"text": " "}, "give findings"), ({"findings": ["fever"], "age": 3, "onset": 5}, "onset is")):
        errors = post(clinic_client, body).json()["errors"]
        assert errors[0]["what"].startswith(what)
