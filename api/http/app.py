"""The HTTP application: routes, errors as problem+json, limits, and what is opened and closed with it."""

from __future__ import annotations

import errno
import http
import logging
import re
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import metadata
from typing import cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.errors import UnknownName, UnreadableRecord
from api.http import openapi
from api.http.access import Keys, Unauthorised
from api.http.kept_cases import KeptCases
from api.http.routes import (
    answers,
    chat,
    differential,
    documents,
    drug_pages,
    drugs,
    entities,
    guide,
    health,
    jobs,
    page,
    repurposing,
    search,
    sources,
    statements,
)
from api.jobs.worker import Jobs
from api.parts import Warming
from api.problems import Problem
from api.settings import Settings, is_loopback
from api.warming import warmed
from api.wiring import Parts

log = logging.getLogger("medgraph.http")

_ROUTES = (
    answers, differential, drugs, drug_pages, repurposing, chat, search, entities, statements, documents, sources,
    jobs, health, guide, page,
)  # fmt: skip

BODY_LIMIT = 1 << 20
"""The largest request body in bytes, but for an upload."""
BUNDLE_LIMIT = 32 << 20
"""The same of a check of drugs and of a case, which may hold a patient's record."""
AT_ONCE = 200
"""So many requests may wait or be worked on at the same time, probes not counted: who comes then is told at once."""
_PROBES = ("/healthz", "/readyz")
_FIELD = re.compile(r"[a-z][A-Za-z0-9_]{0,39}")
"""A name that is a programmer's and no patient's: it may be repeated."""
_TAGS = [
    {"name": "answers", "description": "Questions, answered with citations."},
    {"name": "differential", "description": "The diseases that may explain a case, and what to find out next."},
    {"name": "drugs", "description": "What is known of drugs, and of several together."},
    {"name": "search", "description": "Passages."},
    {"name": "graph", "description": "Entities and how they hang together."},
    {"name": "documents", "description": "Documents and data sets, uploads, the jobs that read them, deletion."},
    {"name": "health", "description": "Probes."},
]


