"""Inputs of the kinds that the world sends, each read by the real command with a home of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.cli import main as cli

Run = Callable[..., str]


@pytest.fixture
def field() -> Path:
    """The folder of the inputs."""
    return Path(__file__).parent


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `medgraph` in this process, as a user would; return what it prints on stdout."""
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path / "home"))

    def ran(*args: str | Path, code: int = 0) -> str:
        capsys.readouterr()
        assert cli.main([str(arg) for arg in args]) == code
        return capsys.readouterr().out

    return ran


@pytest.fixture
def told(run: Run) -> Callable[..., Any]:
    """Run `medgraph` and return the JSON object that it prints."""

    def parsed(*args: str | Path, code: int = 0) -> Any:
        return json.loads(run(*args, code=code))

    return parsed
