"""The ONC lists of interactions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.model import Assertion, Entity
from ingest.model import Failure
from ingest.sources.curated.interactions import HIGH, LOW, read
from ingest.sources.detect import detect

Write = Callable[..., Path]


def test_pairs_of_high_priority(write: Write) -> None:
    path = write(
        "a.csv", "Zantol$DB00002$Abrol$DB00001$\n\nZantol$DB00002$Zantol$DB00002$\nZantol$DB00002$Cerol$DB00003$\n"
    )
    assert detect(path) == "interactions"
    source, *records = read(path)
    assert source == HIGH
    assert [r for r in records if isinstance(r, Entity)] == [
        Entity("DRUGBANK:DB00002", "Drug", "Zantol"),
        Entity("DRUGBANK:DB00001", "Drug", "Abrol"),
        Entity("DRUGBANK:DB00003", "Drug", "Cerol"),
    ]
    first, second = (r for r in records if isinstance(r, Assertion))
    assert (first.subject, first.predicate, first.object) == ("DRUGBANK:DB00001", "interacts_with", "DRUGBANK:DB00002")
    assert (first.qualifiers, first.record, second.record) == ((("priority", "high"),), "line 1", "line 4")
    assert [r for r in records if isinstance(r, Failure)] == [
        Failure(str(path), "line 3", "not two drugs with their DrugBank ids")
    ]


def test_pairs_of_classes_that_need_not_interrupt(write: Write) -> None:
    path = write("a.csv", "1,Class A,Zantol,DB00002,http://x,2,Class B,Abrol,DB00001,http://y,z\nshort,line\n")
    source, *_, statement, failure = read(path)
    assert source == LOW
    assert isinstance(statement, Assertion)
    assert statement.qualifiers == (("classes", "Class A; Class B"), ("priority", "non-interruptive"))
    assert isinstance(failure, Failure)


def test_a_drug_that_is_none_of_its_class_is_left_out_and_said(write: Write) -> None:
    line = "1,ACE inhibitors,bluepril,DB90001,http://a,http://b,Salicylates,Methacholine,DB06709,http://a,http://b\n"
    _, failure = read(write("a.csv", line))
    assert isinstance(failure, Failure)
    assert "Methacholine" in failure.reason
