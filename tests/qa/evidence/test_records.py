from typing import Any

import pytest

from graph.model import PUBLIC, Assertion
from graph.view import GraphView
from qa.evidence.reasons import OfPatient
from qa.evidence.records import Records

pytestmark = pytest.mark.parametrize("world", ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)], indirect=True)


def test_a_retracted_or_missing_source_does_not_stand(world: Any) -> None:
    records = Records(GraphView(world.graph, PUBLIC))
    for source, stands in (("DRUGS", True), ("PMID:1", True), ("PMID:5", False), ("NONE", False)):
        row = Assertion.new("a:1", "treats", "b:1", source=source, sentence="x", record="1")
        assert records.stands(row) is stands


def test_entities_are_those_that_the_view_shows(world: Any) -> None:
    records = Records(GraphView(world.graph, PUBLIC))
    ids = ["DB:aspirin", "patient:42", "NONE:1", "DB:aspirin"]
    assert list(records.entities(ids)) == ["DB:aspirin"]
    assert set(records.read) == {"DB:aspirin"}
    both = Records(GraphView(world.graph, PUBLIC | {"patient:42"}))
    assert list(both.entities(ids)) == ["DB:aspirin", "patient:42"]


def test_evidence_has_names_and_the_title_of_its_source(world: Any) -> None:
    records = Records(GraphView(world.graph, PUBLIC))
    row = Assertion.new("DB:aspirin", "treats", "NONE:1", source="DRUGS", sentence="x", record="1")
    (piece,) = records.evidence([(row, OfPatient())])
    assert (piece.subject_name, piece.object_name, piece.title) == ("Aspirin", "NONE:1", "DRUGS data")
    assert (piece.because, piece.counted, piece.id) == (OfPatient(), None, "")
