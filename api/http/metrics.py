"""What Prometheus is told of the service. A label is a word of ours (a route's template, a status, a reason), never a
word, an id, a key or a path of a request."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from importlib import metadata

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from api import problems

log = logging.getLogger("medgraph.http")

_METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS"})
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
Gauges = Callable[[], Iterable[tuple[str, str, dict[str, float]]]]
"""Figures of now: a name, what it is, and its values by state, or under an empty word."""


class Metrics:
    """The figures of one application, since it started. Safe in several threads."""

    def __init__(self, gauges: Gauges = tuple) -> None:
        self._registry = registry = CollectorRegistry()
        Info("medgraph", "The version that runs.", registry=registry).info({"version": metadata.version("medgraph")})
        self._requests = Counter(
            "medgraph_requests", "Requests answered.", ("method", "route", "status"), registry=registry
        )
        self._seconds = Histogram(
            "medgraph_request_seconds", "How long they took.", ("route",), buckets=_SECONDS, registry=registry
        )
        self._refused = Counter("medgraph_refused", "Requests not let in.", ("reason",), registry=registry)
        self._answers = Counter(
            "medgraph_answers",
            "Questions answered, and not answered for which reason.",
            ("outcome",),
            registry=registry,
        )
        self.inside = Gauge("medgraph_requests_in_flight", "Requests being worked on.", registry=registry)
        ProcessCollector(registry=registry)
        registry.register(_Now(gauges))

    def done(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(method if method in _METHODS else "other", route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def refused(self, reason: str) -> None:
        """Count a request that was not let in, by the kind of its problem."""
        self._refused.labels(reason).inc()

    def answered(self, outcome: str) -> None:
        """Count an answer."""
        self._answers.labels(outcome).inc()

    def text(self) -> bytes:
        """All of them in the format of Prometheus."""
        return generate_latest(self._registry)


class _Now(Collector):
    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges

    def collect(self) -> Iterable[GaugeMetricFamily]:
        try:
            figures = list(self._gauges())
        except Exception as error:
            if problems.of(error) is None:
                raise
            log.warning("metrics: %s", error)
            return  # a store that is down is told by its absence
        for name, what, values in figures:
            parted = "" not in values
            family = GaugeMetricFamily(f"medgraph_{name}", what, labels=["state"] if parted else None)
            for state, value in values.items():
                family.add_metric([state] if parted else [], value)
            yield family
