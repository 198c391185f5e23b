"""One spelling for an identifier, whoever wrote it."""

from __future__ import annotations

import pytest

from evaluation.corpora.identifiers import document, identifiers


@pytest.mark.parametrize(
    ("given", "type", "ids"),
    [
        ("D003000", "Disease", {"D003000"}),
        (" MESH:D003000 ", "Disease", {"D003000"}),
        ("D001943|D010051", "Disease", {"D001943", "D010051"}),
        ("D007674+D006222", "Disease", {"D007674", "D006222"}),
        ("OMIM:300322+MIM:102600", "Disease", {"OMIM:300322", "OMIM:102600"}),
        ("255800", "Disease", {"OMIM:255800"}),
        ("14062,14063", "Gene", {"14062", "14063"}),
        ("NCBIGene:14062", "Gene", {"14062"}),
        ("NCBITaxon:9606", "Species", {"9606"}),
        ("CVCL_0556", "CellLine", {"CVCL_0556"}),
        ("Cellosaurus:CVCL_0556", "CellLine", {"CVCL_0556"}),
        ("c|DEL|1314_1328|", "Variant", {"c|DEL|1314_1328|"}),
        ("tmVar:c%7CDEL%7C1314_1328%7C", "Variant", {"c|DEL|1314_1328|"}),
        ("c|DEL|1314_1328|", "", {"c|DEL|1314_1328|"}),
        ("DBSNP:rs1801133", "Variant", {"rs1801133"}),
        ("rs1801133", "", {"rs1801133"}),
        ("-1", "Disease", set()),
        ("-", "Gene", set()),
        ("", "", set()),
        ("D003000|-1", "Disease", {"D003000"}),
    ],
)
def test_identifiers(given: str, type: str, ids: set[str]) -> None:
    assert identifiers(given, type) == ids


def test_documents() -> None:
    assert document("7") == document("PMID:007") == "PMID:7"
    assert document("note 7") == document("note%207")
