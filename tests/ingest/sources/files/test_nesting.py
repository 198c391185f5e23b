from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import MalformedFile
from ingest.sources.files import nesting
from ingest.sources.files.limits import LEVELS, NUMBER, STRING, VALUES
from ingest.sources.files.nesting import Shallow, refused

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


def _items(content: bytes, prefix: str, size: int = 1 << 16) -> list[Any]:
    import ijson

    return list(ijson.items(Shallow(_AsAsked(content), PATH, prefix), prefix, buf_size=size))


class _AsAsked(io.BytesIO):
    """Gives what it is asked for, and counts it."""

    asked = 0

    def read1(self, size: int | None = -1, /) -> bytes:
        chunk = super().read1(-1 if size is None else size)
        self.asked += len(chunk)
        return chunk


def test_a_string_comes_to_the_parser_in_one_piece() -> None:
    # A parser that gets a string in pieces reads it from its start with each of them.
    text = json.dumps({"entry": ["a", "x" * (3 << 20), "b", '\\"' * (1 << 19)]}).encode()
    file = Shallow(_AsAsked(text), PATH, "entry.item")
    within = pieces = 0
    ends = {text.index(b"xxx"), text.rindex(b'\\"')}
    given = 0
    while chunk := file.read(1 << 16):
        pieces += 1
        within += any(given < end < given + len(chunk) for end in ends)
        given += len(chunk)

    assert given == len(text)
    assert pieces < 10
    assert within <= 4


def test_a_string_without_end_is_refused_when_a_few_megabytes_are_read() -> None:
    content = _AsAsked(b'{"entry": [{"id": "' + b"x" * (2 * STRING) + b'"}]}')
    file = Shallow(content, PATH, "entry.item")
    with pytest.raises(MalformedFile, match="a string of more than"):
        list(iter(lambda: file.read(1 << 16), b""))
    assert content.asked <= STRING + (1 << 18)


def test_what_stands_before_a_string_that_is_refused_is_read() -> None:
    import ijson

    text = b'{"entry": [{"id": "a"}, {"id": "' + b"x" * (STRING + (1 << 17)) + b'"}]}'
    items = ijson.items(Shallow(_AsAsked(text), PATH, "entry.item"), "entry.item")
    assert next(items) == {"id": "a"}
    with pytest.raises(MalformedFile, match="a string of more than"):
        next(items)


@pytest.mark.parametrize("inner", [b"[]", b"{}", b'""', b"1", b'{"a": 1}'])
def test_a_record_of_too_many_values_is_refused(inner: bytes) -> None:
    many = b",".join([inner] * (VALUES + (1 << 16)))
    with pytest.raises(MalformedFile, match="a record of more than"):
        _items(b'{"entry": [1, {"x": [' + many + b"]}]}", "entry.item")


def test_a_record_is_bounded_and_not_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nesting, "VALUES", 1000)
    monkeypatch.setattr(nesting, "RECORD", 20_000)
    monkeypatch.setattr(nesting, "_PIECE", 512)
    record = {"a": ["x" * 10] * 300}
    text = json.dumps({"entry": [record] * 50}).encode()

    assert _items(text, "entry.item", 512) == [record] * 50
    with pytest.raises(MalformedFile, match="a record of more than"):
        _items(text, "", 512)
    with pytest.raises(MalformedFile, match="20000 bytes"):
        _items(json.dumps({"entry": [["x" * 10] * 900 + ["y" * 12_000]]}).encode(), "entry.item", 512)


@pytest.mark.parametrize("size", [1, 7, 1 << 16])
def test_a_number_of_too_many_digits_is_refused(size: int) -> None:
    assert _items(b'{"entry": [%s, 2]}' % (b"1" * NUMBER), "entry.item", size) == [int("1" * NUMBER), 2]
    with pytest.raises(MalformedFile, match="a number of more than"):
        _items(b'{"entry": [%s, 2]}' % (b"1" * (NUMBER + 1)), "entry.item", size)


def test_a_line_is_refused_before_it_is_parsed() -> None:
    assert refused("[" + "[]," * (VALUES // 10) + "1]") == ""
    assert "values" in refused("[" + "[]," * VALUES + "1]")
    assert "a string of more than" in refused('{"a": "' + "x" * (STRING + (1 << 17)) + '"}')
    assert "nested deeper" in refused("[" * (1 << 20) + "1")
    assert "a number of more than" in refused("1" * (1 << 21))
    assert refused('"' + "\ud800" * (1 << 20) + '"') == ""
