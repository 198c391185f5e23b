"""Whose job comes when, and what is granted for it; a program that says what it is told to stands for the process."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.jobs import trail
from api.jobs.rows import Job
from api.jobs.worker import Jobs
from api.settings import Settings
from api.wiring import Parts
from ingest.jobs.writing import Writer

PROGRAM = """
import json, sys
def say(what, **more):
    print(json.dumps({"what": what, **more}), flush=True)
sys.stdin.readline()
say("ready")
for line in sys.stdin:
    order = json.loads(line)
    if "job" not in order:
        continue
    say("begun")
    say("read", tally={"read": 1, "added": 1}, documents=[order["job"]], labels=["patient:" + order["job"][:4]])
    if order["format"] == "long":
        sys.stdin.readline()
        say("stopped")
    else:
        say("done")
"""


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Parts]:
    monkeypatch.setattr("api.jobs.child.COMMAND", (sys.executable, "-c", PROGRAM))
    monkeypatch.setattr("api.jobs.worker._TURN_SECONDS", 0.1)
    keys = {f"a key for owner {owner}": {"name": owner, "labels": ["public"]} for owner in ("ward", "lab")}
    settings = Settings(home=tmp_path, tagger="dictionary", job_days=0, api_keys=keys)  # type: ignore[arg-type]  # as set
    with Parts(settings) as opened:
        yield opened


def sent(jobs: Jobs, owner: str, format: str | None = None) -> Job:
    writer = Writer(owner, frozenset({"public"}))
    return jobs.add([("a.txt", io.BytesIO(b"Cough."))], format=format, access=None, writer=writer)


def test_who_takes_long_makes_way_for_others(parts: Parts, wait_for: Callable[..., None]) -> None:
    jobs = Jobs(parts)
    long, behind = sent(jobs, "ward", "long"), sent(jobs, "ward")
    jobs.start()
    wait_for(lambda: jobs.get(long.id).state == "running")
    other = sent(jobs, "lab")
    wait_for(lambda: jobs.get(other.id).state == "done")
    assert jobs.get(behind.id).state == "queued"
    wait_for(lambda: jobs.get(long.id).attempts == 2)
    jobs.cancel(long.id)
    assert (jobs.get(long.id).state, jobs.get(long.id).deaths) == ("cancelled", 0)
    wait_for(lambda: jobs.get(behind.id).state == "done")
    assert jobs.get(other.id).tally.documents == (other.id,)
    assert parts.keys().granted("lab") == {f"patient:{other.id[:4]}"} == set(jobs.get(other.id).tally.labels)
    jobs.stop()
    jobs.close()
    assert told(parts, other.id) == [("asked", "lab", None), ("done", "lab", "done")]
    assert told(parts, long.id)[-3:] == [
        ("done", "ward", "queued"),
        ("asked", "ward", None),
        ("done", "ward", "cancelled"),
    ]


def told(parts: Parts, id: str) -> list[tuple[str, str, str | None]]:
    """What the trail tells of a job."""
    files = sorted((parts.settings.home / "audit").glob("*.jsonl"))
    assert files
    lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    ends = [line for line in lines if line.get("request") == id and line["event"] == "done"]
    assert all(line["counts"] == {"added": 1} and line["command"] == trail.COMMAND for line in ends)
    return [(line["event"], line["owner"], line.get("outcome")) for line in lines if line.get("request") == id]


def test_what_has_ended_is_forgotten_in_time(parts: Parts) -> None:
    jobs = Jobs(parts)
    job = sent(jobs, "ward")
    jobs.cancel(job.id)
    jobs.close()
    again = Jobs(parts)
    assert again.every() == []
    again.close()
