"""Keys at the door of a running server: made, granted and revoked while it runs, and asked for before a body."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from filelock import FileLock

from api.callers.table import FILE, KeyTable

UPLOAD = {"files": ("notes.txt", b"Aspirin may cause nausea.")}


def test_keys_come_and_go_while_the_server_runs(
    start: Callable[..., Any], tmp_path: Path, wait_for: Callable[..., None]
) -> None:
    server = start(tmp_path, MEDGRAPH_TAGGER="dictionary")
    client = server.client
    assert client.get("/v1/stats").status_code == 200
    with KeyTable(tmp_path / FILE) as table:
        made = {scope: table.add(scope, owner="ward", labels=["public"], scopes=[scope]) for scope in SCOPES}

        def asked(scope: str, method: str, path: str, **sent: Any) -> tuple[int, str]:
            reply = client.request(method, path, headers={"Authorization": f"Bearer {made[scope]}"}, **sent)
            return reply.status_code, reply.json()["type"].rpartition(":")[2] if reply.status_code >= 400 else ""

        # From the first key on everybody is asked for one, also where there is nothing to be found.
        for path in ("/v1/stats", "/v1/me", "/nowhere", "/metrics", "/v1/documents"):
            assert client.get(path).status_code == 401
        assert client.get("/nowhere", headers={"Authorization": f"Bearer {made['read']}"}).status_code == 404
        assert asked("read", "GET", "/v1/stats") == (200, "")
        assert asked("metrics", "GET", "/v1/me") == (200, "")
        assert asked("metrics", "GET", "/v1/stats") == (403, "scope-not-held")
        assert asked("metrics", "POST", "/v1/answers", json={"question": "?"}) == (403, "scope-not-held")
        for method, path in (("POST", "/v1/documents"), ("DELETE", "/v1/documents/X:1")):
            sent = {"files": UPLOAD} if method == "POST" else {}
            assert asked("read", method, path, **sent) == (403, "scope-not-held")
        assert asked("write", "DELETE", "/v1/documents/X:1") == (404, "not-found")
        assert asked("admin", "DELETE", "/v1/documents/X:1") == (404, "not-found")
        for scope in ("read", "write", "admin"):
            assert asked(scope, "GET", "/metrics") == (403, "scope-not-held")

        _waits_for_the_key(server, "wrong-key-0123456789", 401)
        _waits_for_the_key(server, made["read"], 403)

        table.grant("ward", ["patient:9"])
        assert client.get("/v1/me", headers={"Authorization": f"Bearer {made['write']}"}).json() == {
            "name": "write",
            "owner": "ward",
            "labels": ["patient:9", "public"],
            "scopes": ["read", "write"],
            "expires": None,
        }
        assert asked("read", "GET", "/v1/documents", params={"access": "patient:9"}) == (200, "")
        table.take_back("ward", ["patient:9"])
        assert asked("read", "GET", "/v1/documents", params={"access": "patient:9"}) == (403, "forbidden")
        wait_for(lambda: all(key.used for key in table.every()))
        with FileLock(tmp_path / "ingest.lock"):  # the first waits, and the second behind it
            for scope in ("write", "admin"):
                assert asked(scope, "POST", "/v1/documents", files=UPLOAD) == (202, "")
            for name in SCOPES:
                table.revoke(name)
        made["next"] = table.add("next", owner="ward", labels=["public"], scopes=["read"])

        def second() -> Any:
            listed = client.get("/v1/jobs", headers={"Authorization": f"Bearer {made['next']}"}).json()["jobs"]
            return listed[0]

        wait_for(lambda: second()["state"] in ("done", "failed"))
        assert (second()["state"], second()["problem"]) == ("failed", "urn:medgraph:problem:key-gone")
        assert asked("read", "GET", "/v1/stats") == (401, "unauthorised")
        assert client.get("/v1/stats").status_code == 401
    log = (tmp_path / "serve.log").read_text()
    assert not any(key in log for key in made.values())


SCOPES: tuple[Any, ...] = ("read", "write", "admin", "metrics")


def _waits_for_the_key(server: Any, key: str, status: int) -> None:
    """A hundred megabytes are answered, and cut, before they come, whether they are announced or not."""
    address = urlsplit(server.url)
    boundary = "b" * 20
    part = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="x"\r\n\r\n'.encode()
    block = part + b"x" * (1 << 20)
    before = _written(server.process.pid)
    for length in ("Content-Length: 104857600", "Transfer-Encoding: chunked"):
        head = (
            f"POST /v1/documents HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Bearer {key}\r\n"
            f"Content-Type: multipart/form-data; boundary={boundary}\r\n{length}\r\n\r\n"
        )
        with socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=60) as plug:
            plug.sendall(head.encode())
            reply = b""
            while chunk := plug.recv(1 << 16):  # to the end: it is the server that closes
                reply += chunk
        assert reply.startswith(f"HTTP/1.1 {status} ".encode())
        assert b"connection: close" in reply.lower()
        with socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=60) as plug:
            plug.sendall(head.encode())
            with pytest.raises(OSError, match=r"."):
                _pour(plug, block if "Length" in length else b"%x\r\n%b\r\n" % (len(block), block))
    assert _written(server.process.pid) - before < 1 << 20


def _pour(plug: socket.socket, block: bytes) -> None:
    for _ in range(100):
        plug.sendall(block)


def _written(process: int) -> int:
    """How many bytes a process has written to files."""
    lines = Path(f"/proc/{process}/io").read_text().splitlines()
    return int(dict(line.split(": ") for line in lines)["wchar"])
