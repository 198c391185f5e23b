from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from retrieval.key_rows import KeyRows, Keys

some_keys = some.lists(some.integers(0, 40), unique=True, max_size=12)


def array(numbers: list[int]) -> Keys:
    return np.array(numbers, np.int64)


@given(steps=some.lists(some.tuples(some.sampled_from(["add", "remove", "remove and close"]), some_keys), max_size=12))
def test_any_writes_leave_each_key_its_own_row(steps: list[tuple[str, list[int]]]) -> None:
    rows, expected = KeyRows(), dict[int, int]()
    for what, numbers in steps:
        if what == "add":
            fresh = [number for number in numbers if number not in expected]
            given = rows.add(array(fresh)).tolist()
            assert not set(given) & set(expected.values())
            expected.update(zip(fresh, given, strict=True))
        else:
            gone = rows.remove(array(numbers))
            assert sorted(gone) == sorted(expected.pop(number) for number in numbers if number in expected)
            if what == "remove and close":
                rows.close(gone)
                expected = {key: row - sum(row > one for one in gone.tolist()) for key, row in expected.items()}
        assert len(rows) == len(expected)
        assert rows.keys.tolist() == sorted(expected)
        assert dict(zip(rows.keys.tolist(), rows.rows.tolist(), strict=True)) == expected
        assert rows.named(array(list(expected.values()))).tolist() == list(expected)
        assert sorted(rows.of(array(list(range(50))))) == sorted(expected.values())
        assert all(row < rows.following for row in expected.values())
        again = KeyRows(rows.keys, rows.rows, following=rows.following)
        assert again.named(array(list(expected.values()))).tolist() == list(expected)


def test_many_more_than_there_was_room_for() -> None:
    rows = KeyRows()
    for begin in range(0, 10_000, 1000):
        rows.add(np.arange(begin, begin + 1000, dtype=np.int64)[::-1])
    assert rows.named(rows.of(array([4321]))).tolist() == [4321]
    assert rows.named(np.arange(3)).tolist() == [999, 998, 997]
