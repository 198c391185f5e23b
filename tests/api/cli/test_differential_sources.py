import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from api.cli.differential_sources import Sources, write
from qa.differential.model import Candidate, Case, Finding, Ranking, Told


def test_files_add_to_what_is_told(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    packet = {
        "phenotypicFeatures": [{"type": {"id": "HP:1"}}],
        "subject": {"sex": "MALE"},
        "metaData": {"externalReferences": [{"id": "PMID:7"}]},
    }
    path.write_text(json.dumps(packet), encoding="utf-8")
    told, failed = Sources(phenopacket=path, own=True).joined(Told(observed=("HP:2",), sex="female"))
    assert (told.observed, told.sex, told.papers) == (("HP:2", "HP:1"), "female", frozenset({"PMID:7"}))
    assert failed == ()
    assert Sources(phenopacket=path).joined(Told())[0].papers == frozenset()
    assert Sources().joined(Told(age=3)) == (Told(age=3), ())


def test_without_a_patient_nothing_is_opened() -> None:
    assert Sources().with_patient(cast(Any, None), Told(age=3), frozenset()) == Told(age=3)


def test_a_ranking_is_written(tmp_path: Path) -> None:
    case = Case(observed=(Finding("fever", ("HP:1",), "Fever"),), age=3)
    candidate = Candidate(id="D:1", ids=("D:1",), name="one", probability=0.5, score=1.0, prior=0.0)
    ranked = SimpleNamespace(ranking=Ranking(case=case, candidates=(candidate,), other=0.5))
    write(cast(Any, ranked), tmp_path / "out.json")
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert written["id"] == "out"
    assert written["subject"]["timeAtLastEncounter"] == {"age": {"iso8601duration": "P3Y"}}
    assert written["metaData"]["created"].endswith("Z")
