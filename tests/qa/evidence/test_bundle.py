from collections.abc import Callable
from dataclasses import replace

from qa.evidence.bundle import Part, bundle, numbered
from qa.evidence.definition import DefinitionEvidence
from qa.evidence.kinds import Evidence, FactEvidence
from qa.evidence.passage import PassageEvidence
from qa.model import Candidate


def test_different_pieces_are_numbered_in_order(
    fact: Callable[..., FactEvidence], passage: Callable[..., PassageEvidence], definition: DefinitionEvidence
) -> None:
    pieces: list[Evidence] = [fact(), passage(), fact(), definition]
    assert [(e.id, e.kind) for e in numbered(pieces, 9)] == [("E1", "curated"), ("E2", "passage"), ("E3", "curated")]
    assert len(numbered(pieces, 2)) == 2
    assert numbered(pieces, 0) == numbered(pieces, -1) == ()


def test_patient_first_and_a_quarter_is_text(
    fact: Callable[..., FactEvidence], passage: Callable[..., PassageEvidence]
) -> None:
    facts = tuple(fact(sentence=f"row {n}") for n in range(20))
    mine = tuple(fact(sentence=f"mine {n}", access=frozenset({"patient:1"})) for n in range(4))
    texts = tuple(passage(100 * n) for n in range(20))
    material = bundle(mine, [Part(facts[:2]), Part(facts[2:])], texts, limit=12, entities={}, related=True)
    kinds = [e.kind for e in material.evidence]
    assert kinds == ["patient"] * 4 + ["curated"] * 5 + ["passage"] * 3
    assert material.facts[4].record_text == "row 0"
    alone = bundle((), [], texts, limit=12, entities={}, related=True)
    assert len(alone.evidence) == 12


def test_a_candidate_gets_the_ids_of_the_facts_about_it(fact: Callable[..., FactEvidence]) -> None:
    own = fact()
    assertion = replace(own.assertion, subject="D:1", predicate="has_phenotype", object="HP:1")
    stated = replace(own, assertion=assertion)
    candidates = tuple(Candidate(f"D:{n}", f"d{n}", 1.0, ("x",), ()) for n in (1, 2))
    material = bundle((), [Part((own,)), Part((stated,), candidates)], (), limit=5, entities={}, related=False)
    assert [candidate.evidence for candidate in material.candidates] == [("E2",), ()]
    assert not material.related
