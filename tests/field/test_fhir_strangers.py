"""Two people under one id that no server tells apart: one record must not become both's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.field.test_fhir_identity import FOLDER, A, Json, bundle, condition, entry, meta

Ingest = Callable[..., Json]


@pytest.fixture
def ingest(told: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ingest:
    """Ingest values, each a file; return the last file's tally with the `texts` that are found of patients."""
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")

    def ingested(*files: Json, code: int = 0) -> Json:
        tally: Json = {}
        for number, value in enumerate(files, 1):
            path = tmp_path / f"{number}.json"
            path.write_text(json.dumps(value), encoding="utf-8")
            tally = told("ingest", "--json", path, code=code if number == len(files) else 0)
        hits = told("search", "--all-access", "--json", "patient")["hits"]
        return {**tally, "texts": "\n".join(hit["text"] for hit in hits), "ids": {hit["document"] for hit in hits}}

    return ingested


def person(born: str = "1970-02-03", sex: str = "female", **more: Any) -> Json:
    return {"resourceType": "Patient", "id": "1", "birthDate": born, "gender": sex, **more}


SEXES = [{"resourceType": "Patient", "id": "1", "gender": sex} for sex in ("female", "male")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person(), person("1940-01-01", "male")),
        (person(), person("1970-02-04")),
        (person(), person("1980")),
        (person(), SEXES[1]),
        (SEXES[0], SEXES[1]),
        (person(**meta(1, "01-01")), person("1940-01-01", **meta(1, "02-01"))),
        (person(**meta(2, "01-01")), person("1940-01-01", **meta(1, "02-01"))),
        (person(**meta(1)), person("1940-01-01", "male", **meta(2))),
    ],
)
@pytest.mark.parametrize("nested", [False, True])
def test_another_person_of_an_id_of_no_server_is_refused(ingest: Ingest, nested: bool, one: Json, other: Json) -> None:
    note = json.loads((FOLDER / "export1.ndjson").read_text(encoding="utf-8").splitlines()[3])
    theirs = {**note, "subject": {"reference": "Patient/1"}}
    bundles = [
        bundle(entry(one), entry(condition("c", "Gout"))),
        bundle(entry(other), entry(condition("c", "Scurvy")), entry(theirs)),
    ]
    files = [bundle(*({"resource": inner} for inner in bundles))] if nested else bundles
    told = ingest(*files, code=4)
    assert ["another person" in failure["reason"] for failure in told["failed"]] == [True, True]
    assert len(told["ids"]) == 1
    assert ("Gout" in told["texts"], "Scurvy" in told["texts"]) == (True, False)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (person(), person()),
        (person("1970"), person()),
        (person(), person(sex="male")),
        (person(**meta(1)), person("1970-02-04", **meta(2))),
        (person(**meta(1, "01-01")), person("1940-01-01", **meta(2, "02-01"))),
        (person(**meta(None, "01-01")), person(sex="male", **meta(None, "02-01"))),
        (SEXES[0], {"resourceType": "Patient", "id": "1", "gender": "unknown"}),
    ],
)
def test_the_same_person_of_no_server_again_is_the_same_patient(ingest: Ingest, first: Json, second: Json) -> None:
    told = ingest(
        bundle(entry(first), entry(condition("c", "Gout"))), bundle(entry(second), entry(condition("d", "Scurvy")))
    )
    assert (told["failed"], len(told["ids"])) == ([], 1)
    assert ("Gout" in told["texts"], "Scurvy" in told["texts"]) == (True, True)


def test_another_birth_on_one_server_is_a_correction(ingest: Ingest) -> None:
    told = ingest(bundle(entry(person(), A)), bundle(entry(person("1940-01-01"), A)))
    assert told["failed"] == []
    assert "Born: 1940" in told["texts"]
