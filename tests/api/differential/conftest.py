"""A home in which a few diseases have findings, rates and names in both languages, and a server over it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.model import Assertion, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore

HPOA = Source("HPOA", "curated", version="2025", licence="CC-BY-4.0")
TABLES = Source("medgraph-conditions", "curated", version="1", licence="CC0-1.0")
NAMES = {
    "HP:0000118": ("Phenotypic abnormality", "表型异常"), "HP:0001945": ("Fever", "发热"),
    "HP:0012735": ("Cough", "咳嗽"), "HP:0002315": ("Headache", "头痛"), "HP:0003326": ("Myalgia", "肌痛"),
    "HP:0001083": ("Ectopia lentis", "晶状体异位"), "HP:0001166": ("Arachnodactyly", "蜘蛛指"),
    "HP:0000098": ("Tall stature", "身材高大"), "HP:0100749": ("Chest pain", "胸痛"),
}  # fmt: skip
DISEASES = {
    "MESH:D007251": ("Influenza", "流行性感冒"), "MESH:D003139": ("Common cold", "普通感冒"),
    "MESH:D008881": ("Migraine", "偏头痛"), "OMIM:154700": ("Marfan syndrome", "马凡综合征"),
    "OMIM:236200": ("Homocystinuria", "同型半胱氨酸尿症"), "MESH:D009203": ("Myocardial infarction", "心肌梗死"),
    "OMIM:601": ("Osteodystrophy type 1", "骨营养不良1型"), "OMIM:602": ("Osteodystrophy type 2", "骨营养不良2型"),
}  # fmt: skip
OTHERS = {
    "MEDGRAPH:population-general": ("Concept", "general population"),
    "MEDGRAPH:must-not-be-missed": ("Concept", "must not be missed"),
    "MEDGRAPH:season-winter": ("Concept", "winter"), "HP:0000006": ("Concept", "Autosomal dominant inheritance"),
    "HGNC:3603": ("Gene", "FBN1"), "MESH:D017706": ("Drug", "Lisinopril"),
}  # fmt: skip


def _stated(
    subject: str, predicate: str, object: str, source: Source = TABLES, paper: str = "x", **told: str
) -> Assertion:
    return Assertion.new(subject, predicate, object, source=source.id, sentence="a row", record=paper, qualifiers=told)


def _curated() -> Iterable[Assertion]:
    for finding in list(NAMES)[1:]:
        yield _stated(finding, "subclass_of", "HP:0000118", HPOA)
    for disease, finding, often, paper in (
        ("OMIM:154700", "HP:0001083", "60/100", "PMID:1"), ("OMIM:154700", "HP:0001166", "90/100", "PMID:1"),
        ("OMIM:154700", "HP:0000098", "3/4", "PMID:2"), ("OMIM:236200", "HP:0001083", "80/100", "PMID:3"),
        ("OMIM:601", "HP:0001166", "50%", "PMID:4"), ("OMIM:602", "HP:0001166", "45%", "PMID:4"),
    ):  # fmt: skip
        yield _stated(disease, "has_phenotype", finding, HPOA, paper, frequency=often)
    yield _stated("OMIM:154700", "has_inheritance", "HP:0000006", HPOA)
    yield _stated("HGNC:3603", "gene_associated_with", "OMIM:154700", HPOA)


def _tables() -> Iterable[Assertion]:
    for disease, incidence, findings in (
        ("MESH:D007251", "3", {"HP:0001945": "87", "HP:0012735": "85", "HP:0003326": "75", "HP:0002315": "71"}),
        ("MESH:D003139", "4", {"HP:0012735": "57", "HP:0001945": "21", "HP:0002315": "30"}),
        ("MESH:D008881", "2", {"HP:0002315": "98", "HP:0001945": "1"}),
        ("MESH:D009203", "1", {"HP:0100749": "85"}),
    ):
        yield _stated(disease, "occurs_in", "MEDGRAPH:population-general", incidence=incidence, female="50")
        for finding, percent in findings.items():
            yield _stated(disease, "has_phenotype", finding, frequency=f"{percent}%", kind="history")
    yield _stated("MESH:D007251", "occurs_in", "MEDGRAPH:season-winter")
    yield _stated(
        "MESH:D009203", "has_modifier", "MEDGRAPH:must-not-be-missed", why="The heart dies.", why_zh="心肌坏死。"
    )
    for effect, often in (("HP:0012735", "10%"), ("HP:0002315", "3%")):
        yield _stated("MESH:D017706", "has_adverse_effect", effect, frequency=often)


def _entities() -> Iterable[Entity]:
    for type, names in (("Phenotype", NAMES), ("Disease", DISEASES)):
        for id, (name, chinese) in names.items():
            yield Entity(id, type, name, synonyms=(Name(chinese, "zh"),))
    yield from (Entity(id, type, name) for id, (type, name) in OTHERS.items())


def fill(store: GraphStore) -> None:
    """Write what the home holds."""
    store.load(HPOA, [*_entities()], [*_curated()])
    store.load(TABLES, [], [*_tables()])
    store.add_mappings([("ORPHA:558", "OMIM:154700")], HPOA)


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home; to be read only."""
    home = tmp_path_factory.mktemp("clinic")
    store = SqliteStore(home / "graph.sqlite")
    fill(store)
    store.close()
    return home


