"""The use cases that the doors share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from api import work
from api.errors import Busy
from api.settings import Settings
from api.wiring import Parts
from graph.errors import UnknownEntity
from graph.model import Source
from ingest.jobs.ledger import Done
from ingest.jobs.writing import Writer
from retrieval.model import Filter

PUBLIC = frozenset({"public"})


@pytest.fixture
def parts(home: Path) -> Iterator[Parts]:
    with Parts(Settings(home=home)) as parts:
        yield parts


def test_an_ingestion_tells_its_stages_and_leaves_a_saved_index(
    parts: Parts, home: Path, jsonl: Callable[..., Path]
) -> None:
    path = jsonl("one.jsonl", [{"pmid": 900, "title": "More", "abstract": "Metformin causes cough."}])
    saved = sorted(path.name for path in (home / "index").glob("generation-*"))
    steps = list(work.ingest(parts, [path]))
    assert [step.stage for step in steps] == ["open", "names", "begin", "write", "save", "done"]
    assert (steps[-1].done.read, steps[-1].done.added) == (1, 1)
    assert sorted(path.name for path in (home / "index").glob("generation-*")) > saved
    assert parts.searcher().search("metformin cough", filter=Filter(PUBLIC))[0].document.id == "PMID:900"


def test_who_stops_reading_the_progress_gives_the_lock_back(
    parts: Parts, home: Path, jsonl: Callable[..., Path], made: Callable[[int], list[dict[str, Any]]]
) -> None:
    path = jsonl("many.jsonl", made(200))
    steps = work.ingest(parts, [path])
    while next(steps).stage != "write":
        assert FileLock(home / "ingest.lock").is_locked is False
    with pytest.raises(TimeoutError), FileLock(home / "ingest.lock", timeout=0):
        pytest.fail("two are at work at once")
    steps.close()
    with FileLock(home / "ingest.lock", timeout=0):
        pass
    (*_, last) = work.ingest(parts, [path])
    assert (last.done.unchanged, last.done.added) == (128, 72)


def test_each_waits_for_the_lock_and_says_so(parts: Parts, home: Path, inputs: Path) -> None:
    told: list[str] = []
    with FileLock(home / "ingest.lock"):
        with pytest.raises(Busy):
            list(work.ingest(parts, [], waiting=lambda: told.append("ingest"), stopped=lambda: True))
        with pytest.raises(Busy):
            work.delete(parts, ["PMID:101"], writer=None, waiting=lambda: told.append("delete"), seconds=0)
    assert told == ["ingest", "delete"]
    assert work.delete(parts, ["PMID:101"], writer=None) == work.Deleted(1, ())


def test_a_deletion_takes_what_its_reader_may_see_and_no_more(parts: Parts) -> None:
    assert work.delete(parts, ["letter:1"], writer=Writer("", PUBLIC, admin=True)) == work.Deleted(0, ("letter:1",))
    assert parts.graph().source("letter:1") is not None
    both = work.delete(
        parts, ["letter:1", "102", "PMID:102", "PMID:0"], writer=Writer("", PUBLIC | {"patient:42"}, admin=True)
    )
    assert both == work.Deleted(2, ("PMID:0",))
    assert parts.graph().source("letter:1") is None
    assert parts.passages().document("PMID:102", access=None) is None
    assert "PMID:102" not in {
        hit.document.id for hit in parts.searcher().search("lactic acidosis", filter=Filter(PUBLIC))
    }


@pytest.mark.parametrize("writer", [None, Writer("", PUBLIC, admin=True)])
def test_a_curated_source_stays_whoever_asks(parts: Parts, writer: Writer | None) -> None:
    parts.graph().load(Source("hospital:names", "curated"))
    kept = parts.graph().fingerprint()
    assert work.delete(parts, ["hospital:names", "small"], writer=writer) == work.Deleted(
        0, ("hospital:names", "local:small")
    )
    assert parts.graph().fingerprint() == kept


def test_a_deletion_that_was_killed_is_brought_to_its_end(parts: Parts) -> None:
    parts.passages().delete(["PMID:102"])
    assert work.delete(parts, ["PMID:102"], writer=None) == work.Deleted(1, ())
    assert parts.graph().source("PMID:102") is None
    parts.ledger().put([Done("PMID:7", "hash", "pipeline")])
    assert work.delete(parts, ["PMID:7"], writer=None) == work.Deleted(0, ("PMID:7",))
    assert parts.ledger().get(["PMID:7"]) == {}


def test_loading_yields_progress_and_changes_nothing_twice(parts: Parts, inputs: Path) -> None:
    kept = parts.graph().fingerprint()
    steps = list(work.load(parts, [inputs / "names.tsv"]))
    assert [step.stage for step in steps[:2]] == ["open", "begin"]
    assert steps[-1].done.read > 0
    assert parts.graph().fingerprint() == kept
    with pytest.raises(UnknownEntity):
        parts.graph().entity("MESH:D0", access=None)


def test_a_curated_source_is_unloaded_exactly(parts: Parts, tmp_path: Path) -> None:
    before = parts.graph().fingerprint()
    table = "doid_id\tdrugbank_id\tdisease\tdrug\tcategory\nDOID:9\tDB90001\tBlue ear\tBluemycin\tDM\n"
    (tmp_path / "a.tsv").write_text(table)
    list(work.load(parts, [tmp_path / "a.tsv"]))
    assert parts.graph().fingerprint() != before

    assert work.unload(parts, ["pharmacotherapydb", "PMID:101", "nothing"]) == work.Deleted(1, ("PMID:101", "nothing"))

    assert parts.graph().fingerprint() == before


def test_what_a_newer_release_changed_is_kept(parts: Parts, home: Path, tmp_path: Path) -> None:
    for version in ("1", "2"):
        rows = f"# source: blue\n# version: {version}\nid\ttype\tname\nDOID:9\tDisease\tBlue ear {version}\n"
        (tmp_path / "a.tsv").write_text(rows)
        list(work.load(parts, [tmp_path / "a.tsv"]))
    (kept,) = (home / "releases").iterdir()
    assert kept.name == "blue_1_2.json"
    assert json.loads(kept.read_text())["source"] == "blue"

    of_another = home / "releases" / "blue_ear_1_2.json"
    of_another.write_text(json.dumps({"source": "blue_ear"}))
    (home / "releases" / "blue_2_3.json").write_text("{broken")
    work.unload(parts, ["blue"])
    assert list((home / "releases").iterdir()) == [of_another]
