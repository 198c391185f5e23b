"""Keys as settings give them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import SecretStr

from api.callers.given import Given, read

KEY, OTHER = "hunter2hunter2hunter2", "hunter3hunter3hunter3"


def test_a_list_reads_and_writes_under_a_name_that_hangs_on_the_key_alone() -> None:
    one, two = read({KEY: ["public", "patient:42"], OTHER: []}).values()
    assert (one.labels, one.scopes) == (frozenset({"public", "patient:42"}), frozenset({"read", "write"}))
    assert two.labels == frozenset()
    again = read({OTHER: [], KEY: ["public"]})
    assert (again[SecretStr(KEY)].name, again[SecretStr(OTHER)].name) == (one.name, two.name)
    assert one.name != two.name
    assert one.whose == one.name


def test_an_object_says_more_and_by_itself_reads_what_is_public() -> None:
    (plain,) = read({KEY: {}}).values()
    assert (plain.labels, plain.scopes, plain.expires) == (frozenset({"public"}), frozenset({"read"}), None)
    (full,) = read({KEY: {"name": "lab-2", "owner": "lab", "labels": ["ward:7"], "scopes": ["admin"]}}).values()
    caller = full.caller(frozenset({"patient:9"}))
    assert (caller.name, caller.owner, caller.scopes) == ("lab-2", "lab", frozenset({"admin"}))
    assert caller.labels == frozenset({"ward:7", "patient:9"})


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ([], "must be a JSON object"),
        ({KEY: "public"}, "key 1: give a list of labels"),
        ({KEY: [], OTHER: {"scopes": ["root"]}}, "key 2: scopes"),
        ({KEY: {"scopes": []}}, "key 1: scopes"),
        ({KEY: {"hunter4": True}}, "key 1: a member"),
        ({KEY: {"expires": "soon"}}, "key 1: expires"),
        ({KEY: {"name": "oidc:somebody"}}, "key 1: name"),
        ({KEY: {"owner": "local"}}, "no names for keys"),
        ({KEY: {"name": "lab"}, OTHER: {"name": "lab"}}, "key 2: name: another"),
        ({"hunter2": []}, "key 1: a key has at least 16 characters"),
    ],
)
def test_a_bad_form_is_named_and_the_key_is_not(keys: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said) as told:
        read(keys)
    assert "hunter" not in str(told.value)


def test_a_key_that_is_read_stays_as_it_is() -> None:
    given = Given(name="lab")
    assert read({SecretStr(KEY): given}) == {SecretStr(KEY): given}
