"""The HTTP application: routes, errors as problem+json, limits, and what is opened and closed with it."""

from __future__ import annotations

import http
import logging
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import metadata
from typing import cast, get_args

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api import problems
from api.audit.recorder import Recorder
from api.callers.known import Callers
from api.errors import HomeCorrupt, UnknownName, UnreadableRecord
from api.http import openapi
from api.http.doorkeeper import Doorkeeper
from api.http.kept_cases import KeptCases
from api.http.metrics import Metrics
from api.http.problem import problem_response
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
    me,
    metrics,
    page,
    repurposing,
    search,
    sources,
    statements,
)
from api.http.whole import whole
from api.jobs.rows import State
from api.jobs.worker import Jobs
from api.parts import Warming
from api.settings import Settings
from api.warming import warmed
from api.wiring import Parts
from graph.errors import StoreCorrupt
from ingest.errors import LedgerCorrupt
from retrieval.errors import IndexCorrupt

log = logging.getLogger("medgraph.http")

_ROUTES = (
    answers, differential, drugs, drug_pages, repurposing, chat, search, entities, statements, documents, sources,
    jobs, me, health, metrics, guide, page,
)  # fmt: skip

_FIELD = re.compile(r"[a-z][A-Za-z0-9_]{0,39}")
"""A name that is a programmer's and no patient's: it may be repeated."""
_RUINED = (StoreCorrupt, IndexCorrupt, LedgerCorrupt, HomeCorrupt)
"""What is found damaged stays so until its operator mends it."""
_TAGS = [
    {"name": "answers", "description": "Questions, answered with citations."},
    {"name": "differential", "description": "The diseases that may explain a case, and what to find out next."},
    {"name": "drugs", "description": "What is known of drugs, and of several together."},
    {"name": "search", "description": "Passages."},
    {"name": "graph", "description": "Entities and how they hang together."},
    {"name": "documents", "description": "Documents and data sets, uploads, the jobs that read them, deletion."},
    {"name": "health", "description": "Probes, and what your key holds."},
]


def create_app(settings: Settings) -> FastAPI:
    """The application; parts are opened in the background when it starts, and closed when it ends."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            async with running(app):
                yield
        except Exception as error:
            app.state.failure = error  # whoever runs the server is told no more than that it failed
            raise

    def shut(name: str, error: Exception) -> None:
        _shut(name, error)
        if isinstance(error, _RUINED):
            app.state.failure = error  # whoever runs the server ends it: nothing will mend this while it runs

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        with Parts(settings) as parts:
            app.state.parts = parts
            app.state.recorder = Recorder(parts.trail, parts.generations, strict=settings.audit_strict)
            app.state.jobs = jobs = Jobs(parts)
            app.state.leave = jobs.leave
            app.state.cases = KeptCases()
            app.state.metrics = Metrics(lambda: _figures(parts, app.state.jobs, app.state.recorder.lost))
            app.state.warming = Warming(warmed(parts), shut, app.state.jobs.start)
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
        dependencies=[Depends(whole)],
    )
    app.state.settings = settings
    app.state.leave = lambda: None
    app.state.failure = None
    app.openapi = lambda: openapi.describe(app)  # type: ignore[method-assign]  # the documented way to extend it
    for part in _ROUTES:
        app.include_router(part.router)
    for error in problems.PROBLEMS:
        app.add_exception_handler(error, _expected)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OSError, _expected)
    app.add_middleware(Doorkeeper, settings=settings, callers=Callers(settings, lambda: app.state.parts.keys()))
    return app


def _figures(parts: Parts, jobs: Jobs, lost: int) -> list[tuple[str, str, dict[str, float]]]:
    """What is in the stores and in the queue now."""
    documents, passages, vectors = parts.passages().counts()
    states = Counter[str](job.state for job in jobs.every())
    return [
        ("jobs", "Uploads by how far they are.", {state: float(states[state]) for state in get_args(State)}),
        ("documents", "Documents stored.", {"": float(documents)}),
        ("passages", "Passages stored.", {"": float(passages)}),
        ("vectors", "Vectors stored.", {"": float(vectors)}),
        ("audit_lines_lost", "Lines of the trail that could not be written.", {"": float(lost)}),
    ]


def _shut(name: str, error: Exception) -> None:
    """Log what could not be opened at the start: it is tried again when it is asked for, and told then."""
    if problems.of(error) is None:
        log.error("%s: unexpected %s", name, problems.traced(error))
    else:
        log.warning("not everything is available yet: %s: %s", name, error)


def _expected(request: Request, error: Exception) -> JSONResponse:
    problem = problems.of(error)
    if problem is None:  # an OSError that is not of the table
        raise error
    if problem.status >= 500:
        log.error("%s: %s", problem.slug, error)
    return problem_response(problem, error.members if isinstance(error, UnknownName | UnreadableRecord) else None)


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
    known = problems.of(cause) if cause is not None else None
    if known is not None:
        return problem_response(known)  # such as a full disk while the body was being kept
    if error.status_code == 413:
        return problem_response(problems.TOO_LARGE)
    if error.status_code == 400:  # a body that the parser gave up on
        why = {UnicodeDecodeError: "no UTF-8 text", RecursionError: "nested too deeply to be read"}
        what = why.get(type(cause), "cannot be read")
        return problem_response(problems.INVALID, {"errors": [{"where": "body", "what": what}]})
    status = http.HTTPStatus(error.status_code)
    plain = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": status.description}
    return JSONResponse(plain, status.value, error.headers, media_type="application/problem+json")
