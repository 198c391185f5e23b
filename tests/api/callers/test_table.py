"""The keys of a home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from api.callers.table import FILE, PREFIX, KeyTable, hashed, today
from api.errors import HomeCorrupt, NotFound, Taken


@pytest.fixture
def table(tmp_path: Path) -> Iterator[KeyTable]:
    with KeyTable(tmp_path / FILE) as opened:
        yield opened


def test_a_key_is_found_by_its_hash_and_kept_nowhere(table: KeyTable, tmp_path: Path) -> None:
    assert table.of(hashed("mg_any")) == (None, False)
    key = table.add("lab", owner="ward", labels=["public", "ward:7"], scopes=["read", "write"])
    assert key.startswith(PREFIX)
    assert len(key) > 40
    found, there = table.of(hashed(key))
    assert found is not None
    assert there
    caller = found.caller(frozenset({"patient:9"}))
    assert (caller.name, caller.owner) == ("lab", "ward")
    assert caller.labels == {"public", "ward:7", "patient:9"}
    assert caller.scopes == {"read", "write"}
    assert table.of(hashed(key[:-1])) == (None, True)
    table.close()
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"ward:7" in held
    assert key.encode() not in held
    assert key.removeprefix(PREFIX).encode() not in held


def test_a_name_is_given_once(table: KeyTable) -> None:
    first = table.add("lab", owner="lab", labels=[], scopes=["read"])
    with pytest.raises(Taken):
        table.add("lab", owner="lab", labels=["public"], scopes=["admin"])
    table.revoke("lab")
    table.revoke("lab")
    with pytest.raises(Taken):
        table.add("lab", owner="lab", labels=[], scopes=["read"])
    with pytest.raises(NotFound):
        table.revoke("nobody")
    key, _ = table.of(hashed(first))
    assert key is not None
    assert (key.state(today()), key.revoked) == ("revoked", today())


def test_a_key_is_good_up_to_its_day(table: KeyTable) -> None:
    table.add("lab", owner="lab", labels=[], scopes=["read"], expires=today())
    (key,) = table.every()
    assert key.state(today()) == "good"
    assert key.state(today() + timedelta(days=1)) == "expired"
    assert key.used is None
    table.use("lab", today())
    assert [key.used for key in table.every()] == [today()]


def test_what_is_granted_is_the_owners(table: KeyTable, tmp_path: Path) -> None:
    table.grant("ward", ["patient:1", "patient:2"])
    with KeyTable(tmp_path / FILE) as other:
        other.grant("ward", ["patient:1"])
        other.grant("lab", ["patient:3"])
    assert table.granted("ward") == {"patient:1", "patient:2"}
    table.take_back("ward", ["patient:2", "patient:3"])
    assert table.grants() == [("lab", "patient:3"), ("ward", "patient:1")]
    assert table.granted("nobody") == frozenset()


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(HomeCorrupt):
        KeyTable(tmp_path / FILE)
