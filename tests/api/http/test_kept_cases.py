"""How long and for whom a ranking can be answered to."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import pytest

from api.differential import Ranked
from api.errors import NoRanking
from api.http.kept_cases import MOST, SECONDS, KeptCases
from qa.differential.model import Impossible

PUBLIC = frozenset({"public"})


def test_a_ranking_is_kept_for_an_hour_and_for_its_reader() -> None:
    now = [0.0]
    cases = KeptCases(lambda: now[0])
    ranked = cast(Any, object())
    id = cases.keep(cast(Ranked, ranked), PUBLIC)
    assert len(id) >= 22  # 128 bits
    assert cases.kept(id, PUBLIC) is ranked
    with pytest.raises(NoRanking):
        cases.kept(id, PUBLIC | {"ward:7"})
    now[0] = SECONDS + 1
    with pytest.raises(NoRanking, match="rank the case again"):
        cases.kept(id, PUBLIC)


def test_the_newest_are_kept() -> None:
    cases = KeptCases()
    first, second = (cases.keep(cast(Ranked, object()), PUBLIC) for _ in range(2))
    cases.answered(first, PUBLIC, lambda before: before)  # now the newest
    for _ in range(MOST - 1):
        cases.keep(cast(Ranked, object()), PUBLIC)
    assert cases.kept(first, PUBLIC)
    with pytest.raises(NoRanking):
        cases.kept(second, PUBLIC)


def test_who_keeps_much_pushes_out_his_own() -> None:
    cases = KeptCases()
    lone = cases.keep(cast(Ranked, object()), PUBLIC, "ward")
    many = [cases.keep(cast(Ranked, object()), PUBLIC, "lab") for _ in range(MOST + 5)]
    assert cases.kept(lone, PUBLIC)
    assert cases.kept(many[-1], PUBLIC)
    cases.answered(many[6], PUBLIC, lambda before: before)  # still the lab's
    for _ in range(5):
        cases.keep(cast(Ranked, object()), PUBLIC, "ward")
    for lost in (many[5], many[7]):
        with pytest.raises(NoRanking):
            cases.kept(lost, PUBLIC)
    assert cases.kept(lone, PUBLIC)


def test_answers_at_once_follow_one_another() -> None:
    cases = KeptCases()
    id = cases.keep(cast(Ranked, ()), PUBLIC)

    def answer(number: int) -> None:
        def longer(before: Any) -> Any:
            time.sleep(0.001)
            return (*before, number)

        cases.answered(id, PUBLIC, longer)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(answer, range(20)))
    assert sorted(cast(Any, cases.kept(id, PUBLIC))) == list(range(20))


def test_an_answer_that_fails_changes_nothing() -> None:
    cases = KeptCases()
    ranked = cast(Ranked, object())
    id = cases.keep(ranked, PUBLIC)

    def fails(before: Ranked) -> Ranked:
        raise Impossible

    with pytest.raises(Impossible):
        cases.answered(id, PUBLIC, fails)
    assert cases.answered(id, PUBLIC, lambda before: before) is ranked
