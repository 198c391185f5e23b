import base64

import pytest

from api.errors import BadCursor
from api.paging import cursor, following, offset_of


def test_a_cursor_brings_back_its_place() -> None:
    assert offset_of(None, "documents", "x") == 0
    assert offset_of(cursor(50, "documents", "x", None, ["a"]), "documents", "x", None, ["a"]) == 50
    assert offset_of(cursor(7, {"b", "a"}), {"a", "b"}) == 7


def test_the_last_page_has_none_behind_it() -> None:
    assert following(0, 50, 50, "x") is None
    assert following(50, 0, 90, "x") is None
    assert offset_of(following(50, 25, 90, "x"), "x") == 75


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "word",
    ["", "x", "50", "é", encoded("50"), encoded("[50]"), encoded('["50", ""]'), encoded('[-1, ""]'), encoded("{}"),
     encoded('[true, ""]'), encoded("["), encoded("[" * 2_000), cursor(5, "another list"), cursor(10**10, "list")],
)  # fmt: skip
def test_what_is_no_cursor_of_this_list_is_refused(word: str) -> None:
    with pytest.raises(BadCursor):
        offset_of(word, "list")
