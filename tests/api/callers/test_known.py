"""Which key is whose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api.callers.known import Callers, asked_for, bearer, readers, still_good
from api.callers.model import LOCAL, Unauthorised
from api.callers.table import FILE, KeyTable, today
from api.settings import Settings
from ingest.jobs.writing import Writer

KEY = "doctor-key-0123456789"


@pytest.fixture
def table(tmp_path: Path) -> Iterator[KeyTable]:
    with KeyTable(tmp_path / FILE) as opened:
        yield opened


def settings(**given: Any) -> Settings:
    return Settings.model_validate(given)


def test_without_keys_everybody_on_this_machine_is_local(table: KeyTable) -> None:
    callers = Callers(settings(), lambda: table)
    assert callers.caller(None) is callers.caller("Bearer any") is LOCAL
    beyond = Callers(settings(host="10.0.0.1"), lambda: table)
    with pytest.raises(Unauthorised):
        beyond.caller(None)


def test_a_key_holds_its_labels_and_another_none(table: KeyTable) -> None:
    callers = Callers(settings(api_keys={KEY: ["public", "patient:42"]}), lambda: table)
    assert callers.caller(f"Bearer {KEY}").labels == {"public", "patient:42"}
    for wrong in (None, "", KEY, "Bearer", f"Basic {KEY}", f"Bearer {KEY[:-1]}", f"Bearer {KEY.upper()}"):
        with pytest.raises(Unauthorised):
            callers.caller(wrong)


def test_the_one_key_reads_and_writes_nothing(table: KeyTable) -> None:
    caller = Callers(settings(api_key=KEY), lambda: table).caller(f"bearer {KEY}")
    assert caller.labels == {"public"}
    assert caller.may("read")
    assert not any(caller.may(scope) for scope in ("write", "admin", "metrics"))


def test_a_key_of_the_home_counts_from_the_next_request_on(table: KeyTable) -> None:
    callers = Callers(settings(), lambda: table)
    assert callers.caller(None) is LOCAL
    key = table.add("lab-2", owner="lab", labels=["public"], scopes=["write"])
    with pytest.raises(Unauthorised):
        callers.caller(None)
    caller = callers.caller(f"Bearer {key}")
    assert (caller.name, caller.owner) == ("lab-2", "lab")
    table.grant("lab", ["patient:9"])
    assert callers.caller(f"Bearer {key}").labels == {"public", "patient:9"}
    table.revoke("lab-2")
    for sent in (None, f"Bearer {key}"):  # the last key that is revoked opens nothing
        with pytest.raises(Unauthorised):
            callers.caller(sent)


def test_a_key_opens_nothing_after_its_last_day(table: KeyTable) -> None:
    yesterday = today() - timedelta(days=1)
    key = table.add("lab", owner="lab", labels=["public"], scopes=["read"], expires=yesterday)
    given = {KEY: {"expires": yesterday.isoformat()}, KEY + "2": {"name": "new", "expires": today().isoformat()}}
    callers = Callers(settings(api_keys=given), lambda: table)
    for old in (key, KEY):
        with pytest.raises(Unauthorised):
            callers.caller(f"Bearer {old}")
    assert callers.caller(f"Bearer {KEY}2").expires == today()


def test_what_is_granted_counts_for_a_key_that_is_set(table: KeyTable) -> None:
    table.grant("lab", ["patient:9"])
    callers = Callers(settings(api_keys={KEY: {"owner": "lab"}}), lambda: table)
    assert callers.caller(f"Bearer {KEY}").labels == {"public", "patient:9"}


def test_whether_a_key_is_asked_for(table: KeyTable) -> None:
    assert not asked_for(settings(), table)
    assert asked_for(settings(api_key=KEY), table)
    table.add("lab", owner="lab", labels=["ward:7"], scopes=["read"])
    assert asked_for(settings(), table)
    assert readers(settings(api_key=KEY), table) == {frozenset({"public"}), frozenset({"ward:7"})}
    table.revoke("lab")
    assert asked_for(settings(), table)
    assert readers(settings(), table) == set()


def test_what_was_sent_in_counts_as_long_as_its_key_is_good(table: KeyTable) -> None:
    yesterday = today() - timedelta(days=1)
    for name, expires in (("one", None), ("two", None), ("old", yesterday)):
        table.add(name, owner="ward", labels=["public"], scopes=["write"], expires=expires)
    late = {"name": "late", "scopes": ["write"], "expires": yesterday.isoformat()}
    given = {"given-key-0123456789": {"name": "given", "owner": "lab"}, "late-key-0123456789": late}
    settings = Settings.model_validate({"api_keys": given})

    def good(owner: str, key: str = "") -> bool:
        return still_good(settings, table, Writer(owner, frozenset(), key=key))

    assert [good("ward", key) for key in ("one", "two", "old", "gone", "given")] == [True, True, False, False, False]
    assert (good("lab", "given"), good("late", "late"), good("nobody", "one")) == (True, False, False)
    table.revoke("one")
    assert [good("ward", key) for key in ("one", "two", "")] == [False, True, True]
    table.revoke("two")
    assert not good("ward")
    assert not good("oidc:u-1", "oidc:u-1")
    assert still_good(
        settings.model_copy(update={"oidc_issuer": "https://x.example"}), table, Writer("oidc:u-1", frozenset())
    )


def test_a_header_holds_a_key() -> None:
    assert bearer("bearer  abc ") == "abc"
    assert bearer("Bearer ") is bearer("") is bearer(None) is bearer("Basic abc") is None
