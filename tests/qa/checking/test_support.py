from graph.model import PUBLIC, Assertion
from graph.store import GraphStore
from graph.view import GraphView
from qa.checking.support import support_of
from qa.evidence.kinds import DefinitionEvidence
from qa.evidence.material import Material
from qa.evidence.records import Records


def test_a_fact_carries_its_names_in_every_language_and_its_predicate(curated: GraphStore) -> None:
    records = Records(GraphView(curated, PUBLIC))
    row = Assertion.new("DB:aspirin", "treats", "HP:0001945", source="DRUGS", sentence="row 7", record="1")
    (fact,) = records.evidence([(row, None)])
    support = support_of(fact, Material((fact,), entities=records.read))
    assert {"阿司匹林", "发热"} <= set(support.written)
    assert "aspirin" in support.words
    assert ("7", "") not in support.numbers, "the record as written is not what a sentence rests on"
    assert not support.chinese


def test_a_definition_carries_its_text() -> None:
    piece = DefinitionEvidence(id="E1", entity="D:1", name="One", text="A disorder of 3 organs.")
    support = support_of(piece, Material((piece,)))
    assert ("3", "") in support.numbers
    assert support.names == frozenset()
