from typing import Any

import pytest

from qa.differential.case.phenopacket import Unreadable, duration_of, packet_of, phenopacket_of, years_of
from qa.differential.model import Candidate, Case, Finding, Ranking


def packet(**more: Any) -> dict[str, Any]:
    return {
        "id": "case 1",
        "subject": {"id": "p", "sex": "FEMALE", "timeAtLastEncounter": {"age": {"iso8601duration": "P3Y6M"}}},
        "phenotypicFeatures": [
            {"type": {"id": "HP:0001945", "label": "Fever"}, "severity": {"id": "HP:0012828", "label": "Severe"}},
            {"type": {"id": "HP:0012735"}, "excluded": True, "onset": {"age": {"iso8601duration": "P1Y"}}},
        ],
        "diseases": [
            {"term": {"id": "OMIM:1", "label": "the answer"}, "onset": {"ontologyClass": {"id": "HP:0003577"}}}
        ],
        "medicalActions": [{"treatment": {"agent": {"id": "DRUGBANK:1", "label": "ibuprofen"}}}, {"procedure": {}}],
        "metaData": {
            "created": "2026-01-01T00:00:00Z",
            "phenopacketSchemaVersion": "2.0",
            "externalReferences": [{"id": "PMID:123"}],
        },
    } | more


def test_a_packet_tells_a_case_and_not_its_answer() -> None:
    read = packet_of(packet())
    assert (read.id, read.papers) == ("case 1", frozenset({"PMID:123"}))
    told = read.told
    assert (told.observed, told.excluded) == (("HP:0001945",), ("HP:0012735",))
    assert (told.age, told.onset, told.sex, told.drugs) == (3.5, 1.0, "female", ("ibuprofen",))
    assert told.labels == {"HP:0001945": "Fever"}
    assert (told.conditions, told.papers) == ((), frozenset())


def test_keys_may_be_as_in_the_definition_and_a_family_has_a_proband() -> None:
    snake = packet()
    snake["phenotypic_features"] = snake.pop("phenotypicFeatures")
    snake["meta_data"] = snake.pop("metaData")
    assert packet_of({"proband": snake}).told.observed == ("HP:0001945",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "the file is no object"),
        ({}, "no phenopacket"),
        (packet(phenotypicFeatures={}), "phenotypicFeatures is no list"),
        (packet(phenotypicFeatures=[{"type": {"id": "fever"}}]), r"phenotypicFeatures\[0\].type.id is 'fever'"),
        (packet(phenotypicFeatures=[7]), r"phenotypicFeatures\[0\] is no object"),
        (packet(phenotypicFeatures=[{"type": {"id": "HP:1"}, "excluded": "yes"}]), r"\[0\].excluded is 'yes'"),
        (packet(phenotypicFeatures=[{"type": {"id": "HP:1"}, "negated": True}]), "version 1"),
        (packet(metaData={"phenopacketSchemaVersion": "1.0"}), "version 1"),
        (packet(subject={"ageAtCollection": {"age": "P3Y"}}), "version 1"),
        (packet(genes=[]), "version 1"),
        (packet(diseases=[{"term": {"id": "OMIM:1"}, "ageOfOnset": {"age": "P3Y"}}]), "version 1"),
        ({"id": "c", "members": [packet()], "metaData": {}}, "a cohort; give the phenopacket of one person"),
        ({"proband": packet(phenotypicFeatures=[7])}, r"proband.phenotypicFeatures\[0\] is no object"),
        ({"proband": []}, "proband is no object"),
        (packet(subject={"sex": ["MALE"]}), r"subject.sex is \['MALE'\]; FEMALE, MALE,"),
        (
            packet(subject={"timeAtLastEncounter": {"age": {"iso8601duration": "3 years"}}}),
            "subject.timeAtLastEncounter.age.iso8601duration is '3 years'",
        ),
        (packet(medicalActions=[{"treatment": {}}]), r"medicalActions\[0\].treatment.agent is no object"),
    ],
)
def test_what_is_none_is_refused_by_its_field(data: object, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        packet_of(data)


@pytest.mark.parametrize(("duration", "years"), [("P3Y6M", 3.5), ("P2W", 14 / 365.25), ("P0D", 0.0), ("P1YT2H", 1.0)])
def test_ages_in_iso(duration: str, years: float) -> None:
    assert years_of(duration, "x") == pytest.approx(years)
    assert years_of(duration_of(years), "x") == pytest.approx(years, abs=1 / 365)


def test_what_is_written_is_read_again() -> None:
    case = Case(
        observed=(Finding("fever", ("HP:0001945",), "Fever", severity="severe"),),
        excluded=(Finding("cough", ("HP:0012735",), "Cough"),),
        age=3.5,
        onset=0.25,
        sex="female",
        drugs={"ibuprofen": ("DRUGBANK:1",)},
        papers=frozenset({"PMID:123"}),
    )
    candidate = Candidate(id="MONDO:1", ids=("MONDO:1",), name="influenza", probability=0.5, score=1.0, prior=0.0)
    ranking = Ranking(case=case, candidates=(candidate,), other=0.5)
    written = phenopacket_of(case, ranking, id="case 1", created="2026-01-01T00:00:00Z")
    read = packet_of(written)
    assert (read.told.observed, read.told.excluded) == (("HP:0001945",), ("HP:0012735",))
    assert (read.told.age, read.told.onset, read.told.sex, read.told.drugs) == (3.5, 0.25, "female", ("ibuprofen",))
    assert read.papers == case.papers
    assert [resource["namespacePrefix"] for resource in written["metaData"]["resources"]] == ["DRUGBANK", "HP", "MONDO"]
    assert all(value for resource in written["metaData"]["resources"] for value in resource.values())
    assert written["interpretations"][0]["progressStatus"] == "IN_PROGRESS"
    assert written["phenotypicFeatures"][0]["severity"]["label"] == "Severe"
