"""Uploads: kept, read in the background, and taken up again by the next server."""

from __future__ import annotations

import gzip
import io
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from filelock import FileLock

from api.errors import BadUpload, NotFound
from api.home import home as folder
from api.jobs.table import JobTable
from api.jobs.worker import Jobs
from api.settings import Settings
from api.wiring import Parts
from ingest.sources.fhir.deidentify import kept_salt
from tests.ingest.jobs.test_job import patients

Command = Callable[..., Any]


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read by the names alone."""
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")


@pytest.fixture
def light(start: Command) -> Command:
    """Start a server that does so."""
    return partial(start, MEDGRAPH_TAGGER="dictionary")


@pytest.fixture
def opened(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Parts]:
    monkeypatch.setenv("MEDGRAPH_HOME", str(home))
    with Parts(Settings.read()) as parts:
        yield parts


def process_of(pid: int | None = None) -> list[psutil.Process]:
    """What does the jobs of a server, or of this process."""
    return [child for child in psutil.Process(pid).children() if "api.jobs.process" in child.cmdline()]


def ended(client: httpx.Client, location: str, wait_for: Command) -> dict[str, Any]:
    """The job at `location` once it has ended."""
    job: dict[str, Any] = {}

    def over() -> bool:
        job.update(client.get(location).json())
        return job["state"] in ("done", "failed", "cancelled")

    wait_for(over, 120)
    return job


def test_uploads_are_read_in_the_background(
    light: Command, medgraph: Command, home: Path, jsonl: Command, wait_for: Command
) -> None:
    new = {"pmid": 900, "title": "More", "abstract": "Metformin causes cough."}
    packed = gzip.compress(jsonl("new.jsonl", [new]).read_bytes())
    server = light(home)
    sent = [
        ("files", ("../../../evil.jsonl.gz", packed)),
        ("files", ("broken.jsonl", b'{"pmid": 901, "title": "Good"}\n{broken\n')),
        ("files", ("Jane Roe.docx", b"\x00\x01")),
    ]
    reply = server.client.post("/v1/documents", files=sent)
    assert reply.status_code == 202
    assert reply.headers["location"] == f"/v1/jobs/{reply.json()['id']}"
    assert reply.json()["state"] in ("queued", "running")
    job = ended(server.client, reply.headers["location"], wait_for)
    assert (job["state"], job["problem"], job["attempts"]) == ("done", None, 1)
    assert (job["read"], job["added"], len(job["failed"])) == (4, 2, 2)
    assert job["files"] == ["evil.jsonl.gz", "broken.jsonl", "Jane Roe.docx"]
    assert [(failure["file"], failure["record"]) for failure in job["failed"]] == [
        ("broken.jsonl", "line 2"),
        ("Jane Roe.docx", ""),
    ]
    assert str(home) not in str(job)
    # They stay until the job is known to have ended.
    wait_for(lambda: list((home / "uploads").iterdir()) == [])
    assert not [path for path in home.parent.rglob("*evil*") if path.suffix]
    hits = server.client.get("/v1/search", params={"q": "metformin cough"}).json()["hits"]
    assert hits[0]["document"] == "PMID:900"
    assert server.client.delete("/v1/documents/PMID:900").status_code == 204
    hits = server.client.get("/v1/search", params={"q": "metformin cough"}).json()["hits"]
    assert "PMID:900" not in {hit["document"] for hit in hits}
    assert server.client.delete("/v1/documents/DOI:10.1%2Fab%2Fc").status_code == 204
    assert "Roe" not in server.log.read_text()
    assert server.stop() == 0
    assert medgraph("stats", "--json", home=home).json["documents"] == 6


def test_a_killed_server_goes_on_when_it_is_started_again(
    light: Command, medgraph: Command, home: Path, tmp_path: Path, jsonl: Command, made: Command, wait_for: Command
) -> None:
    undisturbed = Path(shutil.copytree(home, tmp_path / "undisturbed"))
    many = jsonl("many.jsonl", made(400))
    server = light(home)
    before = medgraph("stats", "--json", home=home).json["documents"]
    location = server.client.post("/v1/documents", files={"files": ("many.jsonl", many.read_bytes())}).headers[
        "location"
    ]
    wait_for(lambda: server.client.get(location).json()["added"] > 0)
    (process,) = process_of(server.process.pid)
    assert server.stop(signal.SIGKILL) == -signal.SIGKILL
    wait_for(lambda: not process.is_running())
    assert before < medgraph("stats", "--json", home=home).json["documents"] < before + 400
    again = light(home)
    job = ended(again.client, location, wait_for)
    assert (job["state"], job["attempts"], job["deaths"], job["read"]) == ("done", 2, 1, 400)
    assert job["added"] + job["unchanged"] == 400
    assert again.stop() == 0
    assert list((home / "uploads").iterdir()) == []
    assert medgraph("ingest", str(many), "-q", home=undisturbed).code == 0
    assert medgraph("stats", home=home).out == medgraph("stats", home=undisturbed).out
    assert medgraph("fingerprint", home=home).out == medgraph("fingerprint", home=undisturbed).out


def test_pages_of_patients_add_up_over_uploads_and_a_kill(
    light: Command, medgraph: Command, home: Path, tmp_path: Path, wait_for: Command
) -> None:
    kept_salt(home)
    undisturbed = Path(shutil.copytree(home, tmp_path / "undisturbed"))
    pages = patients(tmp_path, 200)
    server = light(home)
    for page in pages[:2]:
        assert ended(server.client, server.upload(page), wait_for)["state"] == "done"
    assert medgraph("stats", "--json", home=home).json["documents"] == 6 + 200
    location = server.upload(pages[2])
    wait_for(lambda: server.client.get(location).json()["added"] > 0)
    assert server.stop(signal.SIGKILL) == -signal.SIGKILL
    again = light(home)
    job = ended(again.client, location, wait_for)
    assert (job["state"], job["attempts"], job["added"] + job["unchanged"]) == ("done", 2, 200)
    job = ended(again.client, again.upload(pages[3]), wait_for)
    # What was entered in error is told, without what it says; the rest took the place of what it corrects.
    assert {failure["reason"] for failure in job["failed"]} == {"entered in error"}
    assert again.stop() == 0
    medgraph("ingest", *map(str, pages), "-q", home=undisturbed)
    assert medgraph("stats", home=home).out == medgraph("stats", home=undisturbed).out
    assert medgraph("fingerprint", home=home).out == medgraph("fingerprint", home=undisturbed).out


def test_a_server_that_ends_leaves_its_job_to_the_next(
    opened: Parts, jsonl: Command, made: Command, wait_for: Command
) -> None:
    with jsonl("many.jsonl", made(900)).open("rb") as many:
        first = Jobs(opened)
        first.start()
        job = first.add([("many.jsonl", many)], format=None, access=None, writer=None)
    wait_for(lambda: first.get(job.id).tally.added > 0)
    second = Jobs(opened)
    assert second.get(job.id).state == "running", "the jobs are another's"
    (process,) = process_of()
    first.stop()
    assert not process.is_running()
    assert first.get(job.id).state == "queued"
    second.start()
    wait_for(lambda: second.get(job.id).state == "done")
    # What was done before comes again, unless that was found first.
    documents = second.get(job.id).tally
    second.stop()
    assert (documents.read, second.get(job.id).attempts, second.get(job.id).deaths) == (900, 2, 0)


def test_a_server_ends_whatever_its_job_does(
    light: Command, home: Path, jsonl: Command, made: Command, wait_for: Command
) -> None:
    server = light(home)
    location = server.upload(jsonl("many.jsonl", made(400)))
    wait_for(lambda: server.client.get(location).json()["state"] == "running")
    (process,) = process_of(server.process.pid)
    process.suspend()  # it hears nothing any more
    server.client.delete(location)
    job = server.client.get(location).json()
    assert (job["state"], job["files"]) == ("cancelled", ["many.jsonl"])
    assert not process.is_running()
    assert list((home / "uploads").iterdir()) == []
    location = server.upload(jsonl("more.jsonl", made(400)))
    wait_for(lambda: server.client.get(location).json()["state"] == "running")
    (process,) = process_of(server.process.pid)
    process.suspend()
    assert server.stop() == 0
    assert not process.is_running()
    table = JobTable(home / "jobs.sqlite")
    job = table.get(location.rpartition("/")[2])
    table.close()
    assert (job.state, job.deaths) == ("queued", 0)
    assert len(list((home / "uploads").iterdir())) == 1


def test_a_job_that_kills_what_does_it_fails_and_the_others_are_done(
    opened: Parts, wait_for: Command, caplog: pytest.LogCaptureFixture
) -> None:
    jobs = Jobs(opened)
    with FileLock(folder(opened.settings) / "ingest.lock", thread_local=False):
        first, second = (
            jobs.add([(f"{n}.txt", io.BytesIO(b"Aspirin is old."))], format=None, access=None, writer=None)
            for n in ("Jane Roe", "second")
        )
        jobs.start()
        wait_for(lambda: jobs.get(first.id).state == "waiting" and bool(process_of()))
        process_of()[0].kill()
        # The other one comes first now.
        wait_for(lambda: jobs.get(second.id).state == "waiting")
        assert jobs.get(first.id).deaths == 1
        jobs.cancel(second.id)
        for deaths in (2, 3):
            wait_for(lambda: jobs.get(first.id).state == "waiting")
            process_of()[0].kill()
            wait_for(lambda deaths=deaths: jobs.get(first.id).deaths == deaths)
    wait_for(lambda: jobs.get(first.id).state == "failed")
    jobs.stop()
    assert jobs.get(second.id).state == "cancelled"
    dead = jobs.get(first.id)
    assert (dead.state, dead.problem, dead.attempts) == ("failed", "urn:medgraph:problem:job-died", 0)
    assert list((folder(opened.settings) / "uploads").iterdir()) == []
    assert "signal 9" in caplog.text
    assert "Roe" not in caplog.text


def test_a_deletion_says_when_to_come_back(light: Command, home: Path) -> None:
    server = light(home)
    with FileLock(home / "ingest.lock"):
        reply = server.client.delete("/v1/documents/PMID:101")
    assert reply.status_code == 503
    assert reply.json()["type"] == "urn:medgraph:problem:busy"
    assert reply.headers["retry-after"]
    assert server.client.delete("/v1/documents/PMID:101").status_code == 204


def test_what_may_be_uploaded_has_limits(light: Command, home: Path) -> None:
    server = light(home, MEDGRAPH_UPLOAD_LIMIT="100000", MEDGRAPH_JOBS_PER_KEY="2", MEDGRAPH_UPLOADS_PER_KEY="150000")
    post = partial(server.client.post, "/v1/documents")
    reply = post(files={"files": ("a.txt", b"x" * 200_000)})
    assert reply.status_code == 413
    assert reply.headers["content-type"] == "application/problem+json"
    assert list((home / "uploads").iterdir()) == []
    with FileLock(home / "ingest.lock"):
        first = post(files={"files": ("a.txt", b"x" * 80_000)}).headers["location"]
        full = post(files={"files": ("a.txt", b"x" * 80_000)})
        assert len(list((home / "uploads").iterdir())) == 1
        post(files={"files": ("a.txt", b"x" * 8_000)})
        more = post(files={"files": ("a.txt", b"x")})
        for reply in (full, more):
            assert (reply.status_code, reply.json()["type"]) == (429, "urn:medgraph:problem:queue-full")
            assert int(reply.headers["retry-after"]) > 0
        assert server.client.delete(first).status_code == 204
        assert post(files={"files": ("a.txt", b"x")}).status_code == 202


def test_jobs_wait_their_turn_and_say_so(opened: Parts, wait_for: Command) -> None:
    jobs = Jobs(opened)
    home = folder(opened.settings)
    with FileLock(home / "ingest.lock", thread_local=False):
        jobs.start()
        job = jobs.add(
            [("a.txt", io.BytesIO(b"Aspirin is old."))], format=None, access=frozenset({"patient:7"}), writer=None
        )
        wait_for(lambda: jobs.get(job.id).state == "waiting")
        assert jobs.waiting() == 1
        jobs.stop()
        assert jobs.get(job.id).state == "queued"
        assert (home / "uploads" / job.id / "0000.txt").read_bytes() == b"Aspirin is old."
        assert "jobs" not in {thread.name for thread in threading.enumerate()}
        jobs = Jobs(opened)
        jobs.start()
        wait_for(lambda: jobs.get(job.id).state == "waiting")
    wait_for(lambda: jobs.get(job.id).state == "done")
    jobs.stop()
    assert jobs.waiting() == 0
    assert (jobs.get(job.id).tally.added, jobs.get(job.id).deaths) == (1, 0)
    labels = {label for source in opened.graph().sources(kind="document") for label in source.access}
    assert "patient:7" in labels


def test_what_an_upload_left_behind_is_cleared(home: Path, opened: Parts) -> None:
    left = home / "uploads" / "0123456789abcdef"
    left.mkdir(parents=True)
    (left / "0000.txt").write_text("half of it")
    jobs = Jobs(opened)
    assert not left.exists()
    with pytest.raises(BadUpload):
        jobs.add([], format=None, access=None, writer=None)
    with pytest.raises(NotFound):
        jobs.get("0123456789abcdef")
    assert list((home / "uploads").iterdir()) == []
