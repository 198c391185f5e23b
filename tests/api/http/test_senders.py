"""Two senders, a reader of a patient and an administrator over a real server: who may write what."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.cli import main as cli
from api.home import open_salt
from api.settings import Settings
from ingest.sources.fhir.deidentify import pseudonym

Json = dict[str, Any]
WARD, LAB, NURSE, HEAD = (f"{name}-key-0123456789" for name in ("ward", "lab", "nurse", "head"))


def condition(patient: str, text: str, id: str = "c1", version: int = 1) -> Json:
    return {
        "resourceType": "Condition", "id": id, "meta": {"versionId": str(version)}, "code": {"text": text},
        "subject": {"reference": f"Patient/{patient}"},
    }  # fmt: skip


class Doors:
    """A running server, as each of its keys meets it."""

    def __init__(self, client: httpx.Client, anne: str, wait_for: Callable[..., None]) -> None:
        self.client, self.anne, self._wait_for = client, anne, wait_for

    def ask(self, key: str, method: str, path: str, **options: Any) -> httpx.Response:
        return self.client.request(method, path, headers={"Authorization": f"Bearer {key}"}, **options)

    def send(self, key: str, name: str, content: str) -> Json:
        """Upload a file and return its job when it has ended."""
        reply = self.ask(key, "POST", "/v1/documents", files={"files": (name, content.encode())})
        assert reply.status_code == 202
        job: Json = {}

        def ended() -> bool:
            job.update(self.ask(key, "GET", reply.headers["location"]).json())
            return job["state"] in ("done", "failed")

        self._wait_for(ended)
        assert job["state"] == "done"
        return job

    def fhir(self, key: str, *resources: Json) -> Json:
        return self.send(key, "a.ndjson", "".join(json.dumps(one) + "\n" for one in resources))

    def record(self, key: str, label: str) -> list[object]:
        """All that a key is told of a patient."""
        question = {"question": "Which conditions are recorded?", "patient": label}
        return [
            self.ask(key, "GET", f"/v1/documents/fhir:Patient/{label[8:]}").json(),
            self.ask(key, "GET", "/v1/assertions", params={"subject": label}).json(),
            self.ask(key, "GET", f"/v1/entities/{label}").json(),
            self.ask(key, "POST", "/v1/answers", json=question).json().get("answer"),
        ]


@pytest.fixture(scope="module")
def doors(
    filled: Path,
    keyed_over: Callable[..., Iterator[httpx.Client]],
    tmp_path_factory: pytest.TempPathFactory,
    wait_for: Callable[..., None],
) -> Iterator[Doors]:
    folder = tmp_path_factory.mktemp("senders")
    home = Path(shutil.copytree(filled, folder / "filled"))
    (folder / "anne.ndjson").write_text(json.dumps(condition("anne", "Heart failure")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEDGRAPH_HOME", str(home))
        assert cli.main(["ingest", str(folder / "anne.ndjson")]) == 0
    anne = f"patient:{pseudonym('Patient/anne', open_salt(Settings(home=home)))}"
    keys: Json = {
        WARD: ["public"],
        LAB: ["public"],
        NURSE: {"name": "nurse", "labels": ["public", anne], "scopes": ["read"]},
        HEAD: {"name": "head", "labels": ["public", anne], "scopes": ["admin"]},
    }
    for client in keyed_over(home, folder, keys):
        yield Doors(client, anne, wait_for)


def told(job: Json) -> Json:
    """A job but for its ids and times, and for the pseudonyms in it."""
    left = {"id", "created", "started", "finished", "documents", "labels"}
    return {key: value for key, value in job.items() if key not in left}


def test_a_record_is_not_written_into_without_its_label_nor_told_of(doors: Doors) -> None:
    before = doors.record(NURSE, doors.anne)
    forged = [condition("anne", "Lactic acidosis", "c9"), condition("anne", "Gout", version=9)]
    known = doors.fhir(WARD, *forged)
    unknown = doors.fhir(WARD, *(condition("nobody", one["code"]["text"], f"n{one['id']}", 9) for one in forged))
    assert told(known) == told(unknown)
    assert doors.record(NURSE, doors.anne) == before
    assert doors.anne not in known["labels"]
    gone = {"resourceType": "Bundle", "type": "transaction", "entry": [
        {"request": {"method": "DELETE", "url": f"Condition/{id}"}} for id in ("c1", "nowhere")
    ]}  # fmt: skip
    assert doors.send(WARD, "b.json", json.dumps(gone))["failed"] == []
    assert doors.record(NURSE, doors.anne) == before
    for method in ("GET", "DELETE"):
        replies = [
            doors.ask(WARD, method, f"/v1/documents/fhir:Patient/{hidden}") for hidden in (doors.anne[8:], "0" * 32)
        ]
        bodies = [{**reply.json(), "instance": ""} for reply in replies]
        assert [reply.status_code for reply in replies] == [404, 404]
        assert bodies[0] == bodies[1]


def test_a_sender_reads_corrects_and_deletes_its_own_patient(doors: Doors) -> None:
    job = doors.fhir(LAB, condition("eve", "Lactic acidosis"))
    (label,), (document,) = job["labels"], job["documents"]
    assert document == f"fhir:Patient/{label[8:]}"
    assert "Lactic acidosis" in doors.ask(LAB, "GET", f"/v1/documents/{document}").json()["text"]
    hits = doors.ask(LAB, "GET", "/v1/search", params={"q": "lactic acidosis", "access": label}).json()["hits"]
    assert [hit["document"] for hit in hits] == [document]
    assert "actic acidosis" in str(doors.record(LAB, label)[-1])
    assert doors.fhir(LAB, condition("eve", "Heart failure", version=2))["updated"] == 1
    assert "Heart failure" in doors.ask(LAB, "GET", f"/v1/documents/{document}").json()["text"]
    for key, status in ((WARD, 404), (HEAD, 404), (NURSE, 403), (LAB, 204), (LAB, 404)):
        assert doors.ask(key, "DELETE", f"/v1/documents/{document}").status_code == status


def test_documents_of_others_stand_whatever_a_sender_sends(doors: Doors) -> None:
    listed = doors.ask(NURSE, "GET", "/v1/documents/PMID:101").json()
    job = doors.send(WARD, "a.jsonl", json.dumps({"pmid": 101, "title": "Forged", "text": "Nothing."}))
    assert [one["record"] for one in job["failed"]] == ["PMID:101"]
    xml = "<PubmedArticleSet><DeleteCitation><PMID>101</PMID></DeleteCitation></PubmedArticleSet>"
    assert len(doors.send(WARD, "a.xml", xml)["failed"]) == 1
    assert doors.ask(WARD, "DELETE", "/v1/documents/PMID:101").status_code == 403
    assert doors.ask(NURSE, "DELETE", "/v1/documents/PMID:101").status_code == 403
    assert doors.ask(NURSE, "GET", "/v1/documents/PMID:101").json() == listed
    assert doors.ask(HEAD, "DELETE", "/v1/documents/PMID:103").status_code == 204


def test_an_id_that_a_sender_makes_up_does_not_tell_that_it_is_taken(doors: Doors) -> None:
    jobs = {id: doors.send(WARD, "a.jsonl", json.dumps({"id": id, "text": "Forged."})) for id in ("letter:1", "x:1")}
    assert told(jobs["letter:1"]) == told(jobs["x:1"])
    assert told(jobs["x:1"])["failed"] == []
    for id, job in jobs.items():
        (own,) = job["documents"]
        replies = [doors.ask(WARD, "GET", f"/v1/documents/{known}") for known in (id, own)]
        assert [(reply.status_code, reply.json()["id"]) for reply in replies] == [(200, own)] * 2
        assert [doors.ask(LAB, method, f"/v1/documents/{id}").status_code for method in ("GET", "DELETE")] == [404, 404]
        deleted = [doors.ask(WARD, "DELETE", f"/v1/documents/{id}").status_code for _ in range(2)]
        assert deleted == [204, 404]


def test_a_public_document_declares_no_patient(doors: Doors) -> None:
    before = doors.record(NURSE, doors.anne)
    declared = f"7|t|Mallory\n7|a|Nothing.\n7\t0\t7\tMallory\tPatient\t{doors.anne}\n\n"
    assert len(doors.send(LAB, "a.pubtator", declared)["failed"]) == 1
    assert doors.record(NURSE, doors.anne) == before
    assert doors.ask(LAB, "GET", f"/v1/entities/{doors.anne}").status_code == 404
