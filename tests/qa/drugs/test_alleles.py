"""Pairs of alleles and what they make."""

from __future__ import annotations

import pytest

from qa.drugs.alleles import called
from qa.drugs.genotypes import fits, phenotype


@pytest.mark.parametrize(
    ("gene", "given", "made", "score"),
    [
        ("CYP2C19", "*2/*2", "Poor Metabolizer", None),
        ("CYP2C19", "*17/*17", "Ultrarapid Metabolizer", None),
        ("CYP2C19", "*1/*17", "Rapid Metabolizer", None),
        ("CYP2C19", "*2/*17", "Intermediate Metabolizer", None),
        ("cyp2d6", "*4/*4", "Poor Metabolizer", 0.0),
        ("CYP2D6", "*1/*1", "Normal Metabolizer", 2.0),
        ("CYP2D6", "*10/*10", "Intermediate Metabolizer", 0.5),
        ("CYP2D6", "*1x2/*1", "Ultrarapid Metabolizer", 3.0),
        ("CYP2D6", "*1/*2xN", "Ultrarapid Metabolizer", 3.0),
        ("TPMT", "*1/*3A", "Intermediate Metabolizer", None),
        ("NUDT15", "3/3", "Poor Metabolizer", None),
        ("NUDT15", "rs116855232 TT", "Poor Metabolizer", None),
        ("DPYD", "*1/*2A", "Intermediate Metabolizer", 1.0),
        ("DPYD", "c.2846A>T/Reference", "Intermediate Metabolizer", 1.5),
        ("SLCO1B1", "rs4149056 C/T", "Decreased Function", None),
        ("SLCO1B1", "*5/*5", "Poor Function", None),
        ("VKORC1", "rs9923231 TT", "-1639 AA", None),
    ],
)
def test_a_pair_makes_a_phenotype(gene: str, given: str, made: str, score: float | None) -> None:
    one = called(gene, given)
    assert one is not None
    assert (one.phenotype, one.score) == (made, score)
    assert phenotype(gene, given) == made


@pytest.mark.parametrize(
    ("gene", "given"),
    [
        ("CYP2D6", "*999/*1"),
        ("CYP2D6", "*1xN/*4"),
        ("CYP2D6", "*4"),
        ("CYP2D6", "Poor Metabolizer"),
        ("SLCO1B1", "rs4149056 AG"),
        ("CYP2C19", "*2/"),
        ("CYP2C19", ""),
    ],
)
def test_what_is_uncertain_makes_none(gene: str, given: str) -> None:
    assert called(gene, given) is None
    assert phenotype(gene, given) == ""


@pytest.mark.parametrize(
    ("gene", "given", "stated", "expected"),
    [
        ("CYP2C19", "*2/*2", "CYP2C19 Poor Metabolizer", True),
        ("CYP2C19", "*2/*2", "CYP2C19 Intermediate Metabolizer", False),
        ("CYP2D6", "*4/*4", "CYP2D6 0.0", True),
        ("CYP2D6", "*4/*4", "CYP2D6 0.25", False),
        ("CYP2C9", "*1/*3", "CYP2C9 *1 1.0, *3 1.0", True),
        ("CYP2C9", "*1/*3", "CYP2C9 1.0", True),
        ("CYP2C9", "*1/*3", "CYP2C9 1.5", False),
        ("DPYD", "*2A/*2A", "DPYD 0.0 (Poor Metabolizer)", True),
        ("DPYD", "*2A/*2A", "DPYD 0.5 (Phenotyping)", False),
        ("SLCO1B1", "rs4149056 CC", "SLCO1B1 Poor Function", True),
        ("VKORC1", "rs9923231 CT", "VKORC1 -1639 AG", True),
        ("HLA-B", "*57:01 present", "HLA-B *57:01 positive", True),
        ("HLA-B", "*57:01 absent", "HLA-B *57:01 positive", False),
        ("HLA-B", "*57:01 absent", "HLA-B *57:01 negative", True),
        ("HLA-B", "*57:01 携带", "HLA-B *57:01 positive", True),
        ("HLA-B", "*57:01 未携带", "HLA-B *57:01 negative", True),
    ],
)
def test_advice_fits_what_the_pair_makes(gene: str, given: str, stated: str, expected: bool) -> None:
    assert fits(gene, given, stated) is expected
