"""The audit trail of a home, as one finds it from outside: files of lines whose names begin with `audit`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from attacks import corpus
from attacks.client import Client
from attacks.house import ROOT, House
from attacks.registry import NO_DOOR, Seen
from attacks.stage import Stage, has_word

PURPOSES = ("X-Purpose", "Purpose", "X-Medgraph-Purpose", "Medgraph-Purpose", "X-Audit-Purpose")
PURPOSE = "TREAT"  # of the codes that FHIR has for it
WORD = "secretquestionword"


def exists(stage: Stage) -> bool:
    return has_word(stage.pristine, "audit", "verify")


def files(house: House) -> list[Path]:
    """The files of the trail, oldest first; the last is written to."""
    found = [
        path
        for path in house.home.rglob("*")
        if path.is_file() and any(part.startswith("audit") for part in path.relative_to(house.home).parts)
    ]
    logs = [path for path in found if path.suffix not in {".key", ".lock", ".sqlite", ".head"}]
    return sorted(logs, key=lambda path: (path.stat().st_mtime, path.name))


def lines(house: House) -> str:
    return "".join(path.read_text("utf-8", "replace") for path in files(house))


def purpose(client: Client) -> dict[str, str]:
    """The header of the purpose: what the server tells of, else the likely ones."""
    told = client.get("/openapi.json").text
    told += "".join(path.read_text("utf-8") for path in sorted(ROOT.glob("*.md")))
    named = set(re.findall(r'["`]((?:[A-Za-z]+-)*Purpose)["`:]', told, re.I))
    return dict.fromkeys(named or PURPOSES, PURPOSE)


def shown(house: House, *words: str) -> str:
    """Lines of the trail as its own command finds them, which knows how ids stand in it."""
    return house.cli("audit", "show", "--json", *words).stdout


def kept(stage: Stage) -> House:
    """A home whose server was asked this and that, and is stopped."""
    with stage.lock:
        if "audited" in stage.made:
            return stage.made["audited"]
        house = stage.pristine.copied("audited")
        stage.made["audited"] = house
        house.start()
        house.ready()
        alice, reader = house.client("alice"), house.client("reader")
        alice.send([("a.jsonl", corpus.jsonl([{"id": "aud1", "text": "Gout."}]))])
        alice.delete("/v1/documents/local:aud1")
        for n in range(12):
            reader.get("/v1/search", [("q", f"gout {n}")])
        reader.post("/v1/answers", {"question": f"What treats {WORD}?"}, purpose(reader))
        Client(house.url, "wrong").get("/v1/stats")
        house.stop()
        return house


@cache
def _whole(stage: Stage) -> int:
    """How the trail is judged that nobody has touched."""
    return kept(stage).cli("audit", "verify").returncode


@cache
def _head(stage: Stage) -> str:
    """How far the trail is, as an operator keeps it elsewhere; empty where there is nothing of the kind."""
    told = kept(stage).cli("audit", "head")
    return told.stdout.strip().splitlines()[-1] if told.returncode == 0 and told.stdout.strip() else ""


def copied(stage: Stage, name: str) -> House:
    """A copy of that home, made after it was looked at: that may add a line, too."""
    _whole(stage)
    _head(stage)
    return kept(stage).copied(f"tampered-{name}")


def judged(stage: Stage, house: House) -> tuple[bool, str]:
    """Whether a trail is found to be wrong, if need be with what was kept elsewhere."""
    bad = house.cli("audit", "verify")
    codes = [bad.returncode]
    if bad.returncode == 0 and _head(stage):
        bad = house.cli("audit", "verify", "--head", _head(stage))
        codes.append(bad.returncode)
    found = bad.returncode not in {0, 1, 2} and "Traceback" not in bad.stderr
    return found, f"verify {codes}: {(bad.stdout + bad.stderr)[:120]!r}"


def tampered(stage: Stage, name: str, change: Callable[[list[bytes]], list[bytes]]) -> Seen:
    """Whether `medgraph audit verify` finds a change that it must find, and none where there is none."""
    if not exists(stage):
        return NO_DOOR
    house = copied(stage, name)
    fine = _whole(stage)
    path = max(files(house), key=lambda one: one.stat().st_size, default=None)
    if path is None:
        return Seen(False, "no file of the trail was found")
    path.chmod(0o600)
    old = path.read_bytes().splitlines(keepends=True)
    new = change(list(old))
    if new == old:
        return Seen(False, "nothing could be changed")
    path.write_bytes(b"".join(new))
    found, what = judged(stage, house)
    return Seen(fine == 0 and found, f"whole {fine}, changed {what}")
