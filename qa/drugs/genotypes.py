"""Whether a guideline's recommendation is for a genotype that is given: by phenotype, activity score or allele.

Guidelines key the genes whose activity is scored by the score: the phenotypes stand for scores as CPIC has agreed on
them (CYP2D6: Caudle et al. 2020; CYP2C9 and DPYD: the CPIC guidelines of 2017 and 2020).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from qa.drugs.alleles import called

_PLAIN = re.compile(r"[^a-z0-9.*/:<>≥+-]+")
_SCORE = re.compile(r"[≥>]?(\d+(?:\.\d+)?)")
_ABSENT = re.compile(r"(?:absent|notpresent|noncarrier)$")
_PRESENT = re.compile(r"(?:present|carrier|detected)$")
_CHINESE = (
    ("不携带", "negative"), ("未携带", "negative"), ("不存在", "negative"), ("携带", "positive"), ("存在", "positive"),
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
    values = _values(symbol, given)
    exact = (made := called(symbol, given)) is not None and made.score is not None and symbol.upper() != "CYP2D6"
    for part in genotype.split(";"):
        if part.strip().casefold().startswith(symbol.casefold()):
            told = part.strip()[len(symbol) :]
            ways = [plain(way) for way in (told, *re.split(r"[()]", told))]
            if any(way in values or (not exact and _in_range(symbol, values, way)) for way in ways):
                return True
    return False


def phenotype(symbol: str, given: str) -> str:
    """What a pair of alleles or bases makes of a gene, in words; empty where nothing has to be made of it."""
    made = called(symbol, given)
    return made.phenotype if made is not None else ""


def _values(symbol: str, given: str) -> frozenset[str]:
    """As which values of a gene what is given counts: as told, and as what its alleles make."""
    value = plain(given)
    value = _ABBREVIATED.get(value, value)
    made = called(symbol, given)
    others = () if made is None else (made.phenotype, made.counts, "" if made.score is None else str(made.score))
    return frozenset({value, *map(plain, others)}) - {""}


def _in_range(symbol: str, values: Iterable[str], stated: str) -> bool:
    return any(_scored(symbol, value, stated) for value in values)


def _scored(symbol: str, phenotype: str, stated: str) -> bool:
    bounds = _SCORES.get(symbol.upper(), {}).get(phenotype.removesuffix("metabolizer"))
    score = _SCORE.fullmatch(stated)
    return bounds is not None and score is not None and bounds[0] <= float(score[1]) <= bounds[1]


def plain(value: str) -> str:
    """In small letters, without what parts words, as Americans spell it."""
    for zh, en in _CHINESE:
        value = value.replace(zh, en)
    value = _PLAIN.sub("", value.casefold().replace("metaboliser", "metabolizer"))
    return _PRESENT.sub("positive", _ABSENT.sub("negative", value))
