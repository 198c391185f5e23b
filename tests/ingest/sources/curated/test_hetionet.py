from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Assertion, Entity, Source
from graph.schema import PREDICATES
from ingest.errors import UnreadableSource
from ingest.model import Failure
from ingest.sources.curated import hetionet
from ingest.sources.detect import curated

DATA = Path(os.environ.get("MEDGRAPH_DATA", "../shared/data"))
Write = Callable[..., Path]

NODES = (
    "id\tname\tkind\n"
    "Compound::DB9\tBluemycin\tCompound\n"
    "Compound::DB8\tAzurol\tCompound\n"
    "Disease::DOID:7\tblue ear\tDisease\n"
    "Gene::77\tBLU1\tGene\n"
    "Anatomy::UBERON:5\tear\tAnatomy\n"
)


def _folder(write: Write, **edges: str) -> Path:
    write("het/nodes.tsv.gz", NODES)
    write("het/metaedges.tsv", "metaedge\tabbreviation\n")
    for name, body in edges.items():
        write(f"het/edges/{name}.tsv.gz", body)
    return write("het/README.md", "about").parent


def test_reads_a_folder_entities_before_assertions(write: Write) -> None:
    folder = _folder(write, Compound_Treats_Disease=":START_ID(Compound)\t:END_ID(Disease)\nDB9\tDOID:7\n")

    records = list(hetionet.read(folder))

    assert [type(r) for r in records] == [Source, *[Entity] * 5, Assertion]
    assert list(curated(folder, "hetionet")) == records
    assert [(r.id, r.type) for r in records if isinstance(r, Entity)] == [
        ("DRUGBANK:DB9", "Drug"),
        ("DRUGBANK:DB8", "Drug"),
        ("DOID:7", "Disease"),
        ("NCBIGene:77", "Gene"),
        ("UBERON:5", "Anatomy"),
    ]
    treats = records[-1]
    assert isinstance(treats, Assertion)
    assert (treats.subject, treats.predicate, treats.object) == ("DRUGBANK:DB9", "treats", "DOID:7")
    assert (treats.sentence, treats.record, treats.source) == ("DB9\tDOID:7", "CtD line 2", "hetionet")


@pytest.mark.parametrize(
    ("name", "columns", "line", "stated"),
    [
        ("Disease_Associates_Gene", ("Disease", "Gene"), "DOID:7\t77", "NCBIGene:77 gene_associated_with DOID:7"),
        ("Compound_Resembles_Compund", ("Compound", "Compound"), "DB9\tDB8", "DRUGBANK:DB8 resembles DRUGBANK:DB9"),
        ("Anatomy_Upregulates_Gene", ("Anatomy", "Gene"), "UBERON:5\t77", "UBERON:5 upregulates NCBIGene:77"),
        ("Disease_Localizes_Anatomy", ("Disease", "Anatomy"), "DOID:7\tUBERON:5", "DOID:7 located_in UBERON:5"),
    ],
)
def test_directions(write: Write, name: str, columns: tuple[str, str], line: str, stated: str) -> None:
    folder = _folder(write, **{name: f":START_ID({columns[0]})\t:END_ID({columns[1]})\n{line}\n"})

    (a,) = [r for r in hetionet.read(folder) if isinstance(r, Assertion)]

    assert f"{a.subject} {a.predicate} {a.object}" == stated


def test_reads_the_single_table_of_edges(write: Write) -> None:
    write("het/hetionet-v1.0-nodes.tsv", NODES + "Side Effect::C001\tblue tongue\tSide Effect\n")
    folder = write(
        "het/hetionet-v1.0-edges.sif.gz",
        "source\tmetaedge\ttarget\n"
        "Compound::DB9\tCcSE\tSide Effect::C001\n"
        "Anatomy::UBERON:5\tAeG\tGene::77\n"
        "Gene::77\tXxX\tGene::77\n"
        "Gene::78\tGiG\tGene::77\n",
    ).parent

    records = list(hetionet.read(folder))

    assert [(r.subject, r.predicate, r.object) for r in records if isinstance(r, Assertion)] == [
        ("DRUGBANK:DB9", "has_adverse_effect", "UMLS:C001"),
        ("NCBIGene:77", "expressed_in", "UBERON:5"),
    ]
    assert [(f.record, f.reason) for f in records if isinstance(f, Failure)] == [
        ("line 4", "an unknown metaedge"),
        ("line 5", "an edge with an unknown node"),
    ]


def test_reads_tables_in_the_form_of_neo4j_one_by_one(write: Write) -> None:
    nodes = write("disease.tsv", "diseaseId:ID(Disease)\tname\nDOID:7\tblue ear\n")
    edges = write(
        "Compound_Palliates_Disease.tsv",
        ":START_ID(Compound)\t:END_ID(Disease)\tlicense\nDB9\tDOID:7\tCC-BY-4.0\n",
    )

    assert list(hetionet.read(nodes))[1:] == [Entity("DOID:7", "Disease", "blue ear")]
    _, palliates = hetionet.read(edges)
    assert isinstance(palliates, Assertion)
    assert palliates.predicate == "palliates"
    assert dict(palliates.qualifiers) == {"license": "CC-BY-4.0"}


def test_bad_nodes_and_edges_are_failures(write: Write) -> None:
    write("het/nodes.tsv", NODES + "Disease::DOID:8\t\tDisease\nSecret::1\tx\tSecret\n")
    write("het/edges/Compound_Treats_Disease.tsv", ":START_ID(Compound)\t:END_ID(Disease)\nDB9\tDOID:99\nDB9\n")
    folder = write("het/edges/Compound_Likes_Disease.tsv", ":START_ID(Compound)\t:END_ID(Disease)\nDB9\tDOID:7\n")

    records = list(hetionet.read(folder.parent.parent))

    assert Counter(type(r) for r in records) == {Source: 1, Entity: 5, Failure: 5}
    assert not [f for f in records if isinstance(f, Failure) and "Secret" in f.reason]


def test_a_folder_that_is_no_hetionet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="nodes"):
        list(hetionet.read(tmp_path))


def test_every_metaedge_has_a_predicate_of_the_schema() -> None:
    assert len(hetionet.METAEDGES) == 24
    assert {m.predicate for m in hetionet.METAEDGES.values()} <= set(PREDICATES)


@pytest.mark.data
def test_reads_the_drug_edges_of_hetionet() -> None:
    folder = DATA / "graph/hetionet"
    if not folder.exists():
        pytest.skip(f"no {folder}")
    for name, predicate, count in (("Treats", "treats", 755), ("Palliates", "palliates", 390)):
        records = list(hetionet.read(folder / f"edges/Compound_{name}_Disease.tsv.gz"))[1:]
        assert {r.predicate for r in records if isinstance(r, Assertion)} == {predicate}
        assert len(records) == count
