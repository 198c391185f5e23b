"""What a ranking takes that is kept for an hour."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path

from api.differential import Request, differential
from api.settings import Settings
from api.wiring import Parts
from graph.model import PUBLIC
from qa.differential.model import Told


def test_a_kept_ranking_takes_less_than_its_text(clinic: Path) -> None:
    request = Request(Told(observed=("fever", "cough", "headache")), PUBLIC)
    with Parts(Settings(home=clinic, tagger="dictionary")) as parts:
        differential(parts, request)
        tracemalloc.start()
        kept = [differential(parts, request) for _ in range(20)]
        gc.collect()
        taken, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        told = kept[0].body
    assert told.candidates[0].name == "Influenza"
    assert taken / len(kept) < len(told.model_dump_json())
