from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.errors import MalformedFile
from ingest.sources.files.streamed import items_of, members_of

PATH = Path("x.json")


def items(text: bytes, prefix: str = "item", *, several: bool = False, use_float: bool = False) -> list[object]:
    return list(items_of(io.BytesIO(text), PATH, prefix, several=several, use_float=use_float))


def test_values_come_one_after_another() -> None:
    assert items(b"[1, 1.5, null]") == [1, Decimal("1.5"), None]
    assert type(items(b"[1.5]", use_float=True)[0]) is float
    assert items(b"{}\n{}", "", several=True) == [{}, {}]
    assert list(members_of(io.BytesIO(b'{"a": [1], "b": 2}'), PATH)) == [("a", [1]), ("b", 2)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"[1, 2", "the JSON is broken or cut off"),
        (b"[1] 2", "the JSON is broken or cut off"),
        (b"[nan]", "the JSON is broken or cut off"),
        (b'["\\udc00a"]', "the JSON is not UTF-8"),
        (b'["\xed\xa0\x80"]', "the JSON is not UTF-8"),
        (b"[1e999999999999999999999]", "the JSON has a number of too large an exponent"),
        (b"[" + b"9" * 5000 + b"]", "a number of more than 400 characters"),
    ],
)
def test_what_breaks_a_value_off_is_told_without_its_words(text: bytes, reason: str) -> None:
    with pytest.raises(MalformedFile) as caught:
        items(text)
    assert caught.value.reason == reason
    assert caught.value.__cause__ is None


def test_what_stands_before_the_break_is_given() -> None:
    values = items_of(io.BytesIO(b"[1, 2, x"), PATH, "item")
    assert next(values) == 1


def test_a_file_whose_value_is_no_object_has_no_members() -> None:
    assert list(members_of(io.BytesIO(b"[[1]]"), PATH)) == []
    with pytest.raises(MalformedFile):
        list(members_of(io.BytesIO(b'{"a": 1'), PATH))
