"""A line of the log that anybody can cause is written once a minute, with how often it was meant."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

SECONDS = 60.0
_KNOWN = 1000


class Seldom(logging.Filter):
    """Lets each message of a logger through once in `seconds`, whatever its arguments, and counts the others."""

    def __init__(self, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._seconds, self._clock = seconds, clock
        self._said: dict[str, tuple[float, int]] = {}

    @property
    def known(self) -> int:
        """How many messages are told apart."""
        return len(self._said)

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is written; one that is written says how many were not."""
        now = self._clock()
        key = str(record.msg).partition("\n")[0]
        at, held = self._said.get(key, (float("-inf"), 0))
        if now - at < self._seconds:
            self._said[key] = (at, held + 1)
            return False
        if len(self._said) >= _KNOWN:
            self._said.clear()
        self._said[key] = (now, 0)
        if held:
            record.msg = f"{record.getMessage()} (and {held} times since the last such line)"
            record.args = ()
        return True


def quieten(*names: str) -> None:
    """Have the loggers of these names say each message seldom."""
    for name in names:
        logger = logging.getLogger(name)
        if not any(isinstance(present, Seldom) for present in logger.filters):
            logger.addFilter(Seldom())
