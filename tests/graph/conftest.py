"""Every store of the graph, empty: the contract suite runs over each.

SQLite is a file in the test's folder; Neo4j is the server of `tests/conftest.py`, emptied before each test.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.sqlite.store import SqliteStore
from graph.store import GraphStore

STORES = [pytest.param("sqlite", id="sqlite")]
if importlib.util.find_spec("graph.neo4j.store") is not None:
    STORES.append(pytest.param("neo4j", id="neo4j", marks=pytest.mark.neo4j))


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    """An empty store, closed after the test."""
    opened = _empty(request, tmp_path)
    yield opened
    opened.close()


@pytest.fixture(params=STORES)
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], GraphStore]:
    """Opens an empty store, each time in the place of the one before, which is gone with all it held."""
    return lambda: _empty(request, tmp_path)


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[SqliteStore]:
    """An empty SQLite store, closed after the test."""
    opened = SqliteStore(tmp_path / "graph.db")
    yield opened
    opened.close()


@pytest.fixture
def neo4j(request: pytest.FixtureRequest) -> Iterator[GraphStore]:
    """An empty store on the Neo4j of the tests, closed after the test."""
    opened = _empty_neo4j(request)
    yield opened
    opened.close()


def _empty(request: pytest.FixtureRequest, folder: Path) -> GraphStore:
    if request.param == "neo4j":
        return _empty_neo4j(request)
    for file in folder.glob("graph.db*"):
        file.unlink()
    return SqliteStore(folder / "graph.db")


def _empty_neo4j(request: pytest.FixtureRequest) -> GraphStore:
    server = request.getfixturevalue("neo4j_server")
    from neo4j import GraphDatabase

    from graph.neo4j.store import Neo4jStore

    with GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    return Neo4jStore(server.url, server.user, server.password)
