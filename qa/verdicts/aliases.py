"""Other words for what the graph has: targets, modes of inheritance, organs, states. The table beside this is read
once, when first needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def aliases_in(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where a text calls something by another word, with the names by which the graph has it."""
    for pattern, names in _table():
        for found in pattern.finditer(text):
            yield found.start(), found.end(), names


@cache
def _table() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    lines = files("qa.verdicts").joinpath("aliases.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((re.compile(pattern, re.IGNORECASE), tuple(names.split("|"))) for pattern, names in rows)
