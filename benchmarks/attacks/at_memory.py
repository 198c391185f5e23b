"""Point 10: memory over time."""

from __future__ import annotations

from attacks import corpus
from attacks.registry import Seen, attack
from attacks.stage import Stage


@attack("10-memory-of-rankings", 10, "fresh")
def rankings(stage: Stage) -> Seen:
    """What is kept of each differential for an hour is bounded."""
    with stage.fresh("rank") as house:
        house.start()
        house.ready()
        client = house.client("reader")
        body = {"findings": ["fever", "gout"], "text": "Fever for 3 days. " * 100, "drugs": ["aspirin"] * 20}
        ids = [client.post("/v1/differential", body).json.get("id") for _ in range(30)]
        first = house.memory()
        for n in range(60):
            client.post("/v1/differential", body | {"age": n % 90})
        second = house.memory()
        for n in range(60):
            client.post("/v1/differential", body | {"age": n % 90 + 0.5})
        third = house.memory()
    held = third - second < 6 and bool(ids[0])  # the second sixty take no more than a hundred kilobytes each
    return Seen(held, f"{first:.0f}, {second:.0f}, {third:.0f} MB after 60 and 60 more; ids {bool(ids[0])}")


@attack("10-memory-of-uploads", 10, "fresh")
def uploads_memory(stage: Stage) -> Seen:
    with stage.fresh("upl") as house:
        house.start()
        house.ready()
        client = house.client("alice")
        sent = [("u.jsonl", corpus.jsonl([{"id": "u", "text": "Gout. " * 40_000}]))]
        for _ in range(3):
            client.send(sent)
        first = house.memory()
        for n in range(12):
            client.send([("u.jsonl", corpus.jsonl([{"id": f"u{n}", "text": "Gout. " * 40_000}]))])
        second = house.memory()
    return Seen(second - first < 120, f"{first:.0f}, {second:.0f} MB")
