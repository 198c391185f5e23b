from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import MalformedFile, UnreadableSource
from ingest.jobs.progress import Count, surviving
from ingest.model import Failure, Tally


def test_a_progress_is_what_was_done_until_then() -> None:
    count = Count(file="a.xml")
    count.read = 3
    count.added, count.unchanged = 1, 1
    count.fail("PMID:7", "broken")
    with count.timed("read"):
        pass
    progress = count.progress("write")
    count.added += 5
    count.fail("PMID:8", "broken")
    failure = Failure("a.xml", "PMID:7", "broken")
    assert (progress.stage, progress.file) == ("write", "a.xml")
    assert progress.done == Tally(read=3, added=1, unchanged=1, failures=1, failed=(failure,))
    assert list(progress.seconds) == ["read"]


def test_time_is_added_up_also_where_a_stage_fails() -> None:
    count = Count()
    for _ in range(2):
        with pytest.raises(KeyError), count.timed("tag"):
            raise KeyError
    assert count.seconds["tag"] > 0


def breaking(error: Exception) -> Iterator[str]:
    yield "one"
    yield "two"
    raise error


def test_a_file_that_breaks_off_ends_in_a_failure() -> None:
    records = list(surviving(breaking(MalformedFile("a.xml", "entry 3", "breaks off")), Path("a.xml")))
    assert records == ["one", "two", Failure("a.xml", "entry 3", "breaks off")]


def test_an_unreadable_file_is_a_failure_unless_there_is_nothing_else() -> None:
    error = UnreadableSource("a.xml: no permission")
    assert list(surviving(breaking(error), Path("a.xml")))[2:] == [Failure("a.xml", "", "a.xml: no permission")]
    with pytest.raises(UnreadableSource):
        list(surviving(breaking(error), Path("a.xml"), alone=True))
