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
