"""What is configured, reachable and missing."""

from __future__ import annotations

from pathlib import Path

from api.checks import NEEDED, look, ready
from api.settings import Settings
from api.wiring import Parts


def test_every_part_of_a_new_home_is_there(tmp_path: Path) -> None:
    with Parts(Settings(home=tmp_path, tagger="dictionary")) as parts:
        checks = {check.part: check for check in look(parts)}
        opened = {"home", "graph", "passages", "ledger", "encoder", "index", "reader"}
        assert set(checks) == opened | {"content", "language model", "extra models", "server", "privacy"}
        # Nothing is loaded: that is told, for a mistyped home looks the same.
        assert [part for part, check in checks.items() if check.state not in NEEDED] == ["content"]
        assert checks["encoder"].detail == f"{parts.encoder().name}, 384 dimensions"
        assert checks["passages"].detail == "0 documents, 0 passages, 0 vectors"
        assert checks["reader"].detail.startswith("the names of the graph, ")
        assert [check.part for check in ready(parts)] == ["graph", "passages", "encoder", "index", "language model"]


def test_what_is_not_there_is_told_and_keeps_nothing_else_from_being_told(tmp_path: Path) -> None:
    settings = Settings(
        home=tmp_path, models=tmp_path, tagger="dictionary", llm_model="m", llm_url="http://127.0.0.1:9"
    )
    with Parts(settings) as parts:
        states = {check.part: check.state for check in ready(parts)}
    assert states["encoder"] == states["index"] == "unreachable"
    assert states["graph"] == states["passages"] == "ok"
    assert states["language model"] in ("unreachable", "missing")
