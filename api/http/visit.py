"""The request that a route works for."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.routing import APIRoute

from api.audit.visit import Visit, asks, ended, purpose, request_id, seen
from api.schemas.answers import AnswerOut
from qa.model import Answer

__all__ = ["Recorded", "Visit", "Visited", "purpose", "request_id", "told"]


def _visit(request: Request) -> Visit:
    visit: Visit = request.scope["state"]["visit"]
    return visit


Visited = Annotated[Visit, Depends(_visit)]
"""The request as the doorkeeper knows it."""


class Recorded(APIRoute):
    """A route of which the trail keeps what was asked."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, _recorded(endpoint), **options)


def _recorded(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(endpoint)
    def called(**values: Any) -> Any:
        asked = values.get("asked")
        asks(str(values.get("q") or getattr(asked, "question", "")), getattr(asked, "patient", None))
        return endpoint(**values)

    return called


def told(answer: Answer) -> AnswerOut:
    """The body of an answer, put down in the trail and counted."""
    body = seen(AnswerOut.of(answer))
    ended((body.reason or "abstained") if body.abstained else "answered")
    return body
