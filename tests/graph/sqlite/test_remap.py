"""A program that is killed while it maps ids that are there leaves the graph as it was; doing it again ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

from graph.model import Assertion, Entity, Source
from graph.sqlite.store import SqliteStore

ROOT = Path(__file__).resolve().parents[3]
COUNT = 3_000
A, B, LINKS = (Source(id, "curated") for id in ("A", "B", "LINKS"))
PAIRS = [(f"B:{n}", f"A:{n}") for n in range(COUNT)]


def written(path: Path) -> SqliteStore:
    store = SqliteStore(path)
    for source in (A, B):
        store.load(
            source,
            [Entity(f"{source.id}:{n}", "Gene", f"gene {n}") for n in range(COUNT)],
            [
                Assertion.new(
                    f"{source.id}:{n}", "interacts_with", f"{source.id}:{n * 7 % COUNT}", source=source.id, sentence="s"
                )
                for n in range(COUNT)
            ],
        )
    return store


def test_killed_in_the_middle_it_was_never_begun(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    store = written(path)
    before = store.fingerprint()
    program = """
        import sys
        from pathlib import Path
        from graph.model import Source
        from graph.sqlite.store import SqliteStore
        store = SqliteStore(Path(sys.argv[1]))
        print("begun", flush=True)
        store.add_mappings([(f"B:{n}", f"A:{n}") for n in range(int(sys.argv[2]))], Source("LINKS", "curated"))
        print("ended", flush=True)
    """
    for delay in (0.0, 0.05, 0.15):
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(program), str(path), str(COUNT)],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
        process.wait()
        process.stdout.close()
        if not rest:
            assert store.fingerprint() == before
    store.add_mappings(PAIRS, LINKS)
    once = store.fingerprint()
    assert store.stats().entities == COUNT
    store.delete(["LINKS"])
    assert store.fingerprint() == before
    store.add_mappings(PAIRS, LINKS)
    assert store.fingerprint() == once
    store.close()
