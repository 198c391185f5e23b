"""HTTP connections that end: deadlines for whoever sends or reads too slowly, and a limit on how many there are."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from dataclasses import dataclass
from typing import Any, cast

import h11
from uvicorn.protocols.http.flow_control import CLOSE_HEADER
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

log = logging.getLogger("medgraph.connections")

HEAD_BYTES = 64 << 10
"""A request's line and headers may be so long; up to twice that where they come in one piece."""
LINGER_SECONDS = 2.0
LINGER_BYTES = 1 << 20
"""So long, and for so many bytes, a client that still sends is listened to after its answer, for it to be read: a
connection that is closed over unread bytes is reset, and some systems then throw away what they have received."""
REQUESTS = 10_000
"""So many a connection, then a new one."""
YOUNG_SECONDS = 1.0
"""A connection that has waited less makes no room for a new one."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """What a client is given time for."""

    head: float = 10.0
    """Seconds from the connection, or the answer before, to the end of a request's headers."""
    rate: int = 8 << 10
    """Bytes a second that a body must come, and an answer be read, with: over each `window`, so that the time in all
    follows from the size."""
    window: float = 20.0


class Connections:
    """The open connections of a server: at most `most`, and `each` from one address. Who comes when all are taken gets
    the place of the one that has been waiting longest for a request, else none."""

    def __init__(self, deadlines: Deadlines, most: int, each: int) -> None:
        self.deadlines, self._most, self._each = deadlines, most, each
        self._open: set[Connection] = set()

    def enter(self, new: Connection) -> bool:
        """Take in a connection; whether there is room for it."""
        alike = [known for known in self._open if known.address == new.address]
        crowd = alike if len(alike) >= self._each else self._open
        if len(alike) >= self._each or len(self._open) >= self._most:
            now = new.loop.time()
            idle = [(known.waiting(now), id(known), known) for known in crowd]
            waited, _, longest = max(idle, default=(0.0, 0, new))
            if waited < YOUNG_SECONDS:
                log.warning("too many connections (%d open): a new one was closed", len(self._open))
                return False
            log.warning("too many connections (%d open): one without a request was closed", len(self._open))
            longest.cut()
        self._open.add(new)
        return True

    def leave(self, old: Connection) -> None:
        """Forget a connection."""
        self._open.discard(old)

    def sweep(self) -> None:
        """Close each connection that is over its time; to be called about once a second."""
        for known in list(self._open):
            known.check()


