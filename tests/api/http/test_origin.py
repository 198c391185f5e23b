"""Where a request comes from."""

from __future__ import annotations

import pytest

from api.http.origin import Origins
from api.settings import Settings

HERE = "127.0.0.1:8765"
LOCAL = Origins(Settings())
BEHIND = Origins(Settings(hosts=frozenset({"Medgraph.example", "ward.example:8443"})))
BEYOND = Origins(Settings(host="10.0.0.1"))


@pytest.mark.parametrize(
    ("origins", "host", "known"),
    [
        (LOCAL, HERE, True), (LOCAL, "localhost", True), (LOCAL, "[::1]:8765", True),
        (LOCAL, "evil.example:8765", False), (LOCAL, "", False), (LOCAL, "127.0.0.1.evil.example", False),
        (BEHIND, "medgraph.example:8765", True), (BEHIND, "evil.example", False), (BEHIND, HERE, True),
        (BEYOND, "anything.example", True),
    ],
)  # fmt: skip
def test_a_host_must_be_one_of_ours(origins: Origins, host: str, known: bool) -> None:
    assert origins.known(host) is known


@pytest.mark.parametrize(
    ("origins", "host", "origin", "foreign"),
    [
        (LOCAL, HERE, None, False),
        (LOCAL, HERE, f"http://{HERE}", False),
        (LOCAL, "localhost", "http://localhost:80", False),
        (LOCAL, HERE, "http://127.0.0.1:3000", True),  # another server of this machine
        (LOCAL, HERE, "http://evil.example", True),
        (LOCAL, HERE, "null", True),
        (LOCAL, HERE, "", True),
        (LOCAL, HERE, f"file://{HERE}", True),
        (LOCAL, HERE, f"http://{HERE}.evil.example", True),
        (LOCAL, HERE, f"http://{HERE}@evil.example", True),
        (LOCAL, HERE, "http://[", True),
        (BEHIND, HERE, "https://medgraph.example", False),
        (BEHIND, HERE, "https://medgraph.example:444", True),
        (BEHIND, HERE, "https://ward.example:8443", False),
        (BEYOND, "10.0.0.1", "http://10.0.0.1", False),
        (BEYOND, "10.0.0.1", "http://10.0.0.2", True),
    ],
)
def test_a_page_of_another_site_is_told(origins: Origins, host: str, origin: str | None, foreign: bool) -> None:
    assert origins.foreign(host, origin, None) is foreign
    assert origins.foreign(host, origin, "cross-site") is True
    assert origins.foreign(host, origin, "same-site") is True
    assert origins.foreign(host, origin, "same-origin") is foreign
