from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from graph.model import Assertion, Entity, Name
from ingest.jobs.contribution import contribution, info, with_entities
from ingest.jobs.split import split
from ingest.model import Annotation, Document, Mention, Section
from ingest.reading.relations.patterns import Patterns

TEXT = "Zantol treats hives."
LABEL = frozenset({"patient:4"})
DOCUMENT = Document("PMID:1", "A title", (Section("text", TEXT),), access=LABEL, year=1999, retracted=False)
MENTIONS = [
    Mention(0, 6, "Zantol", "Drug", "MESH:C1", 1.0),
    Mention(14, 19, "hives", "Disease", "MESH:D1", 0.9, polarity="negated", tagger="t/1", reason="why"),
    Mention(7, 13, "treats", "Concept", None, 0.4),
]
ENTITIES = {"MESH:C1": Entity("MESH:C1", "Drug", "zantol"), "MESH:D1": None}


def made(document: Document):  # type: ignore[no-untyped-def]  # the contribution, for short
    return contribution(document, MENTIONS, split(document), Patterns(), lambda id: ENTITIES[id])


def test_a_document_gives_its_passages_linked_mentions_and_what_it_states() -> None:
    result = made(DOCUMENT)
    (passage,) = result.passages
    assert (result.source.id, result.source.kind, result.source.year) == ("PMID:1", "document", 1999)
    assert [(m.entity, m.passage, m.polarity, m.reason) for m in result.mentions] == [
        ("MESH:C1", passage.id, "affirmed", ""),
        ("MESH:D1", passage.id, "negated", "why"),
    ]
    (assertion,) = result.assertions
    assert (assertion.predicate, assertion.passage, assertion.sentence) == ("treats", passage.id, TEXT)


def test_all_of_it_bears_the_label_of_the_document() -> None:
    result = made(DOCUMENT)
    parts = (result.source, *result.entities, *result.passages, *result.assertions)
    assert {part.access for part in parts} == {LABEL}
    assert [entity.id for entity in result.entities] == ["MESH:C1"]  # a source of the graph declares the other


def test_a_retracted_document_states_nothing() -> None:
    result = made(replace(DOCUMENT, retracted=True))
    assert result.source.retracted
    assert result.assertions == ()
    assert result.mentions


def test_what_the_input_annotates_comes_with_its_entities() -> None:
    own = Entity("MESH:C1", "Drug", "Zantol of the input")
    annotated = replace(DOCUMENT, annotations=(Annotation(0, 6, "Zantol", "Drug", "MESH:C1"),), entities=(own,))
    assert made(annotated).entities == (own,)


def test_a_given_statement_is_placed_in_the_passage_of_its_sentence() -> None:
    placed = Assertion.new("MESH:C1", "treats", "MESH:D1", source="PMID:1", sentence=TEXT, start=0, end=len(TEXT))
    nowhere = Assertion.new("MESH:C1", "causes", "MESH:D1", source="PMID:1", sentence="", start=-1)
    result = made(replace(DOCUMENT, statements=(placed, nowhere)))
    by_predicate = {a.predicate: a.passage for a in result.assertions[:2]}
    assert by_predicate == {"treats": result.passages[0].id, "causes": ""}


def test_a_passage_names_what_is_mentioned_in_it() -> None:
    (passage,) = split(DOCUMENT)
    assert with_entities(passage, MENTIONS).entities == ("MESH:C1", "MESH:D1")
    later = replace(passage, start=14)
    assert with_entities(later, MENTIONS).entities == ("MESH:D1",)


def test_retrieval_keeps_what_search_filters_by() -> None:
    kept = info(DOCUMENT)
    assert (kept.id, kept.title, kept.access, kept.hash) == ("PMID:1", "A title", LABEL, DOCUMENT.hash)
    with pytest.raises(AttributeError):
        _ = kept.sections  # type: ignore[attr-defined]  # the text is in the passages


class Looked(list[Mention]):
    """Mentions that count how many of them are looked at."""

    looked = 0

    def __iter__(self) -> Iterator[Mention]:
        Looked.looked += len(self)
        return super().__iter__()


def test_a_passage_looks_at_its_own_mentions() -> None:
    text = "Gout hurts. " * 2_000
    mentions = Looked(Mention(at, at + 4, "Gout", "Disease", "D:1", 1.0) for at in range(0, len(text), 12))
    passages = split(Document("D:2", "", (Section("text", text),)))
    Looked.looked = 0
    assert all(with_entities(passage, mentions).entities == ("D:1",) for passage in passages)
    assert Looked.looked <= len(mentions)


def test_what_is_too_long_for_a_name_or_an_id_keeps_no_document_out() -> None:
    text, long = "x" * 60_000, f"X:{'y' * 60_000}"
    own = (Entity("X:1", "Drug", text, (Name(text, "en"), Name("Zantol", "en"))), Entity(long, "Drug", "Zantol"))
    said = [Assertion.new("X:1", "treats", id, source="PMID:1", sentence=TEXT) for id in ("MESH:D1", long)]
    document = replace(DOCUMENT, entities=own, statements=tuple(said))
    mentions = [*MENTIONS, Mention(0, 6, "Zantol", "Drug", long, 1.0)]
    result = contribution(document, mentions, split(document), Patterns(), lambda id: ENTITIES.get(id))
    assert [(one.id, one.name, one.synonyms) for one in result.entities if one.id.startswith("X:")] == [
        ("X:1", "x" * 100, (Name("Zantol", "en"),))
    ]
    assert {m.entity for m in result.mentions} == {"MESH:C1", "MESH:D1"}
    assert {(one.subject, one.object) for one in result.assertions} == {("X:1", "MESH:D1"), ("MESH:C1", "MESH:D1")}
