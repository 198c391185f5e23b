"""Whether a guideline's recommendation is for a genotype that is given: by phenotype, activity score or allele.

Guidelines key the genes whose activity is scored by the score: the phenotypes stand for scores as CPIC has agreed on
them (CYP2D6: Caudle et al. 2020; CYP2C9 and DPYD: the CPIC guidelines of 2017 and 2020).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_PLAIN = re.compile(r"[^a-z0-9.*/:<>≥+-]+")
_SCORE = re.compile(r"[≥>]?(\d+(?:\.\d+)?)")
_CHINESE = (
    ("超快代谢", "ultrarapid metabolizer"), ("快代谢", "rapid metabolizer"), ("慢代谢", "poor metabolizer"),
    ("中间代谢", "intermediate metabolizer"), ("正常代谢", "normal metabolizer"), ("阳性", "positive"),
    ("阴性", "negative"), ("缺乏", "deficient"),
)  # fmt: skip
_ABBREVIATED = {
    "pm": "poormetabolizer",
    "im": "intermediatemetabolizer",
    "nm": "normalmetabolizer",
    "em": "normalmetabolizer",
    "extensivemetabolizer": "normalmetabolizer",
    "rm": "rapidmetabolizer",
    "um": "ultrarapidmetabolizer",
}
_SCORES: dict[str, dict[str, tuple[float, float]]] = {
    "CYP2D6": {"poor": (0, 0), "intermediate": (0.25, 1), "normal": (1.25, 2.25), "ultrarapid": (2.75, 99)},
    "CYP2C9": {"poor": (0, 0.5), "intermediate": (1, 1.5), "normal": (2, 2)},
    "DPYD": {"poor": (0, 0.5), "intermediate": (1, 1.5), "normal": (2, 2)},
}
"""By gene and phenotype the least and the greatest activity score. Whether 2.5 is ultrarapid CPIC and DPWG disagree."""


def by_gene(genotypes: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """How each was told, its gene, and what is given of that; of an allele (`HLA-B*57:01`, positive) that it is so."""
    for symbol, given in genotypes.items():
        gene, star, allele = symbol.partition("*")
        yield f"{symbol} {given}", gene.strip(), f"*{allele} {given}" if star else given


def fits(symbol: str, given: str, genotype: str) -> bool:
    """Whether a recommendation for `CYP2D6 Poor Metabolizer; CYP2C19 …` is for what is given of one gene."""
    value = plain(given)
    value = _ABBREVIATED.get(value, value)
    for part in genotype.split(";"):
        if part.strip().casefold().startswith(symbol.casefold()):
            called = part.strip()[len(symbol) :]
            ways = [plain(way) for way in (called, *re.split(r"[()]", called))]
            if value and any(way == value or _scored(symbol, value, way) for way in ways):
                return True
    return False


def _scored(symbol: str, phenotype: str, stated: str) -> bool:
    bounds = _SCORES.get(symbol.upper(), {}).get(phenotype.removesuffix("metabolizer"))
    score = _SCORE.fullmatch(stated)
    return bounds is not None and score is not None and bounds[0] <= float(score[1]) <= bounds[1]


def plain(value: str) -> str:
    """In small letters, without what parts words, as Americans spell it."""
    for zh, en in _CHINESE:
        value = value.replace(zh, en)
    return _PLAIN.sub("", value.casefold().replace("metaboliser", "metabolizer"))
