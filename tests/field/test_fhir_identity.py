"""Whose a record is, which state of it stands, and what it takes back: from files to what a user finds."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli.main import cli

FOLDER = Path(__file__).parent / "fhir"
A, B = "http://a.example/fhir", "http://b.example/fhir"

Json = dict[str, Any]


def run(*arguments: str) -> Any:
    result = CliRunner().invoke(cli, [*arguments, "--json"])
    assert result.exit_code in (0, 4), result.output
    return json.loads(result.stdout.strip().splitlines()[-1])


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")


def ingest(*paths: Path | str) -> Json:
    """The tally of the last of the files, each ingested by itself."""
    tally: Json = [run("ingest", str(FOLDER / path)) for path in paths][-1]
    return tally


def texts() -> dict[str, str]:
    """What is found of patients, by document."""
    said: dict[str, str] = {}
    for hit in run("search", "patient", "--all-access", "--k", "50")["hits"]:
        said[hit["document"]] = said.get(hit["document"], "") + hit["text"] + "\n"
    return said


def records() -> list[str]:
    return sorted(text for id, text in texts().items() if id.startswith("fhir:Patient/"))


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, *lines: Json) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
        return path

    return written


def status(code: str) -> Json:
    return {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": code}]}


def condition(id: str, text: str, subject: str = "Patient/1", **more: Any) -> Json:
    return {
        "resourceType": "Condition", "id": id, "subject": {"reference": subject}, "code": {"text": text},
        "clinicalStatus": status("active"), **more,
    }  # fmt: skip


def meta(version: int | None = None, day: str = "") -> Json:
    told = {"versionId": str(version)} if version else {}
    return {"meta": {**told, **({"lastUpdated": f"2024-{day}T00:00:00Z"} if day else {})}}


def error(resource: Json, **more: Any) -> Json:
    return {**resource, "verificationStatus": status("entered-in-error"), **more}


def bundle(*entries: Json, type: str = "collection", **more: Any) -> Json:
    return {"resourceType": "Bundle", "type": type, "entry": list(entries), **more}


def entry(resource: Json, server: str = "", **more: Any) -> Json:
    full = {"fullUrl": f"{server}/{resource['resourceType']}/{resource['id']}"} if server else {}
    return {**full, "resource": resource, **more}


def deletion(address: str, **more: Any) -> Json:
    return {"request": {"method": "DELETE", "url": address}, **more}


@pytest.mark.parametrize("file", ["contained_patients.json", "contained_patients.ndjson"])
def test_a_patient_within_a_resource_is_the_patient_of_that_resource(file: str) -> None:
    ingest(file)
    one, other = records()
    assert ("HIV infection" in one) != ("HIV infection" in other)
    assert ("Pregnancy" in one) == ("HIV infection" in other)


def test_the_patients_of_two_servers_are_two() -> None:
    ingest("server_a.json", "server_b.json")
    assert [("HIV infection" in text, "Asthma" in text) for text in records()] in (
        [(True, False), (False, True)],
        [(False, True), (True, False)],
    )


@pytest.mark.parametrize("order", [("page1.json", "page2.json"), ("page2.json", "page1.json", "page2.json")])
def test_pages_add_up_in_any_order(order: tuple[str, ...]) -> None:
    assert ingest(*order)["failed"] == []
    (text,) = records()
    assert text.count("Gout") == text.count("Penicillin") == 1


def test_withdrawn_and_superseded_documents_are_refused() -> None:
    failed = ingest("withdrawn.json")["failed"]
    assert [failure["record"].partition(" (")[0] for failure in failed] == ["entry 2", "entry 3", "entry 5"]
    said = "".join(texts().values())
    assert [word in said for word in ("melanoma", "lupus", "scurvy", "gout", "rickets")] == [False] * 3 + [True] * 2


def test_the_newest_version_of_a_history_stands() -> None:
    ingest("history.json")
    (text,) = records()
    assert "Stroke" not in text


def test_medication_statements_are_read() -> None:
    assert ingest("medication_statement.json")["failed"] == []
    (text,) = records()
    assert "Warfarin" in text


def test_a_medication_in_another_file_of_the_export_is_found(write: Write) -> None:
    assert ingest("bulk")["failed"] == []
    (text,) = records()
    assert "Medication: Colchicine" in text
    request = json.loads((FOLDER / "bulk" / "MedicationRequest.ndjson").read_text(encoding="utf-8"))
    lost = {**request, "id": "m2", "medicationReference": {"reference": "Medication/none"}}
    write("out/A.ndjson", request, lost)
    write("out/Z.ndjson", {"resourceType": "Medication", "id": "mm", "code": {"text": "Probenecid"}})
    (failure,) = ingest(write("out/A.ndjson", request, lost).parent)["failed"]
    assert failure["record"].startswith("line 2")
    assert "Probenecid" in records()[0]


def test_a_medication_in_another_bundle_of_the_folder_is_found(write: Write) -> None:
    request = json.loads((FOLDER / "bulk" / "MedicationRequest.ndjson").read_text(encoding="utf-8"))
    drug = json.loads((FOLDER / "bulk" / "Medication.ndjson").read_text(encoding="utf-8"))
    write("pages/1.json", bundle(entry(request, A)))
    write("pages/2.json", bundle(entry({**drug, "code": {"text": "Digoxin"}}, B)))
    assert ingest(write("pages/3.json", bundle(entry(drug, A))).parent)["failed"] == []
    (text,) = records()
    assert "Medication: Colchicine" in text


def test_a_later_export_takes_back_what_was_entered_in_error() -> None:
    ingest("export1.ndjson")
    assert len(texts()) == 2
    assert len(ingest("export2.ndjson")["failed"]) == 4
    assert texts() == {}


def test_a_refused_line_writes_nothing() -> None:
    tally = ingest("refused_line.ndjson")
    assert (tally["read"], len(tally["failed"])) == (1, 1)
    assert run("stats")["documents"] == 0


@pytest.mark.parametrize("line", ['{"resourceType": "Cond', "null", "3", "{}", "broken"])
def test_a_broken_first_line_leaves_the_others(write: Write, line: str) -> None:
    path = write("a.ndjson", condition("c", "Gout"), condition("d", "Scurvy"))
    path.write_text(f"{line}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    (failure,) = ingest(path)["failed"]
    assert failure["record"].startswith("line 1")
    (text,) = records()
    assert "Gout" in text
    assert "Scurvy" in text


def test_html_with_optional_tags_left_out_is_read() -> None:
    assert ingest("html_note.json")["failed"] == []
    said = "".join(texts().values())
    assert "Has lupus." in said
    assert "Has gout." in said


# What is beside those.


@pytest.mark.parametrize(
    "lines",
    [
        [bundle(entry(condition("1", "Gout"), A), entry(condition("1", "Scurvy"), B))],
        [bundle(entry(condition("1", "Gout", f"{A}/Patient/1"))), bundle(entry(condition("2", "Scurvy"), B))],
        [
            bundle(entry(condition("1", "Gout")), link=[{"relation": "self", "url": f"{A}/Condition?patient=1"}]),
            bundle(entry(condition("1", "Scurvy")), link=[{"relation": "self", "url": f"{B}/Patient/1/$everything"}]),
        ],
        [
            bundle({"resource": bundle(entry(condition("1", "Gout"), A))}, type="batch-response"),
            bundle({"resource": bundle(entry(condition("1", "Scurvy"), B))}, type="batch-response"),
        ],
        [condition("1", "Gout", f"{A}/Patient/1"), condition("2", "Scurvy", f"{B}/Patient/1/_history/2")],
    ],
)
def test_ids_hold_within_one_server(write: Write, lines: list[Json]) -> None:
    assert ingest(write("a.ndjson", *lines))["failed"] == []
    assert len(records()) == 2


@pytest.mark.parametrize(
    "lines",
    [
        [bundle(entry(condition("1", "Gout"), A), entry(condition("2", "Scurvy"), A))],
        [bundle(entry(condition("1", "Gout"), A)), bundle(entry(condition("2", "Scurvy", f"{A}/Patient/1")))],
        [
            bundle(entry(condition("1", "Gout")), link=[{"relation": "self", "url": f"{A}/Condition?patient=1"}]),
            bundle(entry(condition("2", "Scurvy"), "https://A.example:443/fhir/")),
        ],
        [condition("1", "Gout"), condition("2", "Scurvy")],
    ],
)
def test_the_same_server_again_is_the_same_patient(write: Write, lines: list[Json]) -> None:
    for number, line in enumerate(lines):
        ingest(write(f"{number}.json", line))
    (text,) = records()
    assert "Gout" in text
    assert "Scurvy" in text


OLD, NEW = condition("c", "Gout", **meta(1, "01-01")), condition("c", "Scurvy", **meta(2, "02-01"))


@pytest.mark.parametrize(
    ("files", "stands"),
    [
        ([[OLD], [NEW]], "Scurvy"),
        ([[NEW], [OLD]], "Scurvy"),
        ([[NEW, OLD]], "Scurvy"),
        ([[condition("c", "Gout", **meta(10))], [condition("c", "Scurvy", **meta(9))]], "Gout"),
        ([[condition("c", "Gout")], [condition("c", "Scurvy")]], "Scurvy"),
        ([[OLD], [error(NEW)]], ""),
        ([[error(NEW)], [OLD]], ""),
        ([[OLD], [bundle(deletion("Condition/c"))]], ""),
        ([[OLD], [bundle(deletion("Condition/c"))], [OLD]], ""),
        ([[OLD], [bundle(deletion("Condition/c"))], [NEW]], "Scurvy"),
        ([[OLD], [bundle(deletion("Condition/other"))]], "Gout"),
        ([[OLD], [bundle(deletion("Patient/1"))]], "Gout"),
        ([[bundle(entry(OLD), deletion("Condition/c"), type="history")]], ""),
        ([[bundle(deletion("Condition/c"), entry(OLD), type="history")]], ""),
        ([[bundle(entry(NEW), deletion("Condition/c"), entry(OLD), type="history")]], "Scurvy"),
        ([[OLD], [{**NEW, "clinicalStatus": status("resolved")}]], "Scurvy (resolved)"),
        ([[condition("d", "Scurvy")], [error(condition("c", "Gout"))]], "Scurvy"),
    ],
)
def test_which_state_stands(write: Write, files: list[list[Json]], stands: str) -> None:
    for number, lines in enumerate(files):
        ingest(write(f"{number}.ndjson", *lines))
    said = "".join(records())
    assert stands in said
    assert ("Gout" in said, "Scurvy" in said) == ("Gout" in stands, "Scurvy" in stands)


def test_a_patient_that_is_deleted_is_as_if_it_had_never_come(write: Write) -> None:
    ingest(write("a.ndjson", OLD), write("b.ndjson", error(NEW)), write("c.ndjson", condition("d", "Asthma")))
    (id,) = texts()
    assert run("delete", id)["deleted"] == 1
    ingest(write("a.ndjson", OLD))
    (text,) = records()
    assert "Gout" in text
    assert "Asthma" not in text


def test_a_resource_that_moves_to_another_patient_leaves_the_first(write: Write) -> None:
    ingest(
        write("a.ndjson", OLD, condition("d", "Asthma")),
        write("b.ndjson", {**NEW, "subject": {"reference": "Patient/2"}}),
    )
    assert sorted(("Asthma" in text, "Gout" in text, "Scurvy" in text) for text in records()) == [
        (False, False, True),
        (True, False, False),
    ]


def test_the_day_of_birth_stays_hidden_whichever_page_comes_first(write: Write, tmp_path: Path) -> None:
    born = {"resourceType": "Patient", "id": "1", "birthDate": "1971-03-09"}
    ingest(write("a.ndjson", condition("c", "Jaundice", onsetDateTime="1971-03-09")), write("b.ndjson", born))
    (text,) = records()
    assert "1971 Condition: Jaundice" in text
    ingest(write("c.ndjson", condition("d", "Fever", onsetDateTime="1971-03-09")))
    assert "03-09" not in records()[0]
    assert not [file for file in (tmp_path / "home").iterdir() if file.is_file() and b"03-09" in file.read_bytes()]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (base64.b64encode(b"The patient has gout."), "The patient has gout."),
        (b"Unremarkable", "Unremarkable"),
        (b"PneumoniaImprovedDischargedHome1", "PneumoniaImprovedDischargedHome1"),
    ],
)
def test_a_text_that_was_encoded_twice(write: Write, data: bytes, text: str) -> None:
    attachment = {"contentType": "text/plain", "data": base64.b64encode(data).decode()}
    note = {
        "resourceType": "DocumentReference", "id": "n", "status": "current", "subject": {"reference": "Patient/1"},
        "content": [{"attachment": attachment}],
    }  # fmt: skip
    assert ingest(write("n.ndjson", note))["failed"] == []
    assert list(texts().values()) == [f"{text}\n"]
