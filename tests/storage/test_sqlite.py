from __future__ import annotations

import errno
import os
import sqlite3
import stat
import time
from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection

import pytest

from storage.sqlite import Errors, Layout, SqliteFile, translated


class Full(Exception):
    pass


class Unavailable(Exception):
    pass


class Corrupt(Exception):
    pass


ERRORS = Errors(full=Full, unavailable=Unavailable, corrupt=Corrupt)


def _tables(db: Connection) -> None:
    db.execute("CREATE TABLE t (x TEXT)")


def _renamed(db: Connection) -> None:
    db.execute("ALTER TABLE t RENAME COLUMN x TO y")


def _tables_renamed(db: Connection) -> None:
    _tables(db)
    _renamed(db)


ONE = Layout(application=0x1234, version=1, create=_tables)
TWO = Layout(application=0x1234, version=2, create=_tables_renamed, migrations={1: _renamed})


def test_a_write_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    file = SqliteFile(tmp_path / "new" / "a.sqlite", ERRORS, layout=ONE)
    with file.writing() as db:
        db.execute("INSERT INTO t VALUES ('kept')")
    with pytest.raises(Unavailable), file.writing() as db:
        db.executemany("INSERT INTO t VALUES (?)", [("lost",), ("one", "too many")])
    with file.reading() as db:
        assert db.execute("SELECT x FROM t").fetchall() == [("kept",)]
    file.close()
    file.close()
    with pytest.raises(Unavailable, match="closed"), file.reading():
        pass


def test_a_reader_sees_one_state_while_another_writes(tmp_path: Path) -> None:
    file = SqliteFile(tmp_path / "a.sqlite", ERRORS, layout=ONE)
    with file.reading() as reader:
        assert reader.execute("SELECT count(*) FROM t").fetchone() == (0,)
        with file.writing() as writer:
            writer.execute("INSERT INTO t VALUES ('new')")
        assert reader.execute("SELECT count(*) FROM t").fetchone() == (0,)
    with file.reading() as reader:
        assert reader.execute("SELECT count(*) FROM t").fetchone() == (1,)
    file.close()


def test_a_file_of_an_older_layout_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    old = SqliteFile(path, ERRORS, layout=ONE)
    with old.writing() as db:
        db.execute("INSERT INTO t VALUES ('kept')")
    old.close()
    new = SqliteFile(path, ERRORS, layout=TWO)
    with new.reading() as db:
        assert db.execute("SELECT y FROM t").fetchall() == [("kept",)]
    new.close()
    with pytest.raises(Corrupt, match="another version"):
        SqliteFile(path, ERRORS, layout=ONE)


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    SqliteFile(path, ERRORS, layout=ONE).close()

    def failing(db: Connection) -> None:
        _renamed(db)
        raise OSError(errno.ENOSPC, "no space")

    with pytest.raises(Full):
        SqliteFile(path, ERRORS, layout=Layout(application=0x1234, version=2, create=_tables, migrations={1: failing}))
    file = SqliteFile(path, ERRORS, layout=ONE)
    with file.reading() as db:
        assert db.execute("SELECT x FROM t").fetchall() == []
    file.close()


def test_a_known_file_opens_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    SqliteFile(path, ERRORS, layout=ONE).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    file = SqliteFile(path, ERRORS, layout=ONE, wait=0.1)
    with file.reading() as db:
        assert db.execute("SELECT count(*) FROM t").fetchone() == (0,)
    with pytest.raises(Unavailable, match="locked"), file.writing():
        pass
    other.close()
    file.close()


def _no_room(file: SqliteFile) -> None:
    with file.writing() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
        db.execute("INSERT INTO t VALUES (?)", ("x" * 100_000,))


def _no_table(file: SqliteFile) -> None:
    with file.reading() as db:
        db.execute("SELECT * FROM gone")


@pytest.mark.parametrize(("act", "error"), [(_no_room, Full), (_no_table, Corrupt)])
def test_a_code_of_sqlite_is_one_error_of_the_room(
    tmp_path: Path, act: Callable[[SqliteFile], None], error: type[Exception]
) -> None:
    file = SqliteFile(tmp_path / "a.sqlite", ERRORS, layout=ONE)
    with pytest.raises(error, match=r"a\.sqlite"):
        act(file)
    with file.writing() as db:
        db.execute("PRAGMA max_page_count = 1000000")
        db.execute("INSERT INTO t VALUES ('goes on')")
    file.close()


@pytest.mark.parametrize(
    ("raised", "error"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), Full),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), Full),
        (PermissionError(errno.EACCES, "Permission denied"), Unavailable),
        (sqlite3.OperationalError("the word full alone says nothing"), Unavailable),
    ],
)
def test_an_error_is_told_by_its_code_and_not_by_its_message(
    tmp_path: Path, raised: Exception, error: type[Exception]
) -> None:
    with pytest.raises(error), translated(tmp_path / "a.sqlite", ERRORS):
        raise raised


