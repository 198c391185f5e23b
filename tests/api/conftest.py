"""A home filled by the real commands, the real command in-process and as a process, and a real server on loopback."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.cli import main as cli

MEDGRAPH = [sys.executable, "-m", "api"]
START_SECONDS = 60

LEXICON = """\
# source: small
# title: a small lexicon
# version: 1
id\ttype\tname\tzh\tsynonyms
MESH:D003924\tDisease\tType 2 diabetes mellitus\t2型糖尿病\tType II diabetes
MESH:D014262\tDisease\tTricuspid regurgitation\t三尖瓣反流\t
MESH:D000140\tDisease\tLactic acidosis\t乳酸酸中毒\t
MESH:D006333\tDisease\tHeart failure\t心力衰竭\tcardiac failure
MESH:D008687\tDrug\tMetformin\t二甲双胍\t
MESH:D001241\tDrug\tAspirin\t阿司匹林\tAcetylsalicylic acid
MESH:D014859\tDrug\tWarfarin\t华法林\t
HP:0002018\tPhenotype\tNausea\t恶心\t
HP:0012735\tPhenotype\tCough\t咳嗽\t
HP:0000001\tPhenotype\tCold\t感冒\t
MESH:D003139\tDisease\tCold\t普通感冒\t
X:a/b\tConcept\tSlashed concept\t\t
"""
DOCUMENTS: list[dict[str, Any]] = [
    {"pmid": 101, "title": "Metformin as first choice", "year": 2011, "abstract":
     "Metformin is effective in the treatment of type 2 diabetes mellitus. Metformin causes nausea in some patients."},
    {"pmid": 102, "title": "A rare danger", "year": 2015, "abstract":
     "Metformin may cause lactic acidosis. Metformin is contraindicated in heart failure."},
    {"pmid": 103, "title": "An interaction of two drugs", "year": 2018, "abstract":
     "Aspirin interacts with warfarin. The patients were watched for a year."},
    {"pmid": 104, "title": "二甲双胍的不良反应", "language": "zh", "year": 2019, "abstract":
     "二甲双胍可引起恶心。二甲双胍用于治疗2型糖尿病。"},
    {"id": "DOI:10.1/ab/c", "title": "An id with slashes", "year": 2020, "abstract":
     "Aspirin does not cause cough. Warfarin prevents nothing here."},
    {"id": "letter:1", "title": "A letter", "access": "patient:42", "text":
     "The patient takes warfarin. Warfarin causes nausea in this patient."},
]  # fmt: skip
KEYS = {"reader-key-0123456789": ["public"], "doctor-key-0123456789": ["public", "patient:42"]}


@dataclass(frozen=True)
class Done:
    """What a run of the command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on stdout."""
        (line,) = self.out.splitlines()
        return json.loads(line)


@pytest.fixture(scope="session")
def documents() -> list[dict[str, Any]]:
    """The records of the filled home."""
    return DOCUMENTS


@pytest.fixture
def jsonl(tmp_path: Path) -> Callable[..., Path]:
    """Write records as JSON Lines: `jsonl(name, records)`."""

    def written(name: str, records: list[dict[str, Any]]) -> Path:
        path = tmp_path / name
        path.write_text(lines(records), encoding="utf-8")
        return path

    return written


@pytest.fixture(scope="session")
def made() -> Callable[[int], list[dict[str, Any]]]:
    """Make so many records that differ and are quick to read."""
    drugs, findings = ("Metformin", "Aspirin", "Warfarin"), ("nausea", "cough", "lactic acidosis", "heart failure")

    def records(count: int) -> list[dict[str, Any]]:
        return [
            {"pmid": 10_000 + n, "title": f"Report {n}", "abstract": f"{drugs[n % 3]} causes {findings[n % 4]} in {n}."}
            for n in range(count)
        ]

    return records


@pytest.fixture(scope="session")
def wait_for() -> Callable[..., None]:
    """Wait until something holds, or fail."""

    def waited(happened: Callable[[], bool], seconds: float = 240) -> None:
        end = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < end, "it did not happen in time"
            time.sleep(0.05)

    return waited


def lines(records: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


@pytest.fixture(scope="session")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `names.tsv` to load and `documents.jsonl` to ingest."""
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "names.tsv").write_text(LEXICON, encoding="utf-8")
    (folder / "documents.jsonl").write_text(lines(DOCUMENTS), encoding="utf-8")
    return folder


def environment(home: Path, **settings: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MEDGRAPH_")}
    return {**plain, "MEDGRAPH_HOME": str(home), "PYTHONUTF8": "1", **settings}


def spawn(*args: str, home: Path, stdout: Any = subprocess.PIPE, **settings: str) -> subprocess.Popen[str]:
    # A shell starts what runs in its background with interrupts ignored, and children inherit that.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(
        [*MEDGRAPH, *args],
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(home, **settings),
    )


def run(*args: str, home: Path, stdin: str = "", stdout: Any = subprocess.PIPE, **settings: str) -> Done:
    with spawn(*args, home=home, stdout=stdout, **settings) as process:
        out, err = process.communicate(stdin, timeout=120)
    return Done(process.returncode, out or "", err)


@pytest.fixture(scope="session", name="spawn")
def _spawn() -> Callable[..., subprocess.Popen[str]]:
    """Start `medgraph` as a process of its own: `spawn(*args, home=…, **settings)`."""
    return spawn


@pytest.fixture(scope="session", name="run")
def _run() -> Callable[..., Done]:
    """Run `medgraph` as a process of its own to its end: `run(*args, home=…, stdin=…, **settings)`."""
    return run


