from collections.abc import Callable

from qa.evidence.kinds import DefinitionEvidence, FactEvidence, PassageEvidence

SPAN = {"passage": "P", "record": "", "start": 5, "end": 15}


def test_the_kind_says_where_a_fact_comes_from(fact: Callable[..., FactEvidence]) -> None:
    assert fact().kind == "curated"
    assert fact(source="PMID:1", **SPAN).kind == "assertion"
    assert fact(access=frozenset({"patient:1"})).kind == "patient"
    assert fact(access=frozenset({"ward:1"})).kind == "curated"


def test_a_fact_tells_what_its_assertion_tells(fact: Callable[..., FactEvidence]) -> None:
    piece = fact(polarity="negated", confidence=0.123456)
    assert (piece.source, piece.text, piece.start, piece.end) == ("DRUGS", "a record", -1, -1)
    assert (piece.entities, piece.predicate, piece.negated) == (("DB:metformin", "DOID:9352"), "treats", True)
    assert piece.score == 0.1235


def test_the_same_text_of_the_same_source_is_one_place(
    fact: Callable[..., FactEvidence], passage: Callable[..., PassageEvidence], definition: DefinitionEvidence
) -> None:
    assert fact(source="PMID:1", **SPAN).place == passage(5).place
    assert passage(6).place != passage(5).place
    assert fact().place == fact(confidence=0.5).place
    assert fact(sentence="another").place != fact().place
    assert len({fact().place, passage().place, definition.place}) == 3


def test_a_definition_is_a_curated_record(definition: DefinitionEvidence) -> None:
    assert (definition.kind, definition.source, definition.title, definition.url) == (
        "curated",
        "OMIM:1",
        "A syndrome",
        "",
    )
    assert (definition.start, definition.end, definition.entities, definition.score) == (-1, -1, ("OMIM:1",), 1.0)
