import json
from pathlib import Path

import pytest

from api.cases import of_bundle, of_phenopacket
from ingest.errors import UnreadableSource


def test_a_phenopacket_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    packet = {"id": "c", "phenotypicFeatures": [{"type": {"id": "HP:0001945", "label": "Fever"}}], "metaData": {}}
    path.write_text(json.dumps(packet), encoding="utf-8")
    assert of_phenopacket(path).told.observed == ("HP:0001945",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "case.json: no JSON: line 1"),
        (b"\xff\xfe", "case.json: no UTF-8 text"),
        (b"[]", "case.json: the file is no object"),
        (b'{"genes": []}', "case.json: a phenopacket of version 1"),
        (b'{"id": ' + b"9" * 5_000 + b"}", "case.json: a number of too many digits"),
        (b"[" * 100_000, "case.json: (?:nested too deeply|no JSON)"),
    ],
)
def test_what_is_broken_names_the_file(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableSource, match=message):
        of_phenopacket(path)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="none"):
        of_phenopacket(tmp_path / "none.json")


def test_a_bundle_tells_a_case(tmp_path: Path) -> None:
    def resource(kind: str, id: str, **more: object) -> dict[str, object]:
        return {"resource": {"resourceType": kind, "id": id, **more}}

    patient = {"reference": "Patient/p"}
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            resource("Patient", "p", gender="female", birthDate="1986-01-01"),
            resource(
                "Condition", "c", subject=patient, code={"text": "Fever"},
                clinicalStatus={"coding": [{"code": "active"}]},
            ),
        ],
    }  # fmt: skip
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(bundle), encoding="utf-8")
    told, failed = of_bundle(path)
    assert (told.observed, told.sex, list(failed)) == (("Fever",), "female", [])
