"""Point 9: whose the files are, and what is left in them."""

from __future__ import annotations

import time

from attacks import corpus, fhir
from attacks.client import of
from attacks.house import House
from attacks.registry import Seen, attack
from attacks.stage import Stage, marker


def _open_to_others(house: House) -> list[str]:
    return [path.name for path in house.home.rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o077]


@attack("9-files-of-a-served-home", 9, "fresh")
def files_served(stage: Stage) -> Seen:
    with stage.fresh("modes", copy=False) as house:
        house.home.mkdir(mode=0o755)
        house.home.chmod(0o755)
        house.start()
        house.ready()
        house.client("alice").send([("a.jsonl", corpus.jsonl([{"id": "m1", "text": "Gout."}]))])
        house.client("alice").upload([("b.jsonl", corpus.jsonl([{"id": "m2", "text": "Gout."}]))])
        found = _open_to_others(house)
        return Seen(not found, f"open to others: {found[:6]}")


@attack("9-files-of-the-command-line", 9, "fresh")
def files_cli(stage: Stage) -> Seen:
    with stage.fresh("modes2", copy=False) as house:
        house.home.mkdir(mode=0o755)
        house.home.chmod(0o755)
        house.cli("load", "-q", str(stage.corpus / "graph/tiny.obo"))
        house.cli("ingest", "-q", str(stage.corpus / "records/b00.json"))
        house.cli("delete", "local:none")
        out = stage.folder / "kgx-out"
        house.cli("export", "kgx", "-o", str(out), "--all-access")
        loose = [path.name for path in stage.folder.glob("kgx-out*") if path.stat().st_mode & 0o077]
        found = _open_to_others(house) + loose
        return Seen(not found, f"open to others: {found[:8]}")


def _gone(stage: Stage, word: str, send: list[tuple[str, bytes]], by: str = "alice") -> Seen:
    """What was deleted stands in no file of the home, while the server runs."""
    house = stage.main
    client = house.client(by)
    job = client.send(send)
    documents = [one if isinstance(one, str) else str(one.get("id")) for one in job.get("documents") or []]
    documents = documents or [f"local:{word}"]
    there = bool(house.holding(word.encode()))
    gone = [client.delete(f"/v1/documents/{of(one)}").status for one in documents]
    left: list[str] = []
    for _ in range(20):
        left = house.holding(word.encode()) + house.holding(word.encode(), house.temporary)
        left = [name for name in left if not name.startswith(("audit", "jobs"))]
        if not left:
            break
        time.sleep(0.3)
    return Seen(there and set(gone) == {204} and not left, f"there {there}, {gone}, left in {left}")


@attack("9-deleted-text", 9)
def deleted_text(stage: Stage) -> Seen:
    word = marker()
    sent = corpus.jsonl([{"id": word, "title": f"{word} t", "text": f"Aspirin treats {word}fever in {word}. " * 20}])
    return _gone(stage, word, [("a.jsonl", sent)])


@attack("9-deleted-among-many", 9)
def deleted_among_many(stage: Stage) -> Seen:
    words = [marker() for _ in range(5)]
    client = stage.main.client("alice")
    sent = corpus.jsonl([{"id": word, "text": f"Seen: {word} " * 300} for word in words])
    client.send([("a.jsonl", sent)])
    gone = [client.delete(f"/v1/documents/local:{word}").status for word in words[:3]]
    time.sleep(2)
    left = {name for word in words[:3] for name in stage.main.holding(f"Seen: {word}".encode())}
    kept = all(stage.main.holding(f"Seen: {word}".encode()) for word in words[3:])
    return Seen(set(gone) == {204} and not left and kept, f"{gone}, left in {left}, the others there {kept}")


@attack("9-questions-are-not-kept", 9)
def questions_not_kept(stage: Stage) -> Seen:
    word = marker()
    client = stage.main.client("reader")
    client.ask_question(f"What treats {word} in 张三丰?")
    client.get("/v1/search", [("q", f"{word} search")])
    client.post("/v1/differential", {"text": f"72M with fever and {word}"})
    time.sleep(0.5)
    left = stage.main.holding(word.encode())
    logged = word in stage.main.log.read_text("utf-8", "replace")
    return Seen(not left and not logged, f"in {left}, logged {logged}")


@attack("9-raw-ids-are-not-kept", 9)
def raw_ids(stage: Stage) -> Seen:
    word = marker()
    client = stage.main.client("alice")
    job = client.send(
        [("a.ndjson", fhir.lines(*corpus.victim(word)).replace(b"Note of", b"Note").replace(b"Marker", b"M"))]
    )
    left = stage.main.holding(f"Patient/{word}".encode())
    return Seen(job.get("state") == "done" and not left, f"left in {left}")
