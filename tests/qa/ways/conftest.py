"""A small graph in both stores: names are real, what is stated of them is ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from graph.model import PUBLIC, Assertion, Contribution, Entity, Name, PassageNode, Source
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore
from graph.view import GraphView

STORES = [pytest.param("sqlite", id="sqlite"), pytest.param("neo4j", id="neo4j", marks=pytest.mark.neo4j)]


@dataclass
class Stated:
    """What sources state, to be written into a store."""

    graph: GraphStore
    entities: dict[str, Entity] = field(default_factory=dict)

    def entity(self, id: str, type: str, name: str, chinese: str = "", *synonyms: str) -> str:
        others = ((Name(chinese, "zh"),) if chinese else ()) + tuple(Name(one) for one in synonyms)
        self.entities[id] = Entity(id, type, name, synonyms=others)
        return id

    def names(self) -> None:
        self.graph.load(Source("names", "curated", title="Names"), self.entities.values())

    def curated(self, source: str, *rows: tuple[str, str, str], negated: bool = False, **qualifiers: str) -> None:
        self.graph.load(
            Source(source, "curated", title=source.title()),
            (),
            [
                Assertion.new(
                    subject, predicate, object, source=source, sentence=f"{subject} {predicate} {object}",
                    record=f"{subject}|{predicate}|{object}", polarity="negated" if negated else "affirmed",
                    qualifiers=qualifiers,
                )
                for subject, predicate, object in rows
            ],
        )  # fmt: skip

    def document(self, id: str, text: str, subject: str, predicate: str, object: str) -> None:
        passage = PassageNode(f"{id}#0", id, "abstract", 0, len(text), text)
        row = Assertion.new(
            subject, predicate, object, source=id, sentence=text, passage=passage.id, start=0, end=len(text),
            confidence=0.7,
        )  # fmt: skip
        self.graph.replace([Contribution(Source(id, "document", title="A paper"), (), (passage,), (), (row,))])


def opened(kind: str, request: pytest.FixtureRequest, folder: Path) -> GraphStore:
    if kind == "sqlite":
        return SqliteStore(folder / "graph.sqlite")
    server = request.getfixturevalue("neo4j_server")
    from neo4j import GraphDatabase

    from graph.neo4j.store import Neo4jStore

    with GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    return Neo4jStore(server.url, server.user, server.password)


@pytest.fixture(params=STORES)
def stated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stated]:
    """An empty store of each kind, to be stated in."""
    graph = opened(request.param, request, tmp_path)
    yield Stated(graph)
    graph.close()


@pytest.fixture(scope="module", params=STORES)
def epilepsy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphView]:
    """Drugs for epilepsy, for a kind of it, denied and merely claimed; what has a lens out of place; a class."""
    graph = opened(request.param, request, tmp_path_factory.mktemp("ways"))
    s = Stated(graph)
    s.entity("MONDO:0005027", "Disease", "epilepsy", "癫痫")
    s.entity("MONDO:0005384", "Disease", "focal epilepsy", "局灶性癫痫")
    s.entity("DB:valproate", "Drug", "Valproic acid", "丙戊酸", "Depakene", "Valproate")
    s.entity("MESH:valproate", "Drug", "Valproic Acid")
    s.entity("DB:levetiracetam", "Drug", "Levetiracetam", "左乙拉西坦")
    s.entity("DB:cenobamate", "Drug", "Cenobamate")
    s.entity("DB:buspirone", "Drug", "Buspirone")
    s.entity("DB:melatonin", "Drug", "Melatonin")
    s.entity("DB:ginkgo", "Drug", "Ginkgo")
    s.entity("DB:unnamed", "Drug", "DB:unnamed")
    s.entity("MEDGRAPH:group-statin", "Concept", "statin", "他汀类", "statins")
    s.entity("DB:simvastatin", "Drug", "Simvastatin", "辛伐他汀")
    s.entity("DB:pravastatin", "Drug", "Pravastatin", "普伐他汀")
    s.entity("NCBIGene:1576", "Gene", "CYP3A4")
    s.entity("HP:0001083", "Phenotype", "Ectopia lentis", "晶状体异位")
    s.entity("HP:0000545", "Phenotype", "Myopia", "近视")
    s.entity("OMIM:154700", "Disease", "Marfan syndrome", "马凡综合征")
    s.entity("OMIM:236200", "Disease", "Homocystinuria", "同型半胱氨酸尿症")
    s.entity("OMIM:130000", "Disease", "Ehlers-Danlos syndrome")
    s.names()
    s.curated("ontology", ("MONDO:0005384", "subclass_of", "MONDO:0005027"))
    s.curated(
        "pharmacotherapydb",
        ("DB:valproate", "treats", "MONDO:0005027"),
        ("DB:levetiracetam", "treats", "MONDO:0005027"),
        ("DB:unnamed", "treats", "MONDO:0005027"),
    )
    s.curated("pharmacotherapydb", ("DB:buspirone", "treats", "MONDO:0005027"), negated=True)
    s.curated("pharmacotherapydb", ("DB:ginkgo", "treats", "MONDO:0005027"), negated=True)
    s.curated("drugmechdb", ("MESH:valproate", "treats", "MONDO:0005027"))
    s.curated("ema-medicines", ("DB:cenobamate", "treats", "MONDO:0005384"))
    s.curated("ema-medicines", ("DB:levetiracetam", "treats", "MONDO:0005027"))
    s.document("PMID:1", "Melatonin helps in epilepsy.", "DB:melatonin", "treats", "MONDO:0005027")
    s.document("PMID:2", "Ginkgo cured epilepsy.", "DB:ginkgo", "treats", "MONDO:0005027")
    s.curated("rules", *((drug, "has_role", "MEDGRAPH:group-statin") for drug in ("DB:simvastatin", "DB:pravastatin")))
    s.curated("rules", ("DB:simvastatin", "substrate_of", "NCBIGene:1576"))
    s.curated("rules", ("MEDGRAPH:group-statin", "contraindicated_in", "HP:0000545"))
    s.curated("hpoa", ("OMIM:154700", "has_phenotype", "HP:0001083"), frequency="HP:0040282")
    s.curated("hpoa", ("OMIM:236200", "has_phenotype", "HP:0001083"), frequency="9/10")
    s.curated("hpoa", ("OMIM:154700", "has_phenotype", "HP:0000545"), ("OMIM:236200", "has_phenotype", "HP:0000545"))
    s.curated("hpoa", ("OMIM:130000", "has_phenotype", "HP:0001083"), frequency="HP:0040285")
    yield GraphView(graph, PUBLIC)
    graph.close()
