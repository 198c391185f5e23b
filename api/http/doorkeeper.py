"""What every request passes before anything reads its body: host, size, foreign pages, key, scope; and the log."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.audit.recorder import Recorder
from api.audit.visit import Visit, purpose, request_id, working_for
from api.callers import model
from api.callers.issuer import KeysUnavailable
from api.callers.known import Callers
from api.callers.model import LOCAL, Unauthorised
from api.errors import ApiError
from api.http.origin import Origins
from api.http.problem import problem_response
from api.http.rates import Rates
from api.http.shields import shield
from api.problems import Problem
from api.settings import Settings
from storage import deadline

log = logging.getLogger("medgraph.http")

BODY_LIMIT = 1 << 20
"""The largest request body in bytes, but for an upload."""
BUNDLE_LIMIT = 32 << 20
"""The same of a check of drugs and of a case, which may hold a patient's record."""
AT_ONCE = 200
"""So many requests may wait or be worked on at the same time, probes not counted: who comes then is told at once.
Half of them at most are one owner's, who could else keep out the others with bodies that come slowly."""
UPLOADS_AT_ONCE = 8
"""So many uploads of one owner may be on their way at once: what has come of them lies on the disk, uncounted."""
_PROBES = ("/healthz", "/readyz")
_OPEN = frozenset({*_PROBES, "/", "/openapi.json", "/guide.html", "/style.grass"})
"""What needs no key: it holds no data."""
_UPLOAD = ("POST", "/v1/documents")
_READING = ("GET", "HEAD", "OPTIONS")
_AREAS = ("documents", "jobs")
"""Where something is written: the only words of a path that the trail is told before its route is known."""

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
        self._rates = Rates(settings)
        self._seconds = settings.deadline
        # Threads of their own: whoever makes up tokens takes none from those who ask questions.
        self._asking = CapacityLimiter(4)
        self._inside = 0
        self._shares = Counter[str]()
        self._coming = Counter[str]()
        # One thread: the lines of one process wait for one another, not for whoever answers questions.
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="audit")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers: Headers = dict(scope["headers"])
        limit = self._limits.get(scope["path"], BODY_LIMIT)
        visit = Visit(request_id(_text(headers, b"x-request-id")), LOCAL, purpose(_text(headers, b"x-purpose-of-use")))
        scope.setdefault("state", {})["visit"] = visit
        until = scope["state"]["deadline"] = None if writes(scope) else deadline.Deadline(self._seconds)
        passing = _Passing(scope, receive, send, visit, limit, self._written)
        counted, coming = scope["path"] not in _PROBES, None
        self._inside += counted
        share = ""
        try:
            refused = await self._looked_at(scope, headers, visit, limit)
            if refused is None and visit.caller is not LOCAL:
                share = visit.caller.owner
                refused = problems.TOO_MANY if self._shares[share] >= AT_ONCE // 2 else None
                self._shares[share] += 1
            if refused is None and (scope["method"], scope["path"]) == _UPLOAD:
                coming = visit.caller.owner
                self._coming[coming] += 1
                refused = problems.QUEUE_FULL if self._coming[coming] > UPLOADS_AT_ONCE else None
                refused = refused or await run_in_threadpool(_no_room, scope, visit)
            if refused is None and passing.recorded:
                refused = await self._written(passing.put_down)
            if refused is None:
                with (
                    working_for(visit),
                    deadline.working_until(until),
                    scope["app"].state.metrics.inside.track_inprogress(),
                ):
                    await self._app(scope, passing.receive, passing.send)
            else:
                scope["app"].state.metrics.refused(refused.slug)
                await _turned_away(refused, self._rates.wait(visit.caller, _address(scope)), scope, passing)
        except Exception as error:  # noqa: BLE001  # whoever else would catch it would log its message
            log.error("%s unexpected %s", visit.id, problems.traced(error))
            if not passing.status:
                await problem_response(problems.INTERNAL_ERROR)(scope, receive, passing.send)
        finally:
            self._inside -= counted
            self._shares[share] -= 1
            self._shares += Counter()  # keeps none of which nothing is left
            if coming is not None:
                self._coming[coming] -= 1
                self._coming += Counter()  # owners of whom nothing comes are forgotten
            if counted:
                self._rates.worked(visit.caller, passing.seconds)
            await passing.record()  # an answer that broke off
            if visit.outcome:
                scope["app"].state.metrics.answered(visit.outcome)
            scope["app"].state.metrics.done(scope["method"], passing.route, passing.code, passing.seconds)
            told = (visit.id, scope["method"], passing.route, passing.code, 1000 * passing.seconds)
            log.info("%s %s %s %d %.0f ms", *told)

    async def _written(self, write: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._writing, write)

    async def _looked_at(self, scope: Scope, headers: Headers, visit: Visit, limit: int) -> Problem | None:
        if self._callers.slow(_text(headers, b"authorization")):
            return await to_thread.run_sync(self._refused, scope, headers, visit, limit, limiter=self._asking)
        return self._refused(scope, headers, visit, limit)

    def _refused(self, scope: Scope, headers: Headers, visit: Visit, limit: int) -> Problem | None:
        """Why a request is not let in; told from its first line and its headers alone. Puts the caller into `visit`."""
        method, path, address = scope["method"], scope["path"], _address(scope)
        announced = headers.get(b"content-length", b"")
        host = _text(headers, b"host")
        if not self._origins.known(host):
            return problems.UNKNOWN_HOST
        sender = (_text(headers, name) if name in headers else None for name in (b"origin", b"sec-fetch-site"))
        if method not in _READING and self._origins.foreign(host, *sender):
            return problems.FOREIGN
        if path not in _OPEN:
            sent = _text(headers, b"authorization")
            if not self._rates.may_try(address, sent):
                return problems.TOO_MANY
            try:
                visit.caller = self._callers.caller(sent)
            except Unauthorised:
                self._rates.failed(address, sent)
                return problems.UNAUTHORISED
            except KeysUnavailable as error:
                log.error("%s tokens: %s", visit.id, error)
                return problems.ISSUER_DOWN
            except ApiError as error:  # whoever cannot be known is not let in
                log.error("%s keys: %s", visit.id, error)
                return problems.of(error) or problems.INTERNAL_ERROR
            self._rates.held(visit.caller, sent)
            if path != "/v1/me" and not visit.caller.may(needed(method, path)):
                return problems.NO_SCOPE
            if not self._rates.may_ask(visit.caller):
                return problems.TOO_MANY
        if announced.isdigit() and int(announced) > limit:
            return problems.TOO_LARGE
        if self._inside > AT_ONCE and path not in _PROBES:
            return problems.OVERLOADED
        return None


