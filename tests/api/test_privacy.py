"""What is kept is its owner's alone, whatever the mask of whoever starts it; what they asked for is as they wish."""

from __future__ import annotations

import os
import shlex
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.privacy import exposed, mending
from api.settings import Settings


@pytest.fixture
def _lenient() -> Iterator[None]:
    """The mask that most systems have, here and in what is started here."""
    former = os.umask(0o022)
    yield
    os.umask(former)


@pytest.fixture
def lenient(
    _lenient: None, tmp_path: Path, inputs: Path, medgraph: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A home that was made under it."""
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")
    home = tmp_path / "home"
    assert medgraph("load", str(inputs / "names.tsv"), home=home).code == 0
    return home


def _open(folder: Path) -> list[str]:
    places = [folder, *folder.rglob("*")]
    return sorted(str(place.relative_to(folder)) for place in places if place.stat().st_mode & 0o077)


def _privacy(done: Any) -> tuple[str, str]:
    (row,) = (check for check in done.json["checks"] if check["part"] == "privacy")
    return row["state"], row["detail"]


def test_what_the_commands_make_is_the_owners_alone(
    lenient: Path, inputs: Path, tmp_path: Path, medgraph: Callable[..., Any]
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{}\n" * 1100)
    assert medgraph("ingest", str(inputs / "documents.jsonl"), str(broken), home=lenient).code == 4
    kept = {place.name for place in lenient.rglob("*")}
    assert {"graph.sqlite", "index", "ingest.tsv", "ingest.lock"} <= kept
    assert _open(lenient) == []


def test_what_was_asked_for_elsewhere_is_made_as_its_owner_wants(
    lenient: Path, inputs: Path, tmp_path: Path, medgraph: Callable[..., Any]
) -> None:
    found, graph = tmp_path / "found.jsonl", tmp_path / "graph"
    tagged = medgraph("tag", str(inputs / "documents.jsonl"), "--to", "jsonl", "-o", str(found), home=lenient)
    assert tagged.code == 0, tagged.err
    assert medgraph("export", "kgx", "-o", str(graph), home=lenient).code == 0
    made = [found, *tmp_path.glob("graph*")]
    assert len(made) > 1
    assert {stat.S_IMODE(path.stat().st_mode) & 0o666 for path in made if path.is_file()} == {0o644}
    assert _open(lenient) == []


@pytest.mark.usefixtures("_lenient")
def test_a_home_that_others_may_read_is_told_with_what_mends_it(
    filled: Path, tmp_path: Path, medgraph: Callable[..., Any]
) -> None:
    home = Path(shutil.copytree(filled, tmp_path / "my home"))
    home.chmod(0o755)
    done = medgraph("check", "--json", home=home)
    state, detail = _privacy(done)
    assert (done.code, done.json["ok"], state) == (0, True, "exposed")
    assert f"may read {home}" in detail
    subprocess.run(shlex.split(detail.partition(": ")[2]), check=True)
    assert _open(home) == []
    assert _privacy(medgraph("check", "--json", home=home))[0] == "ok"


def test_a_graph_that_lies_elsewhere_is_looked_at_too(tmp_path: Path) -> None:
    home, graph = tmp_path / "home", tmp_path / "graph.sqlite"
    home.mkdir(mode=0o700)
    graph.touch(mode=0o600)
    settings = Settings(home=home, graph_url=f"sqlite:{graph}")
    assert exposed(settings) == []
    graph.chmod(0o640)
    assert exposed(settings) == [graph]
    assert mending(settings, [graph]) == f"chmod -R go-rwx {graph}"
    (home / "salt").touch(mode=0o604)
    (home / "neo4j" / "lib").mkdir(mode=0o700, parents=True)
    (home / "neo4j" / "lib" / "neo4j.jar").touch(mode=0o644)
    places = exposed(settings)
    assert set(places) >= {graph, home / "salt"}
    assert home / "neo4j" / "lib" / "neo4j.jar" not in places
    assert mending(settings, places) == f"chmod -R go-rwx {home} {graph}"
