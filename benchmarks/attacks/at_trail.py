"""Point 12: the trail of who did what."""

from __future__ import annotations

import signal
import threading
import time

from attacks import trail
from attacks.client import Client
from attacks.house import KEYS
from attacks.registry import NO_DOOR, Seen, attack
from attacks.stage import Stage


@attack("12-first-dropped", 12, "fresh")
def first_dropped(stage: Stage) -> Seen:
    return trail.tampered(stage, "first", lambda lines: lines[1:])


@attack("12-last-dropped", 12, "fresh")
def last_dropped(stage: Stage) -> Seen:
    return trail.tampered(stage, "last", lambda lines: lines[:-1])


@attack("12-line-put-in", 12, "fresh")
def put_in(stage: Stage) -> Seen:
    return trail.tampered(stage, "put", lambda lines: [*lines, lines[-1].replace(b"reader", b"mallo")])


@attack("12-line-torn", 12, "fresh")
def torn(stage: Stage) -> Seen:
    return trail.tampered(stage, "torn", lambda lines: [*lines[:-1], lines[-1][: len(lines[-1]) // 2]])


@attack("12-file-taken-away", 12, "fresh")
def file_gone(stage: Stage) -> Seen:
    if not trail.exists(stage):
        return NO_DOOR
    house = trail.copied(stage, "gone")
    for path in trail.files(house):
        path.unlink()
    return Seen(*trail.judged(stage, house))


@attack("12-what-a-line-holds", 12, "fresh")
def line_holds(stage: Stage) -> Seen:
    if not trail.exists(stage):
        return NO_DOOR
    text = trail.lines(trail.kept(stage))
    deleted = trail.shown(trail.kept(stage), "--id", "local:aud1")
    wanted = {"reader": "reader" in text, "alice": "alice" in text, "purpose": f'"{trail.PURPOSE}"' in text}
    wanted |= {"deletion": "DELETE" in deleted and "alice" in deleted, "refusal": "401" in text}
    return Seen(all(wanted.values()), f"lacking: {[name for name, there in wanted.items() if not there]}")


@attack("12-what-a-line-must-not-hold", 12, "fresh")
def line_must_not_hold(stage: Stage) -> Seen:
    if not trail.exists(stage):
        return NO_DOOR
    text = trail.lines(trail.kept(stage))
    found = [word for word in (trail.WORD, "Colchicine", *KEYS.values()) if word in text]
    return Seen(not found and bool(text), f"found: {found}")


@attack("12-command-line-deletes", 12, "fresh")
def cli_deletes(stage: Stage) -> Seen:
    if not trail.exists(stage):
        return NO_DOOR
    with stage.fresh("audcli") as house:
        house.cli("delete", "local:pub4")
        noted = "delete" in trail.shown(house, "--id", "local:pub4")
        code = house.cli("audit", "verify").returncode
        return Seen(noted and code == 0, f"noted {noted}, verify {code}")


@attack("12-many-at-once-and-killed", 12, "fresh")
def killed(stage: Stage) -> Seen:
    """A chain under load and a SIGKILL is whole, but for the line that was being written."""
    if not trail.exists(stage):
        return NO_DOOR
    with stage.fresh("audkill") as house:
        house.start()
        house.ready()
        stop = threading.Event()

        def asks() -> None:
            while not stop.is_set():
                house.client("reader", patience=3, waits=False).get("/v1/search", [("q", "gout")])

        threads = [threading.Thread(target=asks) for _ in range(12)]
        for thread in threads:
            thread.start()
        time.sleep(3)
        house.stop(signal.SIGKILL)
        stop.set()
        for thread in threads:
            thread.join()
        lines = len(trail.lines(house).splitlines())
        started = house.start(20)
        if started:
            house.ready()
            house.stop()
        code = house.cli("audit", "verify").returncode
        return Seen(started and code == 0 and lines > 20, f"{lines} lines, started {started}, verify {code}")


@attack("12-trail-is-its-owners", 12, "fresh")
def trail_mode(stage: Stage) -> Seen:
    if not trail.exists(stage):
        return NO_DOOR
    found = [path.name for path in trail.files(trail.kept(stage)) if path.stat().st_mode & 0o077]
    return Seen(not found and bool(trail.files(trail.kept(stage))), f"open to others: {found}")


@attack("12-request-id", 12)
def request_id(stage: Stage) -> Seen:
    client = stage.main.client("alice")
    replies = [client.get("/v1/stats"), client.get("/v1/documents/none"), client.delete("/v1/documents/local:none")]
    replies += [client.ask_question("gout?"), Client(stage.main.url, "x").get("/v1/stats"), client.get("/healthz")]
    ids = [reply.headers.get("x-request-id", "") for reply in replies]
    time.sleep(0.3)
    log = stage.main.log.read_text("utf-8", "replace")
    logged = [one for one in ids[:4] if one and one in log]
    return Seen(all(ids) and len(set(ids)) == len(ids) and len(logged) == 4, f"{len(logged)} of 4 logged; {ids[:2]}")


@attack("12-purpose-forged", 12)
def purpose_forged(stage: Stage) -> Seen:
    if not trail.exists(stage):
        return NO_DOOR
    client = stage.main.client("alice")
    names = trail.purpose(client)
    for value in ('a","name":"oper', "x" * 6000, "caf\xe9", "a\tb"):
        client.get("/v1/stats", headers=dict.fromkeys(names, value))
    time.sleep(0.5)
    text = trail.lines(stage.main)
    forged = [line for line in text.splitlines() if '"name":"oper"' in line.replace(" ", "") and '"a"' in line]
    long = [line for line in text.splitlines() if len(line) > 5000]
    return Seen(
        not forged and not long and client.get("/v1/stats").status == 200, f"{len(forged)} forged, {len(long)} long"
    )
