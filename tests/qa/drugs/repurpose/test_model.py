"""The words of a proposal."""

from __future__ import annotations

import pytest

from qa.drugs.repurpose.model import Candidate, Standing, Stated


@pytest.mark.parametrize(
    ("standing", "new"),
    [
        ((), True),
        (("treats",), False),
        (("denied",), True),
        (("denied", "treats", "disputed"), False),
        (("caution",), True),
    ],
)
def test_new_is_what_no_curated_source_states(standing: tuple[Standing, ...], new: bool) -> None:
    assert Candidate("DRUG:1", 0.5, (), Stated(standing)).new == new