def create_app(settings: Settings) -> FastAPI:
    """The application; parts are opened in the background when it starts, and closed when it ends."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with Parts(settings) as parts:
            app.state.parts = parts
            app.state.jobs = Jobs(parts)
            app.state.cases = KeptCases()
            app.state.warming = Warming(warmed(parts), _shut, app.state.jobs.start)
            app.state.warming.start()
            try:
                yield
            finally:
                await run_in_threadpool(app.state.warming.stop)
                await run_in_threadpool(app.state.jobs.stop)
                app.state.jobs.close()

    app = FastAPI(
        title="medgraph",
        version=metadata.version("medgraph"),
        lifespan=lifespan,
        # The pages that FastAPI brings load their scripts from elsewhere, and this must work without a network.
        docs_url=None,
        redoc_url=None,
        openapi_tags=_TAGS,
    )
    app.state.settings = settings
    app.state.keys = Keys(settings)
    app.openapi = lambda: openapi.describe(app)  # type: ignore[method-assign]  # the documented way to extend it
    for part in _ROUTES:
        app.include_router(part.router)
    for error in problems.PROBLEMS:
        app.add_exception_handler(error, _expected)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Unauthorised, _unauthorised)
    app.add_exception_handler(OSError, _expected)
    app.add_middleware(_Doorkeeper, settings=settings)
    return app


def _shut(name: str, error: Exception) -> None:
    """Log what could not be opened at the start: it is tried again when it is asked for, and told then."""
    if problems.of(error) is None:
        log.error("%s: unexpected %s", name, problems.traced(error))
    else:
        log.warning("not everything is available yet: %s: %s", name, error)


def problem_response(problem: Problem, members: Mapping[str, object] | None = None) -> JSONResponse:
    """An error as RFC 9457 has it, with further members."""
    headers = {}
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if problem.status == 503:
        headers["Retry-After"] = "10"
    body = {**problem.body(), **(members or {})}
    return JSONResponse(body, problem.status, headers, media_type="application/problem+json")


def _expected(request: Request, error: Exception) -> JSONResponse:
    problem = problems.of(error)
    if problem is None:  # an OSError that is not of the table
        raise error
    if problem.status >= 500:
        log.error("%s: %s", problem.slug, error)
    return problem_response(problem, error.members if isinstance(error, UnknownName | UnreadableRecord) else None)


def _unauthorised(request: Request, error: Exception) -> JSONResponse:
    return problem_response(problems.UNAUTHORISED)


def _invalid(request: Request, error: Exception) -> JSONResponse:
    wrong = []
    for item in cast(RequestValidationError, error).errors():
        where = [str(part) for part in item["loc"]]
        what = str(item["msg"])
        if item["type"] == "extra_forbidden":
            what = "no such field"
            if not _FIELD.fullmatch(where[-1]):
                where[-1] = "(a field that is not known)"  # its name came from the client, and may be anything
        elif item["type"] == "json_invalid":
            what = f"no JSON: {item['ctx']['error']} at character {where.pop()}"
        elif item["loc"] == ("body",) and isinstance(item.get("input"), bytes):
            what = "send JSON, with the header Content-Type: application/json"
        wrong.append({"where": ".".join(where), "what": what})
    return problem_response(problems.INVALID, {"errors": wrong})


def _http(request: Request, error: Exception) -> JSONResponse:
    error = cast(HTTPException, error)
    cause = error.__cause__
    if isinstance(cause, OSError) and cause.errno == errno.ENOSPC:
        return problem_response(problems.STORAGE_FULL)  # while the body was being kept
    if error.status_code == 413:
        return problem_response(problems.TOO_LARGE)
    if error.status_code == 400:  # a body that the parser gave up on
        why = {UnicodeDecodeError: "no UTF-8 text", RecursionError: "nested too deeply to be read"}
        what = why.get(type(cause), "cannot be read")
        return problem_response(problems.INVALID, {"errors": [{"where": "body", "what": what}]})
    status = http.HTTPStatus(error.status_code)
    plain = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": status.description}
    return JSONResponse(plain, status.value, error.headers, media_type="application/problem+json")


class _Doorkeeper:
    """Limits bodies and requests, turns away what a page of another site sends, and logs method, route and status.

    A page of another site can send a browser here, even under a host name of its own (DNS rebinding): so the host must
    be one of ours, and a write must not come from elsewhere. The log holds the route's template, never the path or the
    query: they may hold a patient's words.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._limits = {
            "/v1/documents": settings.upload_limit,
            "/v1/drugs/check": BUNDLE_LIMIT,
            "/v1/differential": BUNDLE_LIMIT,
        }
        self._hosts = {name.lower() for name in settings.hosts}
        self._loopback = settings.loopback
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status, started = 500, False
        headers: dict[bytes, bytes] = dict(scope["headers"])
        limit = self._limits.get(scope["path"], BODY_LIMIT)
        size = 0

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
            await send(message)

        announced = headers.get(b"content-length", b"")
        counted = scope["path"] not in _PROBES
        self._inside += counted
        try:
            if not self._known(headers.get(b"host", b"").decode("latin-1")):
                await problem_response(problems.UNKNOWN_HOST)(scope, receive, send_seen)
            elif announced.isdigit() and int(announced) > limit:
                await problem_response(problems.TOO_LARGE)(scope, receive, send_seen)
            elif scope["method"] not in ("GET", "HEAD", "OPTIONS") and _foreign(headers):
                await problem_response(problems.FOREIGN)(scope, receive, send_seen)
            elif self._inside > AT_ONCE and counted:
                await problem_response(problems.OVERLOADED)(scope, receive, send_seen)
            else:
                await self._app(scope, receive_within, send_seen)
        except Exception as error:  # noqa: BLE001  # whoever else would catch it would log its message
            log.error("unexpected %s", problems.traced(error))
            if not started:
                await problem_response(problems.INTERNAL_ERROR)(scope, receive, send_seen)
        finally:
            self._inside -= counted
            route = getattr(scope.get("route"), "path", "-")
            log.info("%s %s %d %.0f ms", scope["method"], route, status, 1000 * (time.perf_counter() - began))

    def _known(self, host: str) -> bool:
        name = host.rpartition(":")[0] if re.search(r":\d+$", host) else host
        if name.lower() in self._hosts:
            return True
        return is_loopback(name) if self._loopback else not self._hosts


def _foreign(headers: dict[bytes, bytes]) -> bool:
    """Whether a browser says that a page of another site sends this."""
    return headers.get(b"sec-fetch-site", b"none") not in (b"none", b"same-origin")
