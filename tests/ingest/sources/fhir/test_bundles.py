from __future__ import annotations

import base64
import copy
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.model import Assertion
from ingest.errors import UnreadableSource
from ingest.model import Document, Failure, Record
from ingest.sources.detect import documents
from ingest.sources.fhir import bundles as fhir
from ingest.sources.fhir.deidentify import pseudonym

DATA = Path(os.environ.get("MEDGRAPH_DATA", "../shared/data"))
SALT = b"a salt of the tests, long enough"
Write = Callable[..., Path]
Json = dict[str, Any]

PATIENT: Json = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [{"system": "urn:ssn", "value": "999-11-2222"}],
    "name": [{"family": "Zebrowski", "given": ["Quentin"]}],
    "telecom": [{"system": "phone", "value": "555-0199"}],
    "address": [{"line": ["7 Elm Alley"], "city": "Springvale", "postalCode": "01234"}],
    "birthDate": "1971-03-09",
    "gender": "male",
    "text": {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">Quentin Zebrowski</div>'},
}
SECRETS = ("Zebrowski", "Quentin", "555-0199", "Elm Alley", "Springvale", "01234", "999-11-2222", "1971-03-09", "p1")


def coded(system: str, code: str, display: str) -> Json:
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def snomed(code: str, display: str) -> Json:
    return coded("http://snomed.info/sct", code, display)


def about(kind: str, id: str, **fields: Any) -> Json:
    subject = "patient" if kind in ("AllergyIntolerance", "FamilyMemberHistory") else "subject"
    return {"resourceType": kind, "id": id, subject: {"reference": "Patient/p1"}, **fields}


def status(code: str, system: str = "condition-ver-status") -> Json:
    return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/{system}", "code": code}]}


ASTHMA = about(
    "Condition", "c1", code=snomed("195967001", "Asthma (disorder)"), onsetDateTime="1980-05-01T10:00:00Z",
    clinicalStatus=status("active", "condition-clinical"), verificationStatus=status("confirmed"),
)  # fmt: skip
WEIGHT = about(
    "Observation", "o1", status="final", code=coded("http://loinc.org", "29463-7", "Body Weight"),
    effectiveDateTime="2020-02-02", valueQuantity={"value": 71.123456789, "unit": "kg"},
)  # fmt: skip


def bundle(*resources: Json, type: str = "collection") -> str:
    return json.dumps({"resourceType": "Bundle", "type": type, "entry": [{"resource": r} for r in resources]})


def read(path: Path) -> list[Record]:
    return list(fhir.read(path, salt=SALT))


def one(path: Path) -> Document:
    (document,) = read(path)
    assert isinstance(document, Document)
    return document


def statement(write: Write, resource: Json) -> Assertion:
    (found,) = one(write("b.json", bundle(PATIENT, resource))).statements
    return found


def test_a_bundle_becomes_a_pseudonymous_document(write: Write) -> None:
    document = one(write("b.json.gz", bundle(PATIENT, ASTHMA, WEIGHT)))

    hidden = pseudonym("Patient/p1", SALT)
    assert document.id == f"fhir:Patient/{hidden}"
    assert document.text == (
        "Sex: male\nBorn: 1971\n1980-05-01 Condition: Asthma (disorder)\n2020-02-02 Body Weight: 71.1235 kg"
    )
    assert [s.name for s in document.sections] == ["patient", "conditions", "measurements"]
    assert (document.source, document.year, document.title) == ("fhir", 2020, f"patient {hidden[:8]}")
    label = frozenset({f"patient:{hidden}"})
    assert document.access == label
    assert [(e.id, e.type, e.name, e.access) for e in document.entities] == [
        (f"patient:{hidden}", "Patient", f"patient {hidden[:8]}", label),
        ("SNOMEDCT:195967001", "Disease", "Asthma", label),
        ("LOINC:29463-7", "Measurement", "Body Weight", label),
    ]


