#!/usr/bin/env python3
"""A real Neo4j Community with its Browser, without Docker and without root.

    python deploy/neo4j/server.py start|stop|status|console [--home DIR] [--bolt-port N] [--http-port N]
                                  [--guide-url URL] [--heap 1g] [--apoc] [--read-only]
                                  [--json]

Needs Java 17 or newer (a JDK) and, the first time, Maven, which resolves the jars named in pom.xml; each is checked
against checksums.sha256 before every start. The server listens on 127.0.0.1 only, with a generated password. All it
keeps is under HOME/neo4j: `data`, `logs`, `password` (readable by its owner alone), `conf` and `run`, and the jars in
`lib` unless MEDGRAPH_NEO4J_LIB names another place for them. HOME is --home, else MEDGRAPH_HOME, else ~/.medgraph.

Exit codes: 0 done; 1 it failed, with the reason on stderr; 2 a wrong option; 3 `status` or `stop` found none running.
Only the standard library is used.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.parse import urljoin, urlsplit

HERE = Path(__file__).resolve().parent
COPY_DEPENDENCIES = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
ADDRESS = "127.0.0.1"
READY_SECONDS = 180
STOP_SECONDS = 120
JVM = (
    "-XX:+UseG1GC",
    "-XX:-OmitStackTraceInFastThrow",
    "-Dfile.encoding=UTF-8",
    "-Djdk.tls.rejectClientInitiatedRenegotiation=true",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dlog4j2.disable.jmx=true",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
)


WARNING = (
    "Whoever has this password may read everything in the graph, patients' records too, and change or delete it:\n"
    "medgraph's access labels do not count here, and Neo4j Community has no users who only read. For people who only\n"
    "look, start a copy with --read-only, or use Neo4j Enterprise with deploy/neo4j/reader.cypher."
)


class Refused(Exception):
    """What was asked cannot be done; the message is for the person who asked."""


@dataclass(frozen=True)
class Place:
    """Where everything of one server is."""

    root: Path
    lib: Path

    @property
    def conf(self) -> Path:
        return self.root / "conf"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def log(self) -> Path:
        return self.root / "logs" / "console.log"

    @property
    def password_file(self) -> Path:
        return self.root / "password"

    @property
    def settings_file(self) -> Path:
        return self.run / "settings.json"


@dataclass(frozen=True)
class Settings:
    """How a server was started."""

    bolt_port: int
    http_port: int
    guide_url: str
    heap: str
    apoc: bool
    read_only: bool = False


# the jars


def listed(apoc: bool) -> dict[str, str]:
    """File name (below the lib folder) to SHA-256, as checksums.sha256 has them."""
    rows = (line.split() for line in (HERE / "checksums.sha256").read_text(encoding="utf-8").splitlines())
    return {name: digest for digest, name in rows if apoc or not name.startswith("apoc/")}


def verify(folder: Path, names: dict[str, str]) -> None:
    """Raise Refused, naming the file, unless every jar is there and is the one that was listed."""
    for name, digest in names.items():
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            raise Refused(f"{folder / name} is missing") from None
        if found != digest:
            raise Refused(
                f"{folder / name} is not the jar it should be: SHA-256 {found}, expected {digest}. Nothing was "
                "started. If you did not change it yourself, find out who did; then remove it and start again."
            )


def ensure_jars(lib: Path, apoc: bool) -> None:
    """Have every jar in `lib`, resolving those that are missing once; then verify all of them."""
    names = listed(apoc)
    lib.mkdir(parents=True, exist_ok=True)
    with locked(lib / ".lock"):
        missing = [name for name in names if not (lib / name).exists()]
        if missing:
            resolve(lib, apoc, names, missing)
        verify(lib, {name: digest for name, digest in names.items() if name not in missing})


def resolve(lib: Path, apoc: bool, names: dict[str, str], missing: list[str]) -> None:
    maven = find_maven()
    say(f"resolving {len(missing)} jars with Maven into {lib} (once) …")
    with tempfile.TemporaryDirectory(prefix=".resolve-", dir=lib) as scratch:
        command = [maven, "-q", "-B", "-f", str(HERE / "pom.xml"), *(["-P", "apoc"] if apoc else []), COPY_DEPENDENCIES]
        command += ["-DincludeScope=runtime", f"-DoutputDirectory={scratch}"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Refused(f"Maven could not resolve the jars:\n{(done.stdout + done.stderr).strip()[-2000:]}")
        (Path(scratch) / "apoc").mkdir()
        for name in names:
            if name.startswith("apoc/") and (Path(scratch) / Path(name).name).exists():
                (Path(scratch) / Path(name).name).rename(Path(scratch) / name)
        verify(Path(scratch), {name: names[name] for name in missing})
        (lib / "apoc").mkdir(exist_ok=True)
        for name in missing:
            (Path(scratch) / name).replace(lib / name)


def find_java() -> str:
    """The path of a JDK's `java`, 17 or newer. Raises Refused."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which(str(Path(home) / "bin" / "java")) if home else shutil.which("java")
    wanted = "Neo4j needs Java 17 or newer, a JDK (Debian and Ubuntu: apt-get install openjdk-17-jdk-headless)"
    if java is None:
        raise Refused(f"{wanted}; no `java` was found {'under JAVA_HOME=' + home if home else 'on the PATH'}.")
    listing = subprocess.run([java, "--list-modules"], capture_output=True, text=True, check=False)
    version = re.search(r"^java\.base@(\d+)", listing.stdout, re.MULTILINE)
    if version is None or int(version[1]) < 17:
        raise Refused(f"{wanted}; {java} is {'Java ' + version[1] if version else 'older than Java 9'}.")
    if "jdk.compiler@" not in listing.stdout:
        raise Refused(f"{wanted}; {java} is Java {version[1]} without a compiler, a runtime only.")
    return java


