"""GET /healthz and /readyz."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from api.checks import NEEDED, ready
from api.schemas.state import PartState, ReadyOut

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Whether the process lives")
async def healthz() -> dict[str, str]:
    """Asks nothing of the stores."""
    # Not in a thread, as the other routes are: it must be answered while all threads are busy.
    return {"status": "ok"}


async def _states(request: Request) -> dict[str, PartState]:
    """How the parts are. Whoever asks while that is being found out waits for it: a probe needs no key, and however
    many come, they take one thread of those who ask questions, and one call of the language model at a time."""
    state = request.app.state
    running: asyncio.Task[dict[str, PartState]] | None = getattr(state, "probing", None)
    if running is None or running.done():

        def look() -> dict[str, PartState]:
            return {check.part: check.state for check in ready(state.parts, state.warming.left())}

        state.probing = running = asyncio.create_task(run_in_threadpool(look))
    # Who leaves takes the answer from nobody.
    return await asyncio.shield(running)


@router.get("/readyz", summary="Whether questions can be answered")
async def readyz(states: Annotated[dict[str, PartState], Depends(_states)], response: Response) -> ReadyOut:
    """Asks graph, passages, encoder, index and language model; 503 while one that is needed does not answer, or one is
    being opened since the start."""
    good = all(state in NEEDED for state in states.values())
    if not good:
        response.status_code = 503
    return ReadyOut(ready=good, parts=states)