def test_each_fact_is_a_statement_that_stands_in_the_text(write: Write) -> None:
    document = one(write("b.json", bundle(PATIENT, WEIGHT, ASTHMA)))

    asthma, weight = document.statements
    for said in (asthma, weight):
        assert document.text[said.start : said.end] == said.sentence
        assert (said.subject, said.source, said.access) == (document.entities[0].id, document.id, document.access)
    assert (asthma.predicate, asthma.object) == ("has_condition", "SNOMEDCT:195967001")
    assert dict(asthma.qualifiers) == {"onset": "1980-05-01", "date": "1980-05-01"}
    assert dict(weight.qualifiers) == {"value": "71.123456789", "unit": "kg", "date": "2020-02-02"}


def test_nothing_that_identifies_the_patient_is_kept(write: Write) -> None:
    born = about(
        "Observation", "p1-o", status="final", code=coded("http://loinc.org", "8302-2", "Body Height"),
        effectiveDateTime="1971-03-09T04:00:00Z", valueQuantity={"value": 50, "unit": "cm"},
    )  # fmt: skip
    document = one(write("b.json", bundle(PATIENT, born, ASTHMA)))

    kept = repr(document) + document.text
    assert [secret for secret in SECRETS if secret in kept] == []
    assert "1971 Body Height: 50 cm" in document.text


def test_order_of_entries_and_another_salt(write: Write) -> None:
    forth, back = write("b.json", bundle(PATIENT, ASTHMA, WEIGHT)), write("c.json", bundle(WEIGHT, ASTHMA, PATIENT))

    assert one(forth) == one(back)
    (other,) = fhir.read(forth, salt=SALT[::-1])
    assert isinstance(other, Document)
    assert other.id != one(forth).id


def test_a_file_of_patients_is_read_with_the_salt_that_is_given(write: Write) -> None:
    (document,) = documents(write("b.json", bundle(PATIENT, ASTHMA)), salt=lambda: SALT)

    assert isinstance(document, Document)
    assert document.id == f"fhir:Patient/{pseudonym('Patient/p1', SALT)}"


def test_no_file_of_patients_is_read_without_a_salt(write: Write, tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="a salt"):
        list(documents(write("b.json", bundle(PATIENT, ASTHMA))))
    assert list(documents(write("a.txt", "Fever."), salt=lambda: pytest.fail("no patient is in it")))


@pytest.mark.parametrize(
    ("verified", "clinical", "expected"),
    [
        ("confirmed", "active", ("affirmed", "certain")),
        ("refuted", "inactive", ("negated", "historical")),
        ("confirmed", "resolved", ("affirmed", "historical")),
        ("confirmed", "remission", ("affirmed", "historical")),
        ("provisional", "active", ("affirmed", "possible")),
        ("differential", "active", ("affirmed", "possible")),
    ],
)
def test_standing_of_a_condition(write: Write, verified: str, clinical: str, expected: tuple[str, str]) -> None:
    said = statement(
        write,
        {
            **ASTHMA,
            "verificationStatus": status(verified),
            "clinicalStatus": status(clinical, "condition-clinical"),
        },
    )

    assert (said.polarity, said.certainty) == expected


def test_allergies(write: Write) -> None:
    allergy = about(
        "AllergyIntolerance", "a1", code=coded("http://www.nlm.nih.gov/research/umls/rxnorm", "7980", "Penicillin G"),
        category=["medication"], criticality="high",
        clinicalStatus=status("active", "allergyintolerance-clinical"),
        verificationStatus=status("refuted", "allergyintolerance-verification"),
        reaction=[{"manifestation": [snomed("271807003", "Rash")]}],
    )  # fmt: skip
    said = statement(write, allergy)

    assert (said.predicate, said.object, said.polarity) == ("allergic_to", "RXNORM:7980", "negated")
    assert dict(said.qualifiers) == {"criticality": "high", "reaction": "Rash", "status": "refuted"}


def test_no_known_allergy_is_no_allergy(write: Write) -> None:
    none = about(
        "AllergyIntolerance", "a1", code=snomed("716186003", "No known allergy"),
        clinicalStatus=status("active", "allergyintolerance-clinical"),
    )  # fmt: skip
    document = one(write("b.json", bundle(PATIENT, none)))

    assert document.statements == ()
    assert "Allergy: No known allergy" in document.text


