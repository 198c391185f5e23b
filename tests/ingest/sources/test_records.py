"""What every reader checks of a record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.errors import MalformedFile
from ingest.model import Failure
from ingest.sources.records import Wrong, object_of, objects, parsed, proved, to_the_break, whole


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON: "),
        ("[1]", "not a JSON object"),
        ('{"a": NaN}', "NaN is no JSON value"),
        ('{"a": ' + "9" * 5000 + "}", "too many digits"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_line_that_holds_no_object_is_wrong(line: str, reason: str) -> None:
    with pytest.raises(Wrong, match=reason):
        parsed(line)
    assert parsed('{"a": 1}') == {"a": 1}


def test_shapes_of_json() -> None:
    assert [whole(value) for value in (1, -1, True, 1.0, "1", None)] == [True, True, False, False, False, False]
    assert objects({"a": [{}]}, "a") == [{}]
    assert objects({"a": None}, "a") == objects({}, "a") == []
    for wrong in ({"a": 5}, {"a": [5]}):
        with pytest.raises(Wrong):
            objects(wrong, "a")
    with pytest.raises(Wrong):
        object_of([])


def test_half_of_a_surrogate_pair_is_wrong() -> None:
    assert proved("😀") == "😀"
    with pytest.raises(Wrong, match=r"^title holds half"):
        proved("\ud800", "title")


def test_what_breaks_off_gives_what_came_before_and_one_failure() -> None:
    def broken(count: int) -> Iterator[str]:
        yield from "abc"[:count]
        raise MalformedFile("f", "byte 9", "cut off")

    *made, failure = to_the_break(broken(2), lambda value, number: f"{number}{value}")
    assert made == ["1a", "2b"]
    assert failure == Failure("f", "after entry 2", "the rest of the file: cut off (at byte 9)")
    assert list(to_the_break(broken(0), lambda value, number: value)) == [
        Failure("f", "", "the rest of the file: cut off (at byte 9)")
    ]
    assert list(to_the_break(iter("a"), lambda value, number: value)) == ["a"]
