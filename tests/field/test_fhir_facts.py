"""What a patient's record says, from a bundle to the answer, as a user has it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli.main import cli

FOLDER = Path(__file__).parent / "fhir"

Ask = Callable[..., list[str]]


def run(*arguments: str) -> Any:
    result = CliRunner().invoke(cli, [*arguments, "--json"])
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.stdout.strip().splitlines()[-1])


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Ask:
    """The text of the answer to a question about the patient of a file."""
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")

    def ask(file: str, *questions: str) -> list[str]:
        from api.settings import Settings
        from api.wiring import Parts

        run("ingest", str(FOLDER / file))
        with Parts(Settings()) as parts:
            ids = [source.id for source in parts.graph().sources(kind="document")]
        patient = "patient:" + next(id for id in ids if id.startswith("fhir:Patient/")).rpartition("/")[2]
        told = []
        for question in questions:
            answer = run("ask", "--patient", patient, question)
            told.append("\n".join(sentence["text"] for sentence in answer["sentences"]))
        return told

    return ask


CONDITIONS, DRUGS = "Which conditions does the patient have?", "Which drugs does the patient take?"


def test_an_absence_is_no_allergy_and_no_drug(answers: Ask) -> None:
    for text in answers("none_known.json", "What is the patient allergic to?", DRUGS):
        assert "allergic to" not in text
        assert "takes" not in text


def test_dosages_are_whole(answers: Ask) -> None:
    (text,) = answers("dosage.json", DRUGS)
    for words in (
        "Oxycodone (1–2 tablet every 4–6 hours, as needed for pain, at most 8 tablet per day)",
        "Metformin (500 mg twice daily)",
        "Heparin (at 18 U/kg/h)",
        "Methotrexate (10 mg on Mondays)",
        "Prednisone (10 mg daily for a week, then 5 mg daily)",
    ):
        assert words in text


def test_what_ended_is_past_and_notes_stand(answers: Ask) -> None:
    (text,) = answers("abated.json", CONDITIONS)
    now, past = text.splitlines()
    assert "Fracture of forearm (“Ruled out by MRI.”)" in now
    assert past.startswith("In the past")
    assert "Pneumonia" in past
    assert "Malaria" in past


def test_ages_are_told_in_words(answers: Ask, tmp_path: Path) -> None:
    clinical = "http://terminology.hl7.org/CodeSystem/condition-clinical"
    asthma = {
        "resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/1"}, "code": {"text": "Asthma"},
        "clinicalStatus": {"coding": [{"system": clinical, "code": "resolved"}]},
        "onsetAge": {"value": 18, "code": "mo", "system": "http://unitsofmeasure.org"},
        "abatementAge": {"value": 6, "unit": "a", "code": "a", "system": "http://unitsofmeasure.org"},
    }  # fmt: skip
    file = tmp_path / "asthma.json"
    file.write_text(json.dumps(asthma), encoding="utf-8")
    assert answers(str(file), CONDITIONS, "患者既往有哪些疾病？") == [
        "In the past, the patient had the condition Asthma (onset age 18 months, until age 6 years, resolved).",
        "既往：患者曾患Asthma（18个月起病，至6岁，已痊愈）。",
    ]


def test_statements_of_medication_are_read(answers: Ask) -> None:
    assert answers("medication_statement.json", DRUGS) == [
        "The patient takes Warfarin 5 mg (no dosage instructions recorded)."
    ]


def test_values_of_every_kind_are_told(answers: Ask) -> None:
    (stay,) = answers("value_period.json", "What is the patient's last stay?")
    assert "2020-01-01 to 2020-02-01" in stay


def test_a_relatives_disease_is_not_the_patients(answers: Ask) -> None:
    for text in answers("family.json", "Does the patient have Huntington disease?", "患者有Huntington disease吗？"):
        assert "father" in text
        assert "has the condition" not in text
        assert "患有" not in text


def test_conditions_by_how_they_stand(answers: Ask) -> None:
    english, chinese = answers("conditions.json", CONDITIONS, "患者有哪些疾病？")
    assert english.splitlines() == [
        "The patient has the condition Asthma.",
        "Possibly, the patient has the condition Sepsis (provisional).",
        "In the past, the patient had the condition Gout (resolved) and Psoriasis (inactive).",
        "The patient does not have the condition Lupus (refuted).",
    ]
    assert [line[:4] for line in chinese.splitlines()] == ["患者患有", "可能：患", "既往：患", "患者没有"]


def without_doses(text: str) -> list[str]:
    """The lines of an answer without that no dosage is recorded."""
    bare = re.sub(r"\s*[,，、;；]?\s*(?:no dosage instructions recorded|未记录用法用量)", "", text)
    return re.sub(r"\s*(?:\(\)|（）)", "", bare).splitlines()


def test_drugs_by_how_they_stand(answers: Ask) -> None:
    (text,) = answers("medications.json", DRUGS)
    assert without_doses(text) == [
        "The patient takes Lisinopril.",
        "Planned for the patient, not stated as taken: Metformin (draft).",
        "In the past, the patient took Warfarin (stopped).",
        "The patient does not take Aspirin (not to be taken).",
    ]


def test_orders_and_dispenses_by_what_became_of_them(answers: Ask, tmp_path: Path) -> None:
    def drug(kind: str, name: str, status: str, **more: Any) -> str:
        fields = {"subject": {"reference": "Patient/1"}, "medicationCodeableConcept": {"text": name}, **more}
        return json.dumps({"resourceType": kind, "id": f"{kind}-{name}-{status}", "status": status, **fields})

    order = {"intent": "order"}
    lines = [
        drug("MedicationRequest", "Lisinopril", "active", **order),
        drug("MedicationRequest", "Lisinopril", "cancelled", **order),
        drug("MedicationDispense", "Lisinopril", "declined"),
        drug("MedicationDispense", "Lisinopril", "completed"),
        drug("MedicationRequest", "Warfarin", "cancelled", **order),
        drug("MedicationDispense", "Digoxin", "completed"),
        drug("MedicationDispense", "Metformin", "in-progress"),
        drug("MedicationRequest", "Aspirin", "stopped", doNotPerform=True, **order),
    ]
    file = tmp_path / "drugs.ndjson"
    file.write_text("\n".join(lines), encoding="utf-8")
    english, chinese = answers(str(file), DRUGS, "患者服用哪些药物？")
    assert without_doses(english) == [
        "The patient takes Lisinopril.",
        "Possibly, the patient takes Digoxin (dispensed).",
        "Planned for the patient, not stated as taken: Metformin (in-progress).",
        "The patient does not take Warfarin (cancelled).",
    ]
    assert without_doses(chinese) == [
        "患者正在使用Lisinopril。",
        "可能：患者正在使用Digoxin（已发药）。",
        "计划给患者使用：Metformin（进行中）。",
        "患者没有使用Warfarin（已取消）。",
    ]


def test_vaccinations_and_procedures_are_told_apart(answers: Ask, tmp_path: Path) -> None:
    lines: list[dict[str, Any]] = [
        {
            "resourceType": "Immunization", "id": "i", "status": "completed", "patient": {"reference": "Patient/1"},
            "vaccineCode": {"text": "Influenza vaccine"}, "occurrenceDateTime": "2020-10-13",
        },
        {
            "resourceType": "Procedure", "id": "p", "status": "completed", "subject": {"reference": "Patient/1"},
            "code": {"text": "Colonoscopy"}, "performedDateTime": "2015-01-08",
        },
    ]  # fmt: skip
    file = tmp_path / "done.ndjson"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert answers(
        str(file),
        "Which vaccinations did the patient receive?",
        "Which procedures did the patient undergo?",
        "患者接种过哪些疫苗？",
        "患者做过哪些手术？",
    ) == [
        "The patient underwent Influenza vaccine (2020-10-13).",
        "The patient underwent Colonoscopy (2015-01-08).",
        "患者接受了Influenza vaccine（2020-10-13）。",
        "患者接受了Colonoscopy（2015-01-08）。",
    ]


def test_a_long_list_is_whole_and_the_one_asked_for_is_told(answers: Ask) -> None:
    drugs = ["Warfarin", "Aspirin", "Metformin", "Lisinopril", "Simvastatin", "Amiodarone", "Digoxin", "Furosemide"]
    everything, *each = answers("many_drugs.json", DRUGS, *(f"Does the patient take {drug.lower()}?" for drug in drugs))
    assert all(drug in everything for drug in drugs)
    assert each == [f"Yes: the patient takes {drug} (no dosage instructions recorded)." for drug in drugs]
