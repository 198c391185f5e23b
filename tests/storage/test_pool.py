from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from sqlite3 import Connection

from storage.sqlite import Errors, Layout, SqliteFile

ERRORS = Errors(OSError, RuntimeError, ValueError)


def test_many_readers_at_once_leave_few_connections_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    file = SqliteFile(path, ERRORS, layout=Layout(1, 1, _tables))
    readers = 24
    met = threading.Barrier(readers)

    def read(_: int) -> int:
        with file.reading() as db:
            met.wait(60)
            return int(db.execute("SELECT count(*) FROM word").fetchone()[0])

    with ThreadPoolExecutor(readers) as pool:
        for _ in range(3):
            assert set(pool.map(read, range(readers))) == {0}
    opened = [os.readlink(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd") if _is(number)]
    # SQLite keeps descriptors of the file itself for who opens it next, but of the log no more than connections.
    assert 1 <= opened.count(f"{path}-wal") <= 1 + 8
    file.close()


def _tables(db: Connection) -> None:
    db.execute("CREATE TABLE word (text TEXT)")


def _is(number: str) -> bool:
    return os.path.islink(f"/proc/self/fd/{number}")