def find_maven() -> str:
    """The path of `mvn`, 3.6 or newer. Raises Refused."""
    maven = shutil.which("mvn")
    wanted = "Resolving Neo4j's jars needs Maven 3.6 or newer (Debian and Ubuntu: apt-get install maven)"
    if maven is None:
        raise Refused(f"{wanted}; no `mvn` was found on the PATH.")
    answer = subprocess.run([maven, "-B", "-v"], capture_output=True, text=True, check=False)
    version = re.search(r"Apache Maven (\d+)\.(\d+)", answer.stdout)
    if version is None:
        raise Refused(f"{wanted}; `{maven} -v` says: {(answer.stdout + answer.stderr).strip()[:500]}")
    if (int(version[1]), int(version[2])) < (3, 6):
        raise Refused(f"{wanted}; {maven} is {version[1]}.{version[2]}.")
    return maven


# what runs


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that goes with the process: of two starts at once, the second waits and finds the work done."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def running(place: Place) -> int | None:
    """The process id of the living server, or None. It holds a lock while it lives, so an old id deceives nobody."""
    try:
        with (place.run / "server.lock").open("r+") as file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return int(file.read().strip() or 0)
            return None
    except FileNotFoundError:
        return None


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
        return True


def any_free() -> int:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])


def choose_port(asked: int | None, before: int | None, usual: int, name: str) -> int:
    """The port asked for; where none was, the one used before, the usual one, or any that is free."""
    if asked:
        if not is_free(asked):
            raise Refused(f"port {asked} on {ADDRESS}, asked for {name}, is in use by another program.")
        return asked
    if asked is None:
        for port in (before, usual):
            if port and is_free(port):
                return port
    return any_free()


