"""The houses that attacks share, and the victims whose records nobody may touch."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attacks import corpus
from attacks.client import Client, of
from attacks.house import House, folder, ring
from attacks.registry import Seen

_VOLATILE = {"seconds", "score", "parts", "created", "started", "finished"}
_KNOWN: dict[tuple[str, ...], bool] = {}
QUESTIONS = ("What is the patient allergic to?", "Which conditions does the patient have?", "病人对什么过敏？")


@dataclass(frozen=True, slots=True)
class Victim:
    """`number`: the id of its FHIR resources; `name`: its pseudonym."""

    number: str
    name: str

    @property
    def label(self) -> str:
        return f"patient:{self.name}"


def steady(value: Any) -> Any:
    """A reply without what differs from one moment to another."""
    if isinstance(value, dict):
        return {name: steady(inner) for name, inner in value.items() if name not in _VOLATILE}
    return [steady(inner) for inner in value] if isinstance(value, list) else value


def marker(count: Iterator[int] = itertools.count(1)) -> str:  # noqa: B008 (one counter for all)
    """A word that nothing else holds."""
    return f"qz{next(count):03d}xv"


class Stage:
    """Everything is made when it is first asked for."""

    def __init__(self) -> None:
        self.folder = folder()
        self.lock = threading.RLock()
        self.corpus = self.folder / "corpus"
        corpus.written(self.corpus)
        self.made: dict[str, House] = {}
        self.labels: dict[str, str] = {}
        bundled, listed, noted = corpus.numbers()
        self.queues = {"bundle": iter(bundled), "lines": iter(listed), "notes": iter(noted)}
        self.pristine = self._pristine()

    def _pristine(self) -> House:
        """A home that is never served, of which the others are copies."""
        house = House(self.folder / "pristine")
        house.cli("load", "-q", "pharmacology", "conditions", *map(str, sorted((self.corpus / "graph").iterdir())))
        house.cli("ingest", "-q", str(self.corpus / "open"))
        bare = house.copied("bare")
        house.cli("ingest", "-q", "--access", "ward:7", str(self.corpus / "ward"))
        house.cli("ingest", "-q", str(self.corpus / "records"))
        told = house.cli("search", "--all-access", "--json", "--k", "1000", "--mode", "lexical", "syndrome")
        hits = json.loads(told.stdout or "{}").get("hits", [])
        for hit in hits:
            if found := re.search(r"Marker([bnt]\d\d) syndrome", hit["text"]):
                self.labels[found[1]] = hit["document"].rsplit("/", 1)[1]
        house.cli("delete", *[f"fhir:Patient/{name}" for number, name in self.labels.items() if number[0] == "t"])
        house.keys = bare.keys = ring([f"patient:{name}" for name in self.labels.values()])
        self.made["bare"] = bare
        return house

    def house(self, name: str, **env: str) -> House:
        """A served copy of the home; started again where an attack ended it."""
        with self.lock:
            if name not in self.made or (name == "bare" and not self.made[name].url):
                made = self.made["bare"] if name == "bare" else self.pristine.copied(name, **env)
                self.made[name] = made
                made.start()
                made.ready()
            elif not self.made[name].alive:
                self.made[name].start()
                self.made[name].ready()
            return self.made[name]

    @property
    def main(self) -> House:
        return self.house("main")

    @property
    def bare(self) -> House:
        """The same without its hidden half."""
        return self.house("bare")

    def heavy(self) -> House:
        """A house in which documents are taken in; made anew where an attack stopped that."""
        house = self.house("heavy")
        job = house.client("bob").job(self._small(house), 12)
        if job.get("state") != "done":
            self.drop("heavy")
            house = self.house("heavy")
        return house

    @staticmethod
    def _small(house: House) -> Any:
        return house.client("bob", patience=10).upload(
            [("small.jsonl", corpus.jsonl([{"id": marker(), "text": "Ok."}]))]
        )

    def drop(self, name: str) -> None:
        with self.lock:
            if house := self.made.pop(name, None):
                house.stop(wait=0.1)

    @contextmanager
    def fresh(self, name: str, copy: bool = True, wrap: tuple[str, ...] = (), **env: str) -> Iterator[House]:
        """A house of one attack, not started."""
        house = self.pristine.copied(name, **env)
        if not copy:
            shutil.rmtree(house.home)
        house.wrap = wrap
        house.rich = self.rich
        try:
            yield house
        finally:
            house.stop(wait=0.1)
            for path in (house.home, house.temporary):
                shutil.rmtree(path, ignore_errors=True)

    @property
    def rich(self) -> bool:
        """Whether keys have scopes."""
        return self.main.rich

    def victim(self, kind: str = "bundle") -> Victim:
        with self.lock:
            number = next(self.queues[kind])
            return Victim(number, self.labels[number])

    def view(self, victim: Victim, house: House | None = None) -> str:
        """All that the patient's own reader is told of it."""
        client = (house or self.main).client("doctor")
        listed = client.get("/v1/documents", [("access", victim.label), ("limit", "100")]).json
        documents = [one["id"] for one in listed.get("documents", [])]
        told: list[Any] = [client.get(f"/v1/documents/{of(one)}").json for one in documents]
        told.append(client.get(f"/v1/entities/{victim.label}").json)
        told.append(client.get(f"/v1/entities/{victim.label}/neighbours").json)
        for question in QUESTIONS:
            answer = client.ask_question(question, victim.label).json
            told.append([answer.get("answer"), [one["text"] for one in answer.get("evidence", [])]])
        return json.dumps(steady(told), ensure_ascii=False, sort_keys=True)

    def unchanged(self, victim: Victim, *uploads: tuple[str, bytes], by: str = "alice", **more: Any) -> Seen:
        """Whether a victim's record is as it was after somebody else has sent files."""
        before = self.view(victim)
        if victim.number not in before:
            return Seen(False, "the victim is not in its own view")
        client = self.main.client(by)
        job = client.send(list(uploads), **more)
        change = self.change(victim, before)
        return Seen(not change and tried(job), f"{told(job)}; the record is {change or 'as it was'}")

    def change(self, victim: Victim, before: str) -> str:
        """What is another in a record than it was; looked at twice, as a server may be busy."""
        for _ in range(2):
            after = self.view(victim)
            if after == before:
                return ""
            time.sleep(1)
        at = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
        return f"changed: {after[max(0, at - 30) : at + 60]!r}"

    def close(self) -> None:
        for house in self.made.values():
            house.stop(wait=0.1)
        shutil.rmtree(self.folder, ignore_errors=True)


