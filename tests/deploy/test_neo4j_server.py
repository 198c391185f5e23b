"""The launcher of a real Neo4j, used as a person uses it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import neo4j
import neo4j.exceptions
import pytest

SERVER = Path(__file__).resolve().parents[2] / "deploy" / "neo4j" / "server.py"


def run(command: str, home: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, SERVER, command, "--home", home, *options],
        capture_output=True, text=True, env={**os.environ, **environment}, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def jars(neo4j_server: object) -> Path:
    """The jars, which the session's server has had resolved."""
    home = Path.home() / ".cache" / "medgraph" / "neo4j-5.26.20"
    return Path(os.environ.get("MEDGRAPH_NEO4J_LIB") or home)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    run("stop", tmp_path / "home")


@pytest.mark.neo4j
@pytest.mark.usefixtures("jars")
def test_a_life(home: Path) -> None:
    """Start, use, start again, stop, start: the data, the password and the ports are still there."""
    first = run("start", home, "--json", "--bolt-port", "0", "--http-port", "0", "--heap", "512m")
    assert first.returncode == 0, first.stderr
    found = json.loads(first.stdout)
    assert found["started"] is True
    assert found["url"].startswith("neo4j://127.0.0.1:")
    assert found["env"] == {
        "MEDGRAPH_GRAPH_URL": found["url"],
        "MEDGRAPH_GRAPH_USER": "neo4j",
        "MEDGRAPH_GRAPH_PASSWORD": found["password"],
    }
    with neo4j.GraphDatabase.driver(found["url"], auth=("neo4j", found["password"])) as driver:
        driver.execute_query("CREATE (:Kept {word: 'here'})")
    with (
        neo4j.GraphDatabase.driver(found["url"], auth=("neo4j", "neo4j")) as intruder,
        pytest.raises(neo4j.exceptions.AuthError),
    ):
        intruder.verify_connectivity()
    with urllib.request.urlopen(found["browser"], timeout=10) as page:
        assert b"Neo4j Browser" in page.read()
    # Not reachable but by loopback.
    for port in (found["url"].rpartition(":")[2], found["http"].rpartition(":")[2]):
        listening = _listening_addresses(int(port))
        assert listening
        assert listening <= {"127.0.0.1", "::ffff:127.0.0.1"}

    again = run("start", home, "--json")
    assert "already running" in again.stderr
    assert json.loads(again.stdout) == found | {"started": False}
    status = run("status", home)
    assert status.returncode == 0
    assert "may read everything in the graph" in status.stdout
    assert f"MEDGRAPH_GRAPH_URL={found['url']} " in status.stdout

    assert run("stop", home).returncode == 0
    assert run("status", home, "--json").returncode == 3
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(found["browser"], timeout=10)

    # A process id left behind by a machine that lost power deceives nobody.
    (home / "neo4j" / "run" / "server.lock").write_text(f"{os.getpid()}\n")
    second = json.loads(run("start", home, "--json", "--heap", "512m", "--read-only").stdout)
    assert second["started"] is True
    assert (second["url"], second["password"]) == (found["url"], found["password"])
    with neo4j.GraphDatabase.driver(second["url"], auth=("neo4j", second["password"])) as driver:
        assert driver.execute_query("MATCH (k:Kept) RETURN k.word AS word").records[0]["word"] == "here"
        # Nobody may write what is there to be looked at.
        for statement in ("MATCH (n) DETACH DELETE n", "CREATE (:Kept)", "CREATE INDEX i FOR (n:Kept) ON (n.word)"):
            with pytest.raises(neo4j.exceptions.ClientError, match="read-only"):
                driver.execute_query(statement)

    secret = home / "neo4j" / "password"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert [str(path) for path in home.rglob("*") if path.stat().st_mode & 0o077] == []
    holders = [
        path for path in home.rglob("*") if path.is_file() and path != secret and _holds(path, found["password"])
    ]
    assert holders == []


def _holds(path: Path, text: str) -> bool:
    return text.encode() in path.read_bytes()


def _listening_addresses(port: int) -> set[str]:
    """The local addresses on which somebody listens at this port, as Linux tells them."""
    found = set()
    for table, family in (("tcp", socket.AF_INET), ("tcp6", socket.AF_INET6)):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            local, state = line.split()[1], line.split()[3]
            address, _, number = local.partition(":")
            if state == "0A" and int(number, 16) == port:
                words = [bytes.fromhex(address[i : i + 8])[::-1] for i in range(0, len(address), 8)]
                found.add(socket.inet_ntop(family, b"".join(words)))
    return found


@pytest.mark.neo4j
def test_a_jar_that_was_changed_is_refused_by_name(home: Path, jars: Path, tmp_path: Path) -> None:
    lib = tmp_path / "lib"
    shutil.copytree(jars, lib, copy_function=os.symlink)
    victim = lib / "neo4j-kernel-5.26.20.jar"
    victim.unlink()
    victim.write_bytes((jars / victim.name).read_bytes() + b"\0")
    refused = run("start", home, "--bolt-port", "0", "--http-port", "0", MEDGRAPH_NEO4J_LIB=str(lib))
    assert refused.returncode == 1
    assert f"{victim} is not the jar it should be" in refused.stderr
    assert refused.stdout == ""
    assert run("status", home).returncode == 3


