from __future__ import annotations

import logging

import pytest

from api.http.seldom import Seldom, quieten


def test_a_line_is_written_once_a_minute_and_the_others_are_counted(caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0
    log = logging.getLogger("medgraph.test_seldom")
    log.addFilter(Seldom(60, clock=lambda: now))
    with caplog.at_level(logging.INFO, log.name):
        for number in range(1000):
            log.warning("too many: %d\nsecond line", number)
        log.warning("something else")
        now = 61.0
        log.warning("too many: %d", 7)
        log.warning("too many: %d", 8)
    assert caplog.messages == [
        "too many: 0\nsecond line",
        "something else",
        "too many: 7 (and 999 times since the last such line)",
    ]


def test_messages_that_are_never_the_same_are_not_all_remembered(caplog: pytest.LogCaptureFixture) -> None:
    held = Seldom()
    for number in range(10_000):
        held.filter(logging.LogRecord("x", logging.INFO, "x", 1, f"message {number}", None, None))
    assert held.known <= 1000


def test_a_logger_is_quietened_once() -> None:
    quieten("medgraph.test_seldom.once", "medgraph.test_seldom.once")
    assert len(logging.getLogger("medgraph.test_seldom.once").filters) == 1