DRUG = coded("http://www.nlm.nih.gov/research/umls/rxnorm", "860975", "metformin 500 MG Oral Tablet")


@pytest.mark.parametrize(
    ("fields", "polarity", "certainty"),
    [
        ({"status": "active", "intent": "order"}, "affirmed", "certain"),
        ({"status": "stopped", "intent": "order"}, "affirmed", "historical"),
        ({"status": "cancelled", "intent": "order"}, "negated", "certain"),
        ({"status": "active", "intent": "plan"}, "affirmed", "hypothetical"),
        ({"status": "active", "intent": "order", "doNotPerform": True}, "negated", "certain"),
    ],
)
def test_medicines(write: Write, fields: Json, polarity: str, certainty: str) -> None:
    dosage = [{"text": "one tablet twice a day"}]
    resource = about("MedicationRequest", "m1", medicationCodeableConcept=DRUG, dosageInstruction=dosage, **fields)
    said = statement(write, resource)

    assert (said.predicate, said.object) == ("takes", "RXNORM:860975")
    assert (said.polarity, said.certainty) == (polarity, certainty)
    assert dict(said.qualifiers)["dose"] == "one tablet twice a day"


def test_a_medicine_by_reference(write: Write) -> None:
    inside = {"resourceType": "Medication", "id": "drug", "code": DRUG}
    request = about(
        "MedicationRequest", "m1", status="active", intent="order", medicationReference={"reference": "Medication/drug"}
    )
    contained = {**request, "id": "m2", "medicationReference": {"reference": "#drug"}, "contained": [inside]}

    named = one(write("a.json", bundle(request, PATIENT, inside)))
    assert [s.object for s in named.statements] == ["RXNORM:860975"]
    assert "Medication: metformin 500 MG Oral Tablet" in named.text
    assert statement(write, contained).object == "RXNORM:860975"
    failure, document = sorted(read(write("c.json", bundle(PATIENT, request))), key=lambda r: isinstance(r, Document))
    assert isinstance(failure, Failure)
    assert failure.record == "entry 2 (MedicationRequest)"
    assert isinstance(document, Document)
    assert document.statements == ()


def test_a_panel_gives_its_components(write: Write) -> None:
    pressure = about(
        "Observation", "o1", status="preliminary", code=coded("http://loinc.org", "55284-4", "Blood Pressure"),
        component=[
            {"code": coded("http://loinc.org", "8480-6", "Systolic"), "valueQuantity": {"value": 120, "unit": "mmHg"}},
            {"code": coded("http://loinc.org", "8462-4", "Diastolic"), "valueQuantity": {"value": 80, "unit": "mmHg"}},
        ],
    )  # fmt: skip
    document = one(write("b.json", bundle(PATIENT, pressure)))

    assert [(s.object, dict(s.qualifiers)["value"], s.certainty) for s in document.statements] == [
        ("LOINC:8462-4", "80", "possible"),
        ("LOINC:8480-6", "120", "possible"),
    ]


def test_procedures_family_encounters_and_reports(write: Write) -> None:
    done = about("Procedure", "x1", status="not-done", code=snomed("80146002", "Appendectomy (procedure)"))
    family = about(
        "FamilyMemberHistory", "f1", status="completed", relationship={"text": "mother"},
        condition=[{"code": snomed("73211009", "Diabetes mellitus")}],
    )  # fmt: skip
    visit = about(
        "Encounter", "e1", status="finished", type=[{"text": "Check-up"}], period={"start": "2001-01-02"},
        **{"class": {"code": "AMB"}},
    )  # fmt: skip
    report = about("DiagnosticReport", "r1", status="final", code={"text": "Blood count"})
    document = one(write("b.json", bundle(PATIENT, done, family, visit, report)))

    underwent, mother = document.statements
    assert (underwent.predicate, underwent.object, underwent.polarity) == ("underwent", "SNOMEDCT:80146002", "negated")
    assert (mother.predicate, mother.experiencer, dict(mother.qualifiers)) == (
        "has_condition",
        "family",
        {"relationship": "mother"},
    )
    assert "2001-01-02 Encounter: Check-up" in document.text
    assert "Report: Blood count" in document.text


