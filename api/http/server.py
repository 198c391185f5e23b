"""The server process: one socket, one worker, signals, logs."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable

import uvicorn

from api.callers.known import asked_for
from api.errors import AddressInUse, BadSettings
from api.http.app import create_app
from api.jobs.worker import Jobs
from api.settings import Settings
from api.wiring import Parts

GRACE_SECONDS = 10


def serve(settings: Settings, said: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `said` is told the address once the server answers.

    Raises BadSettings beyond loopback without an API key, AddressInUse where the address cannot be
    had, and what a home raises that cannot be used.
    """
    with Parts(settings) as parts:
        if not settings.loopback and not asked_for(settings, parts.keys()):
            raise BadSettings(
                f"{settings.host} is reached from other machines: make a key with medgraph keys add (or set "
                "MEDGRAPH_API_KEYS) first"
            )
        Jobs(parts).close()  # a home that cannot be used is an error of ours here, and within uvicorn a traceback
    listening = _listen(settings.host, settings.port)
    port = listening.getsockname()[1]
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("medgraph").setLevel(logging.INFO)
    config = uvicorn.Config(
        create_app(settings),
        # Its access log would hold questions; `api.http.app` logs method, route and status instead.
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    # Once it has stopped, uvicorn raises the signal again for whoever started it: that is us, and we are done.
    signal.signal(signal.SIGTERM, lambda signum, frame: None)
    try:
        _Server(config, lambda: said(f"medgraph is at http://{shown}:{port}/")).run(sockets=[listening])
    except KeyboardInterrupt:
        return
    finally:
        listening.close()


class _Server(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


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
