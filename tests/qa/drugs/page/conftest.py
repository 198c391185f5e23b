"""A small ward in each store: names of drugs and diseases are real, what is stated of them is ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.licences import RESTRICTED
from graph.model import PUBLIC, Assertion, Contribution, Entity, Name, PassageNode, Source
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.page.gather import Pages
from qa.drugs.page.model import Page
from qa.drugs.page.uses import Uses

STORES = [pytest.param("sqlite", id="sqlite"), pytest.param("neo4j", id="neo4j", marks=pytest.mark.neo4j)]
OPEN, ALL = PUBLIC, PUBLIC | RESTRICTED

OURS = "medgraph-pharmacology"
NAMES = Source("names", "curated", title="Names", licence="CC0-1.0")
LIST = Source("pharmacotherapydb", "curated", title="A List", version="1", licence="CC0-1.0")
INSERTS = Source("sider", "curated", title="Inserts", version="4", licence="CC-BY-NC-SA-4.0", access=RESTRICTED)
PATHS = Source("drugmechdb", "curated", title="Paths", licence="CC0-1.0")
RULES = Source(OURS, "curated", title="medgraph pharmacology", version="1", licence="CC0-1.0")
BOOK = Source("book", "curated", title="The Book", version="2026-01", licence="CC0-1.0")
EMA = Source("ema-medicines", "curated", title="EMA", version="2026-01-02", licence="EMA terms")
GUIDE = Source("cpic", "curated", title="Guidelines", version="2026", licence="CC-BY-SA-4.0")
CELLS = Source("hetionet", "curated", title="Hetionet", licence="CC0-1.0")
PAPER = Source("PMID:1", "document", title="A randomised trial of warfarin", year=2020)

W, SALT, BRAND = "DRUGBANK:DB00682", "MESH:D999001", "MEDGRAPH:product-aabbccddee01"
PHEN, APIX, HEP = "DRUGBANK:DB00946", "DRUGBANK:DB06605", "DRUGBANK:DB01109"
AMOX, CLAV, AUG = "DRUGBANK:DB01060", "DRUGBANK:DB00766", "MEDGRAPH:product-aabbccddee03"
VKA, NSAID, BLEEDERS = "MEDGRAPH:group-vka", "MEDGRAPH:group-nsaid", "MEDGRAPH:group-bleeders"
IBU = "DRUGBANK:DB01050"
PE, PE_DO, SADDLE, AF = "MESH:D011655", "DOID:9477", "MESH:D000001", "DOID:0060224"
INFECTION = "MESH:D007239"
BLEED, BLEED_HP, TOES, HAIR, RASH = "UMLS:C0000001", "HP:0001892", "UMLS:C0000002", "UMLS:C0000003", "UMLS:C0000004"
HEADING = "UMLS:C0000005"
VKOR, CYP2C9, CELL_GENE, ALBUMIN = "UniProt:Q9BQB6", "NCBIGene:1559", "NCBIGene:9", "NCBIGene:213"
CLOT, PATHWAY = "GO:0000001", "GO:0000002"

ENTITIES = [
    (W, "Drug", "Warfarin", ("Coumadin",), ("华法林",), ("ATC:B01AA03",)),
    (SALT, "Drug", "Warfarin sodium", (), ("华法林钠",), ()),
    (BRAND, "Drug", "Jantoven", (), (), ()),
    (PHEN, "Drug", "Phenprocoumon", (), ("苯丙香豆素",), ()),
    (APIX, "Drug", "Apixaban", (), ("阿哌沙班",), ()),
    (HEP, "Drug", "Heparin", (), ("肝素",), ()),
    (AMOX, "Drug", "Amoxicillin", (), ("阿莫西林",), ()),
    (CLAV, "Drug", "Clavulanate", (), ("克拉维酸",), ()),
    (AUG, "Drug", "Augmentin", (), ("奥格门汀",), ()),
    (IBU, "Drug", "Ibuprofen", ("Advil",), ("布洛芬",), ()),
    (VKA, "Concept", "vitamin K antagonist", (), ("维生素K拮抗剂",), ()),
    (NSAID, "Concept", "NSAID", (), ("非甾体抗炎药",), ()),
    (BLEEDERS, "Concept", "drug that makes bleed", (), (), ()),
    ("ATC:B01AA", "Concept", "Vitamin K antagonists", (), (), ()),
    ("MEDGRAPH:pregnancy", "Concept", "pregnancy", (), ("妊娠期",), ()),
    (PE, "Disease", "Embolism, pulmonary", (), ("肺栓塞",), ()),
    (PE_DO, "Disease", "pulmonary embolism", ("Embolism, pulmonary",), (), ()),
    (SADDLE, "Disease", "Saddle embolism", (), (), ()),
    (AF, "Disease", "Atrial fibrillation", (), ("心房颤动",), ()),
    (INFECTION, "Disease", "Infection", (), ("感染",), ()),
    (BLEED, "Phenotype", "Bleeding", (), ("出血",), ()),
    (BLEED_HP, "Phenotype", "bleeding", (), (), ()),
    (TOES, "Phenotype", "Purple toes", (), (), ()),
    (HAIR, "Phenotype", "Alopecia", (), ("脱发",), ()),
    (RASH, "Phenotype", "Rash", (), (), ()),
    (VKOR, "Gene", "VKORC1", (), (), ()),
    (CYP2C9, "Gene", "CYP2C9", (), (), ()),
    (CELL_GENE, "Gene", "CELLGENE", (), (), ()),
    (ALBUMIN, "Gene", "ALB", (), (), ()),
    (HEADING, "Disease", "skin disorder", (), (), ()),
    ("PUBCHEM.COMPOUND:77", "Drug", "PubChem compound 77", (), (), ()),
    ("MESH:D000009", "Disease", "Embolism of fat", (), (), ()),
    (CLOT, "Concept", "coagulation", (), (), ()),
    (PATHWAY, "Concept", "vitamin K cycle", (), (), ()),
]  # fmt: skip

Row = tuple[str, str, str, dict[str, str]]
STATED: dict[Source, list[Row]] = {
    LIST: [
        (W, "treats", PE, {"category": "DM", "n_curators": "3"}),
        (PHEN, "treats", PE, {"category": "DM"}),
        (W, "palliates", SADDLE, {"category": "SYM"}),
        (HEP, "treats", SADDLE, {"category": "DM"}),
        (IBU, "-treats", PE, {"category": "NOT"}),
        (W, "-treats", INFECTION, {"category": "NOT"}),
        (AMOX, "treats", INFECTION, {"category": "DM"}),
        (SADDLE, "subclass_of", PE, {}),
    ],
    INSERTS: [
        ("PUBCHEM.COMPOUND:77", "treats", PE_DO, {"method": "NLP_indication"}),
        (APIX, "treats", PE_DO, {"method": "NLP_indication"}),
        (PHEN, "treats", PE_DO, {"method": "NLP_indication"}),
        (W, "treats", AF, {"method": "NLP_indication"}),
        (W, "has_adverse_effect", BLEED, {"frequency": "1-21%", "placebo": "1%"}),
        (W, "has_adverse_effect", HAIR, {"frequency": "rare"}),
        (W, "has_adverse_effect", TOES, {}),
        (W, "has_adverse_effect", HEADING, {"frequency": "55%"}),
    ],
    BOOK: [
        (SALT, "has_adverse_effect", BLEED_HP, {"frequency": "common"}),
        (AMOX, "has_adverse_effect", RASH, {"frequency": "5%"}),
        (W, "interacts_with", APIX, {"severity": "contraindicated", "management": "Never."}),
        (IBU, "interacts_with", HEP, {"severity": "minor"}),
        (APIX, "interacts_with", IBU, {"severity": "moderate"}),
    ],
    PATHS: [],
    RULES: [
        (BRAND, "has_ingredient", W, {}),
        (AUG, "has_ingredient", AMOX, {}),
        (AUG, "has_ingredient", CLAV, {}),
        (W, "subclass_of", "ATC:B01AA", {"code": "B01AA03"}),
        (PHEN, "subclass_of", "ATC:B01AA", {"code": "B01AA04"}),
        (W, "has_role", VKA, {"kind": "class"}),
        (PHEN, "has_role", VKA, {"kind": "class"}),
        (IBU, "has_role", NSAID, {"kind": "class"}),
        (VKA, "interacts_with", NSAID, {"severity": "major", "mechanism": "Both bleed.", "mechanism_zh": "出血。"}),
        (W, "substrate_of", CYP2C9, {"strength": "sensitive", "narrow": "yes"}),
        (IBU, "inhibits", CYP2C9, {"strength": "weak"}),
        (IBU, "has_role", BLEEDERS, {"kind": "effect"}),
        (BLEEDERS, "interacts_with", VKA, {"severity": "moderate", "mechanism": "More bleeding."}),
        (W, "contraindicated_in", "MEDGRAPH:pregnancy", {"words": "pregnancy", "words_zh": "妊娠", "mechanism": "It"}),
        (VKA, "cautioned_in", AF, {"words": "some hearts", "mechanism": "Reasons."}),
        (AMOX, "cross_reacts_with", IBU, {"risk": "none", "mechanism": "Unlike."}),
        (AMOX, "cross_reacts_with", CLAV, {"risk": "high"}),
    ],
    EMA: [(W, "subclass_of", "ATC:B01AA", {"status": "withdrawn", "date": "2020-01-02"})],
    GUIDE: [
        (CYP2C9, "affects_response_to", W, {"genotype": "CYP2C9 Poor Metabolizer", "recommendation": "Give less.",
            "strength": "Strong"}),
        (VKOR, "affects_response_to", W, {"genotype": "CYP2C9 Poor Metabolizer", "recommendation": "Give less.",
            "strength": "Strong"}),
        (CYP2C9, "affects_response_to", W, {"genotype": "CYP2C9 Normal Metabolizer", "recommendation": "As usual.",
            "strength": "No recommendation"}),
    ],
    CELLS: [
        (W, "binds", VKOR, {"actions": "inhibitor"}),
        (W, "binds", ALBUMIN, {}),
        (W, "upregulates", CELL_GENE, {}),
    ],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ward:
    """A filled store with its pages."""

    store: GraphStore
    pages: Pages

    def page(self, name: str, access: frozenset[str] = ALL, taken: tuple[str, ...] = ()) -> Page:
        page = self.pages.page(GraphView(self.store, access), name, taken)
        assert isinstance(page, Page)
        return page

    def uses(self, disease: str, access: frozenset[str] = ALL, taken: tuple[str, ...] = ()) -> Uses:
        uses = self.pages.uses(GraphView(self.store, access), disease, taken)
        assert isinstance(uses, Uses)
        return uses


@pytest.fixture(scope="session", params=STORES)
def ward(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ward]:
    """The ward in each store, to be read only."""
    store = _opened(request, tmp_path_factory.mktemp("ward"))
    _fill(store)
    yield Ward(store, Pages(store))
    store.close()


def _opened(request: pytest.FixtureRequest, folder: Path) -> GraphStore:
    if request.param == "sqlite":
        return SqliteStore(folder / "graph.db")
    server = request.getfixturevalue("neo4j_server")
    from neo4j import GraphDatabase

    from graph.neo4j.store import Neo4jStore

    with GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    return Neo4jStore(server.url, server.user, server.password)


def _fill(store: GraphStore) -> None:
    entities = [
        Entity(id, type, name, (*(Name(n) for n in english), *(Name(n, "zh") for n in chinese)), xrefs)
        for id, type, name, english, chinese, xrefs in ENTITIES
    ]
    store.load(NAMES, entities)
    for source, rows in STATED.items():
        store.load(source, (), [_stated(source, *row) for row in rows] + (_path() if source is PATHS else []))
    text = "Warfarin did nothing against Atrial fibrillation. Heparin treats Atrial fibrillation."
    passage = PassageNode("PMID:1#0", PAPER.id, "abstract", 0, len(text), text)
    first, second = text.split(". ")
    store.replace(
        [
            Contribution(
                PAPER,
                (),
                (passage,),
                (),
                (
                    _written(W, "treats", AF, f"{first}.", 0, negated=True),
                    _written(HEP, "treats", AF, second, len(first) + 2),
                    _written(W, "causes", RASH, f"{first}.", 0),
                    _written(W, "interacts_with", HEP, f"{first}.", 0),
                ),
            )
        ]
    )


def _stated(source: Source, subject: str, predicate: str, object: str, qualifiers: dict[str, str]) -> Assertion:
    if predicate in ("interacts_with", "cross_reacts_with"):
        subject, object = sorted((subject, object))
    return Assertion.new(
        subject,
        predicate.removeprefix("-"),
        object,
        source=source.id,
        sentence=f"Brand of {subject} · {predicate} · {object}",
        polarity="negated" if predicate.startswith("-") else "affirmed",
        qualifiers=qualifiers,
        record=f"{subject} {predicate} {object}",
        access=source.access,
    )


def _path() -> list[Assertion]:
    """Warfarin acts on the enzyme, on which a cycle depends, which causes the clot; and two paths share a link."""

    def link(one: str, predicate: str, other: str, sentence: str, record: str = "path-1", **more: str) -> Assertion:
        return Assertion.new(one, predicate, other, source=PATHS.id, sentence=sentence, record=record, qualifiers=more)

    return [
        link(W, "treats", PE, "x"),
        link(W, "inhibits", VKOR, "x"),
        link(PATHWAY, "associated_with", VKOR, "VKORC1 (y) produces vitamin K cycle (x)", relation="produces"),
        # The record says: coagulation is caused by the cycle's product, read from the further end.
        link(CLOT, "causes", PATHWAY, "x", relation="caused by"),
        link(CLOT, "contributes_to", PE, "x"),
        link(CLOT, "located_in", INFECTION, "x"),
        link(CLOT, "contributes_to", PE, "x", record="path-2"),
    ]  # fmt: skip


def _written(
    subject: str, predicate: str, object: str, sentence: str, start: int, *, negated: bool = False
) -> Assertion:
    if predicate == "interacts_with":
        subject, object = sorted((subject, object))
    return Assertion.new(
        subject,
        predicate,
        object,
        source=PAPER.id,
        sentence=sentence,
        polarity="negated" if negated else "affirmed",
        passage="PMID:1#0",
        start=start,
        end=start + len(sentence),
        confidence=0.9,
    )