def test_a_concept_without_a_known_code_is_known_by_its_text(write: Write) -> None:
    first = statement(write, {**ASTHMA, "code": {"text": "Blue  Ears"}})
    again = statement(write, {**ASTHMA, "code": {"text": "blue ears", "coding": [{"system": "urn:own", "code": "7"}]}})

    assert first.object.startswith("text:")
    assert first.object == again.object


def test_other_codes_are_cross_references(write: Write) -> None:
    code = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "J45"}, *ASTHMA["code"]["coding"]]}
    document = one(write("b.json", bundle(PATIENT, {**ASTHMA, "code": code})))

    assert (document.entities[1].id, document.entities[1].xrefs) == ("SNOMEDCT:195967001", ("ICD10CM:J45",))


def test_a_transaction_refers_by_uuid(write: Write) -> None:
    uuid = "urn:uuid:0a0a0a0a-0000-4000-8000-000000000001"
    patient = {k: v for k, v in PATIENT.items() if k != "id"}
    entries: list[dict[str, Any]] = [
        {"resource": {**ASTHMA, "subject": {"reference": uuid}}},
        {"fullUrl": uuid, "resource": patient, "request": {"method": "POST", "url": "Patient"}},
    ]
    named = copy.deepcopy(entries)
    named[1]["resource"]["id"] = "p1"
    text = {name: json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": e}, indent=1)
            for name, e in (("a", entries), ("b", named))}  # fmt: skip

    assert one(write("a.json", text["a"])).id == f"fhir:Patient/{pseudonym('Patient/' + uuid[9:], SALT)}"
    assert one(write("b.json", text["b"])).id == one(write("a.json", text["a"])).id


def test_two_patients_are_two_documents(write: Write) -> None:
    other = {**PATIENT, "id": "p2", "gender": "female"}
    theirs = {**WEIGHT, "subject": {"reference": "http://example.org/fhir/Patient/p2/_history/3"}}
    entries = json.loads(bundle(PATIENT, ASTHMA, other, theirs, type="searchset"))
    entries["entry"][2]["fullUrl"] = "http://example.org/fhir/Patient/p2"
    documents = read(write("b.json", json.dumps(entries)))

    said = {d.text.split("\n")[0]: [s.predicate for s in d.statements] for d in documents if isinstance(d, Document)}
    assert said == {"Sex: male": ["has_condition"], "Sex: female": ["has_measurement"]}
    assert len({d.access for d in documents if isinstance(d, Document)}) == 2


def test_kinds_that_are_not_read_are_counted(write: Write) -> None:
    claims = [{"resourceType": "Claim", "id": str(n)} for n in range(3)]

    told = read(write("b.json", bundle(PATIENT, ASTHMA, *claims)))[-1]
    assert isinstance(told, Failure)
    assert told.reason == "3 Claim resources: a kind that is not read"
    lines = "\n".join(json.dumps(r) for r in (ASTHMA, *claims))
    failure = read(write("b.ndjson", lines))[-1]
    assert isinstance(failure, Failure)
    assert failure.reason == "3 Claim resources: a kind that is not read"


def test_the_lines_of_ndjson_are_parts_of_their_patient(write: Write) -> None:
    lines = [json.dumps(r) for r in (PATIENT, ASTHMA, WEIGHT)]
    path = write("x.ndjson.gz", "\n".join([*lines[:2], '{"secret', "", "[]", lines[2]]) + "\n")

    records = read(path)

    (document,) = [r for r in records if isinstance(r, Document)]
    assert document == one(write("b.json", bundle(PATIENT, ASTHMA, WEIGHT)))
    assert [part.key.partition("/")[0] for part in document.parts] == ["Condition", "Observation", "Patient"]
    assert [(f.record, f.reason) for f in records if isinstance(f, Failure)] == [
        ("line 3", "not JSON"),
        ("line 5", "not a FHIR resource"),
    ]


