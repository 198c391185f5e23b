"""Symbols of genes that everybody knows, where names of vocabularies mean another gene: COX-2, PD-1, P-gp; and under
which other names a symbol may be asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from ingest.reading.linking import names

_MICRO = re.compile(r"(?:hsa-)?(?:micro|mi)R(?:NA)?-?([0-9]+)([a-z]?)(?:-[1-9])?(?:-[35]p)?", re.IGNORECASE)
_LET = re.compile(r"(?:hsa-)?let-7([a-z])(?:-[35]p)?", re.IGNORECASE)
_PHOSPHORYLATED = re.compile(r"p-(?=[A-Za-z]{2})")


def gene(name: str) -> str | None:
    """The gene of `name`, if it is one that is known by heart."""
    return _table().get(_key(name))


_FAMILIES = frozenset(
    names.squashed(names.words(name))
    for name in (
        "AP-1", "activator protein 1", "MHC", "MHC class I", "MHC class II", "major histocompatibility complex",
        "serine protease", "serine proteases", "cysteine protease", "protease", "proteases", "kinase", "kinases",
        "protein kinase", "tyrosine kinase", "G protein", "G proteins", "proton pump", "ATPase", "proteasome",
        "immunoglobulin", "immunoglobulins", "globulin", "histone", "histones", "integrin", "integrins", "collagen",
        "keratin", "tubulin", "gamma globulin", "ion channel", "potassium channel", "sodium channel", "calcium channel",
    )
)  # fmt: skip
"""What vocabularies give as a name of one gene and texts mean by many."""


def is_family(name: str) -> bool:
    """Whether `name` is one of a family of genes, or of what the products of several make up."""
    return _key(name) in _FAMILIES


def asked(name: str) -> Iterator[str]:
    """As what `name` is asked for: a micro-RNA by the symbol of its gene, a phosphorylated protein as the protein."""
    yield name
    if match := _MICRO.fullmatch(name):
        symbol = f"MIR{match[1]}{match[2].upper()}"
        yield from (symbol, f"{symbol}-1", f"{symbol}1")
    elif match := _LET.fullmatch(name):
        yield from (f"MIRLET7{match[1].upper()}", f"MIRLET7{match[1].upper()}1")
    elif match := _PHOSPHORYLATED.match(name):
        yield name[match.end() :]


def is_micro(name: str) -> bool:
    """Whether `name` is one of a micro-RNA."""
    return bool(_MICRO.fullmatch(name) or _LET.fullmatch(name))


def _key(name: str) -> str:
    return names.squashed(names.words(name))


@cache
def _table() -> Mapping[str, str]:
    lines = Path(__file__).with_name("symbols.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith(("#", "id\t"))]
    return {_key(name): id for id, _, several in rows for name in several.split("|")}
