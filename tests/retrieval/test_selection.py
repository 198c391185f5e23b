from __future__ import annotations

import faiss
import numpy as np

from retrieval.key_rows import KeyRows
from retrieval.selection import REMEMBERED, Selected, Selections


def held(count: int) -> KeyRows:
    rows = KeyRows()
    rows.add(np.arange(count, dtype=np.int64) * 10)
    return rows


def test_a_bit_a_row() -> None:
    selected = Selected.among(np.array([0, 9, 2]), 12)
    assert (selected.bits.tolist(), selected.count) == ([0b101, 0b10], 3)
    selector = selected.selector(faiss)
    assert [row for row in range(40) if selector.is_member(row)] == [0, 2, 9]


def test_keys_that_are_not_there_are_left_out() -> None:
    selections, rows = Selections(), held(20)
    assert selections.of({10, 30, 31, -5, 1000}, rows).count == 2
    assert selections.of([], rows).count == 0
    assert selections.of(np.array([10, 10, 20]), rows).count == 2


def test_only_an_array_that_cannot_be_written_is_known_again() -> None:
    selections, rows = Selections(), held(20)
    lasting, open_array = np.array([10, 20]), np.array([10, 20])
    lasting.flags.writeable = False
    assert selections.of(lasting, rows) is selections.of(lasting, rows)
    assert selections.of(open_array, rows) is not selections.of(open_array, rows)
    before = selections.of(lasting, rows)
    rows.remove(np.array([10]))
    selections.forget()
    assert (before.count, selections.of(lasting, rows).count) == (2, 1)


def test_no_more_than_a_few_are_remembered() -> None:
    selections, rows = Selections(), held(20)
    arrays = [np.array([number * 10]) for number in range(2 * REMEMBERED)]
    for array in arrays:
        array.flags.writeable = False
        selections.of(array, rows)
    assert len(selections._kept) == REMEMBERED
    assert [selections.of(array, rows).bits[0] for array in arrays[:3]] == [1, 2, 4]
