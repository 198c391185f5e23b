"""A small graph in both stores, of each kind of fact that a verdict may rest on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.store import GraphStore
from graph.view import GraphView
from tests.qa.ways.conftest import STORES, Stated, opened

FACTS = (
    ("NCBIGene:2200", "causes", "MONDO:0007947"),
    ("NCBIGene:1080", "causes", "MONDO:0009061"),
    ("MONDO:0007947", "has_inheritance", "HP:0000006"),
    ("MONDO:0009061", "has_inheritance", "HP:0000007"),
    ("MONDO:0007947", "has_phenotype", "HP:0001083"),
    ("MONDO:0007947", "has_phenotype", "HP:0001166"),
    ("MONDO:0009061", "has_phenotype", "HP:0012236"),
    ("MONDO:0009061", "subclass_of", "MONDO:0005275"),
    ("DB:metformin", "treats", "MONDO:0005148"),
    ("DB:simvastatin", "treats", "MONDO:0005439"),
    ("DB:simvastatin", "has_role", "MEDGRAPH:group-statin"),
    ("DB:simvastatin", "inhibits", "NCBIGene:3156"),
    ("DB:simvastatin", "substrate_of", "NCBIGene:1576"),
    ("DB:clarithromycin", "interacts_with", "DB:simvastatin"),
    ("DB:metoprolol", "treats", "MONDO:0005044"),
    ("DB:metoprolol", "contraindicated_in", "MONDO:0004979"),
    ("DB:isotretinoin", "contraindicated_in", "MEDGRAPH:pregnancy"),
    ("DB:isotretinoin", "treats", "MONDO:0011438"),
    ("MONDO:0004979", "subclass_of", "MONDO:0005275"),
    ("MONDO:0004979", "located_in", "UBERON:0002048"),
    ("ICD10CM:J45", "subclass_of", "MONDO:0005275"),
)


@pytest.fixture(scope="session", params=STORES)
def facts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    graph = opened(request.param, request, tmp_path_factory.mktemp("verdicts"))
    s = Stated(graph)
    s.entity("NCBIGene:2200", "Gene", "FBN1")
    s.entity("NCBIGene:1080", "Gene", "CFTR")
    s.entity("NCBIGene:3156", "Gene", "HMGCR")
    s.entity("NCBIGene:1576", "Gene", "CYP3A4")
    s.entity("NCBIGene:1565", "Gene", "CYP2D6")
    s.entity("MONDO:0007947", "Disease", "Marfan syndrome", "马凡综合征")
    s.entity("MONDO:0009061", "Disease", "cystic fibrosis", "囊性纤维化")
    s.entity("MONDO:0005148", "Disease", "type 2 diabetes mellitus", "2型糖尿病")
    s.entity("MONDO:0005439", "Disease", "hypercholesterolemia", "高胆固醇血症")
    s.entity("MONDO:0005044", "Disease", "hypertension", "高血压")
    s.entity("MONDO:0004979", "Disease", "asthma", "哮喘")
    s.entity("MONDO:0011438", "Disease", "acne", "痤疮")
    s.entity("MONDO:0005275", "Disease", "lung disorder", "肺部疾病")
    s.entity("HP:0000006", "Concept", "Autosomal dominant inheritance", "常染色体显性遗传")
    s.entity("HP:0000007", "Concept", "Autosomal recessive inheritance", "常染色体隐性遗传")
    s.entity("HP:0001083", "Phenotype", "Ectopia lentis", "晶状体异位")
    s.entity("HP:0001166", "Phenotype", "Arachnodactyly", "蜘蛛指")
    s.entity("HP:0012236", "Phenotype", "Elevated sweat chloride")
    s.entity("HP:0000098", "Phenotype", "Tall stature", "身材高大")
    s.entity("DB:metformin", "Drug", "Metformin", "二甲双胍")
    s.entity("DB:simvastatin", "Drug", "Simvastatin", "辛伐他汀")
    s.entity("DB:clarithromycin", "Drug", "Clarithromycin", "克拉霉素")
    s.entity("DB:amoxicillin", "Drug", "Amoxicillin", "阿莫西林")
    s.entity("DB:metoprolol", "Drug", "Metoprolol", "美托洛尔")
    s.entity("DB:isotretinoin", "Drug", "Isotretinoin", "异维A酸")
    s.entity("MEDGRAPH:group-statin", "Concept", "statin", "他汀类", "statins")
    s.entity("MEDGRAPH:pregnancy", "Concept", "pregnancy", "妊娠")
    s.entity("UBERON:0002048", "Anatomy", "lung")
    s.entity("UBERON:0002107", "Anatomy", "liver")
    s.entity("ICD10CM:J45", "Disease", "Asthma code")
    s.names()
    s.curated("listed", *FACTS)
    s.curated("denied", ("DB:metformin", "treats", "MONDO:0004979"), negated=True)
    yield graph
    graph.close()


@pytest.fixture(scope="session")
def view(facts: GraphStore) -> GraphView:
    return GraphView(facts, frozenset({"public"}))
