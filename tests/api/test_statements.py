"""Relations and the statements behind them, as one reader sees them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api import statements
from api.errors import BadCursor, NotFound
from api.lookup import Found
from api.schemas.statements import public_id
from graph.errors import UnknownEntity
from graph.model import PUBLIC, Assertion, Contribution, Entity, Name, PassageNode, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView

DATA = Source("DATA", "curated", title="A data set", version="2.0", licence="CC0-1.0", url="https://data.example")
SENTENCE = "Zeldane did not relieve fever in rats."
SECRET = frozenset({"patient:1"})


def recorded(subject: str, predicate: str, object: str, record: str, **qualifiers: str) -> Assertion:
    return Assertion.new(
        subject, predicate, object, source="DATA", sentence=f"{subject}\t{object}", record=record,
        qualifiers=qualifiers, extractor="table/1",
    )  # fmt: skip


def written(source: str, year: int, title: str, **rest: Any) -> Contribution:
    access = rest.pop("access", PUBLIC)
    fact = Assertion.new(
        "DRUGBANK:DB00001", "treats", "HP:0001945", source=source, sentence=SENTENCE, passage=f"p{source}", start=0,
        end=len(SENTENCE), extractor="patterns/1", confidence=0.75, access=access, **rest,
    )  # fmt: skip
    passage = PassageNode(f"p{source}", source, "abstract", 0, len(SENTENCE), SENTENCE, access)
    return Contribution(
        Source(source, "document", title=title, year=year, access=access),
        passages=(passage,),
        assertions=(fact,),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "graph.sqlite")
    opened.load(
        DATA,
        [
            Entity("DRUGBANK:DB00001", "Drug", "Zeldane", (Name("泽达", "zh"),)),
            Entity("DRUGBANK:DB00002", "Drug", "Twin"),
            Entity("MESH:D1", "Drug", "Twin"),
            Entity("HP:0001945", "Phenotype", "Fever", (Name("发热", "zh"),)),
            Entity("HP:0000002", "Phenotype", "Rash"),
        ],
        [
            recorded("DRUGBANK:DB00001", "treats", "HP:0001945", "PMID:7", evidence="PCS", frequency="3/4"),
            recorded("DRUGBANK:DB00001", "has_adverse_effect", "HP:0000002", "line 2"),
            recorded("DRUGBANK:DB00001", "interacts_with", "DRUGBANK:DB00002", "line 3"),
            recorded("DRUGBANK:DB00001", "interacts_with", "MESH:D1", "line 4"),
        ],
    )
    opened.replace([
        written("PMID:1", 2001, "A trial in rats", polarity="negated", qualifiers={"species": "rats"}),
        written("PMID:2", 2010, "A randomised trial"),
        written("PMID:3", 2015, "A paper"),
        written("note:1", 2020, "A note", access=SECRET),
    ])  # fmt: skip
    yield opened
    opened.close()


@pytest.fixture
def view(store: SqliteStore) -> GraphView:
    return GraphView(store, PUBLIC)


def test_why_tells_what_speaks_for_and_against_the_strongest_first(view: GraphView) -> None:
    told = statements.why(view, "zeldane", "HP:0001945", predicates=None, limit=10)
    (behind,) = told.relations
    assert behind.relation.words.en == "Zeldane treats Fever."
    assert [row.source.id for row in behind.affirmed] == ["DATA", "PMID:2", "PMID:3"]
    assert [row.source.id for row in behind.negated] == ["PMID:1"]
    assert (behind.total, behind.relation.affirmed, behind.relation.negated) == (4, 3, 1)
    curated, trial, _ = behind.affirmed
    assert curated.words.en == "Zeldane treats Fever (in 3 of 4 patients, 75%)."
    assert curated.words.zh == "泽达用于治疗发热（4例患者中有3例，75%）。"
    assert (curated.record, curated.record_text, curated.text) == ("PMID:7", "DRUGBANK:DB00001\tHP:0001945", "")
    assert curated.record_urls == ["https://pubmed.ncbi.nlm.nih.gov/7/"]
    assert (curated.grounds.en, curated.source.version) == ("published clinical study (PCS)", "2.0")
    assert (curated.source.licence, curated.source.study) == ("CC0-1.0", "")
    assert curated.subject.url == "https://go.drugbank.com/drugs/DB00001"
    assert (trial.text, trial.record_text, trial.source.study) == (SENTENCE, "", "randomised trial")
    assert trial.source.url == "https://pubmed.ncbi.nlm.nih.gov/2/"
    (against,) = behind.negated
    assert (against.species, against.polarity) == ("rats", "negated")
    assert against.words.en == "Zeldane does not treat Fever (in rats)."


def test_why_asks_both_ways_and_for_every_bearer_of_a_name(view: GraphView) -> None:
    assert [
        b.relation.predicate for b in statements.why(view, "fever", "zeldane", predicates=None, limit=1).relations
    ] == ["treats"]
    told = statements.why(view, "Twin", "Zeldane", predicates=["interacts_with"], limit=1)
    assert [node.id for node in told.subjects] == ["DRUGBANK:DB00002", "MESH:D1"]
    assert {b.relation.object for b in told.relations} == {"DRUGBANK:DB00002", "MESH:D1"}
    assert statements.why(view, "Rash", "Fever", predicates=None, limit=1).relations == []
    with pytest.raises(NotFound):
        statements.why(view, "nothing", "Fever", predicates=None, limit=1)
    with pytest.raises(UnknownEntity):
        statements.why(view, "HP:404", "Fever", predicates=None, limit=1)


def test_a_side_is_cut_to_the_limit_and_its_total_told(view: GraphView) -> None:
    (behind,) = statements.why(view, "zeldane", "fever", predicates=None, limit=1).relations
    assert ([row.source.id for row in behind.affirmed], behind.total) == (["DATA"], 4)


def test_what_a_reader_may_not_see_is_neither_listed_nor_counted(store: SqliteStore) -> None:
    seen = statements.why(GraphView(store, PUBLIC | SECRET), "zeldane", "fever", predicates=None, limit=10).relations
    assert (seen[0].total, len(seen[0].affirmed)) == (5, 4)
    (secret,) = (row for row in seen[0].affirmed if row.source.id == "note:1")
    assert statements.statement(GraphView(store, None), secret.id) == secret
    with pytest.raises(NotFound):
        statements.statement(GraphView(store, PUBLIC), secret.id)


def test_a_statement_is_had_by_its_public_id(view: GraphView) -> None:
    drug = Found(view.entity("DRUGBANK:DB00001"), (view.entity("HP:0001945"),))
    told = statements.statements(view, subject=drug, predicate=None, object=None, source=None, limit=50, cursor=None)
    assert (told.total, len(told.statements), told.cursor) == (7, 6 + 1, None)
    assert [node.id for node in told.also] == ["HP:0001945"]
    for row in told.statements:
        assert statements.statement(view, row.id) == row


def test_a_public_id_outlives_a_change_of_places(view: GraphView) -> None:
    drug = view.entity("MESH:D1")
    (row,) = view.assertions(object=drug.id)
    turned = Assertion.new(row.object, row.predicate, row.subject, source="DATA", sentence="", record="x")
    id = public_id(turned).rstrip("=")
    with pytest.raises(NotFound):
        statements.statement(view, id)
    swapped = public_id(_with(turned, row.id))
    assert statements.statement(view, swapped).object.id == "MESH:D1"


def _with(row: Assertion, id: str) -> Assertion:
    from dataclasses import replace

    return replace(row, id=id)


@pytest.mark.parametrize("id", ["", "x", "%%%", "é", "YQ", public_id(recorded("A:1", "treats", "B:1", "1"))])
def test_what_is_no_id_of_an_assertion_is_not_found(id: str, view: GraphView) -> None:
    with pytest.raises(NotFound):
        statements.statement(view, id)


def test_lists_come_in_pages_with_a_total(view: GraphView) -> None:
    drug = [view.entity("DRUGBANK:DB00001")]
    pages, cursor = [], None
    while True:
        page = statements.relations(view, subjects=drug, predicates=None, objects=None, limit=3, cursor=cursor)
        pages.append([edge.object for edge in page.relations])
        cursor = page.cursor
        assert page.total == 4
        if cursor is None:
            break
    assert pages[0][0] == "HP:0001945"
    assert [len(ids) for ids in pages] == [3, 1]
    assert len({id for ids in pages for id in ids}) == 4
    meant = Found(drug[0])
    first = statements.statements(view, subject=meant, predicate=None, object=None, source=None, limit=2, cursor=None)
    with pytest.raises(BadCursor):
        statements.relations(view, subjects=drug, predicates=None, objects=None, limit=2, cursor=first.cursor)
    with pytest.raises(BadCursor):
        statements.statements(
            view, subject=None, predicate=None, object=meant, source=None, limit=2, cursor=first.cursor
        )


def test_what_holds_either_way_is_of_both_ends(view: GraphView) -> None:
    """Which end is stored as subject tells nothing, so a question from the other must not find less."""
    one, other = (Found(view.entity(id)) for id in ("DRUGBANK:DB00001", "DRUGBANK:DB00002"))

    def stated(subject: Found | None, object: Found | None, limit: int = 50, predicate: str | None = None) -> Any:
        return statements.statements(
            view, subject=subject, predicate=predicate, object=object, source=None, limit=limit, cursor=None
        )

    for predicate in (None, "interacts_with"):
        there, back = (stated(*ends, predicate=predicate) for ends in ((one, other), (other, one)))
        assert there.statements == back.statements
        assert (there.total, len(there.statements), stated(other, None).total, stated(None, one).total) == (1, 1, 1, 2)
    assert stated(other, one, predicate="treats").total == 0
    every = stated(one, None)
    first = stated(one, None, limit=2)
    rest = statements.statements(
        view, subject=one, predicate=None, object=None, source=None, limit=50, cursor=first.cursor
    )
    assert [*first.statements, *rest.statements] == every.statements
    for subjects, objects in (([other.entity], None), (None, [one.entity]), ([other.entity], [one.entity])):
        (edge, *more) = (
            told := statements.relations(
                view, subjects=subjects, predicates=["interacts_with"], objects=objects, limit=9, cursor=None
            )
        ).relations
        assert (edge.subject, edge.object) == ("DRUGBANK:DB00001", "DRUGBANK:DB00002")
        assert told.total == 1 + len(more) == (1 if subjects else 2)


def test_what_interacts_with_itself_is_counted_once(store: SqliteStore) -> None:
    store.load(DATA, (), [recorded("MESH:D1", "resembles", "MESH:D1", "line 9")])
    view = GraphView(store, None)
    twin = Found(view.entity("MESH:D1"))
    for ends in ((twin, None), (None, twin)):
        told = statements.statements(
            view, subject=ends[0], predicate=None, object=ends[1], source=None, limit=9, cursor=None
        )
        assert told.total == len(told.statements) == 2
        edges = statements.relations(
            view, subjects=[twin.entity] if ends[0] else None, predicates=None,
            objects=[twin.entity] if ends[1] else None, limit=9, cursor=None,
        )  # fmt: skip
        assert edges.total == len(edges.relations) == 2
