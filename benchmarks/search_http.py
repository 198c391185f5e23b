"""Searches over HTTP by 1, 8 and 32 clients at once: how many a second, and how long one takes, after a start that does
not count; with `--ingest`, also while documents are being read in.

    python benchmarks/search_http.py --data pubmed_abstracts.jsonl.gz --ingest 512

The corpus's words are its own, its vectors random, as in `search.py`. The server is a real `medgraph serve` on
loopback; its clients are threads of this process, each with a connection that stays open.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import numpy as np
from report import figure
from search import fill, questions

from api.settings import Settings
from api.wiring import Parts
from ingest.jobs.load import load
from ingest.sources.curated import lexicon

ROOT = Path(__file__).resolve().parents[1]
CLIENTS = (1, 8, 32)


def filled(home: Path, data: Path, limit: int) -> list[str]:
    """Write names and corpus with a saved index; return the titles."""
    few = home / "few.jsonl.gz"
    with gzip.open(data, "rb") as lines, gzip.open(few, "wb") as kept:
        kept.writelines(itertools.islice(lines, limit))
    with Parts(Settings(home=home)) as parts:
        for _ in load(lexicon.shipped(), graph=parts.graph()):
            pass
        titles = fill(parts.passages(), few, parts.encoder())
        parts.searcher().refresh()
        parts.searcher().save()
    return titles


class Server:
    """`medgraph serve` over a home."""

    def __init__(self, home: Path, tagger: str) -> None:
        settings = {"MEDGRAPH_HOME": str(home), "MEDGRAPH_TAGGER": tagger, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "api", "serve", "--port", "0"],
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        told = re.search(r"http://\S+", self.process.stdout.readline())
        assert told
        address = urlsplit(told[0])
        self.host, self.port = address.hostname or "", address.port or 0

    def ask(self, connection: http.client.HTTPConnection, path: str) -> int:
        connection.request("GET", path)
        reply = connection.getresponse()
        reply.read()
        return reply.status

    def connected(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.host, self.port, timeout=300)

    def upload(self, file: Path) -> str:
        """Send a file; return the path of its job."""
        border = "a-border-that-is-in-no-file"
        head = f'--{border}\r\nContent-Disposition: form-data; name="files"; filename="{file.name}"\r\n\r\n'
        body = head.encode() + file.read_bytes() + f"\r\n--{border}--\r\n".encode()
        connection = self.connected()
        connection.request("POST", "/v1/documents", body, {"Content-Type": f"multipart/form-data; boundary={border}"})
        reply = connection.getresponse()
        reply.read()
        return str(reply.headers["location"])

    def job(self, path: str) -> dict[str, object]:
        connection = self.connected()
        connection.request("GET", path)
        told: dict[str, object] = json.loads(connection.getresponse().read())
        return told


def measured(server: Server, paths: list[str], clients: int) -> tuple[float, list[float], int]:
    """Ask every path once, by so many clients at once: searches a second, milliseconds of each, how many failed."""
    waiting = iter(paths)
    lock = threading.Lock()
    times: list[float] = []
    failed = 0

    def client() -> None:
        nonlocal failed
        connection = server.connected()
        while True:
            with lock:
                path = next(waiting, None)
            if path is None:
                return
            began = time.perf_counter()
            status = server.ask(connection, path)
            spent = (time.perf_counter() - began) * 1000
            with lock:
                times.append(spent)
                failed += status != 200

    threads = [threading.Thread(target=client) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(paths) / (time.perf_counter() - began), times, failed


def cpu_seconds(process: int) -> float:
    """Seconds of the processors' time that a process has used; 0 where that is not told."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="JSON lines with title and abstract, gzip")
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--count", type=int, default=400, help="searches for each number of clients")
    parser.add_argument("--ingest", type=int, default=0, help="documents that are read in meanwhile, in a second round")
    parser.add_argument("--tagger", default="dictionary", help="what reads them: dictionary or trained")
    parser.add_argument("--k", type=int, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        titles = filled(home, given.data, given.documents)
        server = Server(home, given.tagger)
        try:
            connection = server.connected()
            while server.ask(connection, "/readyz") != 200:
                time.sleep(0.2)
            asked = questions(titles, given.count + 32)
            paths = [f"/v1/search?{urlencode({'q': q, 'k': given.k})}" for q in asked]
            measured(server, paths[given.count :], 8)
            rounds = ("", "while documents are read in") if given.ingest else ("",)
            for meanwhile in rounds:
                job = ""
                if meanwhile:
                    more = home / "more.jsonl.gz"
                    with gzip.open(given.data, "rb") as lines, gzip.open(more, "wb") as kept:
                        kept.writelines(itertools.islice(lines, given.documents, given.documents + given.ingest))
                    job = server.upload(more)
                for clients in CLIENTS:
                    before = cpu_seconds(server.process.pid)
                    rate, times, failed = measured(server, paths[: given.count], clients)
                    used = cpu_seconds(server.process.pid) - before
                    context: dict[str, object] = {
                        "clients": clients, "documents": given.documents, "k": given.k, "failed": failed,
                        "server_cpu_ms": round(1000 * used / given.count, 1),
                    }  # fmt: skip
                    if meanwhile:
                        told = server.job(job)
                        context |= {"meanwhile": f"{given.tagger} reads", "job": told["state"], "added": told["added"]}
                    figure("searches a second over HTTP", rate, "searches/s", **context)
                    for percent in (50, 95):
                        figure(f"search over HTTP p{percent}", float(np.percentile(times, percent)), "ms", **context)
        finally:
            server.process.terminate()
            server.process.wait(60)


if __name__ == "__main__":
    main()
