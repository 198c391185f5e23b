from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.model import Document, Failure
from ingest.sources.annotated.pubtator import read
from ingest.sources.annotated.spelling import alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("COVID 19", "COVID‐19"),
        ("COVID-19", "COVID–19"),
        ("IFN-g", "IFN‐γ"),
        ("IFN-gamma", "IFN-γ"),
        ("TGF-b1", "TGF-β1"),
        ("TGF-β1", "TGF-ß1"),
        ("5'-nucleotidase", "5′-nucleotidase"),
        ('"late" gout', "“late” gout"),
        ("fibrosis", "\ufb01brosis"),
        ("Sjogren's syndrome", "Sjögren’s syndrome"),
        ("Sjoegren syndrome", "Sjögren syndrome"),
        ("Sjo\u0308gren", "Sjögren"),
        ("Guillain-Barre", "Guillain–Barré"),
        ("Ångstrøm", "Angstrom"),
        ("µ-opioid", "μ-opioid"),
        ("ω-conotoxin", "w-conotoxin"),
        ("Δ9-THC", "Delta9-THC"),
        ("HbA1c", "HbA₁c"),
        ("IL\u00a06", "IL 6"),
        ("alpha\u200bsynuclein", "αsynuclein"),
    ],
)
def test_one_word_in_two_spellings(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gout", "Aspi"),
        ("gout", " gou"),
        ("gout", "gout,"),
        ("gout", "Gout"),
        ("IFN-α", "IFN-γ"),
        ("IFN-a", "IFN-β"),
        ("COVID-19", "COVID-18"),
        ("IL-6", "IL6"),
        ("发热", "咳嗽"),
        ("naïve", "nave"),
    ],
)
def test_another_word_is_no_spelling(one: str, other: str) -> None:
    assert not alike(one, other)
    assert not alike(other, one)


def test_pubtator_keeps_the_letters_of_the_text_and_refuses_another_place(write: Callable[..., Path]) -> None:
    lines = "1|t|COVID–19 raises IFN–γ.\n1\t0\t8\tCOVID-19\tDisease\tD000086382\n1\t16\t21\tIFN-g\tGene\t3458\n"
    made, refused = read(write("a.pubtator", lines + "\n2|t|Aspirin and gout.\n2\t0\t4\tgout\tDisease\tD006073\n"))
    assert isinstance(made, Document)
    assert [one.surface for one in made.annotations] == ["COVID–19", "IFN–γ"]
    assert isinstance(refused, Failure)
