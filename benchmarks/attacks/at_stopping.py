"""Point 2: one upload that stops all others."""

from __future__ import annotations

import gzip
import io
import os
import signal
import threading
import time

from attacks import corpus, fhir
from attacks.client import Client
from attacks.house import House
from attacks.registry import Seen, attack
from attacks.stage import Stage, has_word, marker, told

PATIENCE = 20.0  # seconds in which a small document of another sender has to be in
MEMORY = 1000.0  # megabytes of the server and its children


def _stopped(stage: Stage, name: str, content: bytes, kind: str = "") -> Seen:
    """Whether another sender's document comes in beside this file, in bounded memory."""
    house = stage.heavy()
    base = house.memory()
    peak = [base]
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.15):
            peak[0] = max(peak[0], house.memory())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        evil = house.client("alice").upload([(name, content)], kind=kind)
        word = marker()
        began = time.monotonic()
        bob = house.client("bob", patience=PATIENCE)
        small = bob.job(bob.upload([("b.jsonl", corpus.jsonl([{"id": word, "text": f"A word: {word}."}]))]), PATIENCE)
        took = time.monotonic() - began
        job = house.client("alice").job(evil, max(0.2, PATIENCE - took)) if evil.status == 202 else {}
    finally:
        over.set()
        watcher.join()
    grown = peak[0] - base
    ended = evil.status in {400, 413, 415, 422} or job.get("state") in {"done", "failed"}
    held = house.alive and small.get("state") == "done" and ended and grown < MEMORY
    if not held:
        stage.drop("heavy")
    what = f"its reply {evil.status} {told(job) if job else ''}; another's {small.get('state')} after {took:.0f} s"
    return Seen(held, f"{what}; {grown:.0f} MB more")


@attack("2-string-of-96-MB", 2, "heavy")
def long_string(stage: Stage) -> Seen:
    return _stopped(stage, "a.json", fhir.bundle(fhir.person("h1"), fhir.condition("h1", "x" * 96_000_000)))


@attack("2-key-of-64-MB", 2, "heavy")
def long_key(stage: Stage) -> Seen:
    sent = b'{"resourceType": "Bundle", "type": "collection", "entry": [{"' + b"k" * 64_000_000 + b'": 1}]}'
    return _stopped(stage, "a.json", sent)


@attack("2-number-of-many-digits", 2, "heavy")
def long_number(stage: Stage) -> Seen:
    sent = b'{"resourceType": "Bundle", "type": "collection", "total": ' + b"9" * 20_000_000 + b', "entry": []}'
    return _stopped(stage, "a.json", sent)


@attack("2-text-without-stop", 2, "heavy")
def without_stop(stage: Stage) -> Seen:
    return _stopped(stage, "a.txt", b"gout and asthma with leukemia or fever " * 4200)


@attack("2-chinese-without-stop", 2, "heavy")
def chinese_without_stop(stage: Stage) -> Seen:
    return _stopped(stage, "a.txt", ("患者有白血病和哮喘及佐比亚热" * 12000).encode())


@attack("2-medline-without-stop", 2, "heavy")
def medline_without_stop(stage: Stage) -> Seen:
    return _stopped(stage, "a.xml", corpus.medline("88000091", "x", "gout asthma leukemia colchicine treats " * 8000))


@attack("2-one-word", 2, "heavy")
def one_word(stage: Stage) -> Seen:
    return _stopped(stage, "a.txt", b"a" * 3_000_000)


@attack("2-brackets", 2, "heavy")
def brackets(stage: Stage) -> Seen:
    return _stopped(stage, "a.txt", b"gout (" * 100_000)


@attack("2-blank-lines", 2, "heavy")
def blank_lines(stage: Stage) -> Seen:
    return _stopped(stage, "a.txt", b" \n\t" * 4_000_000 + b"gout")


@attack("2-fhir-line-of-48-MB", 2, "heavy")
def long_fhir_line(stage: Stage) -> Seen:
    line = fhir.lines(fhir.note("h3", "Gout was seen. " * 2_400_000))
    return _stopped(stage, "a.ndjson", line)


@attack("2-json-line-of-small-things", 2, "heavy")
def line_of_small_things(stage: Stage) -> Seen:
    return _stopped(stage, "a.jsonl", b'{"id": "s", "text": "x", "mentions": [' + b"{}," * 12_000_000 + b"{}]}\n")


@attack("2-bundles-nested", 2, "heavy")
def bundles_nested(stage: Stage) -> Seen:
    opened = b'{"resourceType": "Bundle", "type": "collection", "entry": [{"resource": '
    return _stopped(stage, "a.json", opened * 30_000 + b'{"resourceType": "Patient"}' + b"}]}" * 30_000)


@attack("2-gzip-bomb", 2, "heavy")
def gzip_bomb(stage: Stage) -> Seen:
    kept = io.BytesIO()
    with gzip.GzipFile(fileobj=kept, mode="wb", compresslevel=1) as packed:
        for _ in range(300):
            packed.write(b"a" * 1_000_000)
    return _stopped(stage, "a.txt.gz", kept.getvalue())


