from __future__ import annotations

import numpy as np

from ingest.reading.relations.forest import Forest


def small() -> Forest:
    # One tree asks column 1, then column 0; the other is a single leaf.
    return Forest(
        column=np.array([[1, 0, 0, 0, 0], [0, 0, 0, 0, 0]], np.int16),
        threshold=np.array([[0.5, 2.0, 0, 0, 0], [0, 0, 0, 0, 0]], np.float32),
        left=np.array([[1, 3, 2, 3, 4], [0, 1, 2, 3, 4]], np.int16),
        right=np.array([[2, 4, 2, 3, 4], [0, 1, 2, 3, 4]], np.int16),
        value=np.array([[0, 0, 1.0, 10.0, 100.0], [0.25, 0, 0, 0, 0]], np.float32),
        start=-1.0,
        depth=2,
    )


ROWS = np.array([[2.0, 0.5], [2.1, 0.5], [0.0, 0.6]], np.float32)


def test_each_row_goes_its_way_and_what_is_equal_goes_left() -> None:
    assert small().logits(ROWS).tolist() == [9.25, 99.25, 0.25]


def test_arrays_make_the_same_forest_again() -> None:
    again = Forest.of({name: array.astype(np.float32) for name, array in small().arrays("f").items()}, "f")
    assert again.logits(ROWS).tolist() == small().logits(ROWS).tolist()
