"""Connections of clients that mean no good, over real sockets."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse

from api.http.protocol import HEAD_BYTES, LINGER_BYTES, REQUESTS, Connection, Connections, Deadlines

GET = b"GET /short HTTP/1.1\r\nHost: x\r\n\r\n"
MOST, EACH = 12, 8
FAST = Deadlines(head=0.4, rate=1000, window=0.4)


def application() -> FastAPI:
    app = FastAPI()

    @app.get("/short")
    async def short() -> str:
        return "short"

    @app.get("/long")
    async def long() -> Response:
        return Response(bytes(64 << 20))

    @app.get("/never")
    async def never() -> StreamingResponse:
        return StreamingResponse(b"." * 65536 for _ in iter(int, 1))

    @app.post("/count")
    async def count(request: Request) -> int:
        return sum([len(part) async for part in request.stream()])

    @app.post("/refused")
    async def refused() -> Response:
        return Response("no", 401, headers={"Connection": "close"})

    return app


class Door(uvicorn.Server):
    """A server that looks after its connections, in a thread."""

    def __init__(self, connections: Connections) -> None:
        http = partial(Connection, connections)
        config = uvicorn.Config(
            application(),
            http=http,  # type: ignore[arg-type]
            ws="none",
            port=0,
            log_config=None,
            h11_max_incomplete_event_size=HEAD_BYTES,
        )
        super().__init__(config)
        self.connections, self.listening = connections, config.bind_socket()
        self.port = self.listening.getsockname()[1]
        self._thread = threading.Thread(target=self.run, kwargs={"sockets": [self.listening]})

    async def on_tick(self, counter: int) -> bool:
        self.connections.sweep()
        return await super().on_tick(counter)

    def connect(self, sent: bytes = b"") -> socket.socket:
        """A client that has sent something."""
        client = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        client.sendall(sent)
        return client

    def start(self) -> None:
        self._thread.start()
        while not self.started:
            time.sleep(0.01)

    def stop(self) -> None:
        self.should_exit = True
        self._thread.join()


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    server = Door(Connections(FAST, MOST, EACH))
    server.start()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _empty(door: Door, wait_for: Callable[..., None]) -> Iterator[None]:
    yield
    wait_for(lambda: not door.server_state.connections)


def all_of(client: socket.socket) -> bytes:
    """What a client gets until the connection ends."""
    got = b""
    try:
        while part := client.recv(1 << 20):
            got += part
    except ConnectionResetError:
        pass
    return got


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"", b""),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: ", b"HTTP/1.1 408 "),
        (GET + b"GET /short HTTP/1.1\r\nHo", b"HTTP/1.1 408 "),
        (b"POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nab", b""),
        (b"POST /count HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", b""),
        (b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n", b"HTTP/1.1 200 OK"),
        (b"GET /never HTTP/1.1\r\nHost: x\r\n\r\n", b"HTTP/1.1 200 OK"),
    ],
    ids=["idle", "headers", "second headers", "body", "chunk", "unread", "endless and unread"],
)
def test_a_client_that_does_not_go_on_is_cut_off(
    sent: bytes, told: bytes, door: Door, wait_for: Callable[..., None]
) -> None:
    with door.connect(sent) as client:
        wait_for(lambda: len(door.server_state.connections) == 1)
        wait_for(lambda: not door.server_state.connections)
        assert told in all_of(client)


@pytest.mark.parametrize(
    "begun", [b"GET /short HTTP/1.1\r\nX: ", b"POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n"]
)
def test_a_byte_now_and_then_is_too_slow(begun: bytes, door: Door) -> None:
    def drip() -> None:
        while True:  # it would go on for hours
            client.sendall(b"a")
            time.sleep(0.02)

    with door.connect(begun) as client, pytest.raises(ConnectionError):
        drip()


def test_a_body_that_comes_with_the_least_rate_is_read(door: Door) -> None:
    parts = 30
    with door.connect(b"POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (parts * 500)) as client:
        for _ in range(parts):
            client.sendall(b"a" * 500)
            time.sleep(0.05)  # ten times the least rate, for several windows
        assert b"\r\n\r\n15000" in client.recv(1 << 16)


def test_who_waits_for_leave_to_send_is_not_too_slow(door: Door) -> None:
    with door.connect(
        b"POST /count HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    ) as client:
        assert client.recv(1 << 16).startswith(b"HTTP/1.1 100 ")
        client.sendall(b"abc")
        assert client.recv(1 << 16).startswith(b"HTTP/1.1 200 ")


def test_who_expects_leave_to_send_gets_the_refusal_instead(door: Door) -> None:
    with door.connect(
        b"POST /refused HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    ) as client:
        assert all_of(client).startswith(b"HTTP/1.1 401 ")


def test_a_refusal_is_read_by_who_still_sends_and_the_rest_is_not(door: Door) -> None:
    announced = 400 << 20
    with door.connect(b"POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % announced) as client:
        sent = 0
        try:
            while sent < announced:
                sent += client.send(bytes(1 << 16))
        except ConnectionError:
            pass
        assert sent < LINGER_BYTES + (32 << 20)  # what the buffers of the system hold beside
        assert all_of(client).startswith(b"HTTP/1.1 401 ")
    # One who sends a little more is neither reset nor waited for.
    with door.connect(b"POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n") as client:
        client.sendall(bytes(450_000))
        client.sendall(bytes(450_000))
        assert all_of(client).endswith(b"no")


def test_an_answered_request_whose_body_goes_on_is_ended(door: Door) -> None:
    with door.connect(b"POST /nowhere HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n") as client:
        assert all_of(client).startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS greeting\r\n\r\n", 400),
        (b"GET /short HTTP/1.1\r\n\r\n", 400),
        (b"GET /short HTTP/two\r\nHost: x\r\n\r\n", 400),
        (b"GET /short\x00 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET /short HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        (b"GET /short HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", 400),
        (b"GET /short HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
        (b"POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", 400),
        (b"POST /count HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        (b"GET /short HTTP/1.1\r\nHost: x\r\nCookie: " + b"a" * (3 * HEAD_BYTES) + b"\r\n\r\n", 431),
        (b"GET /" + b"a" * (3 * HEAD_BYTES), 431),
        (b"GET /short HTTP/1.1\r\n" + b"X: y\r\n" * (3 * HEAD_BYTES // 6), 431),
    ],
)
def test_what_is_no_request_is_told_as_a_problem(sent: bytes, status: int, door: Door) -> None:
    with door.connect(sent) as client:
        head, _, body = all_of(client).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"application/problem+json" in head
    assert json.loads(body)["status"] == status


@pytest.mark.parametrize(
    "body",
    [b"F" * 16 + b"\r\n", b"F" * 30 + b"\r\n", b"-1\r\n", b"zz\r\n", b"5;" + b"e" * (3 * HEAD_BYTES), b"2\r\nabcd"],
)
def test_absurd_chunks_end_the_connection(body: bytes, door: Door) -> None:
    with door.connect(b"POST /count HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + body) as client:
        assert b" 200 " not in all_of(client)
    assert httpx.get(f"http://127.0.0.1:{door.port}/short").json() == "short"


def test_requests_in_one_piece_are_answered_in_order(door: Door) -> None:
    post = b"POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
    with door.connect((GET + post) * 200 + b"GET /short HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") as client:
        got = all_of(client)
    assert got.count(b" 200 OK") == 401
    assert got.count(b'"short"') == 201


def test_older_and_other_ways_to_ask(door: Door) -> None:
    with door.connect(b"GET /short HTTP/1.0\r\n\r\n") as client:
        assert all_of(client).endswith(b'"short"')
    upgrade = (
        b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: YQ==\r\n\r\n"
    )
    with door.connect(GET[:-2] + upgrade) as client:
        assert client.recv(1 << 16).startswith(b"HTTP/1.1 200 ")
    with door.connect(GET) as client:
        client.shutdown(socket.SHUT_WR)  # who has said all still gets an end
        all_of(client)


def test_the_last_request_of_a_connection_is_told_so(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    assert REQUESTS >= 1000
    monkeypatch.setattr("api.http.protocol.REQUESTS", 3)
    with httpx.Client(base_url=f"http://127.0.0.1:{door.port}") as client:
        replies = [client.get("/short") for _ in range(4)]
    assert [reply.headers.get("connection") for reply in replies] == [None, None, "close", None]


def test_an_idle_connection_makes_room_for_a_new_one(
    wait_for: Callable[..., None], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    patient = Door(Connections(Deadlines(head=60), MOST, EACH))
    patient.start()
    monkeypatch.setattr("api.http.protocol.YOUNG_SECONDS", 60)
    with caplog.at_level(logging.WARNING, "medgraph.connections"):
        taken = [patient.connect() for _ in range(EACH)]
        wait_for(lambda: len(patient.server_state.connections) == EACH)
        with patient.connect() as refused:
            assert all_of(refused) == b""
        assert "a new one was closed" in caplog.text
        monkeypatch.setattr("api.http.protocol.YOUNG_SECONDS", 0)
        with patient.connect(GET) as client:
            assert client.recv(1 << 16).startswith(b"HTTP/1.1 200 ")
        assert taken[0].recv(1 << 16) == b""
        assert "127.0.0.1" not in caplog.text
    for client in taken:
        client.close()
    patient.stop()
