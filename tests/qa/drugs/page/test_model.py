"""A fact counts all that it rests on, and a page shows a statement once."""

from __future__ import annotations

from typing import Any

from graph.model import Assertion, Entity
from qa.drugs.page.model import Fact


def test_a_fact_rests_on_what_is_for_it_against_it_and_on_its_chain() -> None:
    rows = [Assertion.new("A:1", "treats", f"B:{n}", source="s", sentence="x") for n in range(3)]
    fact = Fact(Entity("B:1", "Disease", "x"), "listed", (rows[0],), (rows[1],), (rows[2],))
    assert fact.statements == tuple(rows)


def test_a_statement_is_shown_once(ward: Any) -> None:
    statements = ward.page("Warfarin").statements
    assert len(statements) == len({row.id for row in statements})
