"""Seconds until the command line answers: `medgraph --help`, and the first answer of a cold process; and of a server
from its start: until it lives, until it is ready, and how long its first questions take.

    python benchmarks/start.py [--home ~/.medgraph] [--other CHECKOUT --other-home HOME]

Each is the median over fresh processes. Without `--home` only `--help` is measured. `--other` is a checkout of another
version with a home of its own: its servers are started in turn with those of this one, and told apart by `version`.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from report import figure

ROOT = Path(__file__).resolve().parents[1]
JSON = {"Content-Type": "application/json"}
QUESTION = "Which disease causes tall stature, ectopia lentis and aortic root aneurysm?"
FIRST: tuple[tuple[str, str, dict[str, str] | None], ...] = (
    ("search", "/v1/search?q=aortic+root+aneurysm", None),
    ("answer", "/v1/answers", {"question": QUESTION}),
    ("answer that reads a case", "/v1/answers", {"question": f"A boy of 12 has a cough since two days. {QUESTION}"}),
)
"""The first questions of a server, in this order."""


def seconds(arguments: list[str], runs: int, environment: dict[str, str]) -> float:
    """The median wall time of a fresh process."""
    times = []
    for _ in range(runs):
        began = perf_counter()
        subprocess.run([sys.executable, "-m", "api", *arguments], check=True, capture_output=True, env=environment)
        times.append(perf_counter() - began)
    return median(times)


def served(home: Path, checkout: Path) -> dict[str, float]:
    """Start a server of a checkout; seconds until it lives and is ready, and of its first questions."""
    environment = {**os.environ, "MEDGRAPH_HOME": str(home), "PYTHONPATH": str(checkout)}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "api", "serve", "--port", str(port)],
        env=environment,
        cwd=checkout,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _until(f"{url}/healthz")
        times = {"until it lives": perf_counter() - began}
        _until(f"{url}/readyz")
        times["until it is ready"] = perf_counter() - began
        for name, path, body in FIRST:
            asked = perf_counter()
            sent = json.dumps(body).encode() if body else None
            request = urllib.request.Request(url + path, sent, JSON)  # noqa: S310  # loopback
            with urllib.request.urlopen(request, timeout=300) as reply:  # noqa: S310  # as above
                reply.read()
            times[f"first {name}"] = perf_counter() - asked
        times["until the first answers are there"] = perf_counter() - began
        return times
    finally:
        process.terminate()
        process.wait(60)


def _until(url: str) -> None:
    """Return when `url` answers with 200."""
    while True:
        with suppress(OSError), urllib.request.urlopen(url, timeout=300) as reply:  # noqa: S310  # loopback
            if reply.status == 200:
                return
        sleep(0.01)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="a home with documents to ask about")
    parser.add_argument("--other", type=Path, help="a checkout of another version")
    parser.add_argument("--other-home", type=Path, help="its home, with the same documents")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    figure("medgraph --help", seconds(["--help"], 9, dict(os.environ)), "s", runs=9)
    if given.home:
        environment = {**os.environ, "MEDGRAPH_HOME": str(given.home)}
        figure("first answer of a cold process", seconds(["ask", QUESTION], 5, environment), "s", runs=5)
        versions = {"this": (ROOT, given.home)}
        if given.other:
            versions["other"] = (given.other, given.other_home)
        times: dict[tuple[str, str], list[float]] = {}
        for _ in range(given.runs):
            for version, (checkout, home) in versions.items():
                for name, spent in served(home, checkout).items():
                    times.setdefault((version, name), []).append(spent)
        for (version, name), several in times.items():
            figure(f"server: {name}", median(several), "s", version=version, runs=given.runs, most=max(several))


if __name__ == "__main__":
    main()
