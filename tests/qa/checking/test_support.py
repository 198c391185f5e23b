from graph.model import PUBLIC, Assertion, Entity, Name
from graph.store import GraphStore
from graph.view import GraphView
from qa.checking.lexical import turned
from qa.checking.support import support_of
from qa.evidence.definition import DefinitionEvidence
from qa.evidence.kinds import FactEvidence
from qa.evidence.material import Material
from qa.evidence.records import Records
from qa.evidence.statement import clause


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


def test_a_hyphen_in_a_name_denies_nothing_among_chinese_words() -> None:
    names = {
        "D:1": Entity("D:1", "Disease", "Tuberous sclerosis-2"),
        "HP:1": Entity("HP:1", "Phenotype", "Intellectual disability", synonyms=(Name("智力低下", "zh"),)),
    }
    row = Assertion.new("D:1", "has_phenotype", "HP:1", source="S", sentence="row", record="1")
    fact = FactEvidence(
        id="E1",
        assertion=row,
        subject_name="Tuberous sclerosis-2",
        object_name="Intellectual disability",
        clauses=(clause(row, "en", names), clause(row, "zh", names)),
        title="",
        version="",
        address="",
        counted=None,
        because=None,
    )
    support = support_of(fact, Material((fact,), entities=names))
    assert support.denying_names == ("Tuberous sclerosis-2",)
    assert turned(fact.clauses[1], [support]) is None
