"""A small world in both languages, in a real SqliteStore. Names of diseases and drugs are real; the texts are ours.

A module whose tests prove what is read of the graph asks for a real Neo4j as well, by parametrising `world` or
`curated` indirectly. The server holds one graph at a time: it is filled once for each module, which uses one of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from langchain_core.language_models import BaseChatModel

from api.answering import answerer
from graph.model import PUBLIC, Assertion, Contribution, Entity, Name, PassageNode, Source
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore
from graph.view import GraphView
from qa.answer import Answerer
from retrieval.answering.ranker import SentenceRanker, weights_in
from retrieval.encoder import Vectors
from retrieval.faiss_index import FaissIndexes
from retrieval.glossary import Glossary, general
from retrieval.model import DocumentInfo, Passage, passage_id
from retrieval.onnx_encoder import OnnxEncoder
from retrieval.passages import PassageStore
from retrieval.search import Searcher
from text.names import is_chinese

CHECKOUT = Path(__file__).resolve().parent.parent.parent

PATIENT = "patient:42"

ENTITIES = [
    ("HP:0000118", "Phenotype", "Phenotypic abnormality", "表型异常"),
    ("HP:0001945", "Phenotype", "Fever", "发热"),
    ("HP:0012735", "Phenotype", "Cough", "咳嗽"),
    ("HP:0000988", "Phenotype", "Skin rash", "皮疹"),
    ("HP:0001083", "Phenotype", "Ectopia lentis", "晶状体异位"),
    ("HP:0001166", "Phenotype", "Arachnodactyly", "蜘蛛指"),
    ("HP:0001519", "Phenotype", "Disproportionate tall stature", "身材不成比例高大"),
    ("HP:0000545", "Phenotype", "Myopia", "近视"),
    ("HP:0011003", "Phenotype", "High myopia", "高度近视"),
    ("HP:0001065", "Phenotype", "Striae distensae", "皮肤萎缩纹"),
    ("HP:0001382", "Phenotype", "Joint hypermobility", "关节活动过度"),
    ("HP:0002239", "Phenotype", "Gastrointestinal hemorrhage", "消化道出血"),
    ("HP:0001249", "Phenotype", "Intellectual disability", "智力障碍"),
    ("HP:0001907", "Phenotype", "Thromboembolism", "血栓栓塞"),
    ("HP:0100749", "Phenotype", "Chest pain", "胸痛"),
    ("HP:0002315", "Phenotype", "Headache", "头痛"),
    ("OMIM:154700", "Disease", "Marfan syndrome", "马凡综合征"),
    ("OMIM:236200", "Disease", "Homocystinuria", "同型半胱氨酸尿症"),
    ("OMIM:130000", "Disease", "Ehlers-Danlos syndrome", "埃勒斯-当洛斯综合征"),
    ("DOID:8622", "Disease", "Measles", "麻疹"),
    ("DOID:9352", "Disease", "Type 2 diabetes mellitus", "2型糖尿病"),
    ("DOID:10763", "Disease", "Hypertension", "高血压"),
    ("DOID:2841", "Disease", "Asthma", "哮喘"),
    ("HP:0002099", "Phenotype", "Asthma", "哮喘"),
    ("DB:metformin", "Drug", "Metformin", "二甲双胍"),
    ("DB:aspirin", "Drug", "Aspirin", "阿司匹林"),
    ("DB:warfarin", "Drug", "Warfarin", "华法林"),
    ("DB:ibuprofen", "Drug", "Ibuprofen", "布洛芬"),
    ("DB:lisinopril", "Drug", "Lisinopril", "赖诺普利"),
    ("DB:amlodipine", "Drug", "Amlodipine", "氨氯地平"),
    ("DB:propranolol", "Drug", "Propranolol", "普萘洛尔"),
    ("GENE:was", "Gene", "WAS", ""),
    ("GENE:fbn1", "Gene", "FBN1", ""),
]
DEFINITIONS = {"OMIM:154700": "A heritable disorder of connective tissue that affects the eyes, skeleton and aorta."}
SYNONYMS = {"HP:0001945": ("Pyrexia", "High temperature"), "DB:aspirin": ("Acetylsalicylic acid",)}

PHENOTYPES: dict[str, dict[str, str]] = {
    "OMIM:154700": {
        "HP:0001083": "HP:0040281",
        "HP:0001166": "40/50",
        "HP:0001519": "HP:0040281",
        "HP:0011003": "HP:0040282",
        "HP:0001065": "HP:0040282",
    },
    "OMIM:236200": {"HP:0001083": "HP:0040281", "HP:0001249": "HP:0040282", "HP:0001907": "HP:0040283"},
    "OMIM:130000": {"HP:0001382": "HP:0040281", "HP:0001065": "HP:0040282"},
    "DOID:8622": {"HP:0001945": "HP:0040281", "HP:0012735": "HP:0040281", "HP:0000988": "HP:0040280"},
    "DOID:2841": {"HP:0012735": "HP:0040282"},
}
FACTS = [
    ("DB:metformin", "treats", "DOID:9352", "affirmed"),
    ("DB:lisinopril", "treats", "DOID:10763", "affirmed"),
    ("DB:amlodipine", "treats", "DOID:10763", "affirmed"),
    ("DB:aspirin", "has_adverse_effect", "HP:0002239", "affirmed"),
    ("DB:aspirin", "interacts_with", "DB:warfarin", "affirmed"),
    ("DB:ibuprofen", "interacts_with", "DB:warfarin", "affirmed"),
    ("DB:propranolol", "contraindicated_in", "DOID:2841", "affirmed"),
    ("DB:propranolol", "treats", "DOID:2841", "negated"),
]

TEXTS = {
    "PMID:1": (
        "Ibuprofen for fever.",
        "Fever was measured every four hours. Ibuprofen lowered fever within two hours in 45 of 60 children. "
        "No child had gastrointestinal hemorrhage.",
    ),
    "PMID:2": (
        "Metformin in type 2 diabetes mellitus.",
        "Metformin is the usual first drug for type 2 diabetes mellitus. A dose of 500 mg twice a day was tolerated by "
        "most. Metformin did not cause hypoglycaemia in this trial.",
    ),
    "PMID:3": (
        "Measles in adults.",
        "Measles begins with fever, cough and coryza. A rash appears three to five days later.",
    ),
    "PMID:4": (
        "Aspirin with warfarin.",
        "Taking aspirin together with warfarin doubled the risk of gastrointestinal hemorrhage. "
        "The combination should be avoided unless it is needed.",
    ),
    "PMID:5": ("A withdrawn paper.", "Aspirin cures asthma in every patient."),
    "PMID:6": ("麻疹的临床表现", "麻疹早期表现为发热和咳嗽。三至五天后出现皮疹。"),
    "fhir:note-42": ("Note", "The patient takes warfarin for a thromboembolism. Codename BLUEBIRD."),
}
RETRACTED = {"PMID:5"}
STATED = [
    ("PMID:1", "DB:ibuprofen", "palliates", "HP:0001945",
     "Ibuprofen lowered fever within two hours in 45 of 60 children.", "affirmed"),
    ("PMID:2", "DB:metformin", "treats", "DOID:9352",
     "Metformin is the usual first drug for type 2 diabetes mellitus.", "affirmed"),
    ("PMID:5", "DB:aspirin", "treats", "DOID:2841", "Aspirin cures asthma in every patient.", "affirmed"),
    ("fhir:note-42", "patient:42", "takes", "DB:warfarin",
     "The patient takes warfarin for a thromboembolism.", "affirmed"),
]  # fmt: skip


def curated_assertions() -> Iterator[Assertion]:
    for disease, findings in PHENOTYPES.items():
        for finding, frequency in findings.items():
            record = f"{disease}\t{finding}\t{frequency}"
            yield Assertion.new(
                disease, "has_phenotype", finding, source="HPOA", sentence=record, record=record,
                qualifiers={"frequency": frequency},
            )  # fmt: skip
    yield Assertion.new(
        "OMIM:130000", "has_phenotype", "HP:0001083", source="HPOA", sentence="OMIM:130000\tNOT\tHP:0001083",
        record="not", polarity="negated",
    )  # fmt: skip
    yield Assertion.new(
        "HP:0011003", "subclass_of", "HP:0000545", source="HPO", sentence="is_a: HP:0000545", record="1"
    )
    for child in ("HP:0001945", "HP:0012735", "HP:0000988", "HP:0000545", "HP:0001083", "HP:0001166"):
        yield Assertion.new(child, "subclass_of", "HP:0000118", source="HPO", sentence="is_a: HP:0000118", record=child)
    for subject, predicate, object, polarity in FACTS:
        record = f"{subject}|{predicate}|{object}"
        yield Assertion.new(
            subject, predicate, object, source="DRUGS", sentence=record, record=record,
            polarity="negated" if polarity == "negated" else "affirmed",
        )  # fmt: skip


def fill(graph: GraphStore) -> None:
    """The curated part of the world."""
    entities = [
        Entity(
            id, type, name,
            synonyms=(*((Name(chinese, "zh"),) if chinese else ()), *(Name(s) for s in SYNONYMS.get(id, ()))),
            definition=DEFINITIONS.get(id, ""),
        )
        for id, type, name, chinese in ENTITIES
    ]  # fmt: skip
    by_source: dict[str, list[Assertion]] = {}
    for assertion in curated_assertions():
        by_source.setdefault(assertion.source, []).append(assertion)
    for source in ("HPO", "HPOA", "DRUGS"):
        graph.load(
            Source(source, "curated", title=f"{source} data"),
            entities if source == "HPO" else (),
            by_source.get(source, ()),
        )


def documents(encoder: OnnxEncoder) -> Iterator[tuple[DocumentInfo, list[Passage], Vectors]]:
    """Every text as a document of two passages, its title and the rest."""
    for id, (title, body) in TEXTS.items():
        access = frozenset({PATIENT}) if id.startswith("fhir:") else PUBLIC
        language = "zh" if is_chinese(title) else "en"
        info = DocumentInfo(
            id,
            title=title,
            year=2020,
            language=language,
            source="test",
            hash=id,
            retracted=id in RETRACTED,
            access=access,
        )
        pieces = [("title", 0, title + "\n"), ("abstract", len(title) + 1, body)]
        passages = [
            Passage(
                passage_id(id, start, start + len(text), text), id, ordinal, section, start, start + len(text), text,
                entities=tuple(sorted(entity for entity, _, name, chinese in ENTITIES
                                      if name.lower() in text.lower() or (chinese and chinese in text))),
            )
            for ordinal, (section, start, text) in enumerate(pieces)
        ]  # fmt: skip
        yield info, passages, encoder.encode([passage.text for passage in passages])


def contributions(items: list[tuple[DocumentInfo, list[Passage], Vectors]]) -> Iterator[Contribution]:
    """What those documents say in the graph: their passages, and the statements listed in STATED."""
    for info, passages, _ in items:
        assertions = []
        for document, subject, predicate, object, sentence, polarity in STATED:
            if document == info.id:
                passage = next(p for p in passages if sentence in p.text)
                start = passage.start + passage.text.index(sentence)
                assertions.append(
                    Assertion.new(
                        subject, predicate, object, source=document, sentence=sentence, passage=passage.id, start=start,
                        end=start + len(sentence), extractor="test/1", confidence=0.7, access=info.access,
                        polarity="negated" if polarity == "negated" else "affirmed",
                    )
                )  # fmt: skip
        patients = [Entity(PATIENT, "Patient", "Patient 42", access=info.access)] if PATIENT in info.access else []
        yield Contribution(
            Source(
                info.id, "document", title=info.title, year=info.year, language=info.language,
                retracted=info.retracted, access=info.access,
            ),
            tuple(patients),
            tuple(PassageNode(p.id, p.document, p.section, p.start, p.end, p.text, info.access) for p in passages),
            (),
            tuple(assertions),
        )  # fmt: skip


Texts = tuple[PassageStore, Searcher, list[Contribution]]


@cache
def ranker_of(passages: PassageStore) -> SentenceRanker:
    """What ranks the sentences of a store, by the weights that ship."""
    encoder = OnnxEncoder(CHECKOUT / "models" / "bge-small-en-medical", threads=1)
    return SentenceRanker(weights_in(CHECKOUT / "models" / "sentences"), encoder, passages, Glossary(general()))


@dataclass(frozen=True)
class World:
    """A graph and a searcher over the same documents, and their texts."""

    graph: GraphStore
    passages: PassageStore
    searcher: Searcher

    def ranked(self) -> SentenceRanker:
        """What ranks the sentences of these documents."""
        return ranker_of(self.passages)

    def answerer(self, model: BaseChatModel | None = None, *, fallback: bool = True, seconds: float = 20.0) -> Answerer:
        return answerer(
            self.graph,
            self.searcher,
            model,
            fallback=fallback,
            seconds=seconds,
            sentences=self.ranked,
        )


def empty(kind: str, request: pytest.FixtureRequest, folder: Path) -> GraphStore:
    """An empty store of a kind."""
    if kind == "sqlite":
        return SqliteStore(folder / "graph.sqlite")
    server = request.getfixturevalue("neo4j_server")
    from neo4j import GraphDatabase

    from graph.neo4j.store import Neo4jStore

    with GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    return Neo4jStore(server.url, server.user, server.password)


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Texts]:
    """The documents as passages, and what they say in the graph."""
    home = tmp_path_factory.mktemp("texts")
    encoder = OnnxEncoder(CHECKOUT / "models" / "bge-small-en-medical", threads=1)
    passages = PassageStore(home / "passages.sqlite")
    items = list(documents(encoder))
    passages.replace(items, encoder=encoder.name)
    yield passages, Searcher(passages, encoder, FaissIndexes(), home / "index"), list(contributions(items))
    passages.close()


def filled(graph: GraphStore, texts: Texts) -> World:
    fill(graph)
    passages, searcher, said = texts
    graph.replace(said)
    return World(graph, passages, searcher)


@pytest.fixture(scope="module")
def world(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    texts: Texts,
) -> Iterator[World]:
    graph = empty(getattr(request, "param", "sqlite"), request, tmp_path_factory.mktemp("world"))
    yield filled(graph, texts)
    graph.close()


@pytest.fixture(scope="module")
def curated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """The graph without documents."""
    graph = empty(getattr(request, "param", "sqlite"), request, tmp_path_factory.mktemp("curated"))
    fill(graph)
    yield graph
    graph.close()


@pytest.fixture
def public(curated: GraphStore) -> GraphView:
    """What anybody may read of the graph without documents."""
    return GraphView(curated, PUBLIC)
