"""The process that does the jobs, as the server sees it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import psutil
import pytest

from api.jobs.child import Child, Ended
from api.settings import Settings

ECHO = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
for line in sys.stdin:
    print(line, end="", flush=True)
child.kill()
"""


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Child]]:
    made: list[Child] = []

    def started(program: str) -> Child:
        monkeypatch.setattr("api.jobs.child.COMMAND", (sys.executable, "-c", program))
        made.append(Child(Settings.model_validate({"graph_password": "a secret"})))
        return made[-1]

    yield started
    for each in made:
        each.kill()


def test_what_is_said_to_it_and_by_it(child: Callable[[str], Child]) -> None:
    echo = child(ECHO)
    assert echo.receive(60) == {"graph_password": "a secret"}
    echo.send({"job": "\u7532"})
    assert echo.receive(60) == {"job": "\u7532"}
    assert echo.receive(0) is None
    seen = psutil.Process(echo.pid)
    assert "a secret" not in f"{seen.environ()} {seen.cmdline()}"
    assert echo.memory() > sum(p.memory_info().rss // 10 for p in (seen, *seen.children()))
    echo.close()
    assert not seen.is_running()
    echo.close()


def test_what_it_has_started_ends_with_it(child: Callable[[str], Child]) -> None:
    echo = child(ECHO)
    assert echo.receive(60)
    below = psutil.Process(echo.pid).children()
    assert len(below) == 1
    echo.kill()
    assert psutil.wait_procs(below, 60)[1] == []
    assert echo.memory() == 0
    echo.send({"job": "one"})
    with pytest.raises(Ended, match="signal 9"):
        echo.receive(60)


def test_one_that_goes_on_for_ever_is_killed(child: Callable[[str], Child], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.jobs.child._LEAVE", 0.1)
    deaf = child("import time; time.sleep(600)")
    deaf.close()
    assert not psutil.pid_exists(deaf.pid)
