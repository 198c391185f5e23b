"""`medgraph keys`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api import problems
from api.callers.table import today

Command = Callable[..., Any]


def test_a_key_is_made_listed_and_revoked(medgraph: Command) -> None:
    made = medgraph("keys", "add", "ward-7", "--label", "public,ward:7", "--scope", "write", "--expires", "90d")
    assert made.code == 0
    key = made.out.strip()
    assert key.startswith("mg_")
    assert key not in made.err
    other = medgraph("keys", "add", "bot", "--owner", "ward-7", "--json").json
    assert (other["labels"], other["scopes"], other["owner"]) == (["public"], ["read"], "ward-7")

    (first, second) = medgraph("keys", "list", "--json").json["keys"]
    last = (today() + timedelta(days=90)).isoformat()
    assert first == {
        "name": "ward-7", "state": "good", "owner": "ward-7", "labels": ["public", "ward:7"], "scopes": ["write"],
        "created": today().isoformat(), "expires": last, "revoked": None, "used": None, "set": None,
    }  # fmt: skip
    assert second["name"] == "bot"
    listed = medgraph("keys", "list")
    assert "ward:7" in listed.out
    assert key not in listed.out + medgraph("keys", "list", "--json").out

    gone = medgraph("keys", "revoke", "ward-7", "nobody")
    assert gone.code == problems.NOT_FOUND
    assert "nobody" in gone.err
    assert [row["state"] for row in medgraph("keys", "list", "--json").json["keys"]] == ["revoked", "good"]
    again = medgraph("keys", "add", "ward-7")
    assert (again.code, again.out) == (problems.USAGE, "")


@pytest.mark.parametrize(
    "args",
    [
        ["local"], ["key"], ["oidc:someone"], ["a b"], ["x" * 65], ["lab", "--owner", "local"],
        ["lab", "--label", "a b"],
        ["lab", "--scope", "root"], ["lab", "--expires", "yesterday"], ["lab", "--expires", "2001-01-01"],
        ["lab", "--expires", "99999d99"], ["lab", "--expires", "99999999d"],
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_usage_error(args: list[str], medgraph: Command) -> None:
    done = medgraph("keys", "add", *args)
    assert (done.code, done.out) == (problems.USAGE, "")
    assert "Traceback" not in done.err
    assert medgraph("keys", "list", "--json").json == {"keys": []}


def test_labels_are_granted_to_owners_and_taken_back(medgraph: Command) -> None:
    assert medgraph("keys", "grants", "ward-7", "--add", "patient:1", "--add", "patient:2").code == 0
    assert medgraph("keys", "grants", "lab", "--add", "patient:1", "--json").json == {
        "grants": [{"owner": "lab", "label": "patient:1"}]
    }
    assert medgraph("keys", "grants", "--take-back", "patient:1").code == problems.USAGE
    assert medgraph("keys", "grants", "ward-7", "--take-back", "patient:2").code == 0
    listed = medgraph("keys", "grants").out.split()
    assert listed == ["lab", "patient:1", "ward-7", "patient:1"]
    assert "2 labels" not in medgraph("keys", "add", "lab").err
    assert "1 labels" in medgraph("keys", "add", "lab-2", "--owner", "lab").err


def test_keys_that_are_set_are_listed_without_their_secret(medgraph: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDGRAPH_API_KEYS", '{"hunter2hunter2hunter2": {"name": "bot", "expires": "2001-01-01"}}')
    monkeypatch.setenv("MEDGRAPH_API_KEY", "hunter3hunter3hunter3")
    done = medgraph("keys", "list", "--json")
    assert [(row["name"], row["state"], row["set"]) for row in done.json["keys"]] == [
        ("bot", "expired", "MEDGRAPH_API_KEYS"),
        ("key", "good", "MEDGRAPH_API_KEY"),
    ]
    assert "hunter" not in done.out
    assert medgraph("keys", "add", "bot").code == problems.USAGE
    gone = medgraph("keys", "revoke", "bot")
    assert "MEDGRAPH_API_KEYS" in gone.err


def test_the_trail_tells_who_made_and_revoked_a_key(medgraph: Command) -> None:
    key = medgraph("keys", "add", "ward-7", "--label", "ward:7").out.strip()
    medgraph("keys", "revoke", "ward-7")
    shown = medgraph("audit", "show", "--json").out
    told = [line for line in shown.splitlines() if "key:ward-7" in line]
    assert any("keys add" in line and "ward:7" in line for line in told), shown
    assert any("keys revoke" in line for line in told)
    assert key not in shown


def test_a_file_that_is_no_table_of_keys_is_named(medgraph: Command, tmp_path: Path) -> None:
    (tmp_path / "keys.sqlite").write_bytes(b"no database" * 100)
    done = medgraph("keys", "list", home=tmp_path)
    assert done.code == problems.CORRUPT
    assert "keys.sqlite" in done.err
