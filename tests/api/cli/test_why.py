"""`medgraph why` as a user calls it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Command = Callable[..., Any]


def test_why_shows_the_statements_with_where_they_stand(filled: Path, medgraph: Command) -> None:
    told = medgraph("why", "metformin", "Type 2 diabetes mellitus", home=filled).out
    assert told.startswith("Metformin treats Type 2 diabetes mellitus.\n  MESH:D008687 —treats→ MESH:D003924: 2 for")
    assert "“Metformin is effective in the treatment of type 2 diabetes mellitus.”" in told
    assert "https://pubmed.ncbi.nlm.nih.gov/101/" in told
    chinese = medgraph("why", "二甲双胍", "2型糖尿病", home=filled).out
    assert chinese.startswith("二甲双胍用于治疗2型糖尿病。")


def test_what_is_not_shown_is_counted(filled: Path, medgraph: Command) -> None:
    told = medgraph("why", "metformin", "Type 2 diabetes mellitus", "--limit", "1", home=filled).out
    assert "    and 1 more: --limit 2" in told


def test_nothing_between_them_points_to_what_is(filled: Path, medgraph: Command) -> None:
    told = medgraph("why", "Nausea", "Cough", home=filled)
    assert (told.code, told.out.splitlines()[0]) == (0, "nothing is stated between Nausea and Cough directly")
    assert 'medgraph paths "Nausea" "Cough"' in told.out
    assert medgraph("why", "Nausea", "no such thing", home=filled).code == 8
    assert medgraph("why", "Nausea", "Cough", "--predicate", "eats", home=filled).code == 3
    assert medgraph("why", "aspirin", "warfarin", "--json", home=filled).json["relations"][0]["total"] == 1
