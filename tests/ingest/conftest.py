from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.model import Entity, Name, Source
from graph.sqlite.store import SqliteStore
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger


def _entity(id: str, type: str, name: str, *synonyms: str, zh: tuple[str, ...] = ()) -> Entity:
    return Entity(id, type, name, tuple([Name(s) for s in synonyms] + [Name(s, "zh") for s in zh]))


SMALL = (
    _entity("MESH:D003924", "Disease", "Type 2 diabetes mellitus", "Type II diabetes", zh=("2型糖尿病",)),
    _entity("MESH:D003920", "Disease", "Diabetes mellitus", zh=("糖尿病",)),
    _entity("MESH:D029424", "Disease", "Chronic obstructive pulmonary disease", "COPD", zh=("慢阻肺",)),
    _entity("MESH:D001249", "Disease", "Asthma", zh=("哮喘",)),
    _entity("MESH:D006973", "Disease", "Hypertension", "High blood pressure", zh=("高血压",)),
    _entity("MESH:D011655", "Disease", "Pulmonary embolism", zh=("肺栓塞",)),
    _entity("HP:0001945", "Phenotype", "Fever", "Pyrexia", zh=("发热", "发烧")),
    _entity("HP:0012735", "Phenotype", "Cough", zh=("咳嗽",)),
    _entity("HP:0002018", "Phenotype", "Nausea", zh=("恶心",)),
    _entity("HP:0002013", "Phenotype", "Vomiting", zh=("呕吐",)),
    _entity("HP:0000988", "Phenotype", "Skin rash", "Rash", zh=("皮疹",)),
    _entity("MESH:D008687", "Drug", "Metformin", zh=("二甲双胍",)),
    _entity("MESH:D001241", "Drug", "Aspirin", "Acetylsalicylic acid", zh=("阿司匹林",)),
    _entity("MESH:D014859", "Drug", "Warfarin", zh=("华法林",)),
    _entity("MESH:D000319", "Drug", "Beta-adrenergic blocker", "β-blocker", zh=("β受体阻滞剂",)),
    _entity("NCBIGene:847", "Gene", "CAT", "catalase"),
    _entity("HP:0003674", "Concept", "Onset"),
)
"""A little knowledge of our own, enough for the texts of these tests."""


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "graph.sqlite")
    store.load(Source("small", "curated", version="1"), SMALL)
    yield store
    store.close()


@pytest.fixture
def tagger(graph: SqliteStore) -> DictionaryTagger:
    return DictionaryTagger(graph)
