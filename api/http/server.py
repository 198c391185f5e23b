"""The server process: one socket, one worker, signals, logs."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable
from functools import partial
from types import FrameType

import uvicorn
from anyio import to_thread

from api.callers.known import asked_for
from api.errors import AddressInUse, BadSettings, NotStarted
from api.home import has_salt
from api.http import descriptors
from api.http.app import create_app
from api.http.protocol import HEAD_BYTES, Connection, Connections, Deadlines
from api.http.seldom import quieten
from api.jobs.worker import Jobs
from api.memory import few_arenas, give_back
from api.settings import Settings
from api.wiring import Parts

GRACE_SECONDS = 10


def serve(settings: Settings, said: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `said` is told the address once the server answers.

    Raises BadSettings beyond loopback without an API key, AddressInUse where the address cannot be had, what a home
    raises that cannot be used, also where that is found out later, and NotStarted where the server ends before it
    answers.
    """
    with Parts(settings) as parts:
        if not settings.loopback and not asked_for(settings, parts.keys()):
            raise BadSettings(
                f"{settings.host} is reached from other machines: make a key with medgraph keys add (or set "
                "MEDGRAPH_API_KEYS) first"
            )
        _open(parts)
    listening = _listen(settings.host, settings.port)
    port = listening.getsockname()[1]
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("medgraph").setLevel(logging.INFO)
    few_arenas()
    # Whoever sends what is no request, or opens more connections than there may be, shall not fill the log.
    quieten("asyncio", "uvicorn.error", "medgraph.connections")
    room = descriptors.room(settings.connections, descriptors.granted())
    deadlines = Deadlines(head=settings.head_seconds, rate=settings.slowest)
    connections = Connections(deadlines, room.connections, min(room.connections, settings.connections_each))
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        http=partial(Connection, connections),  # type: ignore[arg-type]  # it is called, and no more
        # A connection that became a WebSocket would leave the deadlines behind.
        ws="none",
        lifespan="on",
        # Its access log would hold questions; the doorkeeper logs method, route and status instead.
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        # Whoever is on this machine could else name any address as its own (X-Forwarded-For), and be counted as it.
        proxy_headers=False,
        backlog=room.backlog,
        h11_max_incomplete_event_size=HEAD_BYTES,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    # Once it has stopped, uvicorn raises the signal again for whoever started it: that is us, and we are done.
    signal.signal(signal.SIGTERM, lambda signum, frame: None)
    server = _Server(
        config,
        connections,
        room.threads,
        ready=lambda: said(f"medgraph is at http://{shown}:{port}/"),
        leaving=lambda: app.state.leave(),
        ruined=lambda: app.state.failure is not None,
    )
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        return
    except SystemExit:
        raise app.state.failure or NotStarted("the server could not start") from None
    finally:
        listening.close()
    if app.state.failure is not None:
        raise app.state.failure


def _open(parts: Parts) -> None:
    """Open once what is kept in files: what is damaged, or another program's, is told to whoever starts the server
    and not to its clients. A Neo4j may come later."""
    Jobs(parts).close()
    parts.keys()
    parts.ledger()
    parts.passages()
    if parts.settings.graph_url.startswith("sqlite:"):
        parts.graph()
    if has_salt(parts.settings):
        parts.salt()


class _Server(uvicorn.Server):
    """Says when it answers, looks after its connections, and says at once that it is told to end: what takes longest
    to stop need not wait for the last answer."""

    def __init__(
        self,
        config: uvicorn.Config,
        connections: Connections,
        threads: int,
        *,
        ready: Callable[[], None],
        leaving: Callable[[], None],
        ruined: Callable[[], bool],
    ) -> None:
        """`ruined` says that it can never work: then it ends."""
        super().__init__(config)
        self._connections, self._threads = connections, threads
        self._ready, self._leaving, self._ruined = ready, leaving, ruined

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        to_thread.current_default_thread_limiter().total_tokens = self._threads
        log = logging.getLogger("uvicorn.error")
        log.disabled = True  # a traceback of what `serve` raises again
        try:
            await super().startup(sockets)
        finally:
            log.disabled = False
        self._ready()

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:  # about once a second
            self._connections.sweep()
        if counter % 600 == 599:
            asyncio.get_running_loop().run_in_executor(None, give_back)
        return self._ruined() or await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._leaving()
        super().handle_exit(sig, frame)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host.strip("[]"), port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise AddressInUse(f"cannot listen on {host}:{port}: {error.strerror or error}") from error
    return listening
