"""What is told where a name is none of what is asked for."""

from __future__ import annotations

from pathlib import Path

from api.unknown import unknown_name
from graph.model import PUBLIC, Entity, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.drugs.model import Unknown


def test_what_is_named_so_instead_comes_before_what_is_near(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "graph.db")
    store.load(Source("s", "curated"), [Entity("DRUG:1", "Drug", "Marsine")])
    view = GraphView(store, PUBLIC)
    other = unknown_name(view, Unknown("marsine", ()), "disease")
    assert str(other) == "'marsine' names no disease but DRUG:1 (Drug Marsine)"
    assert str(unknown_name(view, Unknown("marsin", ("Marsine",)), "drug")) == (
        "no drug is named 'marsin'; nearest: Marsine"
    )
    nothing = unknown_name(view, Unknown("", ()), "drug")
    assert str(nothing) == "no drug is named '', and nothing is near"
    assert nothing.members == {"nearest": [], "named": []}
    store.close()