def read_settings(place: Place) -> Settings | None:
    try:
        return Settings(**json.loads(place.settings_file.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def password(place: Place) -> str:
    """The password, generated the first time."""
    with contextlib.suppress(FileNotFoundError):
        return place.password_file.read_text(encoding="utf-8").strip()
    if (place.root / "data" / "databases" / "system").exists():
        raise Refused(f"{place.root / 'data'} holds a database, but its password file {place.password_file} is gone.")
    made = secrets.token_urlsafe(24)
    handle = os.open(place.password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(made + "\n")
    return made


def configuration(place: Place, settings: Settings) -> str:
    """The text of neo4j.conf."""
    rows = {
        "server.default_listen_address": ADDRESS,
        "server.default_advertised_address": ADDRESS,
        "server.bolt.enabled": "true",
        "server.bolt.listen_address": f"{ADDRESS}:{settings.bolt_port}",
        "server.bolt.advertised_address": f"{ADDRESS}:{settings.bolt_port}",
        "server.http.enabled": "true",
        "server.http.listen_address": f"{ADDRESS}:{settings.http_port}",
        "server.http.advertised_address": f"{ADDRESS}:{settings.http_port}",
        "server.https.enabled": "false",
        "server.memory.heap.initial_size": settings.heap,
        "server.memory.heap.max_size": settings.heap,
        "server.memory.pagecache.size": "256m",
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.size": "64m",
        "db.tx_log.rotation.retention_policy": "1 days 512m",
        "dbms.security.auth_enabled": "true",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        # By then the databases are closed: without this, stopping waits ten seconds for nobody.
        "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
        "dbms.usage_report.enabled": "false",
        "client.allow_telemetry": "false",
        # The Browser fetches fonts, analytics and feedback scripts from outside even so: it may not.
        "dbms.security.http_static_content_security_policy_header": content_security(settings.guide_url),
    }
    if settings.guide_url:
        guide = urlsplit(settings.guide_url)
        style = urljoin(settings.guide_url, "style.grass")
        rows["browser.post_connect_cmd"] = f"style {style}; play {settings.guide_url}"
        rows["browser.remote_content_hostname_whitelist"] = str(guide.hostname)
    if settings.read_only:
        rows["server.databases.default_to_read_only"] = "true"
    if settings.apoc:
        rows["server.directories.plugins"] = str(place.lib / "apoc")
        rows["dbms.security.procedures.unrestricted"] = "apoc.*"
    return "".join(f"{key}={value}\n" for key, value in rows.items())


def content_security(guide: str) -> str:
    """From where the Browser's page may load, and where it may connect to: this machine and the guide, no other."""
    here = " ".join(f"{scheme}://{host}:*" for scheme in ("ws", "http") for host in ("127.0.0.1", "localhost"))
    parts = urlsplit(guide)
    served = f" {parts.scheme}://{parts.netloc}" if guide else ""
    return (
        "default-src 'self'; script-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
        "font-src 'self' data:; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
        f"connect-src 'self' {here}{served}"
    )


def command_line(place: Place, settings: Settings, java: str) -> list[str]:
    jars = os.pathsep.join(str(place.lib / name) for name in listed(settings.apoc))
    # In a file: a class path of two hundred jars is longer than some systems let a command be.
    (place.run / "java.args").write_text(f'-cp\n"{jars}"\n', encoding="utf-8")
    heap = (f"-Xms{settings.heap}", f"-Xmx{settings.heap}")
    args = (str(HERE / "Launch.java"), str(place.root), str(place.conf), str(place.password_file))
    return [java, *heap, *JVM, f"@{place.run / 'java.args'}", *args]


def launch(place: Place, wanted: argparse.Namespace, *, foreground: bool) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers."""
    java = find_java()
    ensure_jars(place.lib, wanted.apoc)
    before = read_settings(place)
    settings = Settings(
        choose_port(wanted.bolt_port, before.bolt_port if before else None, 7687, "Bolt"),
        choose_port(wanted.http_port, before.http_port if before else None, 7474, "HTTP"),
        wanted.guide_url or "",
        wanted.heap,
        wanted.apoc,
        wanted.read_only,
    )
    password(place)
    place.conf.mkdir(exist_ok=True)
    (place.conf / "neo4j.conf").write_text(configuration(place, settings), encoding="utf-8")
    place.settings_file.write_text(json.dumps(vars(settings)), encoding="utf-8")
    (place.run / "ready").unlink(missing_ok=True)
    place.log.parent.mkdir(exist_ok=True)
    with place.log.open("wb") as log:
        process = subprocess.Popen(
            command_line(place, settings, java),
            cwd=place.root, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=not foreground,
        )  # fmt: skip
    try:
        wait_ready(place, process, settings)
    except BaseException:
        process.terminate()
        process.wait()
        raise
    return process


def wait_ready(place: Place, process: subprocess.Popen[bytes], settings: Settings) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not (place.run / "ready").exists():
        code = process.poll()
        if code is not None:
            log = place.log.read_text(encoding="utf-8", errors="replace")
            if "java.net.BindException" in log or "Address already in use" in log:
                ports = f"{settings.bolt_port} or {settings.http_port}"
                raise Refused(f"port {ports} on {ADDRESS} is in use by another program. The log: {place.log}")
            raise Refused(f"Neo4j ended with code {code} before it was ready. The end of {place.log}:\n{log[-2000:]}")
        if time.monotonic() > deadline:
            raise Refused(f"Neo4j was not ready after {READY_SECONDS} s. Its log is {place.log}")
        time.sleep(0.1)


# what is said


def details(place: Place, pid: int) -> dict[str, object]:
    """All that somebody needs to use the running server."""
    settings = read_settings(place)
    if settings is None:
        raise Refused(f"a Neo4j runs as process {pid}, but {place.settings_file} cannot be read.")
    url, http = f"neo4j://{ADDRESS}:{settings.bolt_port}", f"http://{ADDRESS}:{settings.http_port}"
    secret = password(place)
    return {
        "running": True, "ready": (place.run / "ready").exists(), "pid": pid, "url": url, "user": "neo4j",
        "password": secret, "http": http, "browser": f"{http}/browser/", "guide": settings.guide_url,
        "home": str(place.root), "log": str(place.log),
        "env": {"MEDGRAPH_GRAPH_URL": url, "MEDGRAPH_GRAPH_USER": "neo4j", "MEDGRAPH_GRAPH_PASSWORD": secret},
    }  # fmt: skip


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def show(found: dict[str, object], as_json: bool) -> None:
    if as_json:
        print(json.dumps(found), flush=True)
        return
    if not found["running"]:
        print(f"no Neo4j is running under {found['home']}", flush=True)
        return
    env = found["env"]
    assert isinstance(env, dict)
    print(f"Neo4j Browser   {found['browser']}")
    print(f"user            {found['user']}")
    print(f"password        {found['password']}")
    print(f"data            {found['home']}")
    print(WARNING)
    print("To use it:")
    print("export " + " ".join(f"{key}={value}" for key, value in env.items()), flush=True)


# the commands


def start(place: Place, wanted: argparse.Namespace) -> int:
    with locked(place.run / "start.lock"):
        pid = running(place)
        if pid is None:
            pid = launch(place, wanted, foreground=False).pid
            show(details(place, pid) | {"started": True}, wanted.json)
        else:
            say("Neo4j is already running; its settings stay as they were when it was started.")
            show(details(place, pid) | {"started": False}, wanted.json)
    return 0


def console(place: Place, wanted: argparse.Namespace) -> int:
    """Run in the foreground until SIGTERM or Ctrl-C: for systemd and for containers."""
    with locked(place.run / "start.lock"):
        if (pid := running(place)) is not None:
            raise Refused(f"Neo4j is already running as process {pid}; stop it first.")
        process = launch(place, wanted, foreground=True)

    def pass_on(number: int, frame: FrameType | None) -> None:
        process.terminate()

    signal.signal(signal.SIGTERM, pass_on)
    signal.signal(signal.SIGINT, pass_on)
    show(details(place, process.pid) | {"started": True}, wanted.json)
    code = process.wait()
    return 0 if code in (0, 128 + signal.SIGTERM, 128 + signal.SIGINT) else 1


def stop(place: Place, wanted: argparse.Namespace) -> int:
    pid = running(place)
    nothing = {"running": False, "home": str(place.root)}
    if not pid:
        show(nothing | {"stopped": False}, wanted.json)
        return 3
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while running(place) == pid:
        if time.monotonic() > deadline:
            raise Refused(f"Neo4j, process {pid}, has not stopped after {STOP_SECONDS} s. Its log is {place.log}")
        time.sleep(0.1)
    (place.run / "ready").unlink(missing_ok=True)
    if wanted.json:
        show(nothing | {"stopped": True}, True)
    else:
        print(f"Neo4j has stopped; its data stay in {place.root}")
    return 0


def status(place: Place, wanted: argparse.Namespace) -> int:
    pid = running(place)
    if pid is None:
        show({"running": False, "home": str(place.root)}, wanted.json)
        return 3
    show(details(place, pid), wanted.json)
    return 0


def guide_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s;'\"]", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no http address")
    return text


def heap(text: str) -> str:
    if not re.fullmatch(r"[1-9]\d*[kmgKMG]", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no size such as 512m or 1g")
    return text


def port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port")
    return int(text)


def main(argv: list[str] | None = None) -> int:
    commands = {"start": start, "stop": stop, "status": status, "console": console}
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("command", choices=commands)
    parser.add_argument("--home", type=Path, help="default: MEDGRAPH_HOME, else ~/.medgraph")
    parser.add_argument("--bolt-port", type=port, help="0: any free one; default: the last one, 7687, or any free one")
    parser.add_argument("--http-port", type=port, help="0: any free one; default: the last one, 7474, or any free one")
    parser.add_argument("--guide-url", type=guide_url, help="what Neo4j Browser opens after connecting")
    parser.add_argument("--heap", type=heap, default="1g", help="memory of the Java heap (1g)")
    parser.add_argument(
        "--read-only", action="store_true", help="nobody may write, medgraph neither: for people who look, on a copy"
    )
    parser.add_argument("--apoc", action="store_true", help="with the procedures of APOC core")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    wanted = parser.parse_args(argv)
    home = wanted.home or Path(os.environ.get("MEDGRAPH_HOME") or Path.home() / ".medgraph")
    root = home.expanduser().resolve() / "neo4j"
    place = Place(root, Path(os.environ.get("MEDGRAPH_NEO4J_LIB") or root / "lib").expanduser().resolve())
    # All that is made here and by the server is its owner's alone: the data, the logs and the configuration.
    os.umask(0o077)
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.run.mkdir(exist_ok=True)
        return commands[wanted.command](place, wanted)
    except (Refused, OSError) as error:
        say(f"error: {error}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
