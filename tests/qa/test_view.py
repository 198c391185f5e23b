"""What one question may see: its labels are bound once, so that no step reads with more than another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.answering import answerer
from graph.model import PUBLIC, Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from qa.model import Answer, Question
from qa.view import View, visible

OURS, THEIRS = "patient:1", "patient:2"
BOTH = PUBLIC | {OURS, THEIRS}
OWN = {OURS: "Zorblatt disease", THEIRS: "Quimby disease"}
"""A disease that is declared only for one patient."""
FINDING = {OURS: "Zorblatt sign", THEIRS: "Quimby sign"}


@pytest.mark.parametrize(
    ("access", "patient", "seen"),
    [
        (BOTH, OURS, PUBLIC | {OURS}),
        (BOTH, THEIRS, PUBLIC | {THEIRS}),
        (BOTH, None, PUBLIC),
        (PUBLIC | {OURS}, THEIRS, PUBLIC),
        (PUBLIC | {"ward:1", OURS}, None, PUBLIC | {"ward:1"}),
    ],
)
def test_labels_of_patients_who_are_not_asked_about_are_left_out(
    world: Any, access: frozenset[str], patient: str | None, seen: frozenset[str]
) -> None:
    question = Question("?", access=access, patient=patient)
    view = View.of(question, world.graph, world.searcher)
    assert visible(question) == view.access == view.graph.access == seen
    assert view.patient == (patient if patient in seen else None)


@pytest.fixture
def graph(tmp_path: Path) -> Any:
    """Two patients, each with a disease and a finding that nobody else has."""
    graph = SqliteStore(tmp_path / "graph.sqlite")
    graph.load(Source("PUBLIC", "curated"), [Entity("D:0", "Disease", "Common disease")])
    for patient in (OURS, THEIRS):
        label, number = frozenset({patient}), patient[-1]
        entities = [
            Entity(patient, "Patient", f"Patient {number}", access=label),
            Entity(f"D:{number}", "Disease", OWN[patient], definition=f"What {number} has.", access=label),
            Entity(f"HP:{number}", "Phenotype", FINDING[patient], access=label),
        ]
        facts = [(patient, "has_condition", f"D:{number}"), (f"D:{number}", "has_phenotype", f"HP:{number}")]
        rows = [
            Assertion.new(s, p, o, source=f"fhir:{number}", sentence=f"{s} {p} {o}", record=p, access=label)
            for s, p, o in facts
        ]
        graph.load(Source(f"fhir:{number}", "curated", access=label), entities, rows)
    yield graph
    graph.close()


def ask(graph: SqliteStore, searcher: Any, text: str, patient: str | None) -> Answer:
    return answerer(graph, searcher).answer(Question(text, access=BOTH, patient=patient))


@pytest.mark.parametrize("asked_about", [OURS, THEIRS, None])
@pytest.mark.parametrize("named", [OURS, THEIRS])
def test_a_question_about_one_patient_shows_nothing_of_another(
    graph: SqliteStore, texts: Any, asked_about: str | None, named: str
) -> None:
    searcher = texts[1]
    defined = ask(graph, searcher, f"What is {OWN[named]}?", asked_about)
    ranked = ask(graph, searcher, f"Which disease presents with {FINDING[named]}?", asked_about)
    own = named == asked_about
    for answer in (defined, ranked):
        assert answer.understanding is not None
        assert bool(answer.understanding.entities) is own
        told = repr((answer.text, answer.evidence, answer.differential, answer.understanding.entities))
        # A record answers what is asked of it; a general question on a finding gets nothing of it.
        assert (f"'D:{named[-1]}'" in told) is (own and answer is defined)
        for other in {OURS, THEIRS} - {asked_about}:
            assert OWN[other] not in told
            assert FINDING[other] not in told
    # What a record says of somebody is nothing that diseases look like.
    assert ranked.differential == ()


@dataclass(frozen=True)
class Named:
    """A mention that a reader links to nothing."""

    start: int
    end: int
    type: str = "Disease"
    entity: str | None = None
    reason: str = "read"


def test_a_name_of_another_patients_reads_as_one_that_nobody_knows(graph: SqliteStore, texts: Any) -> None:
    """Whether it is hidden or not there is not to be told apart."""

    class Reads:
        def tag(self, texts: Sequence[str], language: str) -> list[list[Named]]:
            return [[Named(8, 8 + len(OWN[THEIRS]))] if OWN[THEIRS] in text else [] for text in texts]

    answers = answerer(graph, texts[1], reader=Reads)
    for patient in (OURS, None):
        answer = answers.answer(Question(f"What is {OWN[THEIRS]}?", access=BOTH, patient=patient))
        assert answer.understanding is not None
        assert (answer.understanding.entities, answer.understanding.unknown) == ((), (OWN[THEIRS],))


def test_passages_tell_how_many_of_the_named_entities_they_mention(world: Any) -> None:
    view = View.of(Question("?", access=PUBLIC), world.graph, world.searcher)
    hits = view.search("fever", 20)
    mentioned = next(id for hit in hits for id in hit.passage.entities)
    assert all("entity_overlap" not in hit.parts for hit in hits)
    overlaps = {hit.parts["entity_overlap"] for hit in view.naming([mentioned]).search("fever", 20)}
    assert 1 in overlaps