def writes(scope: Scope) -> bool:
    """Whether a request changes something: what is begun then is done to its end."""
    return needed(scope["method"], scope["path"]) == "write"


def needed(method: str, path: str) -> model.Scope:
    """The scope that a request needs."""
    if path == "/metrics":
        return "metrics"
    if method not in _READING and path.startswith(("/v1/documents", "/v1/jobs")):
        return "write"
    return "read"


class _Passing:
    """One request on its way: the size of its body, what is answered, and the line that the trail keeps of it."""

    def __init__(
        self, scope: Scope, receive: Receive, send: Send, visit: Visit, limit: int, written: Callable[..., Any]
    ) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._visit, self._limit, self._written = visit, limit, written
        self._recorder: Recorder = scope["app"].state.recorder
        self._began, self._size = time.perf_counter(), 0
        self.status = 0
        """That of the answer, once it has begun."""
        self.recorded = scope["path"] not in _OPEN
        """Whether the trail keeps a line of it, and has not yet."""
        self._writes = writes(scope)
        self._until: deadline.Deadline | None = scope["state"]["deadline"]

    @property
    def code(self) -> int:
        """The status as it is told: 500 where nothing was answered."""
        return self.status or 500

    @property
    def route(self) -> str:
        """The template of its path, which holds nothing of the request."""
        return getattr(self._scope.get("route"), "path", "-")

    @property
    def seconds(self) -> float:
        """Since it came."""
        return time.perf_counter() - self._began

    async def receive(self) -> Message:
        """A piece of its body, as long as that is not too large."""
        message = await self._receive()
        self._size += len(message.get("body", b""))
        if self._size > self._limit:
            raise HTTPException(413)
        if self._until is not None and message["type"] == "http.request" and not message.get("more_body"):
            self._until.begin()
        return message

    async def send(self, message: Message) -> None:
        """Send a piece of the answer; whoever has the whole of it stands in the trail."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            added = MutableHeaders(scope=message)
            added["X-Request-ID"] = self._visit.id
            shield(added)
        whole = message["type"] == "http.response.body" and not message.get("more_body")
        if whole or self.status in (204, 304):
            await self.record()
        await self._send(message)

    def put_down(self) -> Problem | None:
        """Have the trail tell what is about to be done; why it may not be, where the trail cannot be written."""
        area, _, id = self._scope["path"].removeprefix("/v1/").partition("/")
        if self._writes and id:
            self._visit.touch([id])
        route = f"/v1/{area}" if area in _AREAS else "-"
        try:
            self._recorder.before(self._visit, writes=self._writes, method=self._scope["method"], route=route)
        except Exception as error:
            problem = problems.of(error)
            if problem is None:
                raise
            log.error("%s not done, for it cannot be put down: %s", self._visit.id, error)
            return problem
        return None

    async def record(self) -> None:
        """Have the trail tell what was done, once."""
        if not self.recorded:
            return
        self.recorded = False
        if self.status in (401, 429):
            self._recorder.refused()
            return
        told = {"method": self._scope["method"], "route": self.route, "status": self.code}
        taken = round(self.seconds, 3)
        await self._written(lambda: self._recorder.after(self._visit, writes=self._writes, seconds=taken, **told))


def _no_room(scope: Scope, visit: Visit) -> Problem | None:
    """Whether the caller's queue is full: told before gigabytes are taken in for nothing."""
    try:
        scope["app"].state.jobs.check_room(visit.caller.writer())
    except ApiError as error:
        return problems.of(error)
    return None


async def _turned_away(problem: Problem, wait: int, scope: Scope, passing: _Passing) -> None:
    response = problem_response(problem, wait=wait)
    # What the body still holds is not waited for.
    response.headers["Connection"] = "close"
    await response(scope, passing.receive, passing.send)


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else ""


def _text(headers: Headers, name: bytes) -> str:
    return headers.get(name, b"").decode("latin-1")
