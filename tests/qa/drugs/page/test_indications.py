"""What a drug is for: labels before lists before documents, and what it is not for apart."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model import Assertion, Source
from qa.drugs.page.indications import basis


def test_labels_come_before_lists_and_what_is_denied_stands_apart(ward: Any) -> None:
    facts = ward.page("warfarin").facts
    told = [(fact.what.name, fact.kind, {row.source for row in fact.rows}) for fact in facts["indications"]]
    assert told == [
        ("Embolism, pulmonary", "listed", {"drugmechdb", "pharmacotherapydb"}),
        ("Saddle embolism", "listed", {"pharmacotherapydb"}),
        ("Atrial fibrillation", "mined", {"sider"}),
    ]
    assert [fact.what.name for fact in facts["denied"]] == ["Infection"]


def test_a_paper_that_denies_it_disputes_a_label(ward: Any) -> None:
    (*_, fact) = ward.page("warfarin").facts["indications"]
    assert [(row.source, row.polarity) for row in fact.against] == [("PMID:1", "negated")]
    # Under open licences nothing but the denial is left.
    facts = ward.page("warfarin", frozenset({"public"})).facts
    assert "Atrial fibrillation" in {fact.what.name for fact in facts["denied"]}


def test_grounds_are_told_in_both_languages(ward: Any) -> None:
    told = {fact.what.name: fact.told for fact in ward.page("warfarin").facts["indications"]}
    assert told["Saddle embolism"]["does"].en == "relieves the symptoms of"
    assert told["Saddle embolism"]["does"].zh == "缓解"
    assert told["Embolism, pulmonary"]["grounds"].en.startswith("disease-modifying indication")
    assert told["Embolism, pulmonary"]["grounds"].zh.startswith("改变病程的适应证")


def test_what_documents_alone_state_comes_last_with_its_sentence(ward: Any) -> None:
    facts = ward.page("heparin").facts["indications"]
    assert [(fact.what.name, fact.kind) for fact in facts] == [
        ("Saddle embolism", "listed"),
        ("Atrial fibrillation", "literature"),
    ]
    assert facts[-1].rows[0].sentence == "Heparin treats Atrial fibrillation."


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (Source("sider", "curated"), "mined"),
        (Source("list", "curated"), "listed"),
        (Source("x", "document", title="Zelto: highlights of prescribing information"), "labelled"),
        (Source("x", "document", title="华法林钠片说明书"), "labelled"),
        (Source("x", "document", title="A trial"), "literature"),
        (None, "literature"),
    ],
)
def test_what_a_statement_rests_on(source: Source | None, expected: str) -> None:
    row = Assertion.new("A:1", "treats", "B:1", source=source.id if source else "gone", sentence="x")
    assert basis(row, source) == expected
