"""GET /v1/me: what whoever asks holds."""

from __future__ import annotations

from fastapi import APIRouter

from api.callers.model import SCOPES
from api.http.access import Reader
from api.http.visit import Recorded, Visited
from api.schemas.state import MeOut

router = APIRouter(tags=["health"], route_class=Recorded)


@router.get("/v1/me", summary="What your key holds")
def me(reader: Reader, visit: Visited) -> MeOut:
    """The name under which the trail knows you, the labels that you see, and what you may do. Needs no scope."""
    caller = visit.caller
    return MeOut(
        name=caller.name,
        owner=caller.owner,
        labels=sorted(caller.labels),
        scopes=sorted(scope for scope in SCOPES if caller.may(scope)),
        expires=caller.expires,
    )
