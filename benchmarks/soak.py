"""Clients that ask for an hour: what memory the server takes each minute, how many requests fail, how long they take.

    python benchmarks/soak.py --home HOME --clients 32 --seconds 3600 --plot benchmarks/soak.svg

HOME is copied first, since documents are uploaded into it. The questions are those of `questions/answers/dev.jsonl`;
the rest of what is asked are differentials, searches, entities, neighbours, paths and documents. Each minute documents
are uploaded, of which each fifth time some state what the matrix of the differential is made of, and those of three
minutes ago are deleted. One JSON line for each span of `--every` seconds, then figures.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from report import figure

ROOT = Path(__file__).resolve().parents[1]
UPLOAD_SECONDS = 60
ROWS, KEPT, TELLING = 20, 3, 5
"""Documents of an upload; after how many uploads they are deleted; each which of them tells findings of a disease."""
FINDINGS = ("fever", "headache", "cough", "nausea", "rash", "fatigue", "dyspnea", "diarrhea", "vertigo", "arthralgia")


class Client(threading.Thread):
    """Asks one thing after another until it is told to end."""

    def __init__(self, soak: Soak, number: int) -> None:
        super().__init__(daemon=True)
        self._soak, self._random = soak, random.Random(number)  # no secret
        self._connection = http.client.HTTPConnection(soak.host, timeout=300)

    def run(self) -> None:
        """Ask."""
        while not self._soak.over.is_set():
            method, path, body = self._next()
            began = time.perf_counter()
            try:
                headers = {"Content-Type": "application/json"}
                self._connection.request(method, path, json.dumps(body) if body else None, headers)
                reply = self._connection.getresponse()
                reply.read()
                status = reply.status
            except (OSError, http.client.HTTPException):
                self._connection.close()
                status = 0
            self._soak.count(status, time.perf_counter() - began)

    def _next(self) -> tuple[str, str, dict[str, object] | None]:
        asked = self._random.choice(self._soak.questions)
        words = asked.split()
        name = self._random.choice(words)
        match self._random.randrange(12):
            case 0 | 1 | 2:
                return "POST", "/v1/answers", {"question": asked}
            case 3:
                return "POST", "/v1/answers", {"question": asked, "stream": True}
            case 4 | 5:
                return "GET", "/v1/search?" + urlencode({"q": asked, "k": self._random.choice((5, 20, 100))}), None
            case 6:
                return "GET", "/v1/entities?" + urlencode({"name": name}), None
            case 7:
                return "GET", f"/v1/entities/{quote(self._random.choice(self._soak.names))}/neighbours", None
            case 8:
                ends = self._random.sample(self._soak.names, 2)
                return "GET", "/v1/paths?" + urlencode({"from": ends[0], "to": ends[1]}), None
            case 9 | 10:
                case = {"findings": self._random.sample(FINDINGS, 3), "age": self._random.randrange(90)}
                return "POST", "/v1/differential", case
            case _:
                return "GET", "/v1/documents?" + urlencode({"title": name, "limit": 20}), None


class Soak:
    """A server over a copy of a home, and what its clients saw."""

    def __init__(self, home: Path, questions: list[str], names: list[str], clients: int) -> None:
        self.questions, self.names, self.over = questions, names, threading.Event()
        self._seconds: list[float] = []
        self._statuses: Counter[int] = Counter()
        self._lock = threading.Lock()
        plain = {key: value for key, value in os.environ.items() if not key.startswith("MEDGRAPH_")}
        self._log = (home / "serve.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "api", "serve", "--port", "0"],
            env={**plain, "MEDGRAPH_HOME": str(home), "MEDGRAPH_TAGGER": "dictionary", "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        assert self.process.stdout is not None
        found = re.search(r"http://\S+", self.process.stdout.readline())
        assert found, (home / "serve.log").read_text()
        self.host = urlsplit(found[0]).netloc
        self._clients = [Client(self, number) for number in range(clients)]

    def count(self, status: int, seconds: float) -> None:
        """Note one reply."""
        with self._lock:
            self._statuses[status] += 1
            self._seconds.append(seconds)

    def minutes(self, seconds: float, every: float) -> list[dict[str, object]]:
        """Let the clients ask for so long; one row for each span of `every` seconds."""
        while http_status(self.host, "/readyz") != 200:
            time.sleep(1)
        rows = [self._row(0.0)]
        began = time.monotonic()
        for client in self._clients:
            client.start()
        uploaded = 0
        writing = ThreadPoolExecutor(1)
        while (passed := time.monotonic() - began) < seconds:
            time.sleep(min(every, seconds - passed))
            rows.append(self._row((time.monotonic() - began) / 60))
            print(json.dumps(rows[-1]), flush=True)
            if (time.monotonic() - began) // UPLOAD_SECONDS > uploaded:
                uploaded += 1
                writing.submit(self._write, uploaded)
        self.over.set()
        writing.shutdown(cancel_futures=True)
        for client in self._clients:
            client.join()
        return rows

    def stop(self) -> int:
        """End the server."""
        self.process.terminate()
        code = self.process.wait(60)
        self._log.close()
        return code

    def _row(self, minute: float) -> dict[str, object]:
        with self._lock:
            seconds, statuses = sorted(self._seconds), self._statuses
            self._seconds, self._statuses = [], Counter()
        kept = dict(re.findall(r"^(Rss\w+|VmRSS):\s+(\d+) kB", self._status(), re.MULTILINE))
        return {
            "minute": round(minute, 2),
            "rss_mb": int(kept["VmRSS"]) >> 10,
            "anonymous_mb": int(kept["RssAnon"]) >> 10,
            "descriptors": len(os.listdir(f"/proc/{self.process.pid}/fd")),
            "requests": len(seconds),
            "errors": sum(count for status, count in statuses.items() if status == 0 or status >= 500),
            "statuses": dict(sorted(statuses.items())),
            "p50_ms": round(1000 * _at(seconds, 0.5)),
            "p95_ms": round(1000 * _at(seconds, 0.95)),
        }

    def _status(self) -> str:
        return Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")

    def _write(self, number: int) -> None:
        """Upload documents, and delete those of an earlier time."""
        self._upload(number)
        for row in range(ROWS) if number > KEPT else ():
            if self.over.is_set():
                return
            began = time.perf_counter()
            status = http_status(self.host, f"/v1/documents/soak:{number - KEPT}-{row}", method="DELETE")
            self.count(status, time.perf_counter() - began)

    def _upload(self, number: int) -> None:
        told = "Symptoms of influenza include" if number % TELLING == 0 else "Aspirin causes"
        rows = [
            {"id": f"soak:{number}-{row}", "title": f"Soak {number}", "text": f"{told} nausea in {row} patients."}
            for row in range(ROWS)
        ]
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        form = f'--x\r\nContent-Disposition: form-data; name="files"; filename="a.jsonl"\r\n\r\n{lines}\r\n--x--\r\n'
        http_status(self.host, "/v1/documents", form, "multipart/form-data; boundary=x")


def http_status(host: str, path: str, body: str | None = None, kind: str = "application/json", method: str = "") -> int:
    """The status that a path is answered with."""
    connection = http.client.HTTPConnection(host, timeout=300)
    connection.request(method or ("POST" if body else "GET"), path, body, {"Content-Type": kind})
    status = connection.getresponse().status
    connection.close()
    return status


def plot(rows: list[dict[str, object]], path: Path, title: str) -> None:
    """Draw memory and times over the minutes."""
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams["svg.fonttype"] = "none"  # letters, not their outlines
    from matplotlib import pyplot

    minutes = [row["minute"] for row in rows]
    drawn, (memory, times) = pyplot.subplots(2, 1, sharex=True, figsize=(8, 5))
    memory.plot(minutes, [row["rss_mb"] for row in rows], label="resident")
    memory.plot(minutes, [row["anonymous_mb"] for row in rows], label="of it not of files")
    memory.set(ylabel="MB", ylim=(0, None), title=title)
    memory.grid(alpha=0.3)
    memory.legend()
    times.plot(minutes[1:], [row["p50_ms"] for row in rows[1:]], label="median")
    times.plot(minutes[1:], [row["p95_ms"] for row in rows[1:]], label="95 of 100")
    times.set(ylabel="ms", xlabel="minutes", ylim=(0, None))
    times.legend()
    drawn.tight_layout()
    drawn.savefig(path)


def _at(sorted_values: list[float], share: float) -> float:
    return sorted_values[min(len(sorted_values) - 1, int(share * len(sorted_values)))] if sorted_values else 0.0


def main() -> None:
    """Soak, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--every", type=float, default=60)
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    lines = (ROOT / "benchmarks/questions/answers/dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    names = sorted({str(name) for row in rows if isinstance(row.get("answer"), list) for name in row["answer"]})
    with tempfile.TemporaryDirectory() as folder:
        home = Path(shutil.copytree(given.home, Path(folder) / "home"))
        soak = Soak(home, [row["question"] for row in rows], names, given.clients)
        try:
            seen = soak.minutes(given.seconds, given.every)
        finally:
            code = soak.stop()
    context = {"clients": given.clients, "minutes": round(given.seconds / 60), "exit": code}
    third = seen[max(1, len(seen) // 3)]
    figure("memory of a soak at its start", float(str(seen[0]["rss_mb"])), "MB", **context)
    figure("memory of a soak after a third of it", float(str(third["rss_mb"])), "MB", **context)
    figure("memory of a soak at its end", float(str(seen[-1]["rss_mb"])), "MB", **context)
    figure("requests of a soak", sum(int(str(row["requests"])) for row in seen), "requests", **context)
    figure("errors of a soak", sum(int(str(row["errors"])) for row in seen), "requests", **context)
    if given.plot:
        plot(seen, given.plot, f"{given.clients} clients, and uploads and deletions each minute")


if __name__ == "__main__":
    main()