@pytest.mark.neo4j
@pytest.mark.usefixtures("jars")
def test_a_port_in_use_is_said(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = run("start", home, "--bolt-port", str(port), "--http-port", "0")
    assert refused.returncode == 1
    assert f"port {port} on 127.0.0.1, asked for Bolt, is in use" in refused.stderr


@pytest.mark.neo4j
@pytest.mark.usefixtures("jars")
def test_a_lost_password_is_said(home: Path) -> None:
    (home / "neo4j" / "data" / "databases" / "system").mkdir(parents=True)
    refused = run("start", home, "--bolt-port", "0", "--http-port", "0")
    assert refused.returncode == 1
    assert "password file" in refused.stderr


def _program(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)


def test_without_java_it_says_what_to_install(home: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    refused = run("start", home, PATH=str(tmp_path / "bin"), JAVA_HOME="")
    assert refused.returncode == 1
    assert refused.stderr.startswith("error: Neo4j needs Java 17 or newer")
    assert "no `java` was found on the PATH" in refused.stderr


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("echo 'Unrecognized option: --list-modules' >&2; exit 1", "is older than Java 9"),
        ("echo java.base@11.0.22; echo jdk.compiler@11.0.22", "is Java 11."),
        ("echo java.base@17.0.15", "is Java 17 without a compiler"),
    ],
)
def test_the_wrong_java_is_said(home: Path, tmp_path: Path, answer: str, said: str) -> None:
    _program(tmp_path / "bin", "java", answer)
    refused = run("start", home, PATH=f"{tmp_path / 'bin'}:/usr/bin:/bin", JAVA_HOME="")
    assert refused.returncode == 1
    assert said in refused.stderr


@pytest.mark.parametrize(
    ("maven", "said"),
    [
        (None, "no `mvn` was found on the PATH"),
        ("echo 'Apache Maven 3.3.9'", "is 3.3."),
        ("echo 'JAVA_HOME is wrong' >&2; exit 1", "JAVA_HOME is wrong"),
        ("case $2 in -v) echo Apache Maven 3.9.1;; *) echo 'no route to host'; exit 1;; esac", "no route to host"),
    ],
)
def test_without_a_working_maven_it_says_so(home: Path, tmp_path: Path, maven: str | None, said: str) -> None:
    _program(tmp_path / "bin", "java", "echo java.base@17.0.15; echo jdk.compiler@17.0.15")
    if maven is not None:
        _program(tmp_path / "bin", "mvn", maven)
    empty = str(tmp_path / "lib")
    refused = run("start", home, PATH=str(tmp_path / "bin"), JAVA_HOME="", MEDGRAPH_NEO4J_LIB=empty)
    assert refused.returncode == 1
    assert said in refused.stderr


@pytest.mark.parametrize(
    "option", [("--guide-url", "file:///etc/passwd"), ("--heap", "big"), ("--bolt-port", "70000"), ("--port", "1")]
)
def test_a_wrong_option_is_refused_before_anything_happens(home: Path, option: tuple[str, str]) -> None:
    refused = run("start", home, *option)
    assert refused.returncode == 2
    assert not home.exists()


@pytest.mark.neo4j
@pytest.mark.usefixtures("jars")
def test_a_server_stopped_by_a_test_can_be_brought_back(throwaway_neo4j: Callable[..., object]) -> None:
    server = throwaway_neo4j()
    server.stop()  # type: ignore[attr-defined]  # the class lives in conftest, which tests do not import
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=5)  # type: ignore[attr-defined]  # as above
    server.restart()  # type: ignore[attr-defined]  # as above
    with neo4j.GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:  # type: ignore[attr-defined]  # as above
        driver.verify_connectivity()


@pytest.mark.neo4j
def test_what_community_cannot_enforce_is_cypher_that_enterprise_reads(neo4j_server: Any) -> None:
    """Community has no roles, so the most it can say of the statements for Enterprise is that they are well formed."""
    lines = (SERVER.parent / "reader.cypher").read_text(encoding="utf-8").splitlines()
    statements = " ".join(line for line in lines if not line.startswith("//")).split(";")
    refused = 0
    with neo4j.GraphDatabase.driver(neo4j_server.url, auth=(neo4j_server.user, neo4j_server.password)) as driver:
        for statement in filter(str.strip, statements):
            try:
                driver.execute_query(statement, {"password": "only-for-this-test"}, database_="system")
            except neo4j.exceptions.ClientError as error:
                assert error.code == "Neo.ClientError.Statement.UnsupportedAdministrationCommand", statement  # noqa: PT017
                refused += 1
        driver.execute_query("DROP USER medgraph_reader IF EXISTS", database_="system")
    assert refused == len([statement for statement in statements if statement.strip()]) - 1
