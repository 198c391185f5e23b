"""What a patient's record names in its own codes is the graph's own drug and disease, as a user has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli.main import cli
from api.errors import UnknownPatient

FOLDER = Path(__file__).parent / "fhir"
LEXICON = """id\ttype\tname\tzh\tsynonyms
DRUGBANK:DB00999\tDrug\tHydrochlorothiazide\t氢氯噻嗪\t
DRUGBANK:DB01356\tDrug\tLithium\t锂\t
DRUGBANK:DB00722\tDrug\tLisinopril\t赖诺普利\t
MONDO:0001134\tDisease\tEssential hypertension\t原发性高血压\t
MONDO:0005098\tDisease\tStroke\t卒中\t
MONDO:1\tDisease\tFirst sclerosis\t\tPlaque disease
MONDO:2\tDisease\tSecond sclerosis\t\tPlaque disease
"""
INTERACTION = "Hydrochlorothiazide$DB00999$Lithium$DB01356$\n"


def run(*arguments: str) -> Any:
    result = CliRunner().invoke(cli, [*arguments, "--json"])
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.stdout.strip().splitlines()[-1])


@pytest.fixture
def patient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")
    names, pairs = tmp_path / "names.tsv", tmp_path / "pairs.csv"
    names.write_text(LEXICON, encoding="utf-8")
    pairs.write_text(INTERACTION, encoding="utf-8")
    run("load", "--format", "lexicon", str(names))
    run("load", "--format", "interactions", str(pairs))
    run("ingest", str(FOLDER / "codes.json"))
    from api.settings import Settings
    from api.wiring import Parts

    with Parts(Settings()) as parts:
        (source,) = parts.graph().sources(kind="document")
    return "patient:" + source.id.rpartition("/")[2]


def told(patient: str, question: str) -> str:
    answer = run("ask", "--patient", patient, question)
    return "\n".join(sentence["text"] for sentence in answer["sentences"])


def test_an_answer_names_what_was_recorded(patient: str) -> None:
    text = told(patient, "Which drugs does the patient take?")
    assert "hydrochlorothiazide 25 MG Oral Tablet" in text
    assert "Obscurinol 5 MG Oral Tablet" in text
    assert "takes hydrochlorothiazide 25 MG" in told(patient, "Does the patient take hydrochlorothiazide?")
    assert "氢氯噻嗪" in told(patient, "患者正在服用哪些药物？")
    conditions = told(patient, "Which conditions does the patient have?").splitlines()
    assert "Essential hypertension" in conditions[0]
    assert all("Stroke" not in line or line.startswith("In the past") for line in conditions)


def test_an_interaction_is_seen(patient: str) -> None:
    text = told(patient, "Can the patient take lithium?").lower()
    assert "interacts with" in text
    assert "hydrochlorothiazide" in text


def test_check_lists_what_joined_nothing(patient: str) -> None:
    kinds = {kind["predicate"]: kind for kind in run("check", "--patient", patient)["kinds"]}
    assert kinds["takes"] == {"predicate": "takes", "joined": 1, "missing": {"RXNORM:2": "Obscurinol 5 MG Oral Tablet"}}
    assert list(kinds["has_condition"]["missing"].values()) == ["Plaque disease"]
    result = CliRunner().invoke(cli, ["check", "--patient", patient])
    assert "1 joined, 1 not" in result.stdout
    assert "Obscurinol 5 MG Oral Tablet (RXNORM:2)" in result.stdout


def test_check_of_a_patient_who_is_not_there(patient: str) -> None:
    result = CliRunner().invoke(cli, ["check", "--patient", "nobody"])
    assert isinstance(result.exception, UnknownPatient)
    assert "Obscurinol" not in result.output
