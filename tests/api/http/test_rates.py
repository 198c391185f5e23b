"""How much is done for one owner and one address in a minute."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.callers.model import LOCAL, PUBLIC, Caller
from api.http.rates import FAILURES, Rates
from api.settings import Settings

WARD = Caller("ward-1", "ward", PUBLIC, frozenset({"read"}))
SAME = Caller("ward-2", "ward", PUBLIC, frozenset({"read"}))
LAB = Caller("lab", "lab", PUBLIC, frozenset({"read"}))


def test_requests_are_counted_by_owner() -> None:
    rates = Rates(Settings(rate_requests=3))
    assert [rates.may_ask(caller) for caller in (WARD, SAME, WARD, WARD, SAME, LAB)] == [True] * 3 + [False] * 2 + [
        True
    ]
    assert 1 <= rates.wait(WARD, "") <= 60
    assert all(rates.may_ask(LOCAL) for _ in range(10))


def test_work_is_counted_in_seconds_and_never_lost() -> None:
    rates = Rates(Settings(rate_requests=0, rate_seconds=2))
    rates.worked(WARD, 1.5)
    assert rates.may_ask(WARD)
    rates.worked(WARD, 1000)
    assert not rates.may_ask(WARD)
    assert not rates.may_ask(SAME)
    assert rates.may_ask(LAB)


def test_nothing_is_counted_where_there_is_no_end() -> None:
    rates = Rates(Settings(rate_requests=0, rate_seconds=0))
    rates.worked(WARD, 1e6)
    assert all(rates.may_ask(WARD) for _ in range(100))


@pytest.mark.parametrize(
    ("address", "same", "other"),
    [("192.0.2.1", "192.0.2.1", "192.0.2.2"), ("2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1"), ("", "", "::1")],
)
def test_keys_that_nobody_holds_are_counted_by_address(address: str, same: str, other: str) -> None:
    rates = Rates(Settings())
    for _ in range(FAILURES):
        assert rates.may_try(same, "x")
        rates.failed(address, "x")
    assert not rates.may_try(same, "x")
    assert rates.may_try(other, "x")


def test_a_key_is_looked_at_however_many_that_nobody_holds_come_from_its_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("api.http.rates.REMEMBERED", 2)
    rates = Rates(Settings())
    rates.held(LOCAL, "anything")
    for key in ("old", "kept", "revoked"):
        rates.held(WARD, key)
    for _ in range(FAILURES):
        rates.failed("192.0.2.1", "guess")
    keys = ("kept", "revoked", "old", "anything", "guess")
    assert [rates.may_try("192.0.2.1", key) for key in keys] == [True] * 2 + [False] * 3
    rates.failed("192.0.2.1", "revoked")
    assert not rates.may_try("192.0.2.1", "revoked")


def test_a_server_says_when_to_come_back(start: Callable[..., Any], home: Path) -> None:
    keys = {"ward-key-0123456789": {"name": "ward", "labels": ["public"], "scopes": ["read"]}}
    client: httpx.Client = start(home, MEDGRAPH_API_KEYS=json.dumps(keys), MEDGRAPH_RATE_REQUESTS="5").client
    held = {"Authorization": "Bearer ward-key-0123456789"}
    replies = [client.get("/v1/stats", headers=held) for _ in range(8)]
    assert [reply.status_code for reply in replies] == [200] * 5 + [429] * 3
    assert replies[-1].json()["type"] == "urn:medgraph:problem:too-many"
    assert 1 <= int(replies[-1].headers["Retry-After"]) <= 60
    assert client.get("/healthz").status_code == 200
    made_up = [{"Authorization": f"Bearer guess-{n}", "X-Forwarded-For": f"192.0.2.{n}"} for n in range(FAILURES + 2)]
    wrong = [client.get("/v1/stats", headers=headers) for headers in made_up]
    assert [reply.status_code for reply in wrong] == [401] * FAILURES + [429] * 2


def test_whoever_has_no_key_does_not_shut_out_who_has_one(start: Callable[..., Any], home: Path) -> None:
    keys = {"ward-key-0123456789": {"name": "ward", "labels": ["public"], "scopes": ["read"]}}
    client: httpx.Client = start(home, MEDGRAPH_API_KEYS=json.dumps(keys)).client
    held = {"Authorization": "Bearer ward-key-0123456789"}
    assert client.get("/v1/me", headers=held).status_code == 200
    wrong = [client.get("/v1/me", headers={"Authorization": f"Bearer guess-{n}"}) for n in range(2 * FAILURES + 1)]
    assert 429 in {reply.status_code for reply in wrong}, "also where a minute ends in between"
    assert client.get("/v1/me", headers=held).status_code == 200
