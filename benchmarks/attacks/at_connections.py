"""Point 4: connections that never end."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from pathlib import Path

from attacks.client import closed, opened
from attacks.house import KEYS, House
from attacks.registry import Seen, attack
from attacks.stage import Stage, marker

DEADLINE = 95.0  # seconds in which a server ends what does not go on
POOLED = 2 * 8 * 2
"""Descriptors of the connections that are kept of the two files that an upload asks first: eight each, with its log."""
FORM = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'


def _head(path: str, key: str, length: str, kind: str = FORM, method: str = "POST") -> bytes:
    bearer = f"Authorization: Bearer {key}\r\n" if key else ""
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{bearer}Content-Type: {kind}\r\n{length}\r\n\r\n".encode()


def _patience(stage: Stage) -> House:
    return stage.house("patience")


@attack("4-idle-socket-ends", 4, "patient")
def idle_ends(stage: Stage) -> Seen:
    with contextlib.closing(opened(_patience(stage).url)) as connection:
        took = closed(connection, DEADLINE)
    return Seen(took is not None, f"ended after {took}")


@attack("4-half-a-line", 4, "patient")
def half_a_line(stage: Stage) -> Seen:
    with contextlib.closing(opened(_patience(stage).url)) as connection:
        connection.sendall(b"GET /v1/st")
        took = closed(connection, DEADLINE)
    return Seen(took is not None, f"ended after {took}")


@attack("4-reply-never-read", 4)
def reply_never_read(stage: Stage) -> Seen:
    """A client that asks and asks, and reads nothing, is let go, and its replies do not pile up."""
    house = stage.main
    base = house.memory()
    with contextlib.closing(opened(house.url)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one = f"GET /v1/documents?limit=1000 HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {KEYS['reader']}\r\n\r\n"
        one = one.replace("Host: h", "Host: 127.0.0.1")
        connection.settimeout(3)
        with contextlib.suppress(OSError):
            connection.sendall(one.encode() * 3000)
        time.sleep(8)
        grown = house.memory() - base
        other = house.client("reader").get("/v1/stats").status
    return Seen(grown < 150 and other == 200, f"{grown:.0f} MB more; another's {other}")


@attack("4-log-of-rubbish", 4)
def log_of_rubbish(stage: Stage) -> Seen:
    before = stage.main.log.stat().st_size
    for _ in range(600):
        with contextlib.suppress(OSError), contextlib.closing(opened(stage.main.url, timeout=2)) as connection:
            connection.sendall(b"\x16\x03\x01 rubbish\r\n\r\n")
            connection.settimeout(0.03)
            connection.recv(10)
    written = (stage.main.log.stat().st_size - before) / 1e6
    return Seen(written < 0.2, f"{written:.2f} MB of log for 600")


@attack("4-log-holds-what-was-sent", 4)
def log_lines_forged(stage: Stage) -> Seen:
    word = marker()
    client = stage.main.client("alice")
    client.get(f"/v1/documents/x%0A2026-01-01%20INFO%20{word}%20forged")
    client.get("/v1/stats", headers={"X-Request-ID": f"{word}x" * 50, "User-Agent": word})
    written = stage.main.log.read_text("utf-8", "replace")
    forged = [line for line in written.splitlines() if line.startswith("2026-01-01") and word in line]
    long = [line for line in written.splitlines() if len(line) > 600]
    return Seen(not forged and f"{word}x{word}x" not in written, f"{len(forged)} forged, {len(long)} long lines")


@attack("4-descriptors-come-back", 4)
def descriptors_back(stage: Stage) -> Seen:
    """The stores keep a few connections for the readers to come, and no more of them, whatever is cut off."""

    def files() -> int:
        return sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in stage.main.family()[:1])

    def churn() -> None:
        for _ in range(40):
            with contextlib.suppress(OSError), contextlib.closing(opened(stage.main.url)) as connection:
                connection.sendall(_head("/v1/documents", KEYS["bob"], "Content-Length: 900000") + PART)

    def after_a_round() -> int:
        threads = [threading.Thread(target=churn) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        end = time.monotonic() + 10
        while time.monotonic() < end and files() > before + POOLED:
            time.sleep(0.3)
        return files()

    stage.main.client("alice").get("/v1/stats")
    before = files()
    after = [after_a_round() for _ in range(2)]
    return Seen(max(after) <= before + POOLED, f"{before} before, {after} after 320 and 320 more that were cut off")
