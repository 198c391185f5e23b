from __future__ import annotations

import pytest

from ingest.reading.dictionary.link import Candidate, choose, named

MONDO = Candidate("MONDO:1", "Disease", "cold", False)
MESH = Candidate("MESH:D1", "Disease", "Cold", True)
SIGN = Candidate("HP:1", "Phenotype", "Cold", True)
DRUG = Candidate("DRUGBANK:1", "Drug", "Cold", False)


@pytest.mark.parametrize(
    ("candidates", "best"),
    [
        ((MONDO, MESH), MESH),  # a preferred name before a synonym
        ((SIGN, MESH), MESH),  # then the order of vocabularies
        ((DRUG, MONDO), MONDO),
        ((Candidate("X:2", "Disease", "cold", False), Candidate("X:1", "Disease", "cold", False)),
         Candidate("X:1", "Disease", "cold", False)),
    ],
)  # fmt: skip
def test_the_choice_does_not_depend_on_the_order(candidates: tuple[Candidate, Candidate], best: Candidate) -> None:
    assert choose(candidates, "cold")[0] == choose(candidates[::-1], "cold")[0] == best


def test_the_reason_says_who_else_bears_the_name() -> None:
    assert choose((MONDO, MESH), "Cold")[1] == "preferred name, written as 'Cold'; also a name of MONDO:1"
    many = [Candidate(f"X:{at}", "Disease", "cold", False) for at in range(6)]
    assert choose(many, "COLD")[1] == "synonym, normalised from 'cold'; also a name of X:1, X:2, X:3 and others"


def test_a_disease_may_be_a_phenotype_and_nothing_else() -> None:
    assert named([SIGN, DRUG], "cold", "Disease") == ("HP:1", "Phenotype", "preferred name, normalised from 'Cold'")
    assert named([SIGN], "cold", "Drug") is None
    assert (named([DRUG], "cold", "Concept") or ("",))[0] == "DRUGBANK:1"
    assert named([], "cold", "Disease") is None