@attack("2-many-bad-lines", 2, "heavy")
def many_bad_lines(stage: Stage) -> Seen:
    return _stopped(stage, "a.ndjson", b'{"resourceType": "Patient"\n' * 400_000)


def _busy(house: House) -> tuple[Client, str]:
    """A server in the midst of a job that takes long."""
    alice = house.client("alice")
    sent = corpus.jsonl([{"id": f"busy{n}", "text": "Gout was seen in ward nine. " * 30} for n in range(40_000)])
    job = str(alice.upload([("busy.jsonl", sent)]).json.get("id", ""))
    end = time.monotonic() + 10
    while time.monotonic() < end and alice.get(f"/v1/jobs/{job}").json.get("state") != "running":
        time.sleep(0.1)
    return alice, job


@attack("2-cancel-running", 2, "heavy")
def cancel_running(stage: Stage) -> Seen:
    house = stage.heavy()
    alice, job = _busy(house)
    gone = alice.delete(f"/v1/jobs/{job}")
    bob = house.client("bob")
    small = bob.job(bob.upload([("b.jsonl", corpus.jsonl([{"id": marker(), "text": "Gout."}]))]), PATIENCE)
    state = alice.get(f"/v1/jobs/{job}").json.get("state")
    held = gone.status in {200, 202, 204} and small.get("state") == "done" and state not in {"running", "queued"}
    if not held:
        stage.drop("heavy")
    return Seen(held, f"cancel {gone.status}, then {state}; another's {small.get('state')}")


@attack("2-cancel-of-anothers", 2, "heavy")
def cancel_anothers(stage: Stage) -> Seen:
    house = stage.heavy()
    alice, job = _busy(house)
    gone, unknown = (house.client("bob").delete(f"/v1/jobs/{one}") for one in (job, "0" * 32))
    state = alice.get(f"/v1/jobs/{job}").json.get("state")
    own = alice.delete(f"/v1/jobs/{job}").status
    if own not in {200, 202, 204}:
        stage.drop("heavy")
    held = gone.status in {403, 404} and state in {"running", "queued", "waiting"} and own in {200, 202, 204}
    return Seen(held and gone.status == unknown.status, f"another's cancel {gone.status}, {state}; own {own}")


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


@attack("2-killed-three-times", 2, "heavy")
def killed_three_times(stage: Stage) -> Seen:
    """A job in which the server dies three times fails and says so; what waits behind it is done."""
    house = stage.heavy()
    alice, job = _busy(house)
    word = marker()
    alice.upload([("b.jsonl", corpus.jsonl([{"id": word, "text": "Gout."}]))])
    for _ in range(3):
        house.stop(signal.SIGKILL)
        house.start()
        alice = house.client("alice")
        end = time.monotonic() + 15
        state = ""
        while time.monotonic() < end:
            state = str(alice.get(f"/v1/jobs/{job}").json.get("state"))
            if state in {"running", "failed", "done"}:
                break
            time.sleep(0.05)
    end = time.monotonic() + 15
    while time.monotonic() < end and alice.get(f"/v1/documents/local:{word}").status != 200:
        time.sleep(0.3)
    told_of = alice.get(f"/v1/jobs/{job}").json
    behind = alice.get(f"/v1/documents/local:{word}").status
    stage.drop("heavy")
    held = told_of.get("state") == "failed" and bool(told_of.get("problem")) and behind == 200
    return Seen(
        held, f"{told_of.get('state')} {told_of.get('problem')}, attempts {told_of.get('attempts')}; next {behind}"
    )


@attack("2-worker-killed", 2, "heavy")
def worker_killed(stage: Stage) -> Seen:
    """The process of a job can be killed without the server."""
    house = stage.heavy()
    before = set(house.family())
    alice, job = _busy(house)
    workers = [pid for pid in house.family() if pid not in before]
    for _ in range(4):
        for pid in workers or [pid for pid in house.family()[1:] if pid not in before]:
            if _lives(pid):
                os.kill(pid, signal.SIGKILL)
        time.sleep(1.5)
        workers = [pid for pid in house.family() if pid not in before]
    end = alice.get(f"/v1/jobs/{job}").json.get("state")
    alive, questions = house.alive, alice.get("/readyz").status
    stage.drop("heavy")
    return Seen(alive and questions == 200 and end == "failed", f"lives {alive}, {questions}, the job {end}")


@attack("2-jobs-command", 2, "fresh")
def jobs_described(stage: Stage) -> Seen:
    """An operator without HTTP, or a client, can take a job back: a door that the server tells of."""
    doors = stage.main.client("oper").get("/openapi.json").json.get("paths", {})
    return Seen("delete" in doors.get("/v1/jobs/{id}", {}) or has_word(stage.main, "jobs"), "the doors told of")
