"""An error as a response."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi.responses import JSONResponse

from api.problems import QUEUE_FULL, Problem


def problem_response(problem: Problem, members: Mapping[str, object] | None = None, *, wait: int = 10) -> JSONResponse:
    """An error as RFC 9457 has it, with further members; `wait` is in seconds, where coming back later helps."""
    headers = {}
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if problem.status in (429, 503):
        headers["Retry-After"] = "60" if problem is QUEUE_FULL else str(wait)
    body = {**problem.body(), **(members or {})}
    return JSONResponse(body, problem.status, headers, media_type="application/problem+json")
