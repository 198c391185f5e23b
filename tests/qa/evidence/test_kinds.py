from collections.abc import Callable

from qa.evidence.definition import DefinitionEvidence
from qa.evidence.kinds import FactEvidence
from qa.evidence.passage import PassageEvidence

SPAN = {"passage": "P", "record": "", "start": 5, "end": 15}


def test_the_kind_says_where_a_fact_comes_from(fact: Callable[..., FactEvidence]) -> None:
    assert fact().kind == "curated"
    assert fact(source="PMID:1", **SPAN).kind == "assertion"
    assert fact(access=frozenset({"patient:1"})).kind == "patient"
    assert fact(access=frozenset({"ward:1"})).kind == "curated"


def test_a_fact_tells_what_its_assertion_tells(fact: Callable[..., FactEvidence]) -> None:
    piece = fact(polarity="negated", confidence=0.123456)
    assert (piece.source, piece.start, piece.end, piece.record_text) == ("DRUGS", -1, -1, "a record")
    assert piece.text == piece.said("en") == "Metformin does not treat Diabetes."
    assert piece.said("zh") == "二甲双胍不能治疗糖尿病。"
    assert (piece.entities, piece.predicate, piece.negated) == (("DB:metformin", "DOID:9352"), "treats", True)
    assert piece.score == 0.1235


def test_the_words_of_a_document_stay_as_they_are(fact: Callable[..., FactEvidence]) -> None:
    piece = fact(source="PMID:1", sentence="It helped.", **SPAN)
    assert (piece.text, piece.said("zh"), piece.record_text) == ("It helped.", "It helped.", "")


def test_a_record_is_shown_at_its_own_page_and_day(fact: Callable[..., FactEvidence]) -> None:
    assert (fact().url, fact().date) == ("https://drugs.example", "")
    piece = fact(record="PMID:7;PMID:8", qualifiers={"date": "2023-01-26"})
    assert (piece.url, piece.date) == ("https://pubmed.ncbi.nlm.nih.gov/7/", "2023-01-26")


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
        "OMIM:100001",
        "A syndrome",
        "https://omim.org/entry/100001",
    )
    assert (definition.start, definition.end, definition.entities, definition.score) == (-1, -1, ("OMIM:100001",), 1.0)
