"""Given annotations and relations in the words of the graph."""

from __future__ import annotations

import pytest

from graph.model import Entity
from graph.schema import check_id
from ingest.model import Annotation
from ingest.sources.annotated.given import Given, entities, identifiers, mentioned, statements


@pytest.mark.parametrize(
    ("given_", "type", "ids"),
    [
        ("D003371", "Disease", ("MESH:D003371",)),
        ("MESH:C535843", "Disease", ("MESH:C535843",)),
        ("OMIM:106100", "Disease", ("OMIM:106100",)),
        ("106100", "Disease", ("OMIM:106100",)),
        ("D001943|D010051|D001943", "Disease", ("MESH:D001943", "MESH:D010051")),
        ("D007153+D040181", "Disease", ("MESH:D007153", "MESH:D040181")),
        ("3172,3651", "Gene", ("NCBIGene:3172", "NCBIGene:3651")),
        ("9606", "Organism", ("NCBITaxon:9606",)),
        ("CVCL_0556", "CellLine", ("Cellosaurus:CVCL_0556",)),
        ("rs121", "Variant", ("DBSNP:rs121",)),
        ("c|DEL|657|5", "Variant", ("tmVar:c%7CDEL%7C657%7C5",)),
        ("tmVar:p|SUB|V|600|E;HGVS:p.V600E;RS#:113488022", "Variant", ("DBSNP:rs113488022",)),
        ("p.V 600", "Variant", ("tmVar:p.V%20600",)),
        ("strange one", "Drug", ("local:strange%20one",)),
        ("-1", "Drug", ()),
        ("-", "Gene", ()),
        ("", "Disease", ()),
    ],
)
def test_identifiers_become_curies(given_: str, type: str, ids: tuple[str, ...]) -> None:
    assert identifiers(given_, type) == ids
    for id in ids:
        check_id(id)


def test_a_composite_mention_is_an_annotation_for_each_concept() -> None:
    assert mentioned(0, 5, "Cough", "Disease", "D1000001|D1000002") == [
        Annotation(0, 5, "Cough", "Disease", "MESH:D1000001"),
        Annotation(0, 5, "Cough", "Disease", "MESH:D1000002"),
    ]
    assert mentioned(0, 5, "Cough", "crowd", "-") == [Annotation(0, 5, "Cough", "Concept", "")]


def test_an_entity_has_its_commonest_type_and_surface() -> None:
    given = [Annotation(0, 1, "b", "Gene", "X:1"), Annotation(2, 3, "a", "Drug", "X:1")]
    assert entities([*given, Annotation(4, 5, "b", "Drug", "X:1")]) == (Entity("X:1", "Drug", "b"),)


def test_the_commonest_type_of_a_side_says_what_is_stated() -> None:
    text = "Zantol and zantol cause hives."
    annotations = [
        Annotation(0, 6, "Zantol", "Drug", "X:2"),
        Annotation(11, 17, "zantol", "Drug", "X:2"),
        Annotation(11, 17, "zantol", "Gene", "X:2"),
        Annotation(24, 29, "hives", "Disease", "A:1"),
    ]
    (statement,) = statements("D:1", text, annotations, [Given("Positive_Correlation", "A:1", "X:2", "r")], "test/1")
    assert (statement.subject, statement.predicate, statement.object) == ("X:2", "causes", "A:1")
    assert statement.sentence == text
