"""The table of jobs: a file of SQLite, a row a job."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Literal

from api.errors import HomeCorrupt, HomeFull, HomeUnavailable, NotFound
from api.jobs import rows
from api.jobs.rows import Job, State
from ingest.jobs.writing import Writer
from ingest.model import TOLD, Tally
from storage.sqlite import Errors, Layout, SqliteFile

_SCHEMA = """
CREATE TABLE job (
    number    INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    state     TEXT NOT NULL,
    created   TEXT NOT NULL,
    started   TEXT,
    finished  TEXT,
    attempts  INTEGER NOT NULL DEFAULT 0,
    files     TEXT NOT NULL,
    format    TEXT,
    access    TEXT NOT NULL,
    writer    TEXT NOT NULL,
    tally     TEXT NOT NULL DEFAULT '{}',
    problem   TEXT,
    owner     TEXT NOT NULL DEFAULT '',
    bytes     INTEGER NOT NULL DEFAULT 0,
    deaths    INTEGER NOT NULL DEFAULT 0,
    documents TEXT NOT NULL DEFAULT '[]',
    labels    TEXT NOT NULL DEFAULT '[]'
)
"""
_NEW = ("owner TEXT NOT NULL DEFAULT ''", "bytes INTEGER NOT NULL DEFAULT 0", "deaths INTEGER NOT NULL DEFAULT 0",
        "documents TEXT NOT NULL DEFAULT '[]'", "labels TEXT NOT NULL DEFAULT '[]'")  # fmt: skip
_SELECT = (
    "SELECT id, state, created, started, finished, attempts, deaths, files, bytes, format, access, writer, tally, "
    "documents, labels, problem FROM job"
)
_ADD = (
    "INSERT INTO job (id, state, created, files, bytes, format, access, writer, owner) "
    "VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?)"
)
_ERRORS = Errors(full=HomeFull, unavailable=HomeUnavailable, corrupt=HomeCorrupt)


def _create(db: Connection) -> None:
    db.execute(_SCHEMA)


def _with_owners(db: Connection) -> None:
    for column in _NEW:
        db.execute(f"ALTER TABLE job ADD COLUMN {column}")
    db.execute("UPDATE job SET owner = json_extract(writer, '$.owner') WHERE json_type(writer) = 'object'")


_LAYOUT = Layout(
    application=0x6D676A6F, version=2, create=_create, migrations={1: _with_owners}, unmarked=frozenset({"job"})
)


class JobTable:
    """The jobs by their number. Safe in several threads; each method may raise HomeUnavailable or HomeCorrupt, and one
    that writes HomeFull, and then nothing has changed."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it."""
        self._file = SqliteFile(path, _ERRORS, layout=_LAYOUT)

    def close(self) -> None:
        """Close the file. Closing twice is harmless."""
        self._file.close()

    def take_up(self, deaths: int, problem: str) -> None:
        """Queue again what was under way when its server ended. One that ran while its server was killed counts as
        having died; who has died `deaths` times has failed by `problem`."""
        with self._file.writing() as db:
            db.execute("UPDATE job SET state = 'queued', deaths = deaths + 1 WHERE state = 'running'")
            db.execute("UPDATE job SET state = 'queued' WHERE state = 'waiting'")
            db.execute(
                "UPDATE job SET state = 'failed', finished = ?, problem = ? WHERE state = 'queued' AND deaths >= ?",
                (now(), problem, deaths),
            )

    def add(
        self,
        id: str,
        files: Sequence[str],
        *,
        format: str | None,
        access: frozenset[str] | None,
        writer: Writer | None,
        bytes: int = 0,
    ) -> None:
        """Queue a job behind the others of its owner."""
        names, signed = json.dumps(files), rows.signed(writer)
        with self._file.writing() as db:
            db.execute(_ADD, (id, now(), names, bytes, format, rows.listed(access), signed, rows.owner(writer)))

    def get(self, id: str) -> Job:
        """Raise NotFound where there is no such job."""
        with self._file.reading() as db:
            row = db.execute(f"{_SELECT} WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise NotFound("no such job")
        return _job(row)

    def every(self) -> list[Job]:
        """All jobs, the latest first."""
        with self._file.reading() as db:
            return [_job(row) for row in db.execute(f"{_SELECT} ORDER BY number DESC")]

    def next(self, served: Sequence[str] = ()) -> Job | None:
        """The job to be done next, or None: of the owner who waits longest to be served, the first; those that have
        died come behind those that have not. `served` are owners, the last one served at the end. A job that is put
        down as running is one that nobody could put back."""
        turns = {owner: turn for turn, owner in enumerate(served)}
        with self._file.reading() as db:
            found = db.execute("SELECT deaths, owner, number FROM job WHERE finished IS NULL").fetchall()
            if not found:
                return None
            _, _, number = min(found, key=lambda row: (row[0], turns.get(row[1], -1), row[2]))
            return _job(db.execute(f"{_SELECT} WHERE number = ?", (number,)).fetchone())

    def unfinished(self) -> list[str]:
        """The ids of the jobs that have not ended, in their order."""
        with self._file.reading() as db:
            found = db.execute("SELECT id FROM job WHERE finished IS NULL ORDER BY number")
            return [id for (id,) in found]

    def waiting(self, owner: str) -> tuple[int, int]:
        """How many jobs of an owner have not ended, and how many bytes were sent in with them."""
        with self._file.reading() as db:
            found = db.execute(
                "SELECT count(*), coalesce(sum(bytes), 0) FROM job WHERE owner = ? AND finished IS NULL", (owner,)
            )
            count, size = found.fetchone()
            return count, size

    def others_wait(self, owner: str) -> bool:
        """Whether a job of another owner has not ended."""
        with self._file.reading() as db:
            found = db.execute(
                "SELECT EXISTS (SELECT 1 FROM job WHERE owner <> ? AND deaths = 0 AND finished IS NULL)", (owner,)
            )
            return bool(found.fetchone()[0])

    def by_state(self) -> Mapping[State, int]:
        """How many jobs there are in each state that any is in."""
        with self._file.reading() as db:
            return dict(db.execute("SELECT state, count(*) FROM job GROUP BY state").fetchall())

    def wait(self, id: str) -> None:
        """Put down that the job waits for somebody else's ingestion."""
        self._update(id, state="waiting")

    def begin(self, job: Job) -> None:
        """Put down that the job runs, once more."""
        self._update(job.id, state="running", started=job.started or now(), attempts=job.attempts + 1)

    def put_back(self, id: str, problem: str | None = None) -> None:
        """Queue the job again, in its place; `problem` is why."""
        if problem is None:
            self._update(id, state="queued")
        else:
            self._update(id, state="queued", problem=problem)

    def died(self, id: str) -> int:
        """Queue the job again and count that it ended what was doing it; how often it has."""
        with self._file.writing() as db:
            db.execute("UPDATE job SET state = 'queued', deaths = deaths + 1 WHERE id = ? AND finished IS NULL", (id,))
            found = db.execute("SELECT deaths FROM job WHERE id = ?", (id,)).fetchone()
            return found[0] if found else 0

    def count(self, id: str, tally: Tally) -> None:
        """Put down how far the job is; documents and labels are added to those of former attempts."""
        counts = json.dumps(rows.packed(tally))
        with self._file.writing() as db:
            found = db.execute("SELECT documents, labels FROM job WHERE id = ?", (id,)).fetchone()
            if found is None:
                return
            documents, labels = (
                json.dumps(list(dict.fromkeys([*json.loads(old), *new]))[:TOLD])
                for old, new in zip(found, (tally.documents, tally.labels), strict=True)
            )
            db.execute("UPDATE job SET tally = ?, documents = ?, labels = ? WHERE id = ?",
                       (counts, documents, labels, id))  # fmt: skip

    def finish(self, id: str, state: Literal["done", "failed"], problem: str | None) -> None:
        """Put down how the job ended."""
        self._update(id, state=state, finished=now(), problem=problem)

    def cancel(self, id: str) -> State:
        """Cancel a job; forget one that has ended, with the names of its files. Return the state that it was in. Raise
        NotFound where there is no such job."""
        with self._file.writing() as db:
            found = db.execute("SELECT state FROM job WHERE id = ?", (id,)).fetchone()
            if found is None:
                raise NotFound("no such job")
            state: State = found[0]
            if state in rows.ENDED:
                db.execute("DELETE FROM job WHERE id = ?", (id,))
            else:
                db.execute("UPDATE job SET state = 'cancelled', finished = ? WHERE id = ?", (now(), id))
            return state

    def forget(self, days: float) -> int:
        """Forget the jobs that ended so many days ago or earlier; how many they were."""
        with self._file.writing() as db:
            return db.execute("DELETE FROM job WHERE finished <= ?", (now(-days),)).rowcount

    def _update(self, id: str, **values: object) -> None:
        """Change a job that has not ended: what was cancelled stays so."""
        columns = ", ".join(f"{column} = :{column}" for column in values)
        with self._file.writing() as db:
            db.execute(f"UPDATE job SET {columns} WHERE id = :id AND finished IS NULL", {**values, "id": id})  # noqa: S608  # names of ours


def _job(row: tuple[Any, ...]) -> Job:
    (
        id, state, created, started, finished, attempts, deaths, files, size, format, access, writer, tally,
        documents, labels, problem,
    ) = row  # fmt: skip
    return Job(
        id=id,
        state=state,
        created=created,
        started=started,
        finished=finished,
        attempts=attempts,
        deaths=deaths,
        files=tuple(json.loads(files)),
        bytes=size,
        format=format,
        access=rows.labels(access),
        writer=rows.writer(writer),
        tally=rows.unpacked(json.loads(tally), tuple(json.loads(documents)), tuple(json.loads(labels))),
        problem=problem,
    )


def now(days: float = 0) -> str:
    """The time, so many days later."""
    return (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds")
