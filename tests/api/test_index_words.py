from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from api.checks import look
from api.errors import BadSettings
from api.index_words import WHY, kind, told
from api.settings import Settings
from api.wiring import Parts
from retrieval.faiss_index import FaissIndexes
from retrieval.followed_index import FollowedIndex
from retrieval.index_choice import choose
from retrieval.model import DocumentInfo, Passage, passage_id
from retrieval.passages import PassageStore


def test_the_kind_and_the_reason_are_told(tmp_path: Path) -> None:
    with Parts(Settings(home=tmp_path, tagger="dictionary", index_memory=1 << 30)) as parts:
        words = {check.part: check.detail for check in look(parts)}["index"]
        name = parts.encoder().name
    assert words == f"0 vectors of {name}, SQfp16 (800 bytes each): few enough to compare with every one"


def test_every_family_of_languages_is_told(tmp_path: Path) -> None:
    store = PassageStore(tmp_path / "passages.sqlite")
    rows = np.random.default_rng(0).normal(size=(90, 16)).astype(np.float32)
    passages = [Passage(passage_id("D:1", i, i + 1, "x"), "D:1", i, "", i, i + 1, "x") for i in range(90)]
    store.replace([(DocumentInfo("D:1"), passages, rows)], encoder="e/1")
    many, few = (
        FollowedIndex(store, FaissIndexes(flat_limit=limit), tmp_path / "index", encoder="e/1", dimension=16)
        for limit in (80, 100)
    )
    few_words = "SQfp16 (64 bytes each): few enough to compare with every one"
    assert told({"rest": few, "zh": few}, "e/1", 1) == (
        f"90 vectors of e/1, {few_words}; 90 of Chinese passages, {few_words}"
    )
    many.save()
    assert told({"rest": many}, "e/1", 1 << 30) == (
        "90 vectors of e/1, IVF2,SQ8 (48 bytes each): too many to compare with every one"
    )
    store.close()


def test_every_reason_has_words() -> None:
    asked = [(10, 1 << 30), (10**6, 1 << 30), (10**6, 3 << 28), (10**6, 1 << 28), (10**6, 1 << 20)]
    choices = [choose(rows, 384, budget) for rows, budget in asked]
    assert [kind(choice) for choice in choices[1:3]] == ["IVF4000,SQ8 (416 bytes each)"] * 2
    assert {choice.reason for choice in choices} == set(WHY)


def test_the_memory_is_set_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDGRAPH_INDEX_MEMORY", "2000000000")
    assert Settings.read().index_memory == 2_000_000_000
    monkeypatch.setenv("MEDGRAPH_INDEX_MEMORY", "2 GB")
    with pytest.raises(BadSettings, match="MEDGRAPH_INDEX_MEMORY"):
        Settings.read()
