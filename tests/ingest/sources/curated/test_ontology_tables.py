from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from graph.model import Assertion, Entity, Source
from ingest.model import CuratedRecord, Failure, Obsolete
from ingest.sources.curated import ontology_tables
from ingest.sources.detect import detect

SSSOM = (
    "# mapping_set_version: http://example.org/releases/2031-02-03/m.tsv\n"
    "subject_id\tsubject_label\tpredicate_id\tobject_id\n"
    "MONDO:9000001\tblue ear\tskos:exactMatch\tDOID:1\n"
    "MONDO:9000002\tear disease\tskos:exactMatch\tDOID:2\n"
)
EDGES = (
    "x\tp\ty\n"
    "MONDO:9000001\trdfs:subClassOf\tMONDO:9000002\n"
    "MONDO:9000001\tRO:0004029\tHP:9000001\n"
    "MONDO:9000001\tRO:0004020\thttp://identifiers.org/hgnc/77\n"
    "MONDO:9000001\tRO:0014001\tNCBITaxon:7\n"
    "UBERON:1\trdfs:subClassOf\tUBERON:2\n"
    "MONDO:9000001\trdfs:subClassOf\tMONDO:9000009\n"
)


def _facts(records: Iterable[CuratedRecord]) -> list[tuple[str, str, str]]:
    return [(a.subject, a.predicate, a.object) for a in records if isinstance(a, Assertion)]


def _failed(records: Iterable[CuratedRecord]) -> list[str]:
    return [f.record for f in records if isinstance(f, Failure)]


def test_classes_of_do(write: Callable[..., Path]) -> None:
    lines = '"DOID:1"\t"blue ear"\t"ear disease"\n"DOID:2"\t"ear disease"\t""\n"DOID:3"\t"x"\t"none such"\nx\ty\tz\n'
    path = write("HumanDO.tsv", "id\tlabel\tsubClassOf\n" + lines)
    assert detect(path) == "do-classes"
    records = list(ontology_tables.read_do(path))
    assert Entity("DOID:1", "Disease", "blue ear") in records
    assert _facts(records) == [("DOID:1", "subclass_of", "DOID:2")]
    assert _failed(records) == ["line 5", "line 4"]


def test_cross_references_of_do(write: Callable[..., Path]) -> None:
    lines = '"DOID:1"\t"blue ear"\t"MIM:7"\n"DOID:1"\t"blue ear"\t"UMLS_CUI:C1"\n"DOID:1"\t"blue ear"\t"x"\n'
    path = write("allXREF.tsv.gz", "id\tlabel\txref\n" + lines)
    assert detect(path) == "do-xrefs"
    records = list(ontology_tables.read_do_xrefs(path))
    assert Entity("DOID:1", "Disease", "blue ear", xrefs=("OMIM:7", "UMLS:C1")) in records
    assert _failed(records) == ["line 4"]


def test_names_of_mesh(write: Callable[..., Path]) -> None:
    path = write("terms.tsv", "mesh_id\tmesh_name\nD900001\tBlue ear\nsecret\tx\n")
    assert detect(path) == "mesh-terms"
    records = list(ontology_tables.read_mesh_terms(path))
    assert records[1] == Entity("MESH:D900001", "Concept", "Blue ear")
    assert _failed(records) == ["line 3"]


def test_edges_of_mondo_take_their_names_from_beside(write: Callable[..., Path]) -> None:
    write("mondo_exactmatch_doid.sssom.tsv", SSSOM)
    path = write("edges.tsv.gz", EDGES)
    assert detect(path) == "mondo-edges"
    source, *records = ontology_tables.read_mondo_edges(path)
    assert isinstance(source, Source)
    assert (source.id, source.version) == ("MONDO-edges", "2031-02-03")
    assert Entity("MONDO:9000001", "Disease", "blue ear") in records
    assert _facts(records) == [
        ("MONDO:9000001", "subclass_of", "MONDO:9000002"),
        ("MONDO:9000001", "has_phenotype", "HP:9000001"),
        ("HGNC:77", "gene_associated_with", "MONDO:9000001"),
        ("NCBITaxon:7", "causes", "MONDO:9000001"),
        ("MONDO:9000001", "subclass_of", "MONDO:9000009"),
    ]
    assert _failed(records) == []


def test_cross_references_of_mondo(write: Callable[..., Path]) -> None:
    write("mondo_exactmatch_doid.sssom.tsv", SSSOM)
    path = write("xrefs.tsv", 'cls\txref\nMONDO:9000001\t"Orphanet:7"\nMONDO:9000009\t"UMLS:C1"\nHP:1\tUMLS:C2\n')
    assert detect(path) == "mondo-xrefs"
    records = list(ontology_tables.read_mondo_xrefs(path))
    assert records[-1] == Entity("MONDO:9000001", "Disease", "blue ear", xrefs=("ORPHA:7",))
    assert _failed(records) == ["line 3"]


def test_what_mondo_gave_up_is_no_concept_and_no_parent(write: Callable[..., Path]) -> None:
    write("mondo_exactmatch_doid.sssom.tsv", SSSOM + "MONDO:9000003\tobsolete ear group\tskos:exactMatch\tDOID:3\n")
    edges = "MONDO:9000001\trdfs:subClassOf\tMONDO:9000003\nMONDO:9000003\trdfs:subClassOf\tMONDO:9000002\n"
    records = list(ontology_tables.read_mondo_edges(write("edges.tsv", "x\tp\ty\n" + edges)))
    assert [r.id for r in records if isinstance(r, Obsolete)] == ["MONDO:9000003"]
    assert _facts(records) == []
    assert "MONDO:9000003" not in [r.id for r in records if isinstance(r, Entity)]
    xrefs = list(ontology_tables.read_mondo_xrefs(write("xrefs.tsv", "cls\txref\nMONDO:9000003\tOMIM:1\n")))
    assert len(xrefs) == 1
