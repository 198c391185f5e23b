"""What a pair of alleles, or the two bases of a variant, makes of a gene: CPIC's phenotype and activity score.

`CYP2C19 *2/*2` is a poor metaboliser, `CYP2D6 *1x2/*1` has the score 3. An allele of no certain function makes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

_ALLELE = re.compile(r"(\*?[\w.+>*-]+?)(?:\s?[x×](\d+|N))?$", re.IGNORECASE)
_VARIANT = re.compile(r"(rs\d+)\s*[:：(（]?\s*([ACGT])\s*[/|>]?\s*([ACGT])\s*[)）]?", re.IGNORECASE)
_SCORED = {
    "CYP2D6": ((0.0, "Poor"), (1.0, "Intermediate"), (2.25, "Normal")),
    "CYP2C9": ((0.5, "Poor"), (1.5, "Intermediate"), (2.0, "Normal")),
    "DPYD": ((0.5, "Poor"), (1.5, "Intermediate"), (2.0, "Normal")),
}
"""By gene the greatest score of each phenotype (CPIC); what is above CYP2D6's last is ultrarapid from 2.5 on."""
_MANY = (3, 2)
"""Copies that xN, of a number that was not counted, may stand for: none is made where these make different ones."""


@dataclass(frozen=True, slots=True)
class Called:
    """What is made of two alleles. `score` is None for a gene that is not scored; `counts` is how guidelines that are
    keyed by alleles have them: `*1 1.0, *3 1.0`."""

    phenotype: str
    score: float | None = None
    counts: str = ""


@cache
def _functions() -> Mapping[tuple[str, str], tuple[str, str]]:
    """By gene and allele its function and value. Read when first asked for."""
    return {(gene, allele.upper()): (function, value) for gene, allele, function, value in _rows("alleles.tsv")}


@cache
def _phenotypes() -> Mapping[tuple[str, str], str]:
    return {(gene, pair): phenotype for gene, pair, phenotype in _rows("diplotypes.tsv")}


def _rows(name: str) -> list[list[str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def called(gene: str, given: str) -> Called | None:
    """What is given of a gene, as a phenotype; None where it is no pair of alleles or bases that are known."""
    gene = gene.strip().upper()
    if variant := _VARIANT.search(given):
        bases = "".join(sorted(variant.group(2, 3))).upper()
        phenotype = _phenotypes().get((gene, f"{variant[1].lower()} {bases}"))
        return Called(phenotype) if phenotype else None
    pair = [match for part in given.split("/") if (match := _ALLELE.match(part.strip()))]
    alleles = [_starred(one[1]) for one in pair]
    known = [_functions()[gene, name.upper()] for name in alleles if (gene, name.upper()) in _functions()]
    if len(known) != 2 or given.count("/") != 1:
        return None
    if gene in _SCORED:
        copies = [(one[2] or "1").upper() for one in pair]
        more, least = (_scored(gene, [float(value) for _, value in known], copies, many) for many in _MANY)
        counted = least if more.phenotype == least.phenotype else None
        return replace(counted, counts=_counts(alleles)) if counted and copies == ["1", "1"] else counted
    phenotype = _phenotypes().get((gene, " ".join(sorted(function for function, _ in known))))
    return Called(phenotype, None, _counts(alleles)) if phenotype else None


def _counts(alleles: Sequence[str]) -> str:
    if alleles[0] == alleles[1]:
        return f"{alleles[0]} 2.0"
    return ", ".join(f"{name} 1.0" for name in sorted(alleles))


def _scored(gene: str, values: Sequence[float], copies: Sequence[str], many: int) -> Called:
    numbers = [many if number == "N" else int(number) for number in copies]
    score = sum(value * number for value, number in zip(values, numbers, strict=True))
    kind = next((name for most, name in _SCORED[gene] if score <= most), "Ultrarapid")
    return Called(f"{kind} Metabolizer", score)


def _starred(allele: str) -> str:
    """`2` is `*2`; a variant of another form stays."""
    return f"*{allele}" if allele[0].isdigit() else allele
