"""Point 11: what a page of elsewhere makes a browser do."""

from __future__ import annotations

import re
from pathlib import Path

from attacks import corpus
from attacks.client import Client, drained, opened, status
from attacks.house import ROOT, House
from attacks.registry import Seen, attack
from attacks.stage import Stage, marker


def _crossed(client: Client, headers: dict[str, str], allowed: bool = False) -> Seen:
    """Requests that a page of elsewhere makes a browser send."""
    word = marker()
    sent = [("c.jsonl", corpus.jsonl([{"id": word, "text": "Gout."}]))]
    first = client.upload(sent, headers=headers).status
    second = client.post("/v1/answers", {"question": "What treats gout?"}, headers).status
    third = client.ask("DELETE", "/v1/documents/local:none", None, headers).status
    if allowed:
        return Seen((first, second) == (202, 200), f"upload {first}, question {second}, deletion {third}")
    return Seen({first, second, third} <= {400, 403, 421}, f"upload {first}, question {second}, deletion {third}")


def _open_house(stage: Stage) -> House:
    """A server without keys, as on somebody's own machine."""
    with stage.lock:
        if "open" not in stage.made:
            house = stage.pristine.copied("open")
            house.keys = ("", "")
            stage.made["open"] = house
            house.start()
            house.ready()
        return stage.made["open"]


@attack("11-origin-of-elsewhere", 11, "fresh")
def origin(stage: Stage) -> Seen:
    return _crossed(_open_house(stage).client(), {"Origin": "https://evil.example"})


@attack("11-origin-with-a-key", 11)
def origin_with_key(stage: Stage) -> Seen:
    return _crossed(stage.main.client("alice"), {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})


@attack("11-own-origin-is-served", 11, "fresh")
def own_origin(stage: Stage) -> Seen:
    house = _open_house(stage)
    headers = {"Origin": house.url, "Sec-Fetch-Site": "same-origin"}
    return _crossed(house.client(), headers, allowed=True)


@attack("11-name-bound-anew", 11, "fresh")
def rebinding(stage: Stage) -> Seen:
    client = _open_house(stage).client()
    hosts = (
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "[::ffff:8.8.8.8]",
        "0x7f.evil.example:80",
    )
    got = [client.get("/v1/documents", headers={"Host": host}).status for host in hosts]
    return Seen(set(got) <= {400, 403, 421}, str(got))


@attack("11-host-twice", 11, "fresh")
def host_twice(stage: Stage) -> Seen:
    house = _open_house(stage)
    codes = []
    for hosts in ("Host: 127.0.0.1\r\nHost: evil.example", "Host: evil.example\r\nHost: 127.0.0.1", "Host:"):
        with opened(house.url) as connection:
            connection.sendall(f"GET /v1/documents HTTP/1.1\r\n{hosts}\r\n\r\n".encode())
            codes.append(status(drained(connection, 1.5)))
    return Seen(set(codes) <= {400, 403, 421}, str(codes))


@attack("11-plain-text-body", 11, "fresh")
def plain_text(stage: Stage) -> Seen:
    """What a form can send without asking first is not taken as JSON."""
    client = _open_house(stage).client()
    kinds = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")
    got = [client.post("/v1/answers", {"question": "gout"}, {"Content-Type": kind}).status for kind in kinds]
    return Seen(set(got) <= {400, 415, 422}, str(got))


@attack("11-hashes-of-what-is-installed", 11)
def hashes(_: Stage) -> Seen:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    pins = re.findall(r"^[A-Za-z0-9_.-]+(?:\[[^\]]*\])?==", text, re.M)
    sums = text.count("--hash=sha256:")
    others = [p.name for p in Path(ROOT).glob("*constraints*") if "--hash=sha256:" in p.read_text("utf-8")]
    return Seen(sums >= len(pins) > 10 or bool(others), f"{len(pins)} pins, {sums} hashes, {others}")
