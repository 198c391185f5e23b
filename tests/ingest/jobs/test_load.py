"""What loading asks for before it writes, and what it puts on what it writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.licences import RESTRICTED
from graph.model import PUBLIC
from graph.sqlite.store import SqliteStore
from ingest.errors import LicenceNotAccepted
from ingest.jobs.load import load

DDINTER = "DDInterID_A,Drug_A,DDInterID_B,Drug_B,Level\nDDInter90002,Blue,DDInter90001,Bluemycin,Major\n"
LEXICON = "id\ttype\tname\nMESH:D900001\tDisease\tBlue ear\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "g.sqlite")
    yield store
    store.close()


def test_without_its_licence_nothing_is_written(store: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.tsv").write_text(LEXICON)
    (tmp_path / "data" / "b.csv").write_text(DDINTER)

    with pytest.raises(LicenceNotAccepted, match="--accept-licence ddinter"):
        list(load([tmp_path / "data"], graph=store))

    assert store.stats().entities == 0


def test_a_restricted_source_carries_the_label_of_its_licence(store: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(DDINTER)

    *_, progress = load([tmp_path / "b.csv"], graph=store, accepted=["ddinter"])

    assert progress.done.failed == ()
    id = "DDINTER:DDInter90001"
    assert [r.predicate for r in store.neighbours(id, access=PUBLIC | RESTRICTED)] == ["interacts_with"]
    assert store.entities([id], access=PUBLIC) == {}
    assert store.assertions(subject=id, access=PUBLIC) == []
    assert {s.access for s in store.sources(kind="curated")} == {RESTRICTED}


def test_a_network_within_a_folder_is_loaded_as_one(store: SqliteStore, tmp_path: Path) -> None:
    for folder in ("edges", "nodes"):
        (tmp_path / "graph" / "net" / folder).mkdir(parents=True)
    edges, nodes = tmp_path / "graph" / "net" / "edges", tmp_path / "graph" / "net" / "nodes"
    (edges / "Gene_Interacts_Gene.tsv").write_text(":START_ID(Gene)\t:END_ID(Gene)\n7\t8\n")
    (nodes / "gene.tsv").write_text("geneId:ID(Gene)\tname\n7\tBLU1\n8\tBLU2\n")
    (tmp_path / "graph" / "a.tsv").write_text(LEXICON)

    *_, progress = load([tmp_path / "graph"], graph=store)

    assert progress.done.failed == ()
    assert (store.stats().entities, store.stats().assertions) == (3, 1)


def test_a_folder_s_company_is_left_alone(store: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.tsv").write_text(LEXICON)
    (tmp_path / "data" / "README.md").write_text("# Read me\n")
    (tmp_path / "data" / "LICENSE").write_text("None.\n")

    *_, progress = load([tmp_path / "data"], graph=store)

    assert progress.done.failed == ()
    assert [Path(file).name for file in progress.done.left] == ["LICENSE", "README.md"]
    *_, alone = load([tmp_path / "data" / "README.md"], graph=store)
    assert "no format of curated knowledge" in alone.done.failed[0].reason
