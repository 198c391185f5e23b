"""What tests of every room share: the corpora, a real Neo4j, and a home that is nobody's own.

A test whose surroundings are missing is skipped with the reason. Continuous integration names what must be there in
MEDGRAPH_REQUIRE (`neo4j,data,browser`): then it fails instead.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

# How long an example takes says more of the machine than of the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

# torch and faiss learn and search in one thread, here and in the programs that tests start: several workers share the
# cores, and what is learned is the same however many there are.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Java compiles as a program that lives for seconds should: a Neo4j starts with half of the processor's time.
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")

CHECKOUT = Path(__file__).resolve().parent.parent
SERVER = CHECKOUT / "deploy" / "neo4j" / "server.py"
JARS = Path(os.environ.get("MEDGRAPH_NEO4J_LIB") or Path.home() / ".cache" / "medgraph" / "neo4j-5.26.20")
"""Resolved once for all test runs, apart from every home."""


def missing(what: str, reason: str) -> NoReturn:
    """Skip the test that needs `what`, or fail it where MEDGRAPH_REQUIRE names it."""
    if what in os.environ.get("MEDGRAPH_REQUIRE", "").split(","):
        pytest.fail(f"{what} is required here: {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the state and the settings of whoever runs it."""
    for name in [name for name in os.environ if name.startswith("MEDGRAPH_") and name not in _KEPT]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setenv("MEDGRAPH_NEO4J_LIB", str(JARS))


_KEPT = {"MEDGRAPH_DATA", "MEDGRAPH_NEO4J_LIB", "MEDGRAPH_REQUIRE"}


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of corpora for development."""
    folder = Path(os.environ.get("MEDGRAPH_DATA") or CHECKOUT.parent / "shared" / "data")
    if not folder.is_dir():
        missing("data", f"no corpora: {folder} is not a folder (set MEDGRAPH_DATA)")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program of a real browser."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return found or missing("browser", "no chromium on the PATH (Debian: apt-get install chromium)")


@dataclass
class Neo4jServer:
    """A running Neo4j that belongs to the tests."""

    home: Path
    url: str
    user: str
    # Never shown where a failing test prints its arguments.
    password: str = field(repr=False)
    http_url: str

    def stop(self) -> None:
        """Stop it cleanly; stopping twice is harmless."""
        subprocess.run([sys.executable, SERVER, "stop", "--home", self.home], capture_output=True, check=False)

    def restart(self) -> None:
        """Start it again on the same ports with the same data."""
        ports = (self.url.rpartition(":")[2], self.http_url.rpartition(":")[2])
        start_neo4j(self.home, "--bolt-port", ports[0], "--http-port", ports[1])


def start_neo4j(home: Path, *options: str) -> Neo4jServer:
    """Start a server under `home` on any free ports, or those that `options` give."""
    command = [sys.executable, str(SERVER), "start", "--json", "--home", str(home), "--heap", "512m"]
    environment = {**os.environ, "MEDGRAPH_NEO4J_LIB": str(JARS)}
    ports = () if "--bolt-port" in options else ("--bolt-port", "0", "--http-port", "0")
    done = subprocess.run([*command, *ports, *options], capture_output=True, text=True, env=environment, check=False)
    if done.returncode != 0:
        if "needs Java" in done.stderr or "needs Maven" in done.stderr:
            missing("neo4j", done.stderr)
        pytest.fail(done.stderr, pytrace=False)
    found = json.loads(done.stdout)
    return Neo4jServer(home, found["url"], found["user"], found["password"], found["http"])


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """One Neo4j for the whole run. A test empties what it needs empty; it does not stop the server."""
    server = start_neo4j(tmp_path_factory.mktemp("neo4j"))
    yield server
    server.stop()


@pytest.fixture
def throwaway_neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Neo4jServer]]:
    """Makes servers that a test may stop half-way: call it, with options of server.py where they are wanted."""
    servers: list[Neo4jServer] = []

    def make(*options: str) -> Neo4jServer:
        servers.append(start_neo4j(tmp_path_factory.mktemp("throwaway"), *options))
        return servers[-1]

    yield make
    for server in servers:
        server.stop()
