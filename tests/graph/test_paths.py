"""The search for paths, over a graph that is a mapping; the stores' own is in the contract and the properties."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from graph.model import Relation
from graph.paths import MOST_COUNTED, Search, along, weight
from storage.deadline import Deadline, Gone, working_until

EDGES = ["ab", "bz", "ac", "cz", "ad", "de", "ez", "zy"]
NEAR: dict[str, set[str]] = {}
for edge in EDGES:
    one, other = edge[0], edge[1]
    NEAR.setdefault(one, set()).add(other)
    NEAR.setdefault(other, set()).add(one)


def search(closed: str = "", hubs: str = "") -> Search[str]:
    def beside(nodes: Collection[str]) -> dict[str, set[str]]:
        return {node: NEAR[node] for node in nodes}

    def degrees(nodes: Collection[str]) -> dict[str, int]:
        return {node: 500 if node in hubs else 2 for node in nodes}

    def itself(nodes: Collection[str]) -> dict[str, str]:
        return {node: node for node in nodes}

    return Search(beside, lambda nodes: set(nodes) & set(closed), itself, degrees)


def trails(
    start: str,
    end: str,
    *,
    closed: str = "",
    hubs: str = "",
    max_hops: int = 4,
    limit: int = 5,
    least: int = 1,
) -> list[str]:
    paths = search(closed, hubs).best(start, end, max_hops=max_hops, limit=limit, least=least)
    return ["".join(path) for path in paths]


def test_a_path_through_hubs_comes_behind_a_longer_one_through_others() -> None:
    assert trails("a", "z", hubs="b") == ["acz", "adez", "abz"]
    assert trails("a", "z", hubs="bc") == ["adez", "abz", "acz"]
    assert trails("a", "z", hubs="bc", limit=1) == ["adez"]
    assert trails("a", "z", hubs="bc", max_hops=2) == ["abz", "acz"]
    assert trails("a", "y", hubs="z") == ["abzy", "aczy", "adezy"]


def test_the_weight_of_a_node_grows_with_its_degree_up_to_that_of_a_hub() -> None:
    assert weight(0) == weight(1) == 0
    assert weight(2) < weight(20) < weight(200) < weight(MOST_COUNTED) == weight(10 * MOST_COUNTED)
    assert weight(10) * 3 == pytest.approx(weight(1000), abs=2)


def test_paths_of_one_cost_come_by_length_and_then_by_their_ids() -> None:
    assert trails("a", "z") == ["abz", "acz", "adez"]
    assert trails("z", "a") == ["zba", "zca", "zeda"]
    assert trails("a", "z", limit=1) == ["abz"]


@pytest.mark.parametrize(("hops", "expected"), [(0, []), (1, []), (2, ["abz", "acz"]), (3, ["abz", "acz", "adez"])])
def test_no_path_is_longer_than_is_wanted(hops: int, expected: list[str]) -> None:
    assert trails("a", "z", max_hops=hops) == expected


def test_what_is_closed_may_end_a_path_but_not_stand_in_it() -> None:
    assert trails("a", "z", closed="bd") == ["acz"]
    assert trails("a", "z", closed="az") == ["abz", "acz", "adez"]


@pytest.mark.parametrize("calls", [1, 3])
def test_a_search_ends_when_nobody_waits_for_it(calls: int) -> None:
    until, looked = Deadline(), list[str]()

    def itself(nodes: Collection[str]) -> dict[str, str]:
        looked.extend(nodes)
        until.leave()
        return {node: node for node in nodes}

    asked = Search(lambda nodes: {node: NEAR[node] for node in nodes}, lambda nodes: (), itself, lambda nodes: {})
    with working_until(until), pytest.raises(Gone):
        asked.best("a", "z", max_hops=4, limit=calls)
    assert set(looked) == set("abcz")  # of the shortest alone


def test_lengths_that_are_known_to_be_empty_need_no_look() -> None:
    assert trails("a", "z", least=2) == trails("a", "z")
    assert trails("a", "z", least=3) == ["adez"]


def test_a_node_is_a_path_to_itself() -> None:
    assert trails("a", "a") == ["a"]
    assert trails("a", "a", limit=0) == []


def test_a_step_is_the_first_relation_that_says_more_than_no() -> None:
    denied = Relation("b", "causes", "a", 0, 3, 3, 1.0)
    first, second = Relation("b", "treats", "a", 1, 0, 1, 1.0), Relation("a", "causes", "b", 1, 0, 1, 0.5)
    (path,) = along([("a", "b")], lambda nodes: [denied, first, second])
    assert (path.nodes, path.relations) == (("a", "b"), (first,))
    assert along([("a",)], lambda nodes: pytest.fail("nothing to ask for"))[0].relations == ()
