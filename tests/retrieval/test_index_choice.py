from __future__ import annotations

import faiss
import pytest
from hypothesis import given
from hypothesis import strategies as some

from retrieval.index_choice import GRAPH_LISTS, Choice, bytes_a_row, choose, outgrown

GIB = 1 << 30


@pytest.mark.parametrize(
    ("rows", "budget", "factory", "reason"),
    [
        (0, 0, "SQfp16", "few"),
        (100_000, GIB, "SQfp16", "few"),
        (100_001, GIB, "IVF1264,SQ8", "many"),
        (1_000_000, GIB, "IVF4000,SQ8", "many"),
        (10_000_000, 8 * GIB, "IVF12649_HNSW32,SQ8", "many"),
        (10_000_000, 3 * GIB, "IVF12649_HNSW32,SQ4", "tight"),
        (10_000_000, GIB, "IVF12649_HNSW32,SQ4", "beyond"),
    ],
)
def test_the_kind_follows_from_rows_and_memory(rows: int, budget: int, factory: str, reason: str) -> None:
    choice = choose(rows, 384, budget)
    assert (choice.factory, choice.reason, choice.made_for) == (factory, reason, rows)
    assert choice.exact == (reason == "few")
    assert faiss.index_factory(384, choice.factory, faiss.METRIC_INNER_PRODUCT).d == 384


def test_no_coarse_code_is_chosen_where_nothing_refines_it() -> None:
    choice = choose(10_000_000, 384, GIB, refinable=False)
    assert (choice.code, choice.reason) == ("SQ8", "beyond")


def test_the_more_rows_there_are_the_smaller_a_share_of_the_lists_is_read() -> None:
    choices = [choose(rows, 384, 100 * GIB) for rows in (100_001, 800_000, 6_400_000)]
    assert [round(choice.lists / choice.probes) for choice in choices] == [3, 6, 12]
    few = choose(500, 384, GIB, flat_limit=100)
    assert (few.lists, few.probes) == (12, 8)
    assert choose(100, 384, GIB).probes == 0


def test_codes_that_are_coarser_give_more_candidates() -> None:
    fine, coarse = choose(10**6, 384, GIB), choose(10**6, 384, 1)
    assert [(fine.candidates(k), coarse.candidates(k)) for k in (1, 10, 100)] == [(11, 41), (20, 50), (120, 300)]


@given(rows=some.integers(0, 10**8), dimension=some.integers(1, 1024), budget=some.integers(0, 1 << 40))
def test_what_is_chosen_fits_or_says_that_it_does_not(rows: int, dimension: int, budget: int) -> None:
    choice = choose(rows, dimension, budget)
    assert choice.bytes_a_row == bytes_a_row(choice.code, dimension)
    if choice.reason in ("many", "tight"):
        assert rows * choice.bytes_a_row <= budget
    if choice.reason in ("tight", "beyond"):
        assert rows * bytes_a_row("SQ8", dimension) > budget
    assert choice.graph == (choice.lists >= GRAPH_LISTS)
    assert choice.lists == 0 or rows >= 39 * choice.lists
    assert not outgrown(choice, rows, rows, 100_000)


def test_it_goes_over_and_back_at_different_sizes() -> None:
    flat, inverted = choose(100_000, 384, GIB), choose(100_001, 384, GIB)
    assert not outgrown(flat, 100_000, 100_000, 100_000)
    assert outgrown(flat, 100_001, 100_001, 100_000)
    assert not outgrown(inverted, 99_999, 100_001, 100_000)
    assert outgrown(inverted, 25_000, 100_001, 100_000)
    assert not outgrown(inverted, 400_000, 400_000, 100_000)
    assert outgrown(inverted, 400_005, 400_005, 100_000)
    assert outgrown(inverted, 90_000, 400_000, 100_000), "most of what it held has gone"
    assert not outgrown(Choice(code="SQfp16", reason="few", made_for=0, dimension=384), 0, 0, 100_000)
