"""A home with its server and its command line, as an operator has them."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from attacks.client import Client

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("oper", "alice", "bob", "reader", "doctor", "ward", "metrics", "expired", "twin")
KEYS = {name: f"{name}-key-0123456789abcdef" for name in NAMES}


def ring(labels: list[str]) -> tuple[str, str]:
    """MEDGRAPH_API_KEYS with scopes, and without for a medgraph that has none; `labels`: what the doctor holds."""
    seen = {name: ["public"] for name in NAMES} | {
        "oper": ["public", "ward:7", *labels],
        "doctor": ["public", *labels],
        "ward": ["public", "ward:7"],
        "metrics": [],
    }
    scopes = {name: ["read", "write"] for name in NAMES} | {
        "oper": ["read", "write", "admin"],
        "reader": ["read"],
        "metrics": ["metrics"],
    }
    rich = {
        KEYS[name]: {"name": name, "labels": seen[name], "scopes": scopes[name]}
        | ({"owner": "alice"} if name == "twin" else {})
        | ({"expires": "2020-01-01"} if name == "expired" else {})
        for name in NAMES
    }
    plain = {KEYS[name]: seen[name] for name in NAMES if name != "metrics"}
    return json.dumps(rich), json.dumps(plain)


@dataclass(slots=True)
class House:
    """`rich`: whether the server knows keys with scopes; `wrap`: words before the command, such as prlimit."""

    home: Path
    keys: tuple[str, str] = ("", "")
    env: dict[str, str] = field(default_factory=dict)
    wrap: tuple[str, ...] = ()
    rich: bool = True
    url: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def temporary(self) -> Path:
        return self.home.parent / f"{self.home.name}-tmp"

    @property
    def log(self) -> Path:
        return self.home.parent / f"{self.home.name}.log"

    def environment(self) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("MEDGRAPH_")}
        self.temporary.mkdir(exist_ok=True, parents=True)
        known = plain | {
            "MEDGRAPH_HOME": str(self.home),
            "MEDGRAPH_PORT": "0",
            "MEDGRAPH_TAGGER": "dictionary",
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(self.temporary),
        }
        keys = self.keys[0] if self.rich else self.keys[1]
        return known | ({"MEDGRAPH_API_KEYS": keys} if keys else {}) | self.env

    def cli(self, *words: str, timeout: float = 120.0, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.wrap, sys.executable, "-m", "api", *words],
            env=self.environment() | env,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
            cwd=ROOT,
        )

    def start(self, wait: float = 60.0) -> bool:
        """Start the server; False where it ends instead."""
        for rich in (True, False) if self.rich else (False,):
            self.rich = rich
            if self._started(wait):
                return True
            if not self.keys[0]:
                return False
        return False

    def _started(self, wait: float) -> bool:
        out = self.home.parent / f"{self.home.name}.out"
        with out.open("wb") as printed, self.log.open("ab") as told:
            self.process = subprocess.Popen(
                [*self.wrap, sys.executable, "-m", "api", "serve"],
                env=self.environment(),
                stdout=printed,
                stderr=told,
                cwd=ROOT,
                start_new_session=True,
            )
        end = time.monotonic() + wait
        while time.monotonic() < end and self.process.poll() is None:
            if found := re.search(r"http://127[.\d]+:\d+", out.read_text("utf-8")):
                self.url = found[0]
                return True
            time.sleep(0.05)
        return False

    def ready(self) -> House:
        """Wait until questions are answered."""
        client = Client(self.url)
        end = time.monotonic() + 60
        while time.monotonic() < end and client.get("/readyz").status != 200:
            time.sleep(0.1)
        return self

    def client(self, name: str = "", **more: Any) -> Client:
        return Client(self.url, KEYS.get(name, name), **more)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def narrow(self, size: int | None = None) -> None:
        """From now on the server finds a full disk behind so many bytes of a file; None: no more."""
        for pid in self.family():
            limit = f"--fsize={'unlimited' if size is None else size}:"
            subprocess.run(["/usr/bin/prlimit", f"--pid={pid}", limit], check=False)

    def stop(self, how: signal.Signals = signal.SIGTERM, wait: float = 15.0) -> float | None:
        """Seconds until it ended; None where it had to be killed."""
        if self.process is None:
            return 0.0
        began = time.monotonic()
        took: float | None = None
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(how)
        try:
            self.process.wait(wait)
            took = time.monotonic() - began
        except subprocess.TimeoutExpired:
            pass
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        return took

    def family(self) -> list[int]:
        """The server and all processes that it started."""
        if self.process is None:
            return []
        found = [self.process.pid]
        parents: dict[int, list[int]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError, ValueError):
                    after = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                    parents.setdefault(int(after[1]), []).append(int(entry.name))
        for pid in found:
            found += parents.get(pid, [])
        return found

    def memory(self, peak: bool = False) -> float:
        """Megabytes of the server and its children together."""
        total = 0
        for pid in self.family():
            with contextlib.suppress(OSError):
                told = Path(f"/proc/{pid}/status").read_text()
                found = re.search(rf"{'VmHWM' if peak else 'VmRSS'}:\s+(\d+)", told)
                total += int(found[1]) if found else 0
        return total / 1024

    def disk(self) -> float:
        """Megabytes of home and temporary files, those that are open and deleted among them."""
        seen: dict[tuple[int, int], int] = {}
        for folder in (self.home, self.temporary):
            for path in folder.rglob("*"):
                with contextlib.suppress(OSError):
                    told = path.lstat()
                    seen[told.st_dev, told.st_ino] = told.st_blocks * 512
        for pid in self.family():
            with contextlib.suppress(OSError):
                for link in Path(f"/proc/{pid}/fd").iterdir():
                    with contextlib.suppress(OSError):
                        if "(deleted)" in os.readlink(link):
                            told = link.stat()
                            seen[told.st_dev, told.st_ino] = told.st_blocks * 512
        return sum(seen.values()) / 1e6

    def holding(self, words: bytes, folder: Path | None = None) -> list[str]:
        """The files of the home that hold these bytes."""
        found = []
        for path in sorted((folder or self.home).rglob("*")):
            with contextlib.suppress(OSError):
                if path.is_file() and words in path.read_bytes():
                    found.append(path.name)
        return found

    def copied(self, name: str, **env: str) -> House:
        """Another house over a copy of this home, not started."""
        home = self.home.parent / name
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self.home, home)
        home.chmod(0o700)
        return House(home, self.keys, self.env | env, rich=self.rich)


def folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="doors-"))