class Connection(H11Protocol):
    """A connection of uvicorn's that can be too slow, be one too many, and be closed without losing its answer."""

    def __init__(self, connections: Connections, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._connections, self._deadlines = connections, connections.deadlines
        self._socket: _Socket | None = None
        self._since = self.loop.time()
        """Since when a request is waited for."""
        self._began, self._had = self._since, 0
        """When the window of a body or of an answer began, and what had passed then."""
        self._received = self._requests = 0
        self._counted: object = None
        self.address = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take in a connection, or close it where there are too many."""
        self._socket = _Socket(self, transport)
        super().connection_made(self._socket)
        self.address = self.client[0] if self.client else ""
        if not self._connections.enter(self):
            self.cut()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection; what is worked on for it is told that nobody waits."""
        self._connections.leave(self)
        if self._active and (until := self.cycle.scope.get("state", {}).get("deadline")) is not None:
            until.leave()
        if self._socket is not None:
            self._socket.lingers = False
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read in pieces, so that headers of any length are told from headers that do not end."""
        self._received += len(data)
        for start in range(0, len(data), HEAD_BYTES):
            if self.transport.is_closing():
                break
            super().data_received(data[start : start + HEAD_BYTES])
        if self._lingering and self._received > LINGER_BYTES:
            self.cut()

    def handle_events(self) -> None:
        """Read what has come; the last request that a connection may send is told so."""
        super().handle_events()
        if self.cycle is not self._counted:
            self._counted = self.cycle
            self._requests += 1
            self._restart(self._received)
            if self._requests >= REQUESTS:
                self.headers.append(CLOSE_HEADER)

    def on_response_complete(self) -> None:
        """Wait for the next request, but not for the rest of one that is answered."""
        self._since = self.loop.time()
        if self._unread and not self.transport.is_closing():
            self.transport.close()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request."""
        error = sys.exc_info()[1]
        status = error.error_status_hint if isinstance(error, h11.RemoteProtocolError) else 400
        self._tell(status, "The request cannot be read as HTTP.")

    def shutdown(self) -> None:
        """End when the answer at hand has been sent."""
        if self._lingering:
            self.cut()
        else:
            super().shutdown()

    def cut(self) -> None:
        """Close without waiting for anything."""
        if self._socket is not None:
            self._socket.abort()

    def waiting(self, now: float) -> float:
        """For how many seconds a request has been waited for; 0 while one is answered."""
        return 0.0 if self._active or self._leaving else now - self._since

    def check(self) -> None:
        """Close the connection if its client is too slow."""
        now = self.loop.time()
        if self._leaving:
            self._check_leaving(now)
        elif not self._active:
            if now - self._since > self._deadlines.head:
                log.info("a client sent no request in time")
                self._tell(408, "The request did not come in time.", heard=self.conn.trailing_data[0] != b"")
        elif self._socket is not None and self._socket.unsent:
            self._slow(now, self._socket.sent, "a client did not read its answer in time")
        elif self._unread and not self.flow.read_paused and not self.cycle.waiting_for_100_continue:
            self._slow(now, self._received, "a client did not send its body in time")
        else:
            self._restart(self._received)

    def linger(self) -> bool:
        """Whether the client may still be sending when the connection is to be closed."""
        self._since, self._received = self.loop.time(), 0
        return self._unread or self.conn.their_state is h11.ERROR

    @property
    def _lingering(self) -> bool:
        return self._socket is not None and self._socket.lingers

    @property
    def _leaving(self) -> bool:
        return self.transport is None or self.transport.is_closing()

    @property
    def _active(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def _unread(self) -> bool:
        return self.conn.their_state is h11.SEND_BODY

    def _check_leaving(self, now: float) -> None:
        if self._socket is not None and self._socket.unsent:
            self._slow(now, self._socket.sent, "a client did not read its answer in time")
        elif now - self._since > LINGER_SECONDS:
            self.cut()

    def _restart(self, passed: int) -> None:
        self._began, self._had = self.loop.time(), passed

    def _slow(self, now: float, passed: int, told: str) -> None:
        if now - self._began < self._deadlines.window:
            return
        if passed - self._had < self._deadlines.rate * self._deadlines.window:
            log.info(told)
            self.cut()
        else:
            self._restart(passed)

    def _tell(self, status: int, detail: str, *, heard: bool = True) -> None:
        """Say why the connection ends, if the client has said anything."""
        if heard and self._socket is not None and not self._leaving:
            title = STATUS_PHRASES[status].decode()
            body = json.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail}).encode()
            self._socket.write(
                b"HTTP/1.1 %d %b\r\nContent-Type: application/problem+json\r\nContent-Length: %d\r\n"
                b"Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n%b"
                % (status, title.encode(), len(body), body)
            )
        self.transport.close()


class _Socket(asyncio.Transport):
    """The transport as uvicorn sees it: counts what is sent, and closes in two steps where a client still sends."""

    def __init__(self, connection: Connection, transport: asyncio.Transport) -> None:
        super().__init__()
        self._connection, self._transport = connection, transport
        self._written = 0
        self.lingers = False

    @property
    def unsent(self) -> int:
        """Bytes that the client has yet to read."""
        return self._transport.get_write_buffer_size()

    @property
    def sent(self) -> int:
        """Bytes that the system has taken."""
        return self._written - self.unsent

    def write(self, data: Any) -> None:
        self._written += len(data)
        self._transport.write(data)

    def close(self) -> None:
        if self.lingers or self._transport.is_closing():
            return
        self.lingers = self._connection.linger()
        if self.lingers:
            self._transport.write_eof()
            self._transport.resume_reading()
        else:
            self._transport.close()

    def abort(self) -> None:
        self._transport.abort()

    def is_closing(self) -> bool:
        return self.lingers or self._transport.is_closing()

    def pause_reading(self) -> None:
        if not self.lingers:
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        self._transport.resume_reading()

    def get_write_buffer_size(self) -> int:
        return self.unsent

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return cast(Any, self._transport.get_extra_info(name, default))