def test_what_is_no_such_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"this is no database " * 200)
    with pytest.raises(Corrupt):
        SqliteFile(tmp_path / "text", ERRORS, layout=ONE)
    foreign = sqlite3.connect(tmp_path / "foreign.sqlite", isolation_level=None)
    foreign.execute("CREATE TABLE theirs (x)")
    foreign.close()
    with pytest.raises(Corrupt, match="another program"):
        SqliteFile(tmp_path / "foreign.sqlite", ERRORS, layout=ONE)
    (tmp_path / "folder").mkdir()
    with pytest.raises(Unavailable):
        SqliteFile(tmp_path / "folder", ERRORS, layout=ONE)


def test_a_file_written_before_it_had_a_header_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    former = sqlite3.connect(path, isolation_level=None)
    former.execute("CREATE TABLE t (x TEXT)")
    former.execute("INSERT INTO t VALUES ('kept')")
    former.close()
    layout = Layout(application=0x1234, version=1, create=_tables, unmarked=frozenset({"t"}))
    for _ in range(2):
        file = SqliteFile(path, ERRORS, layout=layout)
        with file.reading() as db:
            assert db.execute("SELECT x FROM t").fetchall() == [("kept",)]
        file.close()
    SqliteFile(path, ERRORS, layout=ONE).close()  # it has the header now


def _stored(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def _until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_is_deleted_is_nowhere_while_the_file_is_open(tmp_path: Path) -> None:
    file = SqliteFile(tmp_path / "a.sqlite", ERRORS, layout=ONE)
    with file.reading() as db, file.writing() as writer:
        assert db.execute("SELECT count(*) FROM t").fetchone() == (0,)
        writer.execute("INSERT INTO t VALUES ('a secret'), ('a word')")
    with file.writing() as db:
        db.execute("DELETE FROM t WHERE x = 'a secret'")
    assert b"secret" not in _stored(tmp_path)
    assert b"a word" in _stored(tmp_path)
    file.close()


def test_what_is_deleted_goes_when_nobody_reads_it_any_more(tmp_path: Path) -> None:
    file = SqliteFile(tmp_path / "a.sqlite", ERRORS, layout=ONE)
    with file.writing() as db:
        db.execute("INSERT INTO t VALUES ('a secret')")
    with file.reading() as reader:
        assert reader.execute("SELECT x FROM t").fetchall() == [("a secret",)]
        with file.writing() as db:
            db.execute("DELETE FROM t")
        assert reader.execute("SELECT x FROM t").fetchall() == [("a secret",)]
    _until(lambda: b"secret" not in _stored(tmp_path))
    file.close()


def test_what_another_process_deleted_goes_when_nobody_reads_it_here(tmp_path: Path) -> None:
    here = SqliteFile(tmp_path / "a.sqlite", ERRORS, layout=ONE)
    there = SqliteFile(tmp_path / "a.sqlite", ERRORS, layout=ONE)
    with there.writing() as db:
        db.execute("INSERT INTO t VALUES ('a secret')")
    with here.reading() as reader:
        assert reader.execute("SELECT x FROM t").fetchall() == [("a secret",)]
        with there.writing() as db:
            db.execute("DELETE FROM t")
        there.close()
    _until(lambda: b"secret" not in _stored(tmp_path))
    here.close()


def test_what_a_killed_process_deleted_goes_when_the_file_is_opened(tmp_path: Path) -> None:
    file = SqliteFile(tmp_path / "a.sqlite", ERRORS, layout=ONE)
    killed = sqlite3.connect(tmp_path / "a.sqlite", isolation_level=None)
    killed.execute("INSERT INTO t VALUES ('a secret')")
    killed.execute("PRAGMA secure_delete = ON")
    killed.execute("DELETE FROM t")
    assert b"secret" in _stored(tmp_path)
    again = SqliteFile(tmp_path / "a.sqlite", ERRORS, layout=ONE)
    assert b"secret" not in _stored(tmp_path)
    for opened in (again, killed, file):
        opened.close()


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    former = os.umask(0o022)
    try:
        file = SqliteFile(tmp_path / "home" / "a.sqlite", ERRORS, layout=ONE)
        with file.reading() as reader, file.writing() as db:
            reader.execute("SELECT x FROM t").fetchall()
            db.execute("INSERT INTO t VALUES ('a secret')")
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "home").iterdir()}
        file.close()
    finally:
        os.umask(former)
    assert modes == dict.fromkeys(("a.sqlite", "a.sqlite-wal", "a.sqlite-shm"), 0o600)
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("free", "files", "error"), [(0, 9, Full), (9, 0, Full), (9, 9, Unavailable)], ids=["bytes", "files", "neither"]
)
def test_a_disk_that_takes_no_further_file_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, files: int, error: type[Exception]
) -> None:
    real = os.statvfs(tmp_path)
    disk = os.statvfs_result((*real[:4], free, 9, 9, files, *real[8:10]))
    monkeypatch.setattr(os, "statvfs", lambda path: disk)
    (tmp_path / "a.sqlite").mkdir()  # it cannot be opened, whyever
    with pytest.raises(error):
        SqliteFile(tmp_path / "a.sqlite", ERRORS, layout=ONE)
