"""Keys and the labels that they hold."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from api.errors import Forbidden
from api.http.access import PUBLIC, Keys, Unauthorised, held
from api.settings import Settings

KEY = "doctor-key-0123456789"


def test_without_keys_everybody_reads_what_is_public() -> None:
    keys = Keys(Settings())
    assert keys.labels(None) == keys.labels("any") == PUBLIC


def test_a_key_holds_its_labels_and_another_none() -> None:
    keys = Keys(Settings(api_keys={SecretStr(KEY): frozenset({"public", "patient:42"})}))
    assert keys.labels(KEY) == {"public", "patient:42"}
    for wrong in (None, "", KEY[:-1], KEY.upper()):
        with pytest.raises(Unauthorised):
            keys.labels(wrong)


def test_nobody_gives_themselves_a_label() -> None:
    reader = frozenset({"public", "patient:42"})
    assert held(None, reader) == held([], reader) == reader
    assert held(["public"], reader) == {"public"}
    with pytest.raises(Forbidden):
        held(["public", "patient:7"], reader)
