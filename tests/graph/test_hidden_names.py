"""Names that a reader may not see neither crowd out nor reorder those that he finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.matching import CANDIDATES
from graph.model import PUBLIC, Contribution, Entity, Name, Source
from graph.sqlite import read
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore

WARD = frozenset({"ward:8"})
SHOWN = [
    Entity("MONDO:1", "Disease", "Gout of the left knee that came again", (Name("gouty knee"),)),
    Entity("MONDO:2", "Disease", "Tophaceous gout", (Name("gout with tophi"),)),
    Entity("MONDO:3", "Disease", "Rare sclerosis of the knee"),
]
HIDDEN = [
    Entity(
        f"MONDO:9{number}", "Disease", f"Gout {number}", (Name(f"rare {number}"), Name("tophaceous gout")), access=WARD
    )
    for number in range(CANDIDATES + 20)
]
ASKED = ("gout", "rare gout", "tophaceous gout", "gout of knee", "left sclerosis", "gout 7")


def told(store: GraphStore, access: frozenset[str] | None) -> list[list[tuple[str, str, float]]]:
    found = [store.find_entities(text, limit=limit, access=access) for text in ASKED for limit in (2, 9)]
    return [[(match.entity.id, match.name, match.score) for match in one] for one in found]


def fill(store: GraphStore, *, hidden: bool) -> None:
    if hidden:
        store.replace([Contribution(Source("D:2", "document", access=WARD), entities=tuple(HIDDEN))])
    store.replace([Contribution(Source("D:1", "document"), entities=tuple(SHOWN))])


def test_hidden_names_do_not_crowd_out_others(store: GraphStore) -> None:
    fill(store, hidden=True)
    found = store.find_entities("gout", limit=9, access=PUBLIC)
    assert [match.entity.id for match in found] == ["MONDO:2", "MONDO:1"]
    assert store.find_entities("gout 7", access=WARD)[0].entity.id == "MONDO:97"


def test_what_is_found_is_what_would_be_without_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "COMMON", 30)
    both, alone = SqliteStore(tmp_path / "both.db"), SqliteStore(tmp_path / "alone.db")
    fill(both, hidden=True)
    fill(alone, hidden=False)
    assert told(both, PUBLIC) == told(alone, PUBLIC) == told(alone, None)
    assert told(both, PUBLIC | WARD) == told(both, None)
    both.close()
    alone.close()
