"""What has been read of a graph is kept between processes, and never older than the graph."""

from __future__ import annotations

import gc
import os
import resource
import signal
import stat
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from neo4j import GraphDatabase

from graph.model import PUBLIC, Assertion, Contribution, Entity, Source
from graph.neo4j.store import Neo4jStore
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.kept import MOST, Kept
from tests.qa.differential.conftest import fill, has


class Counting:
    """A view's store that counts how often the whole is read."""

    def __init__(self, store: SqliteStore) -> None:
        self._store, self.reads = store, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def stated(self, *args: Any, **named: Any) -> Any:
        self.reads += 1
        return self._store.stated(*args, **named)


@pytest.fixture
def counting(store: SqliteStore) -> Counting:
    return Counting(store)


def test_a_matrix_is_read_once_for_a_version_and_again_for_another(counting: Counting) -> None:
    kept, view = Kept(), GraphView(counting, PUBLIC)
    first = kept.matrix(view)
    assert kept.matrix(view) is first
    counting.load(
        Source("new", "curated"), [Entity("OMIM:9", "Disease", "New")], [has("OMIM:9", "HP:31", source="new")]
    )
    assert "OMIM:9" in kept.matrix(view).disease_number
    assert counting.reads == 2


def test_documents_that_state_nothing_of_it_are_no_reason_to_read_again(counting: Counting, tmp_path: Path) -> None:
    drug = Entity("MESH:D1", "Drug", "Aspirin")
    causes = Assertion.new("MESH:D1", "causes", "HP:31", source="PMID:1", sentence="Aspirin causes fever.")
    document, view, kept = Source("PMID:1", "document"), GraphView(counting, PUBLIC), Kept(tmp_path)
    counting.replace([Contribution(Source("PMID:0", "document"))])
    first = kept.matrix(view)
    counting.replace([Contribution(document, (drug,), assertions=(causes,))])
    assert kept.matrix(view) is first
    assert counting.delete(["PMID:1"]) == 1
    assert kept.matrix(view) is first
    assert counting.reads == 1
    assert Kept(tmp_path).open(view)


def test_what_a_document_states_of_it_comes_and_goes_at_once(counting: Counting, tmp_path: Path) -> None:
    stated = has("OMIM:2", "HP:33", source="PMID:1")
    document, view, kept = Source("PMID:1", "document"), GraphView(counting, PUBLIC), Kept(tmp_path)
    rows = [len(kept.matrix(view).profiles.disease)]
    for rows_of_it in ((stated,), (), (stated,), None):
        if rows_of_it is None:
            counting.delete(["PMID:1"])
        else:
            counting.replace([Contribution(document, assertions=rows_of_it)])
        rows.append(len(kept.matrix(view).profiles.disease))
    assert rows == [rows[0], rows[0] + 1, rows[0], rows[0] + 1, rows[0]]


def test_what_was_read_of_a_state_that_has_gone_is_let_go(counting: Counting) -> None:
    kept, view = Kept(), GraphView(counting, PUBLIC)
    first = weakref.ref(kept.matrix(view))
    counting.load(
        Source("new", "curated"), [Entity("OMIM:9", "Disease", "New")], [has("OMIM:9", "HP:31", source="new")]
    )
    kept.matrix(view)
    gc.collect()
    assert first() is None


def test_another_process_need_not_read_the_graph(counting: Counting, tmp_path: Path) -> None:
    view = GraphView(counting, PUBLIC)
    first, again = (Kept(tmp_path / "kept").matrix(view) for _ in range(2))
    assert counting.reads == 1
    assert again.profiles.names == first.profiles.names
    assert again.profiles.bearers == first.profiles.bearers
    np.testing.assert_array_equal(again.often, first.often)
    (file,) = (tmp_path / "kept").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04cut short", os.urandom(200)])
def test_what_is_damaged_is_read_again(counting: Counting, tmp_path: Path, damage: bytes) -> None:
    view = GraphView(counting, PUBLIC)
    folder = tmp_path / "kept"
    Kept(folder).matrix(view)
    (file,) = folder.iterdir()
    file.write_bytes(damage)
    assert "OMIM:1" in Kept(folder).matrix(view).disease_number
    assert counting.reads == 2


