"""A small pharmacy in a real store: names of drugs are real, what is stated of them is ours.

Aspirin stands under two ids that no mapping joins, warfarin has a salt, a brand of its own and a preparation, and
three sources speak of interactions, of which one is closed by its licence.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.licences import RESTRICTED
from graph.model import PUBLIC, Assertion, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.check import DrugEngine

STORES = [pytest.param("sqlite", id="sqlite"), pytest.param("neo4j", id="neo4j", marks=pytest.mark.neo4j)]
OPEN, ALL = PUBLIC, PUBLIC | RESTRICTED

OURS = "medgraph-pharmacology"
BOOK = Source("book", "curated", title="The Book", version="2026-01", licence="CC0-1.0", year=2026)
SECOND = Source("second", "curated", title="A Second Book", version="7", licence="CC0-1.0")
CLOSED = Source("closed", "curated", title="A Closed Book", version="2", licence="CC-BY-NC-4.0", access=RESTRICTED)
RULES = Source(OURS, "curated", title="medgraph pharmacology", version="1", licence="CC0-1.0")
NAMES = Source("names", "curated", title="Names", licence="CC0-1.0")
PAPER = Source("PMID:1", "document", title="A paper")

DRUGS = [
    ("DRUGBANK:DB00682", "Warfarin", ("Coumadin",), ("华法林",)),
    ("MESH:D999001", "Warfarin sodium", (), ("华法林钠",)),
    ("DRUGBANK:DB00945", "Acetylsalicylic acid", ("Aspirin",), ("阿司匹林",)),
    ("MESH:D001241", "Aspirin", ("Acetylsalicylic Acid",), ()),
    ("RXNORM:1191", "aspirin", (), ()),
    ("DRUGBANK:DB01050", "Ibuprofen", ("Advil",), ("布洛芬",)),
    ("DRUGBANK:DB00788", "Naproxen", (), ("萘普生",)),
    ("DRUGBANK:DB00203", "Sildenafil", ("Viagra",), ("西地那非",)),
    ("DRUGBANK:DB00727", "Nitroglycerin", (), ("硝酸甘油",)),
    ("DRUGBANK:DB00331", "Metformin", (), ("二甲双胍",)),
    ("DRUGBANK:DB00641", "Simvastatin", (), ("辛伐他汀",)),
    ("DRUGBANK:DB01211", "Clarithromycin", (), ("克拉霉素",)),
    ("DRUGBANK:DB00758", "Clopidogrel", (), ("氯吡格雷",)),
    ("DRUGBANK:DB01060", "Amoxicillin", (), ("阿莫西林",)),
    ("DRUGBANK:DB00766", "Clavulanate", (), ("克拉维酸",)),
    ("DRUGBANK:DB00567", "Cephalexin", (), ("头孢氨苄",)),
    ("DRUGBANK:DB00252", "Phenytoin", (), ("苯妥英",)),
    ("MESH:D999002", "Twobrand A", ("Twobrand",), ()),
    ("MESH:D999003", "Twobrand B", ("Twobrand",), ()),
    ("MEDGRAPH:product-aabbccddee01", "Jantoven", (), ()),
    ("MEDGRAPH:product-aabbccddee02", "Yosprala", (), ()),
    ("MEDGRAPH:product-aabbccddee03", "Augmentin", (), ("奥格门汀",)),
    ("MEDGRAPH:product-aabbccddee04", "DuoCover", (), ()),
]  # fmt: skip
CONCEPTS = [
    ("MEDGRAPH:group-anticoagulant", "anticoagulant", ("anticoagulants",), ("抗凝药",)),
    ("MEDGRAPH:group-nsaid", "non-steroidal anti-inflammatory drug", ("NSAID", "NSAIDs"), ("非甾体抗炎药",)),
    ("MEDGRAPH:group-penicillin", "penicillin", ("penicillins",), ("青霉素类",)),
    ("MEDGRAPH:group-cephalosporin", "cephalosporin", (), ("头孢菌素类",)),
    ("MEDGRAPH:pregnancy", "pregnancy", (), ("妊娠期",)),
    ("MEDGRAPH:age-under-12", "age < 12 years", (), ()),
    ("MEDGRAPH:egfr-under-30", "eGFR < 30", (), ()),
    ("MEDGRAPH:liver-impairment-severe", "severely impaired liver function", (), ()),
    ("ATC:B01A", "Antithrombotic agents", (), ()),
    ("ATC:B01AA", "Vitamin K antagonists", ("VKA",), ()),
    ("ATC:B01AX", "Other antithrombotic agents", (), ()),
    ("BOOK:nitrates", "nitrates of the Book", (), ()),
    ("BOOK:ed-drugs", "drugs against impotence", (), ()),
]  # fmt: skip
OTHERS = [
    ("NCBIGene:1576", "Gene", "CYP3A4", ()),
    ("NCBIGene:1557", "Gene", "CYP2C19", ()),
    ("DOID:2841", "Disease", "Asthma", ("哮喘",)),
    ("DOID:9360", "Disease", "Aspirin-induced asthma", ()),
    ("HP:0002239", "Phenotype", "Gastrointestinal hemorrhage", ("消化道出血",)),
    ("MESH:D011247", "Phenotype", "Pregnancy", ()),
]  # fmt: skip

WARFARIN, SALT, JANTOVEN = "DRUGBANK:DB00682", "MESH:D999001", "MEDGRAPH:product-aabbccddee01"
ASPIRIN, MESH_ASPIRIN, RX_ASPIRIN = "DRUGBANK:DB00945", "MESH:D001241", "RXNORM:1191"
IBUPROFEN, NAPROXEN, METFORMIN = "DRUGBANK:DB01050", "DRUGBANK:DB00788", "DRUGBANK:DB00331"
SILDENAFIL, NITROGLYCERIN = "DRUGBANK:DB00203", "DRUGBANK:DB00727"
SIMVASTATIN, CLARITHROMYCIN, CLOPIDOGREL = "DRUGBANK:DB00641", "DRUGBANK:DB01211", "DRUGBANK:DB00758"
AMOXICILLIN, CLAVULANATE, CEPHALEXIN = "DRUGBANK:DB01060", "DRUGBANK:DB00766", "DRUGBANK:DB00567"
PHENYTOIN = "DRUGBANK:DB00252"
ANTICOAGULANT, NSAID = "MEDGRAPH:group-anticoagulant", "MEDGRAPH:group-nsaid"
PENICILLIN, CEPHALOSPORIN = "MEDGRAPH:group-penicillin", "MEDGRAPH:group-cephalosporin"
CYP3A4, CYP2C19 = "NCBIGene:1576", "NCBIGene:1557"
ASTHMA, ASPIRIN_ASTHMA, BLEEDING = "DOID:2841", "DOID:9360", "HP:0002239"

WITH_STATINS = {
    "severity": "contraindicated",
    "mechanism": "It adds up.",
    "mechanism_zh": "叠加。",
    "management": "Stop.",
}
STATED: dict[Source, list[tuple[str, str, str, dict[str, str]]]] = {
    BOOK: [
        (RX_ASPIRIN, "interacts_with", SALT, {"severity": "Major", "management": "Avoid."}),
        (NITROGLYCERIN, "has_role", "BOOK:nitrates", {}),
        (SILDENAFIL, "has_role", "BOOK:ed-drugs", {}),
        ("BOOK:ed-drugs", "interacts_with", "BOOK:nitrates", {"severity": "contraindicated"}),
        (CLOPIDOGREL, "interacts_with", WARFARIN, {"severity": "major"}),
        (METFORMIN, "interacts_with", IBUPROFEN, {"severity": "minor"}),
        (ASPIRIN, "contraindicated_in", ASPIRIN_ASTHMA, {}),
        (WARFARIN, "contraindicated_in", "MESH:D011247", {}),
    ],
    SECOND: [
        (CLOPIDOGREL, "interacts_with", WARFARIN, {"severity": "moderate"}),
        (METFORMIN, "interacts_with", "MESH:D999003", {"severity": "severe"}),
    ],
    CLOSED: [(METFORMIN, "interacts_with", NAPROXEN, {"severity": "major"})],
    RULES: [
        (WARFARIN, "has_role", ANTICOAGULANT, {"kind": "effect"}),
        (IBUPROFEN, "has_role", NSAID, {"kind": "class"}),
        (NAPROXEN, "has_role", NSAID, {"kind": "class"}),
        (ASPIRIN, "has_role", NSAID, {"kind": "class"}),
        (ANTICOAGULANT, "interacts_with", NSAID, {"severity": "major", "mechanism": "Both make bleed.",
            "mechanism_zh": "均致出血。", "management": "Avoid.", "kind": "pharmacodynamic"}),
        (NSAID, "interacts_with", NSAID, {"severity": "moderate", "mechanism": "Twice the harm."}),
        (CLARITHROMYCIN, "inhibits", CYP3A4, {"strength": "strong"}),
        (SIMVASTATIN, "substrate_of", CYP3A4, {"strength": "sensitive"}),
        (PHENYTOIN, "induces", CYP3A4, {"strength": "strong"}),
        (CLARITHROMYCIN, "inhibits", CYP2C19, {"strength": "moderate"}),
        (CLOPIDOGREL, "substrate_of", CYP2C19, {"strength": "sensitive", "activated": "yes"}),
        (JANTOVEN, "has_ingredient", WARFARIN, {}),
        ("MEDGRAPH:product-aabbccddee02", "has_ingredient", ASPIRIN, {}),
        ("MEDGRAPH:product-aabbccddee02", "has_ingredient", METFORMIN, {}),
        ("MEDGRAPH:product-aabbccddee03", "has_ingredient", AMOXICILLIN, {}),
        ("MEDGRAPH:product-aabbccddee03", "has_ingredient", CLAVULANATE, {}),
        ("MEDGRAPH:product-aabbccddee04", "has_ingredient", ASPIRIN, {}),
        ("MEDGRAPH:product-aabbccddee04", "has_ingredient", CLOPIDOGREL, {}),
        (WARFARIN, "subclass_of", "ATC:B01AA", {"code": "B01AA03"}),
        ("ATC:B01AA", "subclass_of", "ATC:B01A", {}),
        (AMOXICILLIN, "has_role", PENICILLIN, {"kind": "allergen"}),
        (CEPHALEXIN, "has_role", CEPHALOSPORIN, {"kind": "allergen"}),
        (PENICILLIN, "cross_reacts_with", CEPHALOSPORIN, {"risk": "low", "mechanism": "Side chains are alike."}),
        (WARFARIN, "contraindicated_in", "MEDGRAPH:pregnancy", {"words": "pregnancy", "mechanism": "It harms."}),
        (NSAID, "cautioned_in", "MEDGRAPH:egfr-under-30", {"mechanism": "It harms the kidney."}),
        (ASPIRIN, "contraindicated_in", "MEDGRAPH:age-under-12", {"mechanism": "Reye."}),
        (SIMVASTATIN, "contraindicated_in", "MEDGRAPH:liver-impairment-severe", {}),
        (NSAID, "cautioned_in", ASTHMA, {"words": "asthma", "words_zh": "哮喘"}),
        (ASPIRIN_ASTHMA, "subclass_of", ASTHMA, {}),
        (CYP2C19, "affects_response_to", CLOPIDOGREL,
            {"genotype": "CYP2C19 Poor Metabolizer", "recommendation": "Give another drug."}),
    ],
}  # fmt: skip


def filled(store: GraphStore) -> GraphStore:
    """The store with the pharmacy in it."""
    entities = [
        Entity(id, "Drug" if id in {row[0] for row in DRUGS} else "Concept", name, names(english, chinese))
        for id, name, english, chinese in (*DRUGS, *CONCEPTS)
    ]
    entities += [Entity(id, type, name, names((), chinese)) for id, type, name, chinese in OTHERS]
    store.load(NAMES, entities)
    for source, rows in STATED.items():
        store.load(source, (), [stated(source, *row) for row in rows])
    return store


def names(english: tuple[str, ...], chinese: tuple[str, ...]) -> tuple[Name, ...]:
    return (*(Name(name) for name in english), *(Name(name, "zh") for name in chinese))


def stated(source: Source, subject: str, predicate: str, object: str, qualifiers: dict[str, str]) -> Assertion:
    if predicate == "interacts_with":
        subject, object = sorted((subject, object))
    return Assertion.new(
        subject,
        predicate,
        object,
        source=source.id,
        sentence=f"{subject} {predicate} {object}",
        qualifiers=qualifiers,
        record=f"{subject} {predicate} {object}",
        access=source.access,
    )


def opened(request: pytest.FixtureRequest, folder: Path) -> GraphStore:
    """An empty store of the kind that the fixture's parameter names."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return SqliteStore(folder / "graph.db")
    server = request.getfixturevalue("neo4j_server")
    from neo4j import GraphDatabase

    from graph.neo4j.store import Neo4jStore

    with GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    return Neo4jStore(server.url, server.user, server.password)


@pytest.fixture(scope="module", params=STORES)
def pharmacy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """The pharmacy in each store, to be read only."""
    store = filled(opened(request, tmp_path_factory.mktemp("pharmacy")))
    yield store
    store.close()


@pytest.fixture
def view(pharmacy: GraphStore) -> GraphView:
    """What anybody may read of it under open licences."""
    return GraphView(pharmacy, OPEN)


@pytest.fixture
def engine(pharmacy: GraphStore) -> DrugEngine:
    return DrugEngine(pharmacy)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[SqliteStore]:
    """An empty store that a test fills itself."""
    store = SqliteStore(tmp_path / "graph.db")
    yield store
    store.close()
