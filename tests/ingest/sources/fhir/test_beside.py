"""The medications of an export."""

from __future__ import annotations

import gzip
from pathlib import Path

from ingest.sources.fhir.beside import medications_beside


def test_medications_are_found_in_all_files_of_the_folder(tmp_path: Path) -> None:
    drug = '{"resourceType": "Medication", "id": "%s", "code": {"text": "%s"}}\n'
    (tmp_path / "Medication.ndjson").write_text(drug % ("a", "Colchicine") + '{"resourceType": "Medication\n')
    (tmp_path / "more.ndjson.gz").write_bytes(gzip.compress((drug % ("b", "Probenecid")).encode()))
    (tmp_path / "other.ndjson").write_text('{"resourceType": "Patient", "id": "p"}\n')
    (tmp_path / "notes.txt").write_text(drug % ("c", "Aspirin"))

    found = medications_beside(tmp_path / "MedicationRequest.ndjson")

    assert found == {"Medication/a": {"text": "Colchicine"}, "Medication/b": {"text": "Probenecid"}}


def test_medications_are_found_in_bundles_and_alone_under_their_servers(tmp_path: Path) -> None:
    one = '{"resourceType": "Medication",\n "id": "%s",\n "code": {"text": "%s"}}'
    entry = '{"fullUrl": "http://a.example/fhir/Medication/%s",\n "resource": %s}'
    (tmp_path / "1.json").write_text('{"resourceType": "Bundle",\n "entry": [%s]}' % (entry % ("a", one % ("a", "A"))))
    (tmp_path / "2.json").write_text(one % ("b", "B"))
    (tmp_path / "3.json").write_text('{"resourceType": "Bundle",\n "entry": [{"resource": {"resourceType": "Medic')
    (tmp_path / "4.json").write_text('{"resourceType": "Bundle",\n "entry": [{"resource": %s}]}' % (one % ("c", "C")))

    found = medications_beside(tmp_path / "orders.json")

    assert found == {"a.example/fhir/Medication/a": {"text": "A"}, "Medication/b": {"text": "B"}}


def test_what_two_files_call_alike_is_neither(tmp_path: Path) -> None:
    drug = '{"resourceType": "Medication", "id": "%s", "code": {"text": "%s"}}\n'
    (tmp_path / "1.ndjson").write_text(drug % ("a", "Digoxin") + drug % ("b", "Warfarin"))
    (tmp_path / "2.ndjson").write_text(drug % ("a", "Insulin") + drug % ("b", "Warfarin"))

    assert medications_beside(tmp_path / "orders.ndjson") == {"Medication/b": {"text": "Warfarin"}}
