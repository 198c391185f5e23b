"""Phenotypes, scores and alleles, as guidelines key them."""

from __future__ import annotations

import pytest

from qa.drugs.genotypes import fits, plain


@pytest.mark.parametrize(
    ("symbol", "given", "genotype", "expected"),
    [
        ("CYP2D6", "poor metaboliser", "CYP2D6 Poor Metabolizer", True),
        ("CYP2D6", "PM", "CYP2D6 0.0", True),
        ("CYP2D6", "Poor Metabolizer", "CYP2D6 0.5", False),
        ("CYP2D6", "Ultrarapid Metabolizer", "CYP2D6 ≥3.0", True),
        ("CYP2C9", "Intermediate Metabolizer", "HLA-B *15:02 negative; CYP2C9 1.5", True),
        ("CYP2C19", "Poor Metabolizer", "CYP2C19 0.0", False),
        ("HLA-B", "*15:02 positive", "HLA-A No Result; HLA-B *15:02 positive", True),
        ("HLA-B", "*15:02 positive", "HLA-B *15:02 negative", False),
    ],
)
def test_what_is_given_fits_its_own_advice_alone(symbol: str, given: str, genotype: str, expected: bool) -> None:
    assert fits(symbol, given, genotype) is expected


def test_spelling_does_not_count() -> None:
    assert plain("Poor Metaboliser") == plain("poor-metabolizer".replace("-", " "))
