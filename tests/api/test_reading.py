"""Documents, data sets and counts, as one reader sees them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api import reading
from api.errors import BadCursor, NotFound
from api.settings import Settings
from api.wiring import Parts
from retrieval.model import Listing

PUBLIC = frozenset({"public"})


@pytest.fixture
def parts(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Parts]:
    monkeypatch.setenv("MEDGRAPH_HOME", str(filled))
    with Parts(Settings.read()) as opened:
        yield opened


def test_documents_and_sources_are_those_of_the_reader(parts: Parts) -> None:
    listed = reading.documents(parts, Listing(access=None), limit=2, cursor=None)
    assert (len(listed.documents), listed.total) == (2, 6)
    assert reading.documents(parts, Listing(access=PUBLIC), limit=2, cursor=listed.cursor).total == 5
    assert reading.sources(parts, None, kind="document", limit=9, cursor=None).total == 6
    assert reading.sources(parts, PUBLIC, kind="document", limit=9, cursor=None).total == 5
    with pytest.raises(BadCursor):
        reading.sources(parts, None, kind=None, limit=2, cursor=listed.cursor)


def test_a_document_and_the_counts(parts: Parts) -> None:
    assert reading.document(parts, "letter:1", None).mentions
    with pytest.raises(NotFound):
        reading.document(parts, "letter:1", PUBLIC)
    assert reading.stats(parts, None, whole=True).assertions
    assert reading.stats(parts, PUBLIC, whole=False).assertions is None
