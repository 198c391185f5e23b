"""A job in a row and in an order."""

from __future__ import annotations

import json

import pytest

from api.jobs import rows
from ingest.jobs.writing import Writer
from ingest.model import Failure, Tally


@pytest.mark.parametrize("writer", [None, Writer("ward", frozenset({"public", "patient:7"}), admin=True)])
def test_a_writer_is_read_as_it_was_written(writer: Writer | None) -> None:
    assert rows.writer(rows.signed(writer)) == writer
    assert rows.owner(writer) == ("ward" if writer else "")
    labels = writer.labels if writer else None
    assert rows.labels(rows.listed(labels)) == labels


def test_a_tally_is_read_as_it_was_written() -> None:
    tally = Tally(3, 1, 1, 0, 0, 0, 1, (Failure("a", "line 2", "no JSON"),))
    packed = json.loads(json.dumps(rows.packed(tally)))
    assert rows.unpacked(packed) == tally
    assert rows.unpacked(packed, ("A",), ("patient:1",)).documents == ("A",)
    assert rows.unpacked({"failed": [["a", "", "x"]]}).failures == 1, "as a former version wrote it"
