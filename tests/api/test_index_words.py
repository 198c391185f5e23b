from __future__ import annotations

from pathlib import Path

import pytest

from api.checks import look
from api.errors import BadSettings
from api.index_words import WHY, kind
from api.settings import Settings
from api.wiring import Parts
from retrieval.index_choice import choose


def test_the_kind_and_the_reason_are_told(tmp_path: Path) -> None:
    with Parts(Settings(home=tmp_path, tagger="dictionary", index_memory=1 << 30)) as parts:
        told = {check.part: check.detail for check in look(parts)}["index"]
        name = parts.encoder().name
    assert told == f"0 vectors of {name}, SQfp16 (800 bytes each): few enough to compare with every one"


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
