"""A loading that is killed leaves whole steps behind, and loading again ends as if it had not been disturbed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from graph.identity import follow
from graph.model import Match
from graph.neo4j.store import Neo4jStore
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore
from ingest.jobs.load import load

ROOT = Path(__file__).resolve().parents[3]
BATCH = 9
CHILD = """
import sys
from pathlib import Path

from ingest.jobs.load import load
from graph.neo4j.store import Neo4jStore
from graph.sqlite.store import SqliteStore

def heard(store, *names):
    for name in names:
        def told(*given, write=getattr(store, name), **options):
            print("begins", flush=True)
            result = write(*given, **options)
            print("ends", flush=True)
            return result
        setattr(store, name, told)
    return store

opening, batch, *paths = sys.argv[1:]
store = SqliteStore(Path(opening)) if "|" not in opening else Neo4jStore(*opening.split("|"))
for _ in load([Path(path) for path in paths], graph=heard(store, "load", "add_mappings", "delete"), batch=int(batch)):
    pass
"""
TERM = "\n[Term]\nid: {0}:{1}\nname: {2} {1}\n"
HEAD = "#mapping_set_version: {}\nsubject_id\tpredicate_id\tobject_id\tconfidence\n"
HPOA = "#version: 2031-01-01\ndatabase_id\tdisease_name\tqualifier\thpo_id\treference\tevidence\tonset\tfrequency\tsex"


def ontology(name: str, prefix: str, release: str, numbers: range) -> str:
    text = f"format-version: 1.2\nontology: {name}\ndata-version: releases/{release}\n"
    return text + "".join(
        TERM.format(prefix, n, f"{name} {release[:4]}") + (f"is_a: {prefix}:{n // 2}\n" if n > 1 else "")
        for n in numbers
    )


@pytest.fixture
def steps(tmp_path: Path) -> list[list[Path]]:
    """Calls of a user: what waits before what it waits for, mappings last, then newer releases."""
    rows = "".join(f"OMIM:{n}\tomim {n}\t\tHP:{n}\tPMID:1\tPCS\t\t\t\t\tP\tx\n" for n in range(1, 31))
    pairs = "MONDO:{0}\tskos:exactMatch\t{1}:{0}\t{2}\n"
    texts = {
        "phenotype.hpoa": f"{HPOA}\tmodifier\taspect\tbiocuration\n{rows}",
        "mondo.obo": ontology("mondo", "MONDO", "2031-01-01", range(1, 31)),
        "doid.obo": ontology("doid", "DOID", "2031-01-01", range(1, 31)),
        "hp.obo": ontology("hp", "HP", "2031-01-01", range(1, 31)),
        "doid.sssom.tsv": HEAD.format(1) + "".join(pairs.format(n, "DOID", 1) for n in range(1, 31)),
        "omim.sssom.tsv": HEAD.format(1) + "".join(pairs.format(n, "OMIM", 1) for n in range(1, 31)),
        "mondo2.obo": ontology("mondo", "MONDO", "2032-01-01", range(1, 28)),
        "doid2.sssom.tsv": HEAD.format(2) + "".join(pairs.format(n, "DOID", 0.5) for n in range(1, 31, 2)),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    calls = (
        "phenotype.hpoa mondo.obo", "doid.obo hp.obo", "doid.sssom.tsv omim.sssom.tsv", "mondo2.obo doid2.sssom.tsv",
    )  # fmt: skip
    return [[tmp_path / name for name in call.split()] for call in calls]


def coherent(store: GraphStore) -> None:
    """Ids stand for what the mappings that are there come to, and every id that is mapped is seen as that."""
    mapped = dict(store.mappings())
    matches = [Match(m.other, m.canonical, m.confidence, m.justification) for m in store.matches()]
    assert mapped == follow(matches, []).canonical
    names = [(id, kind) for _, _, id, kind in store.names()]
    assert not mapped.keys() & {id for id, _ in names}
    for other, canonical in mapped.items():
        for relation in store.relations(subjects=[other], access=None):
            assert relation.subject == canonical


def killed(store: GraphStore, opening: str, paths: list[Path], line: int, seconds: float) -> None:
    """Load in a process of its own and kill it `seconds` after it told its `line`-th step."""
    command: list[str | Path] = [sys.executable, "-c", CHILD, opening, str(BATCH), *paths]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for _ in range(line):
            child.stdout.readline()
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
    coherent(store)


def end_as_undisturbed(
    store: GraphStore, opening: str, steps: list[list[Path]], tmp_path: Path, moments: Sequence[tuple[int, float]]
) -> None:
    undisturbed = SqliteStore(tmp_path / "undisturbed.db")
    for number, paths in enumerate(steps):
        list(load(paths, graph=undisturbed, batch=BATCH))
        for line, seconds in moments:
            killed(store, opening, paths, line + number, seconds)
        list(load(paths, graph=store, batch=BATCH))
        assert store.fingerprint() == undisturbed.fingerprint()
    sources = [source.id for source in undisturbed.sources() if "sssom" in source.id]
    for kept in (undisturbed, store):
        assert kept.delete(sources) == len(sources) == 2
    assert store.fingerprint() == undisturbed.fingerprint()
    undisturbed.close()


def test_a_killed_loading_is_taken_up(steps: list[list[Path]], tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    store = SqliteStore(path)
    # Within a write, between two, and within one late in the call.
    end_as_undisturbed(store, str(path), steps, tmp_path, ((1, 0.002), (2, 0.0), (6, 0.004)))
    store.close()


@pytest.mark.neo4j
def test_a_killed_loading_is_taken_up_on_neo4j(
    throwaway_neo4j: Callable[..., Any], steps: list[list[Path]], tmp_path: Path
) -> None:
    server = throwaway_neo4j()
    store = Neo4jStore(server.url, server.user, server.password)
    opening = f"{server.url}|{server.user}|{server.password}"
    end_as_undisturbed(store, opening, steps, tmp_path, ((1, 0.02), (4, 0.0)))
    store.close()
