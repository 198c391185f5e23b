import json
from pathlib import Path

import pytest

from api.records import UNREAD, of_bundle
from ingest.errors import UnreadableSource


def bundle(path: Path, *resources: dict[str, object]) -> Path:
    entries = [{"resource": resource} for resource in resources]
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}), encoding="utf-8")
    return path


def condition(patient: str) -> dict[str, object]:
    return {
        "resourceType": "Condition", "id": f"c-{patient}", "subject": {"reference": f"Patient/{patient}"},
        "code": {"text": "Fever"},
    }  # fmt: skip


def test_a_record_has_rows_entities_and_who_it_is_of(tmp_path: Path) -> None:
    patient: dict[str, object] = {"resourceType": "Patient", "id": "p", "gender": "male", "birthDate": "1990-01-01"}
    claim: dict[str, object] = {"resourceType": "Claim", "id": "k"}
    record = of_bundle(bundle(tmp_path / "b.json", patient, condition("p"), claim))
    assert [record.entities[row.object].name for row in record.rows] == ["Fever"]
    assert "Sex: male" in record.about
    assert all(failure.reason.endswith(UNREAD) for failure in record.failed)


def test_a_file_of_several_patients_is_refused(tmp_path: Path) -> None:
    patients: list[dict[str, object]] = [{"resourceType": "Patient", "id": id} for id in ("p", "q")]
    with pytest.raises(UnreadableSource, match="several patients"):
        of_bundle(bundle(tmp_path / "b.json", *patients, condition("p"), condition("q")))