def test_a_folder_that_cannot_be_written_costs_only_time(
    counting: Counting, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    assert "OMIM:1" in Kept(tmp_path / "file" / "below").matrix(GraphView(counting, PUBLIC)).disease_number
    assert "below cannot keep what was read of the graph: Not a directory" in caplog.text


def test_a_full_disk_leaves_nothing_half_written(
    counting: Counting, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    view = GraphView(counting, PUBLIC)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    try:
        matrix = Kept(tmp_path / "kept").matrix(view)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert "OMIM:1" in matrix.disease_number
    assert list((tmp_path / "kept").iterdir()) == []
    assert "File too large" in caplog.text


def test_what_somebody_who_was_killed_left_goes(counting: Counting, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    old, new = folder / "old.part", folder / "new.part"
    for path in (old, new):
        path.write_bytes(b"PK")
    os.utime(old, (0, 0))
    Kept(folder).matrix(GraphView(counting, PUBLIC))
    (archive,) = folder.glob("*.npz")
    assert set(folder.iterdir()) == {archive, new}


def test_processes_that_read_at_once_keep_one_archive(counting: Counting, tmp_path: Path) -> None:
    view = GraphView(counting, PUBLIC)
    with ThreadPoolExecutor(4) as pool:
        matrices = list(pool.map(lambda folder: Kept(folder).matrix(view), [tmp_path / "kept"] * 4))
    assert len({matrix.profiles.names for matrix in matrices}) == 1
    (file,) = (tmp_path / "kept").iterdir()
    with np.load(file, allow_pickle=False) as archive:
        assert archive.files


def test_readers_of_other_labels_have_their_own_and_old_ones_go(tmp_path: Path, store: SqliteStore) -> None:
    kept = Kept(tmp_path / "kept")
    closed = frozenset({"ward"})
    secret = [has("OMIM:2", "HP:33", source="closed", access=closed)]
    store.load(Source("closed", "curated", access=closed), [], secret)
    public, all_there_is = (kept.matrix(GraphView(store, access)) for access in (PUBLIC, PUBLIC | closed))
    assert len(all_there_is.profiles.disease) == len(public.profiles.disease) + 1
    for number in range(MOST + 2):
        kept.matrix(GraphView(store, PUBLIC | {f"label {number}"}))
    assert len(list((tmp_path / "kept").iterdir())) == MOST


def test_what_is_a_patient_s_is_no_part_of_it(store: SqliteStore) -> None:
    own = frozenset({"patient:1"})
    store.load(Source("fhir:1", "curated", access=own), [], [has("OMIM:2", "HP:33", source="fhir:1", access=own)])
    kept = Kept()
    assert kept.matrix(GraphView(store, PUBLIC | own)) is kept.matrix(GraphView(store, PUBLIC))


@pytest.mark.neo4j
def test_both_stores_give_one_matrix(view: GraphView, neo4j_server: Any) -> None:
    with GraphDatabase.driver(neo4j_server.url, auth=(neo4j_server.user, neo4j_server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    store = Neo4jStore(neo4j_server.url, neo4j_server.user, neo4j_server.password)
    fill(store)
    one, other = Kept().matrix(view).profiles, Kept().matrix(GraphView(store, PUBLIC)).profiles
    store.close()
    assert one.diseases == other.diseases
    assert sorted(one.terms) == sorted(other.terms)

    def rows(profiles: Any) -> list[tuple[str, str, float, float, str]]:
        return sorted(
            (
                profiles.diseases[d],
                profiles.terms[t],
                round(float(np.nan_to_num(s, nan=-1)), 4),
                float(w),
                profiles.papers[p],
            )
            for d, t, s, w, p in zip(
                profiles.disease, profiles.term, profiles.share, profiles.patients, profiles.paper, strict=True
            )
        )

    assert rows(one) == rows(other)
    np.testing.assert_array_equal(one.ages, other.ages)
    np.testing.assert_array_equal(one.incidence, other.incidence)
