"""Totals are exact while nothing is written, and counted no more often than is cheap while much is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from retrieval.model import Filter
from retrieval.passages import PassageStore
from retrieval.totals import KEPT, SHARE, Totals

ANY = Filter(access=None)


class Clock:
    """Goes on by `step` seconds whenever it is looked at."""

    def __init__(self) -> None:
        self.now, self.step = 0.0, 0.0

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def test_a_total_is_that_of_the_filter(store: PassageStore, make: Callable[..., Any]) -> None:
    totals = Totals(store, Clock())
    assert totals.of(ANY) == 0
    store.replace([make("A:1", "gout", "fever", year=2001), make("A:2", "gout", entities=("X:1",))], encoder="e/1")
    for filter, count in [
        (ANY, 3),
        (Filter(access=frozenset({"public"})), 3),
        (Filter(access=frozenset({"ward:7"})), 0),
        (Filter(access=None, year_from=2000), 2),
        (Filter(access=None, documents=frozenset({"A:2"})), 1),
        (Filter(access=None, entities=frozenset({"X:1", "X:2"})), 1),
    ]:
        assert totals.of(filter) == count == len(store.matching(filter))


def test_where_counting_takes_long_a_total_stands_for_a_while(store: PassageStore, make: Callable[..., Any]) -> None:
    clock = Clock()
    totals = Totals(store, clock)
    clock.step = 1.0
    assert totals.of(ANY) == 0
    clock.step = 0.0
    store.replace([make("A:1", "gout")], encoder="e/1")
    assert totals.of(ANY) == 0
    assert totals.of(Filter(access=frozenset({"public"}))) == 1
    clock.now += SHARE + 1
    assert totals.of(ANY) == 1


def test_only_the_last_filters_are_kept(store: PassageStore, make: Callable[..., Any]) -> None:
    clock = Clock()
    totals = Totals(store, clock)
    clock.step = 1.0
    assert totals.of(ANY) == 0
    for year in range(KEPT):
        totals.of(Filter(access=None, year_from=year))
    clock.now, clock.step = 0.0, 0.0
    store.replace([make("A:1", "gout")], encoder="e/1")
    assert totals.of(ANY) == 1
