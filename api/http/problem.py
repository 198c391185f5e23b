"""An error as a response."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi.responses import JSONResponse

from api.problems import QUEUE_FULL, Problem


def problem_response(problem: Problem, members: Mapping[str, object] | None = None) -> JSONResponse:
    """An error as RFC 9457 has it, with further members."""
    headers = {}
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if problem.status == 503:
        headers["Retry-After"] = "10"
    if problem is QUEUE_FULL:
        headers["Retry-After"] = "60"
    body = {**problem.body(), **(members or {})}
    return JSONResponse(body, problem.status, headers, media_type="application/problem+json")
