"""`medgraph drugs check` as a user has it: the table in both languages, `--json`, exit codes, bad input."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api import problems

Command = Callable[..., Any]
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ALLERGY = {"resourceType": "AllergyIntolerance", "id": "a", "patient": {"reference": "Patient/p"}}


def bundle(path: Path, *names: str, patients: tuple[str, ...] = ("p",), more: tuple[dict[str, Any], ...] = ()) -> Path:
    """A FHIR bundle in which each patient takes what is named."""
    resources: list[dict[str, Any]] = [{"resourceType": "Patient", "id": patient} for patient in patients]
    resources += [
        {
            "resourceType": "MedicationRequest", "id": f"{patient}m{place}", "status": "active", "intent": "order",
            "subject": {"reference": f"Patient/{patient}"},
            "medicationCodeableConcept": {"text": name, "coding": [{"system": RXNORM, "code": str(900 + place)}]},
        }
        for patient in patients
        for place, name in enumerate(names)
    ]  # fmt: skip
    entries = [{"resource": resource} for resource in (*resources, *more)]
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}), encoding="utf-8")
    return path


def test_the_words_of_json(medgraph: Command, pharmacy: Path) -> None:
    done = medgraph("drugs", "check", "Coumadin", "aspirin 100 mg", "Advil", "asprin", "--json", home=pharmacy)
    assert (done.code, done.err) == (0, "")
    body = done.json
    assert {"drugs", "unknown", "pairs", "duplicates", "contraindications", "searched"} <= body.keys()
    assert [(drug["asked"], drug["id"], drug["name"]) for drug in body["drugs"]] == [
        ("Coumadin", "DRUGBANK:DB00682", "Warfarin"),
        ("aspirin 100 mg", "DRUGBANK:DB00945", "Aspirin"),
        ("Advil", "DRUGBANK:DB01050", "Ibuprofen"),
    ]
    assert body["unknown"] == [{"asked": "asprin", "nearest": ["Aspirin"]}]
    stated, derived, absent = body["pairs"]
    assert (stated["a"], stated["b"], stated["found"], stated["severity"]) == (
        "Coumadin",
        "aspirin 100 mg",
        True,
        "major",
    )
    (statement,) = stated["statements"]
    assert {key: statement[key] for key in ("source", "severity", "mechanism", "management")} == {
        "source": "book", "severity": "major", "mechanism": "Platelets.", "management": "Avoid.",
    }  # fmt: skip
    assert (derived["b"], derived["found"], derived["derived"], derived["severity"]) == ("Advil", False, True, "major")
    assert derived["statements"] == []
    assert [link["source"] for link in derived["follows"][0]["path"]] == ["medgraph-pharmacology"] * 3
    assert (absent["found"], absent["derived"], absent["severity"]) == (False, False, "unknown")
    assert absent["note"].startswith("Not found in The Book, medgraph pharmacology")
    assert {(one["source"], one["version"], one["licence"]) for one in body["searched"]} == {
        ("book", "2026-01", "CC0-1.0"), ("medgraph-pharmacology", "1", "CC0-1.0"),
    }  # fmt: skip
    assert [one["source"] for one in body["closed"]] == ["closed"]


def test_the_table(medgraph: Command, pharmacy: Path) -> None:
    asked = (
        "warfarin",
        "aspirin 100 mg",
        "ibuprofen",
        "Advil",
        "metformin",
        "qqqq",
        "--condition",
        "Asthma",
        "--egfr",
        "20",
    )
    done = medgraph("drugs", "check", *asked, home=pharmacy)
    assert (done.code, done.err) == (0, "")
    text = " ".join(done.out.split())
    for words in (
        "aspirin 100 mg: Aspirin (DRUGBANK:DB00945); read as aspirin",
        "qqqq: nothing is near",
        "MAJOR warfarin + aspirin 100 mg book: major “major”, of Warfarin + Aspirin. Platelets. to do: Avoid.",
        "MAJOR warfarin + ibuprofen [derived: no source states it of these two]",
        "because Warfarin is a",
        "Folded: 1 (minor 1); --all shows what is stated of them: aspirin 100 mg + metformin",
        "that is no proof of safety.",
        "ibuprofen + Advil: the same ingredient: Ibuprofen",
        "CONTRAINDICATED metformin: eGFR < 30. Lactate. [medgraph-pharmacology]",
        "CAUTION ibuprofen: asthma. Bronchospasm.",
        "The Book (book), 2026-01, CC0-1.0, 2 interactions",
        "A Closed Book (closed), 3, CC-BY-NC-4.0",
    ):
        assert words in text
    assert text.index("MAJOR") < text.index("Folded") < text.index("Not found") < text.index("Sources searched")
    assert "Little." not in text
    assert "Little." in medgraph("drugs", "check", *asked, "--all", home=pharmacy).out


def test_the_table_in_chinese(medgraph: Command, pharmacy: Path) -> None:
    done = medgraph("drugs", "check", "华法林", "布洛芬", "二甲双胍", "--egfr", "20", home=pharmacy)
    for words in (
        "严重  华法林 + 布洛芬",
        "推导",
        "均致出血。",
        "避免。",
        "禁忌  二甲双胍",
        "不能证明安全",
        "已检索的来源",
    ):
        assert words in done.out
    assert "Both make bleed." not in done.out
    english = medgraph("drugs", "check", "华法林", "布洛芬", "--language", "en", home=pharmacy)
    assert "Both make bleed." in english.out


def test_what_a_licence_closes_is_opened_when_asked(medgraph: Command, pharmacy: Path) -> None:
    asked = ("drugs", "check", "metformin", "clarithromycin", "--json")
    assert medgraph(*asked, home=pharmacy).json["pairs"][0]["found"] is False
    every = medgraph(*asked, "--licence", "all", home=pharmacy).json
    assert every["pairs"][0]["severity"] == "contraindicated"
    assert every["closed"] == []


def test_a_stored_patient(medgraph: Command, pharmacy: Path) -> None:
    done = medgraph("drugs", "check", "ibuprofen", "aspirin", "--patient", "42", "--json", home=pharmacy)
    assert [drug["name"] for drug in done.json["drugs"]] == ["Ibuprofen", "Aspirin", "Warfarin"]
    assert {(row["drug"], row["verdict"]) for row in done.json["contraindications"]} == {
        ("ibuprofen", "caution"), ("aspirin", "allergy"),
    }  # fmt: skip
    assert [pair["severity"] for pair in done.json["pairs"]] == ["major", "major", "unknown"]
    assert medgraph("drugs", "check", "aspirin", "--patient", "43", home=pharmacy).code == problems.NOT_FOUND
    assert medgraph("drugs", "check", "aspirin", "--patient", "4 2", home=pharmacy).code == problems.USAGE


def test_what_a_record_calls_a_drug_is_no_drug_of_the_graphs(medgraph: Command, pharmacy: Path) -> None:
    # By its own name a private drug would be found, and nothing stated of it.
    for options in ((), ("--all-access",), ("--access", "patient:42")):
        done = medgraph(
            "drugs", "check", "Warfarin Sodium 5 MG Oral Tablet", "aspirin", "--json", *options, home=pharmacy
        )
        assert [drug["id"] for drug in done.json["drugs"]] == ["DRUGBANK:DB00682", "DRUGBANK:DB00945"]
        assert done.json["pairs"][0]["severity"] == "major"


def test_a_bundle(medgraph: Command, pharmacy: Path, tmp_path: Path) -> None:
    allergy = {**ALLERGY, "code": {"text": "Ibuprofen"}}
    path = bundle(tmp_path / "b.json", "Coumadin 5 MG", "metformin 500 mg tablet", "Mysterin", more=(allergy,))
    done = medgraph("drugs", "check", "Advil", "--bundle", str(path), "--json", home=pharmacy)
    assert done.code == 0
    assert {drug["name"] for drug in done.json["drugs"]} == {"Ibuprofen", "Warfarin", "Metformin"}
    assert [one["asked"] for one in done.json["unknown"]] == ["Mysterin"]
    assert ("Advil", "allergy") in {(row["drug"], row["verdict"]) for row in done.json["contraindications"]}


def test_what_of_a_bundle_cannot_be_read_is_told(medgraph: Command, pharmacy: Path, tmp_path: Path) -> None:
    broken = {"resourceType": "MedicationRequest", "id": "x", "status": 7}
    path = bundle(tmp_path / "b.json", "Coumadin", "aspirin", more=(broken, {"resourceType": "Claim", "id": "c"}))
    done = medgraph("drugs", "check", "--bundle", str(path), home=pharmacy)
    assert done.code == problems.SOME_FAILED
    assert "MAJOR" in done.out
    assert "not read: b.json: entry 4 (MedicationRequest)" in done.err
    several = bundle(tmp_path / "c.json", "Coumadin", patients=("p", "q"))
    done = medgraph("drugs", "check", "--bundle", str(several), home=pharmacy)
    assert (done.code, "several patients" in done.err) == (problems.BAD_INPUT, True)
    (tmp_path / "d.json").write_text("{no json")
    assert medgraph("drugs", "check", "--bundle", str(tmp_path / "d.json"), home=pharmacy).code == problems.BAD_INPUT


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), problems.USAGE, "name at least one drug"),
        (("",), problems.USAGE, "an empty name"),
        (("aspirin",) * 201, problems.USAGE, "201 drugs; at most 200"),
        (("aspirin", "--genotype", "CYP2C19"), problems.USAGE, "GENE=VALUE"),
        (("aspirin", "--age", "-1"), problems.USAGE, "--age"),
        (("aspirin", "--bundle", "/no/such/file"), problems.USAGE, "--bundle"),
        (("qqqq", "zzzz"), problems.NOT_FOUND, ""),
    ],
)
def test_bad_input(arguments: tuple[str, ...], code: int, words: str, medgraph: Command, pharmacy: Path) -> None:
    done = medgraph("drugs", "check", *arguments, home=pharmacy)
    assert done.code == code
    assert words in done.err


def test_one_drug_two_hundred_and_one_twice(medgraph: Command, pharmacy: Path) -> None:
    one = medgraph("drugs", "check", "metformin", "--json", home=pharmacy)
    assert (one.code, one.json["pairs"]) == (0, [])
    many = medgraph("drugs", "check", *(["warfarin", "Coumadin"] * 100), "--json", home=pharmacy)
    assert len(many.json["pairs"]) == 19_900
    (double,) = many.json["duplicates"]
    assert (double["kind"], len(double["drugs"])) == ("ingredient", 200)


def test_a_home_without_interactions_says_that_nothing_could_tell(
    medgraph: Command, drug_tables: list[Path], tmp_path: Path
) -> None:
    home = tmp_path / "empty"
    done = medgraph("drugs", "check", "warfarin", "aspirin", home=home)
    assert (done.code, done.out) == (problems.NOTHING_LOADED, "")
    assert "nothing is loaded that could tell" in done.err
    (closed,) = (path for path in drug_tables if path.name == "closed.tsv")
    (names,) = (path for path in drug_tables if path.name == "names.tsv")
    assert medgraph("load", str(closed), str(names), home=home).code == 0
    done = medgraph("drugs", "check", "metformin", "clarithromycin", home=home)
    assert (done.code, "A Closed Book" in done.err) == (problems.NOTHING_LOADED, True)
    assert medgraph("drugs", "check", "metformin", "clarithromycin", "--licence", "all", home=home).code == 0


def test_help(medgraph: Command) -> None:
    assert "check" in medgraph("drugs", "--help").out
    told = medgraph("drugs", "check", "--help")
    assert told.code == 0
    assert "no proof of safety" in told.out
    assert medgraph("drugs", "nothing").code == problems.USAGE
