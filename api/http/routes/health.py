"""GET /healthz and /readyz."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.checks import NEEDED, ready
from api.http.dependencies import Opening, OpenParts
from api.schemas.state import ReadyOut

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Whether the process lives")
async def healthz() -> dict[str, str]:
    """Asks nothing of the stores."""
    # Not in a thread, as the other routes are: it must be answered while all threads are busy.
    return {"status": "ok"}


@router.get("/readyz", summary="Whether questions can be answered")
def readyz(parts: OpenParts, warming: Opening, response: Response) -> ReadyOut:
    """Asks graph, passages, encoder, index and language model; 503 while one that is needed does not answer, or one is
    being opened since the start."""
    states = {check.part: check.state for check in ready(parts, warming.left())}
    good = all(state in NEEDED for state in states.values())
    if not good:
        response.status_code = 503
    return ReadyOut(ready=good, parts=states)
