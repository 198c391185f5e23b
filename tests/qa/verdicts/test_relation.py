"""Relations: their ends and the words that tell them."""

from __future__ import annotations

from graph.schema import PREDICATES
from qa.verdicts.relation import ANY, RELATIONS

BY_NAME = {relation.name: relation for relation in RELATIONS}


def test_every_predicate_is_one() -> None:
    assert {*ANY, *(one for relation in RELATIONS for one in relation.predicates)} <= {*PREDICATES}


def test_ends_and_words() -> None:
    assert BY_NAME["treatment"].fits(["drug"], ["ill"])
    assert not BY_NAME["treatment"].fits(["ill"], ["drug"])
    assert BY_NAME["interaction"].cue.search("合用")
    assert BY_NAME["gene"].cue.search("mutations in")
    assert BY_NAME["contraindication"].safety
