"""What writes the trail for a door: beforehand for a write, which is not done where it cannot be put down; afterwards
for everything.

Where the line of what was read could not be written, the next line that can be tells how many were lost; a strict
recorder lets nothing more be read until then.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from api import problems
from api.audit.entries import entry
from api.audit.trail import Trail
from api.audit.visit import Visit

log = logging.getLogger("medgraph.audit")

Generations = Callable[[], Mapping[str, str | int]]


class Recorder:
    """Writes the trail for one process. Without a trail it does nothing. Safe in several threads."""

    def __init__(self, trail: Trail | None, generations: Generations = dict, *, strict: bool = False) -> None:
        self._trail, self._generations, self._strict = trail, generations, strict
        self._lock = Lock()
        self._lost = self._refused = 0
        self.lost = 0
        """How many lines could not be written since the process began."""

    def before(self, visit: Visit, *, writes: bool, **more: Any) -> None:
        """Put down what is about to be written, on the disk; of what is read nothing, unless a line was lost before and
        the trail is strict. Raises what `Trail.append` raises: then it must not be done."""
        if self._trail is not None and (writes or (self._strict and self._lost)):
            self._append(self._trail, visit, "asked" if writes else "resumed", lasting=True, **more)

    def after(self, visit: Visit, *, writes: bool, **more: Any) -> None:
        """Put down what was done. What cannot be is logged, counted, and told by the next line."""
        if self._trail is None:
            return
        try:
            self._append(self._trail, visit, "done", lasting=writes, **more)
        except Exception as error:
            if problems.of(error) is None:
                raise
            with self._lock:
                self._lost += 1
                self.lost += 1
            log.error("the audit trail: %s", error)

    def refused(self) -> None:
        """Count a request without a key that is accepted: a line each would let anybody fill the disk."""
        with self._lock:
            self._refused += 1

    def _at(self) -> Mapping[str, str | int]:
        try:
            return self._generations()
        except Exception as error:
            if problems.of(error) is None:
                raise
            return {}  # a store that is down is told by the answer

    def _append(self, trail: Trail, visit: Visit, event: str, *, lasting: bool, **more: Any) -> None:
        with self._lock:
            lost, refused = self._lost, self._refused
        line = entry(trail, visit, event, self._at(), **more)
        told = {"lost": lost, "refused": refused}
        trail.append({**line, **{name: n for name, n in told.items() if n}}, lasting=lasting)
        with self._lock:
            self._lost -= lost
            self._refused -= refused