def told(job: dict[str, Any]) -> str:
    """A job in a few words."""
    counts = [f"{job[name]} {name}" for name in ("added", "updated", "deleted", "failures") if job.get(name)]
    return " ".join([str(job.get("state", "no job")), str(job.get("status", "")), *counts]).strip()


def tried(job: dict[str, Any]) -> bool:
    """Whether a job came as far as to judge what was sent: one that broke proves nothing."""
    broken = job.get("state") == "failed" and not str(job.get("problem") or "internal").endswith(("forbidden", "input"))
    return bool(job.get("state")) and not broken and job["state"] not in {"queued", "running", "waiting"}


def counts(job: dict[str, Any]) -> dict[str, Any]:
    """What of a job would tell whether something was there before."""
    kept = ("state", "read", "added", "updated", "unchanged", "outdated", "deleted", "failures", "problem", "status")
    return {name: job.get(name) for name in kept}


def findable(client: Client, words: str) -> bool:
    """Whether anything that a caller finds holds these words."""
    return words in client.get("/v1/search", [("q", words), ("mode", "lexical"), ("retracted", "true")]).text


def paths_of(client: Client) -> dict[str, dict[str, Any]]:
    """The doors that the server itself tells of."""
    found = client.get("/openapi.json").json.get("paths", {})
    return found if isinstance(found, dict) else {}


def has_word(house: House, *words: str) -> bool:
    """Whether the command line knows these words."""
    if words not in _KNOWN:
        _KNOWN[words] = house.cli(*words, "--help").returncode == 0
    return _KNOWN[words]


def scratch(stage: Stage, name: str) -> Path:
    path = stage.folder / name
    path.mkdir(exist_ok=True, parents=True)
    return path
