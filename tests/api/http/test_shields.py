"""Headers that keep a browser from making more of a response than there is."""

from __future__ import annotations

import httpx
import pytest
from starlette.datastructures import MutableHeaders

from api.http.shields import SHIELDS, shield


def test_what_a_response_says_itself_stays() -> None:
    headers = MutableHeaders({"cache-control": "no-cache"})
    shield(headers)
    assert headers["Cache-Control"] == "no-cache"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/stats"), ("POST", "/v1/answers"), ("GET", "/v1/entities/X:none"), ("GET", "/nowhere"),
        ("GET", "/healthz"), ("GET", "/openapi.json"), ("GET", "/"), ("GET", "/guide.html"), ("GET", "/style.grass"),
    ],
)  # fmt: skip
def test_every_response_carries_them(method: str, path: str, client: httpx.Client) -> None:
    reply = client.request(method, path, json={"question": "Does aspirin cause cough?"} if method == "POST" else None)
    assert set(SHIELDS) <= {name for name in SHIELDS if name in reply.headers}
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
    if path not in ("/guide.html", "/style.grass"):
        assert reply.headers["cache-control"] == "no-store"


def test_a_page_of_another_site_neither_asks_nor_writes(client: httpx.Client) -> None:
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
        for path in ("/v1/answers", "/v1/documents", "/v1/chat/completions"):
            reply = client.post(path, headers={"Origin": origin}, content=b"{}")
            assert (reply.status_code, reply.json()["type"]) == (403, "urn:medgraph:problem:foreign-page")
        assert client.delete("/v1/documents/PMID:0", headers={"Origin": origin}).status_code == 403
    own = {"Origin": str(client.base_url).rstrip("/")}
    assert client.post("/v1/answers", headers=own, json={"question": "Does aspirin cause cough?"}).status_code == 200
