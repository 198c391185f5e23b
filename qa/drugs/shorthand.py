"""Abbreviations and older spellings that a prescription has and no source lists, with the drugs that they may mean."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from text.names import normalise


@cache
def shorthand() -> Mapping[str, tuple[str, ...]]:
    """By normalised abbreviation the normalised names of drugs, the likelier first. Read when first asked for."""
    lines = Path(__file__).with_name("shorthand.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {normalise(name): tuple(normalise(drug) for drug in drugs.split("|")) for name, drugs in rows[1:]}
