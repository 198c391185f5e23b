"""Point 3: bodies that are read before the key is asked."""

from __future__ import annotations

import contextlib
import time

from attacks import corpus
from attacks.client import drained, opened, status
from attacks.house import KEYS, House
from attacks.registry import Seen, attack
from attacks.stage import Stage, marker

DEADLINE = 95.0  # seconds in which a server ends what does not go on
FORM = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'


def _head(path: str, key: str, length: str, kind: str = FORM, method: str = "POST") -> bytes:
    bearer = f"Authorization: Bearer {key}\r\n" if key else ""
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{bearer}Content-Type: {kind}\r\n{length}\r\n\r\n".encode()


def _poured(
    house: House, head: bytes, first: bytes, megabytes: int = 80, chunked: bool = False
) -> tuple[int, float, int]:
    """Pour a body in: the status, how much disk it took at most, and how much was taken from us."""
    before = house.disk()
    worst, sent = 0.0, 0
    block = b"a" * 1_000_000
    answer = b""
    with contextlib.closing(opened(house.url)) as connection:
        try:
            connection.sendall(head)
            connection.sendall(b"%x\r\n%b\r\n" % (len(first), first) if chunked and first else first)
            for sent in range(1, megabytes + 1):
                connection.sendall(b"%x\r\n%b\r\n" % (len(block), block) if chunked else block)
                if sent % 10 == 0:
                    worst = max(worst, house.disk() - before)
        except OSError:
            pass
        worst = max(worst, house.disk() - before)
        with contextlib.suppress(OSError):
            answer = drained(connection, 3)
    return status(answer), worst, sent


def _unpaid(stage: Stage, path: str, key: str, kind: str = FORM, chunked: bool = False, code: int = 401) -> Seen:
    length = "Transfer-Encoding: chunked" if chunked else "Content-Length: 400000000"
    first = PART if kind == FORM else b'{"question": "'
    base = stage.main.memory()
    got, disk, sent = _poured(stage.main, _head(path, key, length, kind), first, chunked=chunked)
    grown = stage.main.memory() - base
    held = got in {code, 0, 413} and disk < 5 and sent < 70 and grown < 60
    return Seen(held, f"{got}, {sent} MB taken, {disk:.0f} MB of disk, {grown:.0f} MB of memory")


@attack("3-upload-without-key", 3)
def upload_without_key(stage: Stage) -> Seen:
    return _unpaid(stage, "/v1/documents", "")


@attack("3-upload-with-wrong-key", 3)
def upload_wrong_key(stage: Stage) -> Seen:
    return _unpaid(stage, "/v1/documents", "no-key-of-this-server")


@attack("3-upload-of-a-reader", 3)
def upload_of_reader(stage: Stage) -> Seen:
    return _unpaid(stage, "/v1/documents", KEYS["reader"], code=403)


@attack("3-question-without-key", 3)
def question_without_key(stage: Stage) -> Seen:
    return _unpaid(stage, "/v1/answers", "", "application/json")


@attack("3-unknown-path-without-key", 3)
def unknown_path(stage: Stage) -> Seen:
    seen = _unpaid(stage, "/v1/nothing", "", code=404)
    return seen if seen.held else _unpaid(stage, "/v1/nothing", "")


@attack("3-body-of-get", 3)
def body_of_get(stage: Stage) -> Seen:
    head = _head("/v1/stats", "", "Content-Length: 400000000", method="GET")
    got, disk, sent = _poured(stage.main, head, b"")
    return Seen(got in {0, 400, 401, 413} and sent < 70 and disk < 5, f"{got}, {sent} MB taken")


@attack("3-length-of-a-terabyte", 3)
def terabyte(stage: Stage) -> Seen:
    with contextlib.closing(opened(stage.main.url)) as connection:
        connection.sendall(_head("/v1/documents", KEYS["alice"], "Content-Length: 1000000000000") + PART)
        got = status(drained(connection, 6))
    return Seen(got in {413, 400}, str(got))


