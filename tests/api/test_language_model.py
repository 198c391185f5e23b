"""The language model that settings name: made without being asked anything yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.errors import BadSettings
from api.language_model import open_model
from api.settings import Settings


def test_none_is_set(tmp_path: Path) -> None:
    assert open_model(Settings(home=tmp_path)) is None


def test_one_on_loopback_needs_no_key(tmp_path: Path) -> None:
    model = open_model(Settings(home=tmp_path, llm_model="some-model", llm_url="http://127.0.0.1:9/v1"))
    assert type(model).__name__ == "ChatOpenAI"


def test_a_model_of_no_provider(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="MEDGRAPH_LLM_MODEL"):
        open_model(Settings(home=tmp_path, llm_model="no-such-model"))
