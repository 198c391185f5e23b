"""Tokens of a real issuer on loopback: its own keys, its description and its key set over HTTP."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from api.callers.issuer import AGAIN, FRESH, STALE, Issuer, KeysUnavailable, check_address
from api.callers.known import Callers
from api.callers.model import Unauthorised
from api.callers.table import FILE, KeyTable
from api.callers.tokens import LEEWAY, Tokens, is_token
from api.errors import BadSettings
from api.settings import Settings

jwt = pytest.importorskip("jwt", reason="the extra `oidc` is not installed")
rsa = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.rsa")

AUDIENCE = "medgraph"


class House:
    """An issuer: keys by their id, and what was asked of it."""

    def __init__(self) -> None:
        self.first = rsa.generate_private_key(65537, 2048)
        self.keys = {"first": self.first}
        self.asked: list[str] = []
        self.answers: dict[str, Any] = {}
        house = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                house.asked.append(self.path)
                body = house.answers.get(self.path)
                self.send_response(404 if body is None else 302 if body == "moved" else 200)
                self.send_header("Location", "/jwks")
                self.end_headers()
                self.wfile.write(json.dumps(body).encode())

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.answers["/.well-known/openid-configuration"] = {"issuer": self.url, "jwks_uri": f"{self.url}/jwks"}
        self.publish()

    def publish(self, **more: Any) -> None:
        self.answers["/jwks"] = {"keys": [self.public(kid) for kid in self.keys], **more}

    def public(self, kid: str) -> dict[str, Any]:
        made = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.keys[kid].public_key()))
        return {**made, "kid": kid, "use": "sig"}

    def token(self, kid: str = "first", algorithm: str = "RS256", **claims: Any) -> str:
        now = int(time.time())
        said = {"iss": self.url, "aud": AUDIENCE, "sub": "u-1", "exp": now + 300, "iat": now, **claims}
        said = {name: value for name, value in said.items() if value is not None}
        return str(jwt.encode(said, self.keys[kid], algorithm, headers={"kid": kid}))

    def settings(self, **more: Any) -> Settings:
        return Settings.model_validate({"oidc_issuer": self.url, "oidc_audience": AUDIENCE, **more})


@pytest.fixture(scope="module")
def built() -> Iterator[House]:
    house = House()
    yield house
    house.server.shutdown()
    house.server.server_close()


@pytest.fixture
def house(built: House) -> House:
    built.keys = {"first": built.first}
    built.publish()
    built.asked.clear()
    return built


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_a_token_says_who_and_what_for(house: House, tmp_path: Path) -> None:
    token = house.token(
        sub="a1b2", scope="openid medgraph:write admin medgraph:nothing", medgraph_labels=["public", "ward:7", "a b", 7]
    )
    with KeyTable(tmp_path / FILE) as table:
        table.grant("oidc:a1b2", ["patient:9"])
        callers = Callers(house.settings(), lambda: table)
        assert callers.slow(f"Bearer {token}")
        assert not callers.slow("Bearer mg_something")
        caller = callers.caller(f"Bearer {token}")
        assert (caller.name, caller.owner) == ("oidc:a1b2", "oidc:a1b2")
        assert caller.labels == {"public", "ward:7", "patient:9"}
        assert caller.scopes == {"write"}
        for other in (None, "Bearer any-key-0123456789"):
            with pytest.raises(Unauthorised):
                callers.caller(other)
    assert house.asked == ["/.well-known/openid-configuration", "/jwks"]


def test_claims_stand_where_the_settings_say(house: House) -> None:
    settings = house.settings(oidc_scopes="realm_access.roles", oidc_labels="https://x.example/labels")
    roles = {"roles": ["admin", "medgraph.admin", "medgraph.metrics"]}
    caller = Tokens(settings).caller(house.token(realm_access=roles, **{"https://x.example/labels": "ward:7 ward:8"}))
    assert caller.scopes == {"admin", "metrics"}
    assert caller.labels == {"ward:7", "ward:8"}
    plain = Tokens(settings).caller(house.token(sub="a person@home, with words", scope="medgraph:read"))
    assert plain.scopes == frozenset()
    assert plain.labels == {"public"}
    assert "person" not in plain.name
    called = plain.name.removeprefix("oidc:")
    for sub in (called, called.rpartition("/")[2], "half \ud800"):
        other = Tokens(settings).caller(house.token(sub=sub, exp=10**12))
        assert other.owner != plain.owner, "a subject is not another's hash"
        assert other.expires == date.max


def test_what_is_not_for_us_or_not_good_now_opens_nothing(house: House) -> None:
    now = int(time.time())
    tokens = Tokens(house.settings())
    stranger = House()
    stranger.url = house.url
    wrong = [
        house.token(aud="another"), house.token(aud=None), house.token(iss="https://evil.example"),
        house.token(iss=None),
        house.token(exp=now - LEEWAY - 5), house.token(exp=None), house.token(nbf=now + LEEWAY + 60),
        house.token(sub=None), house.token(sub=""), stranger.token(), house.token()[:-4] + "AAAA", house.token() + "x",
        "eyJ.eyJ.x", "eyJ..", f"{part({'alg': 'RS256', 'kid': 7})}.{part({})}.x", f"{part([1])}.{part({})}.x",
        f"{part({'alg': ['RS256']})}.{part({})}.x", house.token() + "A" * 20_000,
    ]  # fmt: skip
    stranger.server.shutdown()
    stranger.server.server_close()
    assert tokens.caller(house.token(exp=now - LEEWAY + 20, nbf=now + LEEWAY - 20)).name == "oidc:u-1"
    assert tokens.caller(house.token(algorithm="PS384")).name == "oidc:u-1"
    for token in wrong:
        with pytest.raises(Unauthorised):
            tokens.caller(token)


def test_no_token_is_signed_by_nothing_or_by_what_everybody_knows(house: House) -> None:
    tokens = Tokens(house.settings())
    claims = jwt.decode(house.token(), options={"verify_signature": False})
    public = house.keys["first"].public_key().public_bytes(*_pem())
    forged = []
    for algorithm in ("none", "None", "HS256", "RS256"):
        head = f"{part({'alg': algorithm, 'typ': 'JWT', 'kid': 'first'})}.{part(claims)}"
        signed = hmac.new(public, head.encode(), hashlib.sha256).digest()
        forged += [f"{head}.", f"{head}.{base64.urlsafe_b64encode(signed).decode().rstrip('=')}"]
    # A secret among the published keys verifies nothing, nor does a key that is short or meant for another purpose.
    secret = {"kty": "oct", "kid": "oct", "k": base64.urlsafe_b64encode(b"k" * 32).decode(), "alg": "HS256"}
    house.keys["short"] = rsa.generate_private_key(65537, 1024)
    house.keys["sealing"] = rsa.generate_private_key(65537, 2048)
    house.publish()
    house.answers["/jwks"]["keys"] += [secret]
    house.answers["/jwks"]["keys"][2]["use"] = "enc"
    with pytest.warns(match="below"):
        short = house.token("short")
    forged += [jwt.encode(claims, b"k" * 32, "HS256", headers={"kid": "oct"}), short, house.token("sealing")]
    for token in forged:
        with pytest.raises(Unauthorised):
            tokens.caller(token)


def test_a_new_key_of_the_issuer_is_looked_for_now_and_then(house: House) -> None:
    now = [0.0]
    issuer = Issuer(house.settings(oidc_jwks=f"{house.url}/jwks"), lambda: now[0])
    assert [key["kid"] for key in issuer.keys("first")] == ["first"]
    house.keys["second"] = rsa.generate_private_key(65537, 2048)
    house.publish()
    assert issuer.keys("second") == ()
    now[0] += AGAIN + 1
    assert [key["kid"] for key in issuer.keys("second")] == ["second"]
    for number in range(50):  # made up by anybody
        assert issuer.keys(f"made-up-{number}") == ()
    assert len(house.asked) == 2
    del house.keys["first"]
    house.publish()
    now[0] += FRESH + 1
    assert issuer.keys("first") == ()
    # The issuer falls silent: what is known is good for a day.
    house.answers["/jwks"] = None
    now[0] += FRESH + 1
    assert [key["kid"] for key in issuer.keys("second")] == ["second"]
    now[0] += STALE
    with pytest.raises(KeysUnavailable):
        issuer.keys("second")


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/jwks", None), ("/jwks", []), ("/jwks", {"keys": 1}), ("/jwks", {"keys": [{"kty": "oct"}, 7]}),
        ("/jwks", "moved"), ("/jwks", {"keys": ["x" * (1 << 20)]}),
        ("/.well-known/openid-configuration", {"issuer": "https://evil.example", "jwks_uri": "/jwks"}),
        ("/.well-known/openid-configuration", {"jwks_uri": "file:///etc/passwd"}),
    ],
)  # fmt: skip
def test_what_is_no_set_of_keys_is_told_and_tried_later(path: str, answer: Any, house: House) -> None:
    before = house.answers[path]
    house.answers[path] = {"issuer": house.url, **answer} if path != "/jwks" else answer
    now = [0.0]
    issuer = Issuer(house.settings(), lambda: now[0])
    for _ in range(3):
        with pytest.raises(KeysUnavailable):
            issuer.keys("first")
    assert house.asked.count("/.well-known/openid-configuration") == 1
    house.answers[path] = before
    now[0] += AGAIN + 1
    assert [key["kid"] for key in issuer.keys("first")] == ["first"]


def test_keys_may_lie_in_a_file(house: House, tmp_path: Path) -> None:
    file = tmp_path / "jwks.json"
    file.write_text(json.dumps(house.answers["/jwks"]))
    assert Tokens(house.settings(oidc_jwks=str(file))).caller(house.token()).name == "oidc:u-1"
    assert house.asked == []
    for text in ("{}", "no JSON"):
        file.write_text(text)
        with pytest.raises(BadSettings, match="MEDGRAPH_OIDC_JWKS"):
            Tokens(house.settings(oidc_jwks=str(file)))


@pytest.mark.parametrize(
    "more",
    [
        {"oidc_issuer": "http://login.example"}, {"oidc_issuer": "login.example"}, {"oidc_audience": ""},
        {"oidc_jwks": "http://10.0.0.1/jwks"}, {"oidc_issuer": "", "oidc_audience": "x"},
    ],
)  # fmt: skip
def test_settings_that_would_trust_anybody_are_refused(more: dict[str, str], house: House) -> None:
    with pytest.raises(ValueError, match=r"https|OIDC"):
        house.settings(**more)


def test_only_this_machine_is_asked_without_tls() -> None:
    check_address("https://login.example/jwks")
    check_address("http://127.0.0.1:8080/jwks")
    for address in ("http://login.example/jwks", "file:///etc/passwd", "ftp://127.0.0.1/x", "https:///x", ""):
        with pytest.raises(ValueError, match="https"):
            check_address(address)


def test_a_key_is_told_from_a_token() -> None:
    assert is_token("eyJhbGciOiJub25lIn0.e30.")
    assert not is_token("mg_abc.def.ghi")


def _pem() -> tuple[Any, Any]:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return Encoding.PEM, PublicFormat.SubjectPublicKeyInfo


def test_a_token_opens_the_door_of_a_server(house: House, start: Callable[..., Any], tmp_path: Path) -> None:
    setting = {"MEDGRAPH_OIDC_ISSUER": house.url, "MEDGRAPH_OIDC_AUDIENCE": AUDIENCE, "MEDGRAPH_TAGGER": "dictionary"}
    client = start(tmp_path, **setting).client

    def asked(path: str, **claims: Any) -> Any:
        return client.get(path, headers={"Authorization": f"Bearer {house.token(**claims)}"})

    assert client.get("/v1/stats").status_code == 401
    assert asked("/v1/stats", scope="medgraph:read").status_code == 200
    assert asked("/v1/stats", scope="openid").status_code == 403
    assert asked("/v1/stats", scope="medgraph:read", aud="another").status_code == 401
    mine = asked("/v1/me", scope="medgraph:write", medgraph_labels="ward:7").json()
    assert (mine["name"], mine["labels"], mine["scopes"]) == ("oidc:u-1", ["ward:7"], ["read", "write"])
