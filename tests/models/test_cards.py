"""What the cards of the models name is there: files, and commands with their options."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from api.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
CARDS = sorted((ROOT / "models").glob("*/README.md"))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.parent.name)
def test_files_of_the_house_are_where_a_card_says(card: Path) -> None:
    text = card.read_text(encoding="utf-8")
    named = set(
        re.findall(
            r"(?<![\w/])((?:api|benchmarks|evaluation|ingest|models|retrieval|tests|text|training)/[\w/.-]*\w)", text
        )
    )
    assert not {path for path in named if not (ROOT / path).exists()}
    own = set(re.findall(r"`([\w-]+\.(?:onnx|npz|svg)|weights\.json)`", text))
    assert own
    assert not {name for name in own if not (card.parent / name).is_file()}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.parent.name)
def test_commands_of_a_card_exist_with_their_options(card: Path) -> None:
    for line in re.findall(r"medgraph (train [^`\n]*)", card.read_text(encoding="utf-8")):
        words = shlex.split(line)
        command: click.Command = cli
        while isinstance(command, click.Group) and words:
            child = command.get_command(click.Context(command), words.pop(0))
            assert child is not None, line
            command = child
        options = {name for parameter in command.params for name in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, line


def test_there_are_cards() -> None:
    assert len(CARDS) == len([folder for folder in (ROOT / "models").iterdir() if folder.is_dir()])
