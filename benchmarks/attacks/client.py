"""A client of one key from an address of its own, and bare sockets."""

from __future__ import annotations

import itertools
import json
import socket
import time
import uuid
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

_ADDRESSES = itertools.count(2)
Query = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float = 0.0

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError:
            return {}


def address() -> str:
    """An address of loopback that no other client has."""
    number = next(_ADDRESSES)
    return f"127.{1 + number // 60000 % 200}.{number // 250 % 240}.{2 + number % 250}"


@dataclass(slots=True)
class Client:
    url: str
    key: str = ""
    source: str = field(default_factory=address)
    patience: float = 60.0
    waits: bool = True  # for what a 429 asks for, as a good client does

    def ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Reply:
        sent = dict(headers or {})
        if self.key:
            sent.setdefault("Authorization", f"Bearer {self.key}")
        reply = Reply(0, {}, b"")
        for _ in range(6):
            reply = self._once(method, path, body, sent)
            if reply.status not in {429, 503} or "retry-after" not in reply.headers or not self.waits:
                break
            time.sleep(min(5.0, float(reply.headers.get("retry-after", "1") or 1)))
        return reply

    def _once(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        to = urlsplit(self.url)
        began = time.perf_counter()
        connection = HTTPConnection(to.hostname or "", to.port, timeout=self.patience, source_address=(self.source, 0))
        try:
            connection.request(method, path, body=body, headers=headers)
            got = connection.getresponse()
            content = got.read()
            named = {name.lower(): value for name, value in got.getheaders()}
            return Reply(got.status, named, content, time.perf_counter() - began)
        except (OSError, HTTPException) as error:
            return Reply(0, {}, type(error).__name__.encode(), time.perf_counter() - began)
        finally:
            connection.close()

    def get(self, path: str, query: Query | None = None, headers: dict[str, str] | None = None) -> Reply:
        return self.ask("GET", path + (f"?{urlencode(query)}" if query else ""), None, headers)

    def post(self, path: str, body: Any, headers: dict[str, str] | None = None) -> Reply:
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask("POST", path, sent, {"Content-Type": "application/json"} | (headers or {}))

    def delete(self, path: str) -> Reply:
        return self.ask("DELETE", path)

    def upload(
        self,
        files: list[tuple[str, bytes]],
        access: list[str] | None = None,
        kind: str = "",
        headers: dict[str, str] | None = None,
    ) -> Reply:
        boundary, body = form(files, access or [], kind)
        head = {"Content-Type": f"multipart/form-data; boundary={boundary}"} | (headers or {})
        return self.ask("POST", "/v1/documents", body, head)

    def job(self, reply: Reply, wait: float = 30.0) -> dict[str, Any]:
        """The job of an upload when it has ended, or as it is when the wait is over."""
        if reply.status != 202:
            return {"state": "refused", "status": reply.status}
        name = str(reply.json.get("id", ""))
        end = time.monotonic() + wait
        job: dict[str, Any] = {}
        while time.monotonic() < end:
            got = self.get(f"/v1/jobs/{name}")
            job = got.json if got.status == 200 else job
            if job.get("state") in {"done", "failed", "cancelled", "canceled"}:
                break
            time.sleep(0.1)
        return job

    def send(self, files: list[tuple[str, bytes]], access: list[str] | None = None, kind: str = "") -> dict[str, Any]:
        return self.job(self.upload(files, access, kind))

    def ask_question(self, question: str, patient: str = "", **more: Any) -> Reply:
        body: dict[str, Any] = {"question": question} | more
        if patient:
            body["patient"] = patient
        return self.post("/v1/answers", body)


def form(files: list[tuple[str, bytes]], access: list[str], kind: str = "") -> tuple[str, bytes]:
    """A multipart form: its boundary and its bytes."""
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode("utf-8", "surrogateescape")
        + content
        + b"\r\n"
        for name, content in files
    ]
    fields = [("access", label) for label in access] + ([("format", kind)] if kind else [])
    parts += [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    return boundary, b"".join(parts) + f"--{boundary}--\r\n".encode()


def opened(url: str, source: str = "", timeout: float = 10.0) -> socket.socket:
    """A bare connection."""
    to = urlsplit(url)
    return socket.create_connection(
        (to.hostname or "", to.port or 80), timeout=timeout, source_address=(source or address(), 0)
    )


def drained(connection: socket.socket, seconds: float = 5.0) -> bytes:
    """What comes within so long, or until the other end closes."""
    got = b""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        connection.settimeout(max(0.05, end - time.monotonic()))
        try:
            part = connection.recv(65536)
        except TimeoutError:
            break
        except OSError:
            return got
        if not part:
            break
        got += part
    return got


def status(raw: bytes) -> int:
    """The status of a raw response; 0 where there is none."""
    words = raw.split(b" ", 2)
    return int(words[1]) if raw.startswith(b"HTTP/") and len(words) > 1 and words[1].isdigit() else 0


def closed(connection: socket.socket, within: float) -> float | None:
    """After how many seconds the other end closes; None where it does not."""
    began = time.monotonic()
    while time.monotonic() - began < within:
        connection.settimeout(max(0.05, within - (time.monotonic() - began)))
        try:
            if not connection.recv(65536):
                return time.monotonic() - began
        except TimeoutError:
            return None
        except OSError:
            return time.monotonic() - began
    return None


def of(identifier: str) -> str:
    """An id as a part of a path."""
    return quote(identifier, safe=":/")
