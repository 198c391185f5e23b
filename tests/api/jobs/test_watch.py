"""A job watched over: programs that behave as badly as they can stand for the process."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import psutil
import pytest

from api.jobs.rows import Job
from api.jobs.watch import Died, Failed, Watch
from api.settings import Settings
from ingest.model import Tally

JOB = Job("one", "queued", "", None, None, 0, 0, ("a.txt",), 1, None, None, None, Tally(), None)
SAY = """
import json, os, signal, subprocess, sys, time
def say(what, **more):
    print(json.dumps({"what": what, **more}), flush=True)
sys.stdin.readline()
say("ready")
order = json.loads(sys.stdin.readline())
say("begun")
"""


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Watch]]:
    """A watch over a program: `watch(program, **settings)`."""
    made: list[Watch] = []

    def over(program: str, **settings: Any) -> Watch:
        monkeypatch.setattr("api.jobs.child.COMMAND", (sys.executable, "-c", program))
        made.append(Watch(Settings(**settings)))
        return made[-1]

    monkeypatch.setattr("api.jobs.watch.PATIENCE", 0.2)
    yield over
    for each in made:
        each.close()


def done(watch: Watch, *, stopped: Callable[[], bool] = lambda: False) -> tuple[bool, list[str]]:
    heard: list[str] = []
    return watch.do(JOB, {}, told=lambda message: heard.append(message["what"]), stopped=stopped), heard


def children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def test_a_job_that_is_done(watch: Callable[..., Watch]) -> None:
    before = len(children())
    over = watch(SAY + "say('done'); json.loads(sys.stdin.readline()); say('done'); sys.stdin.read()")
    assert done(over) == (True, ["begun"])
    there = children()
    assert done(over) == (True, [])
    assert children() == there, "one process does many jobs"
    over.rest(3600)
    assert children() == there
    over.rest(0)
    assert len(children()) == before


@pytest.mark.parametrize(
    ("program", "settings", "how"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", {}, "signal 11"),
        ("sys.exit(3)", {}, "status 3"),
        ("time.sleep(600)", {"job_stall": 0.3}, "no progress"),
        ("held = b'x' * (200 << 20); time.sleep(600)", {"job_memory": 150 << 20}, "memory"),
        (
            "subprocess.run([sys.executable, '-c', 'import time; held = b\"x\" * (200 << 20); time.sleep(600)'])",
            {"job_memory": 150 << 20},
            "memory",
        ),
    ],
)
def test_a_process_that_ends_or_must_be_ended(
    program: str, settings: dict[str, Any], how: str, watch: Callable[..., Watch]
) -> None:
    before = len(children())
    with pytest.raises(Died, match=how):
        done(watch(SAY + program, **settings))
    assert len(children()) == before, "nothing of it is left"


def test_who_waits_for_somebody_else_does_not_stand_still(watch: Callable[..., Watch]) -> None:
    program = SAY.replace("begun", "waiting") + "time.sleep(1); say('begun'); say('done'); sys.stdin.read()"
    assert done(watch(program, job_stall=0.3)) == (True, ["waiting", "begun"])


def test_a_job_that_is_not_wanted_any_more(watch: Callable[..., Watch]) -> None:
    assert done(watch(SAY + "sys.stdin.readline(); say('stopped'); sys.stdin.read()"), stopped=lambda: True)[0] is False
    before = len(children())
    deaf = watch(SAY + "time.sleep(600)")
    assert done(deaf, stopped=lambda: True)[0] is False
    assert len(children()) == before


def test_a_job_that_cannot_be_done(watch: Callable[..., Watch]) -> None:
    over = watch(SAY + "say('failed', problem='storage-full', why='x'); sys.stdin.read()")
    with pytest.raises(Failed) as caught:
        done(over)
    assert caught.value.problem.slug == "storage-full"


def test_a_process_that_does_not_start_is_not_the_fault_of_the_job(watch: Callable[..., Watch]) -> None:
    with pytest.raises(Failed) as caught:
        done(watch("raise SystemExit(1)"))
    assert caught.value.problem.status == 503
