"""The labels that a request may ask for."""

from __future__ import annotations

import pytest

from api.errors import Forbidden
from api.http.access import held


def test_nobody_gives_themselves_a_label() -> None:
    reader = frozenset({"public", "patient:42"})
    assert held(None, reader) == held([], reader) == reader
    assert held(["public"], reader) == {"public"}
    with pytest.raises(Forbidden):
        held(["public", "patient:7"], reader)
