"""The vocabulary of the ids written."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ingest.sinks.ids import Ids, native
from ingest.sources.annotated.given import identifiers

# As a graph keeps them: every mapped id with its canonical id.
MAPPED = {
    "MESH:D003550": "MONDO:0009061",
    "OMIM:219700": "MONDO:0009061",
    "OMIM:602421": "MONDO:0009061",
    "ORPHA:586": "MONDO:0009061",
    "OMIM:154700": "MESH:D008382",
}


@pytest.mark.parametrize(
    ("entity", "mesh", "omim", "canonical"),
    [
        ("MESH:D003550", "D003550", "OMIM:219700", "MONDO:0009061"),
        ("MONDO:0009061", "D003550", "OMIM:219700", "MONDO:0009061"),
        ("ORPHA:586", "D003550", "OMIM:219700", "MONDO:0009061"),
        ("OMIM:602421", "D003550", "OMIM:602421", "MONDO:0009061"),
        ("OMIM:154700", "D008382", "OMIM:154700", "MESH:D008382"),
        ("MESH:D008382", "D008382", "OMIM:154700", "MESH:D008382"),
        ("MESH:D008687", "D008687", "D008687", "MESH:D008687"),
        ("HP:0001945", "HP:0001945", "HP:0001945", "HP:0001945"),
        ("NCBIGene:847", "847", "847", "NCBIGene:847"),
        ("NCBITaxon:9606", "9606", "9606", "NCBITaxon:9606"),
        ("Cellosaurus:CVCL_0023", "CVCL_0023", "CVCL_0023", "Cellosaurus:CVCL_0023"),
        ("DBSNP:rs7946", "rs7946", "rs7946", "DBSNP:rs7946"),
        ("tmVar:p%7CSUB%7CV%7C600%7CE", "p|SUB|V|600|E", "p|SUB|V|600|E", "tmVar:p%7CSUB%7CV%7C600%7CE"),
    ],
)
def test_an_id_is_written_in_the_vocabulary_asked_for(entity: str, mesh: str, omim: str, canonical: str) -> None:
    assert Ids("mesh", lambda: MAPPED).written(entity) == mesh
    assert Ids("omim", lambda: MAPPED).written(entity) == omim
    assert Ids("canonical", lambda: MAPPED).written(entity) == canonical


def test_the_mapping_is_asked_for_only_where_it_is_needed() -> None:
    asked: list[str] = []

    def mappings() -> Mapping[str, str]:
        asked.append("mappings")
        return MAPPED

    ids = Ids("mesh", mappings)
    assert ids.written("MESH:D003550") == "D003550"
    assert ids.written("NCBIGene:847") == "847"
    assert asked == []
    assert [ids.written("OMIM:219700"), ids.written("ORPHA:586")] == ["D003550", "D003550"]
    assert asked == ["mappings"]


@pytest.mark.parametrize(
    ("type", "id"),
    [("Disease", "D003550"), ("Drug", "C071262"), ("Disease", "OMIM:255800"), ("Gene", "6528"), ("Organism", "9606"),
     ("CellLine", "CVCL_0556"), ("Variant", "rs771966860"), ("Variant", "c|DEL||32"), ("Variant", "p|SUB|R|140|Q")],
)  # fmt: skip
def test_what_a_corpus_writes_is_written_back(type: str, id: str) -> None:
    (entity,) = identifiers(id, type)
    assert Ids("mesh").written(entity) == id
    assert identifiers(native(entity), type) == (entity,)
