"""What is taken as what makes ill, over a small graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.model import PUBLIC, Assertion, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.adverse import effects
from qa.differential.engine import Differential
from qa.differential.known import known
from qa.differential.model import Candidate, Case
from qa.evidence.records import Records

LABELS = Source("labels", "curated")


@pytest.fixture
def taking(store: SqliteStore) -> GraphView:
    """The small graph with a drug whose effects bear ids of another vocabulary."""
    entities = [
        Entity("DRUGBANK:1", "Drug", "Lisinopril"), Entity("DRUGBANK:2", "Drug", "Water"),
        Entity("UMLS:1", "Phenotype", "Coughing", (Name("cough"),)), Entity("UMLS:2", "Phenotype", "Ectopia lentis"),
    ]  # fmt: skip
    rows = [
        Assertion.new("DRUGBANK:1", "has_adverse_effect", effect, source="labels", sentence="x", qualifiers=told)
        for effect, told in (
            ("UMLS:1", {"frequency": "3-10%, common", "placebo": "1%"}), ("UMLS:1", {}),
            ("UMLS:2", {"frequency": "postmarketing"}), ("HP:32", {"frequency": "5%", "placebo": "5%"}),
        )
    ]  # fmt: skip
    store.load(LABELS, entities, rows)
    return GraphView(store, PUBLIC)


def of_drug(engine: Differential, view: GraphView, observed: Any, drug: str = "DRUGBANK:1") -> Candidate | None:
    case = Case(observed=observed, drugs={"my pills": (drug,)})
    ranking = engine.rank(view, case, 10)
    assert sum(one.probability for one in ranking.candidates) + ranking.other <= 1.0001
    return next((one for one in ranking.candidates if one.drug), None)


def test_effects_are_findings_by_id_or_by_name(taking: GraphView) -> None:
    matrix = Differential().matrix(taking)
    of = effects(taking, matrix, ("DRUGBANK:1",))
    assert of is not None
    often = {matrix.profiles.terms[term]: of.often[term] for term in of.stated}
    assert often == pytest.approx({"HP:33": 0.09, "HP:11": 0.0005, "HP:32": 0.01})
    assert effects(taking, matrix, ("DRUGBANK:2",)) is None


def test_an_adverse_effect_is_a_candidate(taking: GraphView, find: Callable[..., Any]) -> None:
    engine = Differential()
    one = of_drug(engine, taking, find("cough"))
    assert one is not None
    assert (one.id, one.drug, one.name) == ("DRUGBANK:1", "my pills", "adverse effect of lisinopril")
    (reason,) = one.explained
    assert (reason.by, reason.wider, reason.told) == ("HP:33", "", True)
    stated = known(taking, Records(taking), [one])
    assert stated["DRUGBANK:1"].findings["HP:33"].object == "UMLS:1"


def test_what_a_drug_does_not_explain_is_none(taking: GraphView, find: Callable[..., Any]) -> None:
    engine = Differential()
    assert of_drug(engine, taking, find("fever")) is None
    assert of_drug(engine, taking, find("cough"), "DRUGBANK:2") is None
    alone, more = of_drug(engine, taking, find("cough")), of_drug(engine, taking, find("cough", "fever", "headache"))
    assert alone is not None
    assert more is None or more.probability < alone.probability
