"""What is SQLite's own: the file, other processes, a full disk, damage."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from graph.errors import StoreCorrupt, StoreUnavailable
from graph.model import Assertion, Contribution, Entity, Mention, PassageNode, Source
from graph.sqlite.store import SqliteStore

ROOT = Path(__file__).resolve().parents[3]
HPO = Source("HPO", "curated")
FEVER = Entity("HP:1", "Phenotype", "Fever")
FLU = Entity("MONDO:1", "Disease", "Influenza")


def paper(id: str, text: str = "text") -> Contribution:
    return Contribution(Source(id, "document"), passages=(PassageNode(f"{id}#0", id, "text", 0, len(text), text),))


def run(program: str, *arguments: object) -> subprocess.Popen[str]:
    """Start a Python program that may import the rooms."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), *map(str, arguments)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_what_was_written_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "new folder" / "graph.db")
    store.load(HPO, [FEVER, FLU])
    store.replace([paper("PMID:1")])
    before, version = store.fingerprint(), store.names_version()
    store.close()
    again = SqliteStore(tmp_path / "new folder" / "graph.db")
    assert (again.fingerprint(), again.names_version()) == (before, version)
    again.close()


# opening


def test_a_file_that_is_no_database_is_corrupt(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    path.write_bytes(b"This is the text of a letter, not of a database.\n" * 100)
    with pytest.raises(StoreCorrupt):
        SqliteStore(path)
    assert path.read_bytes().startswith(b"This is the text")


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE entity (id)", "PRAGMA user_version = 1", "PRAGMA application_id = 7"],
    ids=["tables", "version", "application"],
)
def test_another_program_s_database_is_corrupt(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "graph.db"
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.close()
    with pytest.raises(StoreCorrupt, match="another program"):
        SqliteStore(path)


def test_another_layout_is_corrupt(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    SqliteStore(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreCorrupt, match="layout 99"):
        SqliteStore(path)


def test_a_damaged_file_is_corrupt(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    store = SqliteStore(path)
    store.load(HPO, [Entity(f"HP:{n}", "Phenotype", f"finding {n}") for n in range(500)])
    store.close()
    with path.open("r+b") as file:
        for page in range(1, path.stat().st_size // 8192):
            file.seek(page * 8192)
            file.write(b"\xff" * 64)
    with pytest.raises(StoreCorrupt):
        SqliteStore(path).fingerprint()


@pytest.mark.parametrize("where", ["a folder", "below a file"])
def test_a_path_that_cannot_be_opened_is_unavailable(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable):
        SqliteStore(tmp_path if where == "a folder" else tmp_path / "file" / "graph.db")


def test_a_closed_store_is_unavailable(sqlite: SqliteStore) -> None:
    sqlite.ping()
    sqlite.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        sqlite.ping()
    with pytest.raises(StoreUnavailable, match="closed"):
        sqlite.load(HPO, [FEVER])


def test_a_store_locked_for_too_long_is_unavailable(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    store = SqliteStore(path, wait=0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"):
        store.load(HPO, [FEVER])
    assert store.sources() == []
    other.execute("ROLLBACK")
    other.close()
    store.load(HPO, [FEVER])
    assert store.entity("HP:1", access=None) == FEVER
    store.close()


# beside each other


def test_reading_does_not_wait_for_writing(tmp_path: Path, sqlite: SqliteStore) -> None:
    sqlite.load(HPO, [FEVER, FLU])
    other = sqlite3.connect(tmp_path / "graph.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("DELETE FROM entity")
    assert sqlite.entity("HP:1", access=None) == FEVER
    other.execute("ROLLBACK")
    other.close()


def test_one_reading_sees_one_state(sqlite: SqliteStore) -> None:
    sqlite.load(HPO, [FEVER, FLU])
    rows = sqlite.names()
    assert next(rows)[0] == "Fever"
    writer = threading.Thread(target=sqlite.delete, args=(["HPO"],))
    writer.start()
    writer.join()
    assert [row[0] for row in rows] == ["Influenza"]
    assert list(sqlite.names()) == []


WRITER = """
    import sys
    from pathlib import Path
    from graph.model import Assertion, Contribution, Entity, Mention, PassageNode, Source
    from graph.sqlite.store import SqliteStore

    path, name = Path(sys.argv[1]), sys.argv[2]
    sys.stdin.readline()
    store = SqliteStore(path)
    store.load(Source("HPO", "curated"), [Entity("HP:1", "Phenotype", "Fever"), Entity("MONDO:1", "Disease", "Flu")])
    for n in range(30):
        id = f"{name}:{n}"
        said = Assertion.new("MONDO:1", "has_phenotype", "HP:1", source=id, sentence="Flu brings fever.")
        store.replace([Contribution(Source(id, "document"), assertions=(said,))])
    store.close()
"""


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    writers = [run(WRITER, path, name) for name in ("PMID", "PMCID")]
    for writer in writers:  # both make the new file, at the same moment
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [("", 0), ("", 0)]
    store = SqliteStore(path)
    (relation,) = store.neighbours("HP:1", access=None)
    assert (relation.affirmed, relation.sources, store.stats().documents) == (60, 60, 60)
    store.close()


KILLED = """
    import sys
    from pathlib import Path
    from graph.model import Contribution, PassageNode, Source
    from graph.sqlite.store import SqliteStore

    store = SqliteStore(Path(sys.argv[1]))
    for n in range(100_000):
        id = f"PMID:{n}"
        store.replace([Contribution(Source(id, "document"), passages=(PassageNode(id, id, "text", 0, 4, "text"),))])
        print(n, flush=True)
"""


def test_what_was_written_survives_being_killed(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    writer = run(KILLED, path)
    assert writer.stdout is not None
    last = [writer.stdout.readline() for _ in range(25)][-1]
    writer.send_signal(signal.SIGKILL)
    # `communicate` would read past the lines that `readline` has buffered already.
    written = len((last + writer.stdout.read()).split())
    writer.communicate()
    store = SqliteStore(path)
    stats = store.stats()
    assert stats.documents == stats.passages
    assert 24 + written <= stats.documents <= 25 + written
    store.close()


# space


FILLING = """
    import resource, sys
    from pathlib import Path
    from graph.errors import StoreFull
    from graph.model import Contribution, PassageNode, Source
    from graph.sqlite.store import SqliteStore

    store = SqliteStore(Path(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    text = "x" * 100_000
    for n in range(100):
        id = f"PMID:{n}"
        try:
            store.replace([Contribution(Source(id, "document"), passages=(PassageNode(id, id, "a", 0, 1, text),))])
        except StoreFull as error:
            assert n > 2
            print(n, store.stats().documents, store.fingerprint())
            break
"""


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    writer = run(FILLING, path, 2_000_000)
    out, errors = writer.communicate()
    assert (errors, writer.returncode) == ("", 0)
    written, documents, fingerprint = out.split()
    assert written == documents
    store = SqliteStore(path)
    assert store.stats().documents == int(written)
    assert store.fingerprint() == fingerprint
    store.replace([paper("PMID:more")])
    assert store.source("PMID:more") is not None
    store.close()


def test_what_is_deleted_is_not_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    store = SqliteStore(path)
    store.load(HPO, [FEVER, FLU])
    store.replace([
        Contribution(
            Source("fhir:42", "document"), (Entity("PATIENT:42", "Patient", "Zebedee"),),
            (PassageNode("p", "fhir:42", "note", 0, 7, "Zebedee has influenza."),), (),
            (Assertion.new("PATIENT:42", "has_condition", "MONDO:1", source="fhir:42", sentence="Zebedee has it."),),
        )
    ])  # fmt: skip
    store.delete(["fhir:42"])
    store.close()
    assert b"zebedee" not in path.read_bytes().lower()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["graph.db"]


def test_the_cost_of_a_write_does_not_grow_with_the_store(sqlite: SqliteStore) -> None:
    """Counted in steps of SQLite's machine, not in seconds: a statement that walks a whole table shows at once."""
    entities = [Entity(f"HP:{n}", "Phenotype", f"finding {n}") for n in range(400)]
    sqlite.load(HPO, entities)

    def said(n: int, source: str) -> Assertion:
        one, other = entities[n % 400], entities[(n // 400 + n * 13) % 400]  # each pair once
        return Assertion.new(one.id, "treats", other.id, source=source, sentence="stated", record=str(n))

    def grow(numbers: range) -> None:
        sqlite.load(HPO, assertions=[said(n, "HPO") for n in numbers])
        sqlite.replace([
            Contribution(
                Source(f"PMID:{n}", "document"), (), (PassageNode(f"p{n}", f"PMID:{n}", "a", 0, 1, "x"),),
                (Mention(f"p{n}", entities[n % 400].id, 0, 1, "x"),), (said(n, f"PMID:{n}"),),
            )
            for n in numbers
        ])  # fmt: skip

    def steps() -> int:
        count = 0

        def tick() -> int:
            nonlocal count
            count += 1
            return 0

        sqlite._file._writer.set_progress_handler(tick, 100)
        new = range(10_000, 10_050)
        grow(new)
        grow(new)
        sqlite.delete([f"PMID:{n}" for n in new])
        sqlite._file._writer.set_progress_handler(None, 0)
        return count

    grow(range(400))
    first = steps()
    grow(range(400, 4000))
    assert steps() < 2 * first
