from __future__ import annotations

import pytest

from ingest.sources.circles import circles


@pytest.mark.parametrize(
    ("parents", "rings"),
    [
        ({}, []),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"]}, []),
        ({"a": ["a"]}, [["a"]]),
        ({"a": ["b"], "b": ["a", "c"], "c": []}, [["a", "b"]]),
        ({"a": ["b"], "b": ["c"], "c": ["a", "x"], "x": ["y"], "y": ["x"]}, [["a", "b", "c"], ["x", "y"]]),
        ({"b": ["a"], "a": ["c", "d"], "c": ["b"], "d": ["c"]}, [["a", "b", "c", "d"]]),
    ],
    ids=["none", "a diamond", "itself", "two", "two circles", "crossing"],
)
def test_circles_are_told(parents: dict[str, list[str]], rings: list[list[str]]) -> None:
    assert circles(parents) == rings


def test_a_long_circle_needs_no_recursion() -> None:
    count = 50_000
    (ring,) = circles({str(n): [str((n + 1) % count)] for n in range(count)})
    assert len(ring) == count