@attack("3-many-parts", 3)
def many_parts(stage: Stage) -> Seen:
    sent = b"".join(PART.replace(b"a.txt", b"%d.txt" % n) + b"x\r\n" for n in range(40_000)) + b"--x--\r\n"
    got = stage.main.client("alice").ask("POST", "/v1/documents", sent, {"Content-Type": FORM})
    refused = got.status == 0 or 400 <= got.status < 500
    return Seen(refused and got.seconds < 10 and stage.main.alive, f"{got.status} after {got.seconds:.1f} s")


@attack("3-huge-part-header", 3)
def huge_part_header(stage: Stage) -> Seen:
    sent = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="'
        + b"a" * 12_000_000
        + b'"\r\n\r\nx\r\n--x--\r\n'
    )
    got = stage.main.client("alice").ask("POST", "/v1/documents", sent, {"Content-Type": FORM})
    ended = got.status == 0 and stage.main.client("bob").get("/v1/stats").status == 200  # before all was sent
    return Seen((ended or 400 <= got.status < 500) and got.seconds < 10, f"{got.status} after {got.seconds:.1f} s")


@attack("3-huge-headers", 3)
def huge_headers(stage: Stage) -> Seen:
    with contextlib.closing(opened(stage.main.url)) as connection:
        with contextlib.suppress(OSError):
            connection.sendall(b"GET /v1/stats HTTP/1.1\r\nHost: 127.0.0.1\r\n")
            for n in range(2000):
                connection.sendall(b"X-%d: %b\r\n" % (n, b"a" * 8000))
        got = status(drained(connection, 3))
    return Seen(got in {0, 400, 413, 431} and stage.main.client("alice").get("/v1/stats").status == 200, str(got))


def _patience(stage: Stage) -> House:
    return stage.house("patience")


@attack("3-slow-headers", 3, "patient")
def slow_headers(stage: Stage) -> Seen:
    house = _patience(stage)
    took = _trickled(house.url, b"GET /v1/stats HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ", DEADLINE)
    return Seen(took is not None, f"ended after {took}")


def _trickled(url: str, head: bytes, within: float, source: str = "") -> float | None:
    """Send a head, then a byte a second; after how long the other end has enough of it."""
    began = time.monotonic()
    with contextlib.closing(opened(url, source)) as connection:
        try:
            connection.sendall(head)
            while time.monotonic() - began < within:
                connection.sendall(b"a")
                connection.settimeout(1.0)
                try:
                    if not connection.recv(65536):
                        return round(time.monotonic() - began, 1)
                except TimeoutError:
                    continue
        except OSError:
            return round(time.monotonic() - began, 1)
    return None


@attack("3-slow-body-with-key", 3, "patient")
def slow_body(stage: Stage) -> Seen:
    head = _head("/v1/documents", KEYS["alice"], "Content-Length: 4000000") + PART
    took = _trickled(_patience(stage).url, head, DEADLINE)
    return Seen(took is not None, f"ended after {took}")


@attack("3-slow-question-with-key", 3, "patient")
def slow_question(stage: Stage) -> Seen:
    head = _head("/v1/answers", KEYS["reader"], "Content-Length: 90000", "application/json") + b'{"question": "'
    took = _trickled(_patience(stage).url, head, DEADLINE)
    return Seen(took is not None, f"ended after {took}")


@attack("3-refused-body-leaves-nothing", 3)
def refused_leaves_nothing(stage: Stage) -> Seen:
    before = stage.main.disk()
    word = marker()
    sent = [(f"{word}.jsonl", corpus.jsonl([{"id": word, "text": word * 500_000}]))]
    got = stage.main.client("alice").upload(sent, ["ward:7"])
    time.sleep(0.5)
    left = stage.main.holding(word.encode()) + stage.main.holding(word.encode(), stage.main.temporary)
    return Seen(got.status == 403 and not left and stage.main.disk() - before < 2, f"{got.status}, left in {left}")
