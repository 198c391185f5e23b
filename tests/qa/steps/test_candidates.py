from typing import Any

import pytest

from graph.model import Entity, Name, Source
from qa.evidence.reasons import Explains
from qa.steps.candidates import candidates, findings

pytestmark = pytest.mark.parametrize("world", ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)], indirect=True)


def test_candidates_with_the_statements_behind_them(asking: Any) -> None:
    part = candidates(asking("Which disease has ectopia lentis, arachnodactyly and headache?"))
    first, second = part.candidates[:2]
    assert (first.entity, first.explained, first.unexplained) == (
        "OMIM:154700",
        ("ectopia lentis", "arachnodactyly"),
        ("headache",),
    )
    assert second.entity == "OMIM:236200"
    assert [(e.assertion.subject, e.because) for e in asking.facts(part)][:3] == [
        ("OMIM:154700", Explains("ectopia lentis")),
        ("OMIM:154700", Explains("arachnodactyly")),
        ("OMIM:236200", Explains("ectopia lentis")),
    ]


def test_a_candidates_name_is_in_the_language_of_the_question(asking: Any) -> None:
    assert candidates(asking("什么病会引起晶状体异位和蜘蛛指？")).candidates[0].name == "马凡综合征"


def test_nothing_present_has_no_candidates(asking: Any) -> None:
    for text in ("Which disease has no fever?", "Which disease is it?"):
        part = candidates(asking(text))
        assert (part.evidence, part.candidates) == ((), ())


def test_a_word_of_several_meanings_is_one_finding(asking: Any) -> None:
    made = asking("asthma and cough")
    assert [(f.told, f.ids) for f in findings(made.view.graph, made.understanding.entities)] == [
        ("asthma", ("HP:0002099",)),
        ("cough", ("HP:0012735",)),
    ]
    assert findings(made.view.graph, ()) == []


def test_a_disease_that_goes_by_a_phenotypes_name_counts_as_the_finding(asking: Any) -> None:
    made = asking("cough")
    names = Source("names of a disease", "curated")
    made.view.graph.store.load(
        names, [Entity("MONDO:9999999", "Disease", "tussive disease", (Name("cough"), Name("咳症", "zh")))]
    )
    again = asking("咳症")
    assert {e.id for e in again.understanding.entities} == {"MONDO:9999999", "HP:0012735"}
    assert [(f.told, f.ids) for f in findings(again.view.graph, again.understanding.entities)] == [
        ("咳症", ("HP:0012735",))
    ]
    made.view.graph.store.delete([names.id])
