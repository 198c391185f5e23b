from collections.abc import Callable

from graph.model import Relation
from qa.evidence.definition import DefinitionEvidence
from qa.evidence.kinds import FactEvidence
from qa.evidence.passage import PassageEvidence
from qa.evidence.reasons import Explains, OfPatient
from qa.evidence.why import why


def test_why_a_fact_is_there(fact: Callable[..., FactEvidence]) -> None:
    assert why(fact()) == "DRUGS states: Metformin treats Diabetes"
    assert why(fact(polarity="negated")) == "DRUGS states: Metformin does not treat Diabetes"
    assert why(fact(certainty="possible", qualifiers={"dose": "5 mg"})) == (
        "DRUGS states: Possibly, Metformin treats Diabetes (5 mg)"
    )
    assert why(fact(because=Explains("high fever"))).endswith("; explains the asked finding 'high fever'")
    assert why(fact(because=OfPatient())).endswith("; of the patient asked about")


def test_why_a_fact_tells_how_often_it_is_stated(fact: Callable[..., FactEvidence]) -> None:
    once = Relation("DB:metformin", "treats", "DOID:9352", 1, 0, 1, 1.0)
    often = Relation("DB:metformin", "treats", "DOID:9352", 3, 1, 4, 1.0)
    assert "in all" not in why(fact(counted=once))
    assert why(fact(counted=often)).endswith("; in all 3 statements for and 1 against")


def test_why_a_passage_is_there(passage: Callable[..., PassageEvidence]) -> None:
    assert why(passage()) == "passage ranked 3 for 'q'"
    assert why(passage(words=1, meaning=4, cosine=0.71234)) == (
        "passage ranked 1 by words and 4 by meaning for 'q', cosine 0.71"
    )
    assert why(passage(reading=2, query="x" * 81)) == f"passage ranked 2 by reading for '{'x' * 79}…'"


def test_why_a_definition_is_there(definition: DefinitionEvidence) -> None:
    assert why(definition) == "definition of A syndrome in the record OMIM:100001"