def test_a_single_resource_over_several_lines(write: Write) -> None:
    assert one(write("c.json", json.dumps(ASTHMA, indent=2))).text == "1980-05-01 Condition: Asthma (disorder)"


def attached(type: str, data: bytes | None, **fields: Any) -> Json:
    body = {"contentType": type, **({"data": base64.b64encode(data).decode()} if data is not None else {}), **fields}
    return {"attachment": body}


def note(*content: Json, status: str = "current") -> Json:
    type = {"text": "Discharge summary"}
    return about("DocumentReference", "d1", status=status, type=type, content=list(content))


def test_an_attached_note_is_a_document_of_its_own(write: Write) -> None:
    html = b"<html><head><title>t</title></head><body><p>He has\nasthma.</p><script>x()</script><ul><li>A &lt; B</ul>"
    for content, text in (
        (attached("text/plain; charset=utf-8", "He has asthma.\r\n\r\n发热。".encode()), "He has asthma.\n\n发热。"),
        (attached("text/plain; charset=gb18030", "发热三天。".encode("gb18030")), "发热三天。"),
        (attached("text/html", html), "He has asthma.\n\n- A < B"),
    ):
        patient, document = read(write("b.json", bundle(PATIENT, note(content))))
        assert isinstance(document, Document)
        assert isinstance(patient, Document)
        assert document.id == f"fhir:DocumentReference/{pseudonym('DocumentReference/d1', SALT)}"
        assert document.sections[1].text == text
        assert document.title == f"Discharge summary of {patient.title}"
        assert document.access == patient.access


def test_the_plainest_form_of_a_note_is_taken(write: Write) -> None:
    forms = note(attached("application/pdf", b"%PDF"), attached("text/html", b"<p>web"), attached("text/plain", b"raw"))

    _, document = read(write("b.json", bundle(PATIENT, forms)))

    assert isinstance(document, Document)
    assert document.sections[1].text == "raw"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (attached("application/pdf", b"%PDF"), "application/pdf"),
        (attached("secret words", b"x"), "no content type"),
        (attached("text/plain", None, url="http://example.org/secret"), "by address"),
        (attached("text/plain", b"secret \xff"), "not utf-8"),
        (attached("text/plain; charset=martian", b"secret"), "unknown character set"),
        (attached("text/plain", b"  "), "empty"),
    ],
)
def test_an_attachment_that_is_no_text_is_a_failure(write: Write, content: Json, reason: str) -> None:
    failure, _ = read(write("b.json", bundle(PATIENT, note(content))))

    assert isinstance(failure, Failure)
    assert reason in failure.reason
    assert "secret" not in failure.reason
    assert failure.record == "entry 2 (DocumentReference)"


def test_the_narrative_of_a_report(write: Write) -> None:
    report = about(
        "DiagnosticReport", "r1", status="final", code={"text": "Chest X-ray"}, conclusion="No pneumothorax.",
        presentedForm=[attached("text/plain", b"Lungs are clear.")["attachment"]],
    )  # fmt: skip
    patient, narrative = read(write("b.json", bundle(PATIENT, report)))

    assert isinstance(patient, Document)
    assert isinstance(narrative, Document)
    assert "Report: Chest X-ray" in patient.text
    assert narrative.text == "Chest X-ray\nNo pneumothorax.\nLungs are clear."
    alone = read(write("r.ndjson", json.dumps(report) + "\n"))
    assert alone[1] == narrative


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        ({**ASTHMA, "verificationStatus": status("entered-in-error")}, "entered in error"),
        ({**WEIGHT, "status": "entered-in-error"}, "entered in error"),
        ({**WEIGHT, "status": "cancelled"}, "cancelled"),
        ({**ASTHMA, "subject": {"reference": "Group/g1"}}, "other than a patient"),
        ({**WEIGHT, "subject": {"display": "secret"}}, "no reference"),
        ({**ASTHMA, "code": {"coding": [{"system": "urn:own"}]}}, "no code and no text"),
        ({**ASTHMA, "onsetDateTime": "secret"}, "onsetDateTime"),
        ({**WEIGHT, "secret words": 1}, "not a valid R4 resource: ?"),
        ({**{k: v for k, v in ASTHMA.items() if k != "id"}}, "neither an id"),
        (note(attached("text/plain", b"x"), status="entered-in-error"), "entered in error"),
    ],
)
def test_a_bad_resource_costs_only_itself(write: Write, resource: Json, reason: str) -> None:
    good = {**WEIGHT, "id": "o9"}
    failure, document = read(write("b.json", bundle(PATIENT, resource, good)))

    assert isinstance(failure, Failure)
    assert reason in failure.reason
    assert "secret" not in failure.reason
    assert failure.record == f"entry 2 ({resource['resourceType']})"
    assert isinstance(document, Document)
    assert [s.predicate for s in document.statements] == ["has_measurement"]


