"""POST /v1/differential over a real server on loopback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

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


def test_answers_need_something(clinic_client: httpx.Client) -> None:
    id = post(clinic_client, {"findings": ["cough"]}).json()["id"]
    assert post(clinic_client, {}, f"/{id}/answers").status_code == 422


def test_a_phenopacket_is_ranked(clinic_client: httpx.Client, packet: Callable[..., dict[str, Any]]) -> None:
    body = post(clinic_client, {"phenopacket": packet("HP:0001083", "HP:0001166")}).json()
    assert [one["id"] for one in body["case"]["findings"]] == ["HP:0001083", "HP:0001166"]
    assert (body["case"]["age"], body["case"]["sex"]) == (16, "male")
    reply = post(clinic_client, {"phenopacket": {"phenotypicFeatures": [{}]}})
    assert (reply.status_code, reply.json()["type"]) == (422, "urn:medgraph:problem:unreadable-source")


def test_a_bundle_is_ranked(clinic_client: httpx.Client) -> None:
    condition = {
        "resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p"}, "code": {"text": "Cough"},
    }  # fmt: skip
    entries = [{"resource": {"resourceType": "Patient", "id": "p", "gender": "female"}}, {"resource": condition}]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    body = post(clinic_client, {"findings": ["fever"], "bundle": bundle}).json()
    assert body["case"]["sex"] == "female"


def test_a_patient_needs_the_label(clinic_client: httpx.Client) -> None:
    reply = post(clinic_client, {"findings": ["fever"], "patient": "patient:42"})
    assert (reply.status_code, reply.json()["type"]) == (403, "urn:medgraph:problem:forbidden")
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
