"""Which key is whose."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from api.callers.known import Callers
from api.callers.model import LOCAL, Unauthorised
from api.settings import Settings

KEY = "doctor-key-0123456789"


def test_without_keys_everybody_is_local() -> None:
    callers = Callers(Settings())
    assert callers.caller(None) is callers.caller("Bearer any") is LOCAL


def test_a_key_holds_its_labels_and_another_none() -> None:
    callers = Callers(Settings(api_keys={SecretStr(KEY): frozenset({"public", "patient:42"})}))
    assert callers.caller(f"Bearer {KEY}").labels == {"public", "patient:42"}
    for wrong in (None, "", KEY, "Bearer", f"Basic {KEY}", f"Bearer {KEY[:-1]}", f"Bearer {KEY.upper()}"):
        with pytest.raises(Unauthorised):
            callers.caller(wrong)


def test_the_one_key_reads_and_writes_nothing() -> None:
    caller = Callers(Settings(api_key=SecretStr(KEY))).caller(f"bearer {KEY}")
    assert caller.labels == {"public"}
    assert caller.may("read")
    assert not any(caller.may(scope) for scope in ("write", "admin", "metrics"))
