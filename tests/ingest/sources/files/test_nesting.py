from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import MalformedFile
from ingest.sources.files.nesting import LEVELS, Shallow

PATH = Path("x.json")
JSON = st.recursive(
    st.text('[]{}"\\ab中', max_size=8), lambda inner: st.lists(inner) | st.dictionaries(st.text('{"\\'), inner)
)


def _read(text: str, size: int) -> str:
    file = Shallow(io.BytesIO(text.encode()), PATH)
    chunks = []
    while chunk := file.read(size):
        chunks.append(chunk)
    return b"".join(chunks).decode()


@given(JSON, st.integers(1, 9), st.booleans())
def test_brackets_in_strings_are_no_levels_however_the_bytes_come(value: Any, size: int, ascii: bool) -> None:
    text = json.dumps([[["[" * 2 * LEVELS, value]]], ensure_ascii=ascii)

    assert _read(text, size) == text


@given(JSON, st.integers(1, 9))
def test_a_level_too_many_is_refused(value: Any, size: int) -> None:
    inner = json.dumps(["\\", value, "x"])
    deepest = LEVELS - _levels(json.loads(inner))
    if deepest < 0:
        return

    assert _read("[" * deepest + inner + "]" * deepest, size)
    with pytest.raises(MalformedFile, match="nested deeper"):
        _read("[" * (deepest + 1) + inner + "]" * (deepest + 1), size)


def _levels(value: Any) -> int:
    if isinstance(value, dict):
        value = list(value.values())
    return 1 + max(map(_levels, value), default=0) if isinstance(value, list) else 0
