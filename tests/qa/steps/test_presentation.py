from typing import Any

import pytest

from graph.model import Assertion, Source
from qa.model import Listed
from qa.steps.presentation import FINDINGS, presentation

pytestmark = pytest.mark.parametrize("world", ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)], indirect=True)


def test_the_most_frequent_findings_come_first(asking: Any) -> None:
    evidence = asking.facts(presentation(asking("What are the symptoms of Marfan syndrome?")))
    assert [e.assertion.object for e in evidence] == [
        "HP:0001083",
        "HP:0001519",
        "HP:0001166",
        "HP:0001065",
        "HP:0011003",
    ]
    assert len(evidence) <= FINDINGS
    made = presentation(asking("What are the symptoms of Marfan syndrome?"))
    assert made.totals == {Listed("has_phenotype", "object", "OMIM:154700"): 5}
    assert presentation(asking("What is aspirin?")).evidence == ()


def test_what_a_disease_is_stated_not_to_have_is_no_finding_of_it(asking: Any) -> None:
    evidence = asking.facts(presentation(asking("What is Ehlers-Danlos syndrome?")))
    assert [e.assertion.object for e in evidence] == ["HP:0001382", "HP:0001065"]


def test_a_plain_list_does_not_hide_how_often(asking: Any) -> None:
    made = asking("What are the symptoms of Marfan syndrome?")
    before = asking.facts(presentation(made))
    lists = Source("plain list", "curated")
    store = made.view.graph.store
    store.load(
        lists,
        (),
        [
            Assertion.new(e.assertion.subject, "has_phenotype", e.assertion.object, source=lists.id, sentence="")
            for e in before
        ],
    )
    assert [e.assertion for e in asking.facts(presentation(made))] == [e.assertion for e in before]
    store.delete([lists.id])
