"""Point 13: limits, dear calls and metrics."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from typing import Any

from attacks.client import Client
from attacks.house import KEYS, ROOT
from attacks.registry import NO_DOOR, Seen, attack
from attacks.stage import Stage, marker


def _flood(stage: Stage, house: Any, name: str, seconds: float, path: str = "/v1/stats") -> Counter[int]:
    """As many requests as eight threads make, of one key at one address."""
    client = house.client(name, waits=False, patience=10)
    seen: Counter[int] = Counter()
    end = time.monotonic() + seconds
    lock = threading.Lock()

    def asks() -> None:
        while time.monotonic() < end and not seen[429]:
            got = client.get(path)
            with lock:
                seen[got.status] += 1
                if got.status == 429:
                    wait = got.headers.get("retry-after", "")
                    seen[-1] += wait.isdigit() and int(wait) > 0

    threads = [threading.Thread(target=asks) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def _limits(stage: Stage) -> Any:
    return stage.house("limits")


@attack("13-flood-without-key", 13, "fresh")
def flood_without(stage: Stage) -> Seen:
    house = _limits(stage)
    seen = _flood(stage, house, "", 12)
    other = house.client("alice").get("/v1/stats").status
    return Seen(seen[429] > 0 and seen[-1] > 0 and other == 200, f"{dict(seen)}; another's {other}")


@attack("13-guessing-keys", 13, "fresh")
def guessing(stage: Stage) -> Seen:
    house = _limits(stage)
    client = Client(house.url, "", waits=False)
    codes: Counter[int] = Counter()
    for n in range(600):
        client.key = f"guess-{n:020d}"
        codes[client.get("/v1/stats").status] += 1
        if codes[429]:
            break
    other = house.client("alice").get("/v1/stats").status
    return Seen(codes[429] > 0 and other == 200, f"{dict(codes)}; another's {other}")


def _bounded(stage: Stage, path: str, body: Any = None, seconds: float = 8.0, by: str = "reader") -> Seen:
    client = stage.main.client(by, patience=45)
    base = stage.main.memory()
    got = client.get(path) if body is None else client.post(path, body)
    grown = stage.main.memory() - base
    held = 0 < got.status < 500 and got.seconds < seconds and grown < 200
    return Seen(held, f"{got.status} after {got.seconds:.1f} s, {grown:.0f} MB, {len(got.body)} bytes")


@attack("13-paths-to-nowhere", 13)
def paths_nowhere(stage: Stage) -> Seen:
    avoid = "".join(f"&not_through=dense+disease+{n}" for n in range(2, 60))
    return _bounded(stage, f"/v1/paths?from=dense+disease+1&to=zorbia+fever&max_hops=8&limit=50{avoid}")


@attack("13-search-of-4000-words", 13)
def long_search(stage: Stage) -> Seen:
    return _bounded(stage, "/v1/search?k=100&mode=rerank&q=" + "gout+a*+NEAR+OR+" * 240)


@attack("13-filters-without-end", 13)
def many_filters(stage: Stage) -> Seen:
    many = "".join(f"&document=local:x{n}&entity=e{n}&source=s{n}" for n in range(1500))
    return _bounded(stage, f"/v1/search?q=gout{many}")


@attack("13-chinese-question", 13)
def chinese_question(stage: Stage) -> Seen:
    return _bounded(stage, "/v1/answers", {"question": "患者有痛风和白血病及佐比亚热，" * 260 + "怎么办？", "k": 100})


@attack("13-question-of-a-megabyte", 13)
def question_megabyte(stage: Stage) -> Seen:
    return _bounded(stage, "/v1/answers", {"question": "gout " * 200_000}, 4)


@attack("13-chat-of-2000-turns", 13)
def chat_turns(stage: Stage) -> Seen:
    turns = [{"role": "user", "content": "What treats gout? " * 50}, {"role": "assistant", "content": "x" * 900}] * 1000
    return _bounded(
        stage, "/v1/chat/completions", {"messages": [*turns, {"role": "user", "content": "And asthma?"}]}, 15
    )


@attack("13-200-drugs", 13)
def drugs(stage: Stage) -> Seen:
    names = [f"drug{n} {n} mg" for n in range(199)] + ["aspirin"]
    body = {"drugs": names, "conditions": [f"gout {n}" for n in range(200)], "allergies": [f"x{n}" for n in range(200)]}
    return _bounded(stage, "/v1/drugs/check", body, 15)


@attack("13-bundle-in-a-check", 13)
def check_bundle(stage: Stage) -> Seen:
    opened = b'{"resourceType": "Bundle", "type": "collection", "entry": [{"resource": '
    inner = opened * 400 + b'{"resourceType": "Patient", "id": "p"}' + b"}]}" * 400
    return _bounded(stage, "/v1/drugs/check", b'{"drugs": ["aspirin"], "bundle": ' + inner + b"}", 6)


@attack("13-metrics-without-scope", 13)
def metrics_scope(stage: Stage) -> Seen:
    doors = stage.main.client("metrics").get("/metrics")
    if doors.status != 200:
        return NO_DOOR
    names = ("", "reader", "alice", "expired", "doctor")
    got = {name: stage.main.client(name).get("/metrics").status for name in names}
    held = got[""] == 401 and got["expired"] == 401 and {got["reader"], got["alice"], got["doctor"]} == {403}
    return Seen(held, str(got))


@attack("13-metrics-alone", 13)
def metrics_alone(stage: Stage) -> Seen:
    client = stage.main.client("metrics")
    if client.get("/metrics").status != 200:
        return NO_DOOR
    got = [client.get(path).status for path in ("/v1/stats", "/v1/search?q=gout", "/v1/documents", "/v1/jobs")]
    got += [client.ask_question("gout?").status, client.upload([("a.jsonl", b'{"id": "x", "text": "x"}')]).status]
    return Seen(set(got) == {403}, str(got))


@attack("13-metrics-of-patients", 13)
def metrics_patients(stage: Stage) -> Seen:
    client = stage.main.client("metrics")
    v, doctor, word = stage.victim(), stage.main.client("doctor"), marker()
    doctor.get(f"/v1/documents/fhir:Patient/{v.name}")
    doctor.get(f"/v1/entities/{v.label}/neighbours")
    doctor.ask_question(f"What is {word} allergic to?", v.label)
    doctor.get(f"/v1/{word}/{v.name}")
    got = client.get("/metrics")
    if got.status != 200:
        return NO_DOOR
    found = [one for one in (v.name, word, "patient:", "Penicillin", "ward:7", *KEYS.values()) if one in got.text]
    return Seen(not found and "# TYPE" in got.text, f"found {found}")


@attack("13-metrics-series", 13)
def metrics_series(stage: Stage) -> Seen:
    """Paths, methods and keys that anybody makes up make no series."""
    client, anybody = stage.main.client("metrics"), stage.main.client("reader")
    first = client.get("/metrics")
    if first.status != 200:
        return NO_DOOR
    for n in range(150):
        anybody.get(f"/v1/documents/x{n}")
        anybody.get(f"/{n}/x")
        anybody.ask(f"M{n}", "/v1/stats")
    second = client.get("/metrics")
    grown = len(second.text.splitlines()) - len(first.text.splitlines())
    return Seen(grown < 60, f"{grown} lines more")


@attack("13-health-is-never-limited", 13, "fresh")
def health(stage: Stage) -> Seen:
    """And tells nothing of what is inside."""
    house = _limits(stage)
    client = Client(house.url, "", waits=False)
    codes = Counter(client.get("/healthz").status for _ in range(50))
    body = client.get("/readyz").text
    told_of = re.search(r"local:|patient:|/tmp|sqlite|\d{3,}", body)
    return Seen(set(codes) == {200} and not told_of and (ROOT / "api").is_dir(), f"{dict(codes)} {body[:80]}")