@pytest.fixture
def packet() -> Callable[..., dict[str, Any]]:
    """A phenopacket of these findings: `packet("HP:1", excluded=("HP:2",), papers=("PMID:1",), …)`."""

    def made(
        *observed: str, excluded: tuple[str, ...] = (), papers: tuple[str, ...] = (), **more: Any
    ) -> dict[str, Any]:
        features: list[dict[str, Any]] = [{"type": {"id": id, "label": id}} for id in observed]
        features += [{"type": {"id": id, "label": id}, "excluded": True} for id in excluded]
        return {
            "id": "case",
            "subject": {"id": "s", "sex": "MALE", "timeAtLastEncounter": {"age": {"iso8601duration": "P16Y"}}},
            "phenotypicFeatures": features,
            "metaData": {
                "created": "2024-01-01T00:00:00Z",
                "createdBy": "somebody",
                "resources": [],
                "phenopacketSchemaVersion": "2.0",
                "externalReferences": [{"id": paper} for paper in papers],
            },
        } | more

    return made


@pytest.fixture
def bundle() -> Callable[..., dict[str, Any]]:
    """A FHIR bundle of a woman with a cough, and these further resources: `bundle({"resourceType": …}, …)`."""
    cough = {
        "resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p"}, "code": {"text": "Cough"},
        "clinicalStatus": {"coding": [{"code": "active"}]},
    }  # fmt: skip

    def made(*more: dict[str, Any]) -> dict[str, Any]:
        resources = ({"resourceType": "Patient", "id": "p", "gender": "female"}, cough, *more)
        return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}

    return made


@pytest.fixture
def folder(tmp_path: Path, packet: Callable[..., dict[str, Any]]) -> Path:
    """A folder of two phenopackets and a file that is broken."""
    path = tmp_path / "cases"
    path.mkdir()
    marfan = packet("HP:0001083", "HP:0001166", excluded=("HP:0001945",), papers=("PMID:1",))
    (path / "a.json").write_text(json.dumps(marfan), encoding="utf-8")
    (path / "b.json").write_text(json.dumps(packet("HP:0012735", "HP:0001945")), encoding="utf-8")
    (path / "broken.json").write_text("{", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def clinic_client(
    clinic: Path, tmp_path_factory: pytest.TempPathFactory, keyed_over: Callable[..., Iterator[httpx.Client]]
) -> Iterator[httpx.Client]:
    """A client of a server with keys over a copy of the home."""
    yield from keyed_over(clinic, tmp_path_factory.mktemp("clinic-server"))
