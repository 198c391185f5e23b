"""GET /metrics: figures of the service for Prometheus, for a key with the scope `metrics`."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

router = APIRouter(tags=["health"])


@router.get(
    "/metrics",
    summary="Figures for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(request: Request) -> Response:
    """Requests, refusals, answers, jobs, documents and memory. Needs a key with the scope `metrics`."""
    return Response(request.app.state.metrics.text(), media_type=CONTENT_TYPE_LATEST)
