"""Under which names a Latin run may be asked for."""

from __future__ import annotations

import pytest

from ingest.reading.linking import symbols


def test_what_a_linker_takes_for_another_gene_is_known_by_heart() -> None:
    assert symbols.gene("PD-1") == symbols.gene("pd1") == "NCBIGene:5133"
    assert symbols.gene("TNF-alpha") == symbols.gene("TNFα") == "NCBIGene:7124"
    assert symbols.gene("NEP") == symbols.gene("neutral endopeptidase") == "NCBIGene:4311"
    assert symbols.gene("CT") is None


@pytest.mark.parametrize(
    ("name", "other"), [("miR-155-5p", "MIR155"), ("let-7a", "MIRLET7A1"), ("p-STAT3", "STAT3"), ("miR-16", "MIR16-1")]
)
def test_a_product_is_asked_for_by_its_gene(name: str, other: str) -> None:
    assert other in symbols.asked(name)
    assert next(iter(symbols.asked("STAT3"))) == "STAT3"


def test_micro_rnas_are_told_by_their_names() -> None:
    assert symbols.is_micro("miR-21")
    assert symbols.is_micro("let-7a")
    assert not symbols.is_micro("MIRO1")


def test_a_family_is_no_gene() -> None:
    assert symbols.is_family("serine protease")
    assert symbols.is_family("MHC class II")
    assert not symbols.is_family("PRSS1")
