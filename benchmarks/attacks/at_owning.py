"""Point 7: what a sender may do with its own."""

from __future__ import annotations

import json
import re
from typing import Any

from attacks import fhir
from attacks.client import Client, of
from attacks.registry import NO_DOOR, Seen, attack
from attacks.stage import Stage, marker, told


def _own(stage: Stage, by: str) -> tuple[Client, str, list[str], dict[str, Any], list[fhir.Resource]]:
    """A record that a key itself sends: its client, number and document ids, and its job."""
    client = stage.main.client(by)
    number = marker()
    record = [
        fhir.person(number),
        fhir.condition(number, "Gout", f"c{number}"),
        fhir.note(number, "Has gout.", f"n{number}"),
    ]
    job = client.send([("own.ndjson", fhir.lines(*record))])
    documents = [one if isinstance(one, str) else str(one.get("id")) for one in job.get("documents") or []]
    return client, number, documents, job, record


@attack("7-upload-tells-its-documents", 7)
def upload_tells(stage: Stage) -> Seen:
    client, _, documents, job, _ = _own(stage, "alice")
    seen = [client.get(f"/v1/documents/{of(one)}").status for one in documents]
    return Seen(bool(seen) and set(seen) == {200} and "patient:" in json.dumps(job), f"{told(job)}; {seen}")


@attack("7-own-record-is-read", 7)
def own_read(stage: Stage) -> Seen:
    client, _, _, job, _ = _own(stage, "alice")
    labels = re.findall(r"patient:[0-9a-f]{8,}", json.dumps(job))
    if not labels:
        return NO_DOOR
    got = client.ask_question("Which conditions does the patient have?", labels[0])
    return Seen(got.status == 200 and "out" in got.json.get("answer", ""), f"{got.status} {got.json.get('answer')}")


@attack("7-own-record-is-deleted", 7)
def own_deleted(stage: Stage) -> Seen:
    client, _, documents, _, _ = _own(stage, "alice")
    if not documents:
        return NO_DOOR
    gone = [client.delete(f"/v1/documents/{of(one)}").status for one in documents]
    after = {client.get(f"/v1/documents/{of(one)}").status for one in documents}
    return Seen(set(gone) == {204} and after == {404}, f"{gone} {after}")


@attack("7-own-record-of-a-changed-key", 7)
def own_of_twin(stage: Stage) -> Seen:
    """A key of the same owner, as after an exchange of keys, may do the same."""
    _, _, documents, _, _ = _own(stage, "alice")
    if not documents or not stage.main.rich:
        return NO_DOOR
    twin = stage.main.client("twin")
    gone = [twin.delete(f"/v1/documents/{of(one)}").status for one in documents]
    return Seen(set(gone) == {204}, str(gone))


@attack("7-doctor-writes-into-its-patient", 7)
def doctor_writes(stage: Stage) -> Seen:
    """Who holds the label means the record that is there."""
    v = stage.victim("lines")
    client = stage.main.client("doctor")
    job = client.send([("d.ndjson", fhir.lines(fhir.allergy(v.number, "Latex", "dx")))])
    answer = client.ask_question("What is the patient allergic to?", v.label).json.get("answer", "")
    return Seen("Latex" in answer and "Penicillin" in answer, f"{told(job)}; {answer}")
