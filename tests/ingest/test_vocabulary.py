"""One table for what corpora and models call things: what an input gives is what would be found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pytest

from graph.model import Assertion
from graph.schema import ENTITY_TYPES, PREDICATES
from ingest.jobs.relate import relate
from ingest.jobs.split import split
from ingest.model import Annotation, Document, Mention, Section
from ingest.reading.relations import labels
from ingest.reading.relations.model import Finding
from ingest.reading.relations.pairs import KINDS as RELATED
from ingest.reading.relations.pairs import PAIRS, candidates, entities
from ingest.sources.annotated.given import Given, statements
from ingest.vocabulary import BEYOND, BIORED, KINDS, Stated, entity_type, kind, predicate, word

DIRECTED = ("CID", "ADE", "treats")
SILENT = ("Cotreatment", "Comparison", "Conversion")
TEXT = "Zantol and hives."
PLACES = ((0, 6), (11, 16))


def ids(types: tuple[str, str]) -> tuple[str, str]:
    """What stands first has the greater id, so that the orders of the alphabet and of the text differ."""
    return "DBSNP:rs2" if types[0] == "Variant" else "X:2", "DBSNP:rs1" if types[1] == "Variant" else "A:1"


Statement = tuple[str, str, str, tuple[tuple[str, str], ...]]


def questions() -> Iterator[tuple[str, tuple[str, str]]]:
    """Every label with every pair of types of the graph that the network is asked about, in either order of the text.

    `CID`, `ADE` and `treats` are asked of a drug and a disease alone.
    """
    types = {kind: [type for type, other in RELATED.items() if other == kind] for kind in RELATED.values()}
    for label in (*BIORED, *DIRECTED):
        for kinds in PAIRS:
            if label in BIORED or kinds == ("Chemical", "Disease"):
                for first in types[kinds[0]]:
                    for second in types[kinds[1]]:
                        yield label, (first, second)
                        yield label, (second, first)


def found(label: str, types: tuple[str, str]) -> list[Statement]:
    """What the graph keeps where a network says `label` of the pair as it is asked about it."""

    class Network:
        version = "network/1"

        def find(
            self,
            text: str,
            mentions: Sequence[Mention],
            language: str,
            *,
            facts: bool = False,
            topic: Mention | None = None,
        ) -> list[Finding]:
            there = entities(mentions, 0, len(text))
            findings = []
            for i, j in candidates(there):
                stated = predicate(label, there[i].kind, there[j].kind)
                assert stated is None or not stated.turned, "what is asked about has its subject first"
                name = stated.predicate if stated else ""
                findings.append(
                    Finding(there[i].id, there[j].id, name, label, "affirmed", "certain", 1.0, 0, len(text))
                )
            return findings

    document = Document("D:1", "", (Section("text", TEXT),))
    mentions = [
        Mention(*place, TEXT[slice(*place)], type, id, 1.0)
        for place, type, id in zip(PLACES, types, ids(types), strict=True)
    ]
    return _said(relate(document, mentions, split(document), Network()))


def given(label: str, types: tuple[str, str], sides: tuple[str, str]) -> list[Statement]:
    """What is stated where an input gives `label` of the two sides."""
    annotations = [
        Annotation(*place, TEXT[slice(*place)], type, id)
        for place, type, id in zip(PLACES, types, ids(types), strict=True)
    ]
    return _said(statements("D:1", TEXT, annotations, [Given(label, *sides, "relation 1")], "test/1"))


def _said(assertions: Iterable[Assertion]) -> list[Statement]:
    return [(a.subject, a.predicate, a.object, a.qualifiers) for a in assertions]


@pytest.mark.parametrize(("label", "types"), list(questions()))
def test_a_relation_that_is_given_states_what_it_states_when_it_is_found(label: str, types: tuple[str, str]) -> None:
    there = found(label, types)
    assert len(there) == (label not in SILENT)
    for sides in (ids(types), ids(types)[::-1]):
        assert given(label, types, sides) == there


@pytest.mark.parametrize(
    ("label", "first", "second", "stated"),
    [
        ("Positive_Correlation", "Drug", "Disease", Stated("causes", False)),
        ("Positive_Correlation", "Phenotype", "Drug", Stated("causes", True)),
        ("Negative_Correlation", "Chemical", "Disease", Stated("treats", False)),
        ("Positive_Correlation", "Drug", "Gene", Stated("upregulates", False)),
        ("Negative_Correlation", "Gene", "Drug", Stated("downregulates", True)),
        ("Positive_Correlation", "Gene", "Gene", Stated("associated_with", False)),
        ("Association", "Variant", "Disease", Stated("gene_associated_with", False)),
        ("Association", "Disease", "Gene", Stated("gene_associated_with", True)),
        ("Association", "Drug", "Disease", Stated("associated_with", False)),
        ("Association", "Organism", "Disease", Stated("associated_with", False)),
        ("CID", "Disease", "Drug", Stated("causes", True)),
        ("ADE", "Drug", "Disease", Stated("has_adverse_effect", False)),
        ("Bind", "Gene", "Gene", Stated("binds", False)),
        ("Drug_Interaction", "Drug", "Drug", Stated("interacts_with", False)),
        ("Cotreatment", "Drug", "Drug", None),
        ("nonsense", "Drug", "Disease", None),
    ],
)
def test_labels_and_types_become_predicates(label: str, first: str, second: str, stated: Stated | None) -> None:
    assert predicate(label, first, second) == stated
    assert stated is None or stated.predicate in PREDICATES


def test_the_relation_of_the_corpus_is_kept_where_the_predicate_says_something_else() -> None:
    assert given("Negative_Correlation", ("Drug", "Disease"), ("A:1", "X:2")) == [
        ("X:2", "treats", "A:1", (("relation", "Negative_Correlation"),))
    ]
    assert given("CID", ("Drug", "Disease"), ("X:2", "A:1")) == [("X:2", "causes", "A:1", ())]
    assert set(BIORED) > BEYOND


def test_types_become_those_of_the_graph() -> None:
    types = {"Chemical": "Drug", "SpecificDisease": "Disease", "GeneOrGeneProduct": "Gene", "Species": "Organism"}
    types |= {"SNP": "Variant", "疾病和诊断": "Disease", "drug": "Drug", "symptom": "Phenotype", "body": "Anatomy"}
    assert {name: entity_type(name) for name in types} == types
    assert all(entity_type(name) == name for name in ENTITY_TYPES)
    assert entity_type("crowd") == entity_type("") == "Concept"


def test_kinds_are_those_of_the_english_corpora() -> None:
    names = ("SequenceVariant", "OrganismTaxon", "GeneOrGeneProduct", "Modifier", "Drug", "Phenotype", "drug", "手术")
    kinds = ["Variant", "Species", "Gene", "Disease", "Chemical", "Phenotype", "drug", "手术"]
    assert [kind(name) for name in names] == kinds
    assert [entity_type(name) for name in KINDS] == ["Disease", "Drug", "Gene", "Variant", "Organism", "CellLine"]


def test_what_is_written_is_read_as_the_same_kind() -> None:
    assert all(kind(word(entity_type(name))) == name for name in KINDS)
    assert (word("Phenotype"), word("Anatomy")) == ("Disease", "Anatomy")
    assert {type: word(type) for type in RELATED} == RELATED


def test_the_network_tells_the_labels_of_the_table() -> None:
    assert tuple(labels.OUTPUTS[labels.TYPES]) == BIORED
    assert {labels.OUTPUTS[output] for output in labels.QUESTIONS.values()} - {"related"} == set(DIRECTED)