@pytest.mark.parametrize(
    ("resource", "version"),
    [
        ({**ASTHMA, "clinicalStatus": "active"}, "STU3"),
        ({"resourceType": "MedicationOrder", "id": "m"}, "DSTU2"),
        (about("MedicationRequest", "m", status="active", intent="order", medication={"concept": DRUG}), "R5"),
        (about("Encounter", "e", status="completed", **{"class": [{"text": "x"}]}), "R5"),
        ({**PATIENT, "meta": {"fhirVersion": "5.0.0"}}, "version 5.0.0"),
    ],
)
def test_a_bundle_of_another_version_says_so(write: Write, resource: Json, version: str) -> None:
    (failure,) = read(write("b.json", bundle(PATIENT, WEIGHT, resource)))

    assert isinstance(failure, Failure)
    assert failure.reason.startswith(f"FHIR {version}, where R4 is read")


@pytest.mark.parametrize("cut", [20, 60, 400, -1])
def test_a_bundle_cut_off_gives_no_half_patient(write: Write, cut: int) -> None:
    path = write("b.json", bundle(PATIENT, ASTHMA, WEIGHT)[:cut])

    (failure,) = read(path)

    assert isinstance(failure, Failure)
    assert "Zebrowski" not in repr(failure)


def test_gzip_cut_off_gives_no_half_patient(write: Write, tmp_path: Path) -> None:
    many = [{**WEIGHT, "id": f"o{n}", "valueQuantity": {"value": n * 7919 % 10007}} for n in range(2000)]
    whole = write("b.json.gz", bundle(PATIENT, *many)).read_bytes()
    (tmp_path / "cut.json.gz").write_bytes(whole[:-2000])

    (failure,) = read(tmp_path / "cut.json.gz")

    assert isinstance(failure, Failure)
    assert "gzip" in failure.reason


@pytest.mark.parametrize("levels", [20, 1000, 100_000])
def test_deep_nesting_is_a_failure(write: Write, levels: int) -> None:
    deep = '{"url": "u", "extension": [' * levels + '{"url": "u", "valueString": "x"}' + "]}" * levels
    patient = f'{{"resourceType": "Patient", "id": "p1", "extension": [{deep}]}}'
    for text in (
        f'{{"resourceType": "Bundle", "type": "batch", "entry": [{{"resource": {patient}}}]}}',
        patient + "\n",
    ):
        (record,) = read(write("b.json", text))
        assert isinstance(record, Failure) == (levels > 20)


@pytest.mark.parametrize("text", ['{"resourceType": "Bundle", "type": "searchset"}', "{}", "[1, 2]", '{"entry": 5}'])
def test_json_that_holds_no_record_is_a_failure(write: Write, text: str) -> None:
    records = read(write("b.json", text))

    assert records
    assert all(isinstance(r, Failure) for r in records)


@pytest.mark.data
def test_reads_synthetic_patients() -> None:
    folder = DATA / "ehr/synthea_r4"
    if not folder.exists():
        pytest.skip(f"no {folder}")
    for path in sorted(folder.glob("*.json.gz"))[::40]:
        (document,) = (record for record in read(path) if isinstance(record, Document))
        assert len(document.statements) > 10
        for said in document.statements:
            assert document.text[said.start : said.end] == said.sentence
        family = path.name.split("_")[1]
        assert family not in document.text
