"""`medgraph jobs`."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from api import problems
from api.jobs.table import JobTable
from api.jobs.uploads import Uploads
from ingest.jobs.writing import Writer
from ingest.model import Tally

Command = Callable[..., Any]


def test_jobs_are_listed_and_cancelled(medgraph: Command, tmp_path: Path) -> None:
    assert medgraph("jobs", "list", "--json", home=tmp_path).json == {"jobs": []}
    table, uploads = JobTable(tmp_path / "jobs.sqlite"), Uploads(tmp_path / "uploads")
    for id, owner in (("one", "ward"), ("two", "lab"), ("three", "ward")):
        names = uploads.keep(id, [("Jane Roe.txt", io.BytesIO(b"Cough."))])
        table.add(id, names, format=None, access=None, writer=Writer(owner, frozenset()), bytes=6)
    table.begin(table.get("two"))
    table.finish("three", "done", None)
    table.count("two", Tally(read=3, added=2, failures=1))
    listed = medgraph("jobs", "list")
    assert (listed.code, listed.out.count("\n")) == (0, 3)
    assert "2 added" in listed.out
    assert "Roe" not in listed.out
    (only,) = medgraph("jobs", "list", "--owner", "lab", "--json").json["jobs"]
    assert (only["id"], only["state"], only["files"], only["added"]) == ("two", "running", ["Jane Roe.txt"], 2)
    done = medgraph("jobs", "cancel", "one", "two", "three", "Jane Roe", "--json")
    assert done.code == problems.NOT_FOUND
    assert done.json == {"was": {"one": "queued", "two": "running", "three": "done"}, "missing": ["Jane Roe"]}
    assert [(job.id, job.state) for job in table.every()] == [("two", "cancelled"), ("one", "cancelled")]
    assert sorted(path.name for path in (tmp_path / "uploads").iterdir()) == ["three", "two"]
    assert "two forgotten" in medgraph("jobs", "cancel", "two").out
    table.close()
