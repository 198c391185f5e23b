from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from api import problems
from api.cli.main import COMMANDS
from ingest.sources.detect import CURATED_FORMATS, DOCUMENT_FORMATS

HEAVY = [
    "faiss", "fastapi", "langchain", "langchain_core", "neo4j", "negspacy", "numpy", "onnxruntime", "pydantic", "rich",
    "sentence_transformers", "spacy", "torch", "transformers", "uvicorn",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, medgraph: Callable[..., Any]) -> None:
    done = medgraph(command, "--help")
    assert done.code == 0
    assert f"medgraph {command}" in done.out
    assert "--help" in done.out
    assert done.err == ""


def test_the_first_page_lists_commands_exit_codes_and_settings(medgraph: Callable[..., Any]) -> None:
    done = medgraph("--help")
    assert done.code == 0
    for command in COMMANDS:
        assert f"\n  {command} " in done.out
    for code in problems.EXIT_CODES:
        assert f"\n  {code} " in done.out
    assert "MEDGRAPH_GRAPH_URL" in done.out


def test_formats_are_named_in_the_help(medgraph: Callable[..., Any]) -> None:
    assert all(format in medgraph("ingest", "--help").out for format in DOCUMENT_FORMATS)
    assert all(format in medgraph("load", "--help").out for format in CURATED_FORMATS)


def test_help_loads_nothing_heavy() -> None:
    program = f"""
import json, sys
from api.cli.main import main
code = main(["--help"])
print(json.dumps([code, [name for name in {HEAVY!r} if name in sys.modules]]))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == [0, []]


def test_the_command_is_installed() -> None:
    done = subprocess.run([sys.executable, "-m", "api", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("medgraph ")
