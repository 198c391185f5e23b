"""A response that is written piece by piece: where it breaks off, it says so."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from contextlib import closing

from anyio import CancelScope
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api import problems
from api.problems import Problem

log = logging.getLogger("medgraph.http")


class Streamed(StreamingResponse):
    """Server-sent events; where they break off, the last is what is `told` of the problem. What makes them is ended
    when the client is gone."""

    def __init__(self, events: Generator[str, None, None], told: Callable[[Problem], str]) -> None:
        self._events = encoded(events, told)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(self._events, media_type="text/event-stream", headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            with CancelScope(shield=True):
                await run_in_threadpool(self._events.close)


def encoded(events: Generator[str, None, None], told: Callable[[Problem], str]) -> Generator[bytes, None, None]:
    """Events as they are sent. The status line is long gone: whatever fails can only be said in the stream."""
    try:
        with closing(events):
            for event in events:
                yield event.encode()
    except Exception as error:  # noqa: BLE001  # none of them may leave a client with half an answer and no word
        problem = problems.of(error)
        if problem is None:
            log.error("an answer broke off: unexpected %s", problems.traced(error))
        else:
            log.log(logging.ERROR if problem.status >= 500 else logging.INFO, "an answer broke off: %s", error)
        yield told(problem or problems.INTERNAL_ERROR).encode()
