"""What every request passes before anything reads its body: host, size, foreign pages, key, scope; and the log."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.audit.recorder import Recorder
from api.audit.visit import Visit, purpose, request_id, working_for
from api.callers import model
from api.callers.known import Callers
from api.callers.model import LOCAL, Unauthorised
from api.errors import ApiError
from api.http.origin import Origins
from api.http.problem import problem_response
from api.http.shields import shield
from api.problems import Problem
from api.settings import Settings

log = logging.getLogger("medgraph.http")

BODY_LIMIT = 1 << 20
"""The largest request body in bytes, but for an upload."""
BUNDLE_LIMIT = 32 << 20
"""The same of a check of drugs and of a case, which may hold a patient's record."""
AT_ONCE = 200
"""So many requests may wait or be worked on at the same time, probes not counted: who comes then is told at once."""
_PROBES = ("/healthz", "/readyz")
_OPEN = frozenset({*_PROBES, "/", "/openapi.json", "/guide.html", "/style.grass"})
"""What needs no key: it holds no data."""
_UPLOAD = ("POST", "/v1/documents")
_READING = ("GET", "HEAD", "OPTIONS")

Headers = dict[bytes, bytes]
_T = TypeVar("_T")


class Doorkeeper:
    """Limits bodies and requests, asks for the key before it lets a body in, turns away what a page of another site
    sends, and logs request, method, route and status.

    The log holds the route's template, never the path or the query: they may hold a patient's words.
    """

    def __init__(self, app: ASGIApp, settings: Settings, callers: Callers) -> None:
        self._app = app
        self._callers = callers
        self._limits = {
            "/v1/documents": settings.upload_limit,
            "/v1/drugs/check": BUNDLE_LIMIT,
            "/v1/differential": BUNDLE_LIMIT,
        }
        self._origins = Origins(settings)
        self._inside = 0
        # One thread: the lines of one process wait for one another, not for whoever answers questions.
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="audit")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status, started = 500, False
        headers: Headers = dict(scope["headers"])
        limit = self._limits.get(scope["path"], BODY_LIMIT)
        size = 0
        visit = Visit(request_id(_text(headers, b"x-request-id")), LOCAL, purpose(_text(headers, b"x-purpose-of-use")))
        scope.setdefault("state", {})["visit"] = visit

        recorder: Recorder = scope["app"].state.recorder
        recorded = scope["path"] in _OPEN
        writes = needed(scope["method"], scope["path"]) == "write"

        async def record() -> None:
            nonlocal recorded
            if recorded:
                return
            recorded = True
            if status == 401:
                recorder.refused()
                return
            route = getattr(scope.get("route"), "path", "-")
            taken = round(time.perf_counter() - began, 3)
            await self._written(
                lambda: recorder.after(
                    visit, writes=writes, method=scope["method"], route=route, status=status, seconds=taken
                )
            )

        async def receive_within() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > limit:
                raise HTTPException(413)
            return message

        async def send_seen(message: Message) -> None:
            nonlocal status, started
            if message["type"] == "http.response.start":
                status, started = message["status"], True
                added = MutableHeaders(scope=message)
                added["X-Request-ID"] = visit.id
                shield(added)
            whole = message["type"] == "http.response.body" and not message.get("more_body")
            if whole or (started and status in (204, 304)):
                await record()  # whoever has the whole answer stands in the trail
            await send(message)

        counted = scope["path"] not in _PROBES
        self._inside += counted
        try:
            refused = self._refused(scope, headers, visit, limit)
            if refused is None and (scope["method"], scope["path"]) == _UPLOAD:
                refused = await run_in_threadpool(_no_room, scope, visit)
            if refused is None and not recorded:
                refused = await self._written(lambda: _put_down(recorder, visit, scope, writes=writes))
            if refused is None:
                with working_for(visit):
                    await self._app(scope, receive_within, send_seen)
            else:
                await _turned_away(refused, scope, receive, send_seen)
        except Exception as error:  # noqa: BLE001  # whoever else would catch it would log its message
            log.error("%s unexpected %s", visit.id, problems.traced(error))
            if not started:
                await problem_response(problems.INTERNAL_ERROR)(scope, receive, send_seen)
        finally:
            self._inside -= counted
            await record()  # of an answer that broke off
            route = getattr(scope.get("route"), "path", "-")
            taken = 1000 * (time.perf_counter() - began)
            log.info("%s %s %s %d %.0f ms", visit.id, scope["method"], route, status, taken)

    async def _written(self, write: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._writing, write)

    def _refused(self, scope: Scope, headers: Headers, visit: Visit, limit: int) -> Problem | None:
        """Why a request is not let in; told from its first line and its headers alone. Puts the caller into `visit`."""
        method, path = scope["method"], scope["path"]
        announced = headers.get(b"content-length", b"")
        host = _text(headers, b"host")
        if not self._origins.known(host):
            return problems.UNKNOWN_HOST
        sender = (_text(headers, name) if name in headers else None for name in (b"origin", b"sec-fetch-site"))
        if method not in _READING and self._origins.foreign(host, *sender):
            return problems.FOREIGN
        if path not in _OPEN:
            try:
                visit.caller = self._callers.caller(_text(headers, b"authorization"))
            except Unauthorised:
                return problems.UNAUTHORISED
            except ApiError as error:  # whoever cannot be known is not let in
                log.error("%s keys: %s", visit.id, error)
                return problems.of(error) or problems.INTERNAL_ERROR
            if not visit.caller.may(needed(method, path)):
                return problems.NO_SCOPE
        if announced.isdigit() and int(announced) > limit:
            return problems.TOO_LARGE
        if self._inside > AT_ONCE and path not in _PROBES:
            return problems.OVERLOADED
        return None


def needed(method: str, path: str) -> model.Scope:
    """The scope that a request needs."""
    if path == "/metrics":
        return "metrics"
    if method not in _READING and path.startswith(("/v1/documents", "/v1/jobs")):
        return "write"
    return "read"


def _put_down(recorder: Recorder, visit: Visit, scope: Scope, *, writes: bool) -> Problem | None:
    """Have the trail tell what is about to be done; why it may not be, where the trail cannot be written."""
    area, _, id = scope["path"].removeprefix("/v1/").partition("/")
    if writes and id:
        visit.touch([unquote(id)])
    try:
        recorder.before(visit, writes=writes, method=scope["method"], route=f"/v1/{area}")
    except Exception as error:
        problem = problems.of(error)
        if problem is None:
            raise
        log.error("%s not done, for it cannot be put down: %s", visit.id, error)
        return problem
    return None


def _no_room(scope: Scope, visit: Visit) -> Problem | None:
    """Whether the caller's queue is full: told before gigabytes are taken in for nothing."""
    try:
        scope["app"].state.jobs.check_room(visit.caller.writer())
    except ApiError as error:
        return problems.of(error)
    return None


async def _turned_away(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    response = problem_response(problem)
    # What the body still holds is not waited for.
    response.headers["Connection"] = "close"
    await response(scope, receive, send)


def _text(headers: Headers, name: bytes) -> str:
    return headers.get(name, b"").decode("latin-1")