@pytest.fixture
def medgraph(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Run the command in this process: the same `main`, without the start of an interpreter."""

    def called(*args: str, home: Path | None = None) -> Done:
        if home is not None:
            monkeypatch.setenv("MEDGRAPH_HOME", str(home))
        capsys.readouterr()
        code = cli.main(args)
        caught = capsys.readouterr()
        return Done(code, caught.out, caught.err)

    return called


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, inputs: Path) -> Path:
    """A home with the small lexicon and the documents, written by the real command. To be read only."""
    home = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEDGRAPH_HOME", str(home))
        assert cli.main(["load", str(inputs / "names.tsv")]) == 0
        assert cli.main(["ingest", str(inputs / "documents.jsonl")]) == 0
    return home


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    """A copy of the filled home that a test may change."""
    return Path(shutil.copytree(filled, tmp_path / "home"))


@pytest.fixture(scope="session")
def drug_tables() -> list[Path]:
    """Tables of a few drugs: names, groups and rules of our own, an open and a closed source of interactions."""
    return sorted((Path(__file__).parent / "drugs").glob("*.tsv"))


@pytest.fixture(scope="session")
def pharmacy(tmp_path_factory: pytest.TempPathFactory, drug_tables: list[Path]) -> Path:
    """A home with a few drugs and a patient, `patient:42`, who takes one of them; to be read only."""
    from graph.model import Assertion, Contribution, Entity, Source
    from graph.sqlite.store import SqliteStore

    home = tmp_path_factory.mktemp("pharmacy")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEDGRAPH_HOME", str(home))
        assert cli.main(["load", *map(str, drug_tables)]) == 0
    label = frozenset({"patient:42"})
    own = Entity("RXNORM:1", "Drug", "Warfarin Sodium 5 MG Oral Tablet", access=label)
    patient = Entity("patient:42", "Patient", "patient 42", access=label)
    rows = [
        Assertion.new("patient:42", predicate, object, source="fhir:42", sentence="x", access=label)
        for predicate, object in (
            ("takes", "RXNORM:1"), ("has_condition", "DOID:2841"), ("allergic_to", "DRUGBANK:DB00945"),
        )
    ]  # fmt: skip
    store = SqliteStore(home / "graph.sqlite")
    source = Source("fhir:42", "document", access=label)
    store.replace([Contribution(source, (patient, own), (), (), tuple(rows))])
    store.close()
    return home


def _limited(descriptors: int | None) -> list[str]:
    return [] if descriptors is None else ["prlimit", f"--nofile={descriptors}"]


class Server:
    """A running `medgraph serve` and a client of it."""

    def __init__(self, home: Path, *, descriptors: int | None = None, **settings: str) -> None:
        self.log = home / "serve.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*_limited(descriptors), *MEDGRAPH, "serve", "--port", "0"],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=environment(home, **settings),
            )
        assert self.process.stdout is not None
        first = self.process.stdout.readline()
        found = re.search(r"http://\S+", first)
        assert found, self.log.read_text()
        self.url = found[0].rstrip("/")
        self.client = httpx.Client(base_url=self.url, timeout=120)

    def upload(self, path: Path) -> str:
        """Upload one file; return where its job is."""
        reply = self.client.post("/v1/documents", files={"files": (path.name, path.read_bytes())})
        assert reply.status_code == 202
        return str(reply.headers["location"])

    def stop(self, sent: signal.Signals = signal.SIGTERM) -> int:
        """End it by a signal; return its exit status."""
        self.client.close()
        self.process.send_signal(sent)
        code = self.process.wait(START_SECONDS)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return code


@pytest.fixture
def start() -> Iterator[Callable[..., Server]]:
    """Start servers that end with the test."""
    servers: list[Server] = []

    def started(home: Path, *, descriptors: int | None = None, **settings: str) -> Server:
        servers.append(Server(home, descriptors=descriptors, **settings))
        return servers[-1]

    yield started
    for server in servers:
        if server.process.poll() is None:
            server.stop(signal.SIGKILL)


@pytest.fixture(scope="session")
def serving() -> Iterator[Callable[..., Server]]:
    """Start servers that run to the end of the tests, for fixtures that many share: `serving(home, **settings)`."""
    servers: list[Server] = []

    def started(home: Path, **settings: str) -> Server:
        servers.append(Server(home, descriptors=None, **settings))
        return servers[-1]

    yield started
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def server(filled: Path) -> Iterator[Server]:
    """A server over the filled home, without keys. To be read only."""
    running = Server(filled)
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="session")
def client(server: Server) -> httpx.Client:
    return server.client


@pytest.fixture(scope="session")
def keyed(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server that asks for keys, over a copy of the filled home."""
    yield from _keyed(filled, tmp_path_factory.mktemp("keyed"))


@pytest.fixture
def keyed_once(filled: Path, tmp_path: Path) -> Iterator[httpx.Client]:
    """The same for one test, which may change what is there."""
    yield from _keyed(filled, tmp_path)


@pytest.fixture(scope="session")
def drug_client(pharmacy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server with keys over a copy of the home with a few drugs."""
    yield from _keyed(pharmacy, tmp_path_factory.mktemp("drugs"))


def _keyed(filled: Path, folder: Path, keys: Mapping[str, Any] = KEYS) -> Iterator[httpx.Client]:
    home = Path(shutil.copytree(filled, folder / "home"))
    running = Server(home, MEDGRAPH_API_KEYS=json.dumps(keys))
    yield running.client
    running.stop()


@pytest.fixture(scope="session")
def keyed_over() -> Callable[..., Iterator[httpx.Client]]:
    """Run a server with keys over a copy of a home: `keyed_over(home, folder, keys)`."""
    return _keyed
