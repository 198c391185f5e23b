"""What stands raised: powers keep their place, marks of references go, all else stays."""

from __future__ import annotations

import pytest
from lxml import etree

from ingest.sources.documents.jats_text import inline
from ingest.sources.files.markup import flat
from ingest.sources.files.raised import is_mark, raised


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("10<sup>5.5</sup> TCID<sub>50</sub>", "10^5.5 TCID50"),
        ("10<sup>n</sup> copies", "10^n copies"),
        ("2<sup>-ΔΔCt</sup> method", "2^-ΔΔCt method"),
        ("10<sup>-</sup><sup>6</sup> M", "10⁻⁶ M"),
        ("1 × 10<sup>−6.5</sup>", "1 × 10^−6.5"),
        ("10<sup>5</sup>-10<sup>6</sup>", "10⁵-10⁶"),
        ("10<sup>4–6</sup> CFU", "10^4–6 CFU"),
        ("10<sup>n+1</sup>", "10^(n+1)"),
        ("kg<sup>0.75</sup>", "kg^0.75"),
        ("e<sup>-0.3</sup>", "e^-0.3"),
        ("10<sup>-4 to -2</sup>", "10^(-4 to -2)"),
        ("10<sup>1/2</sup>", "10^(1/2)"),
        ("SO<sub>4</sub><sup>2-</sup>", "SO42-"),
        ("Fe<sup>3+</sup>", "Fe3+"),
        ("the <sup>13</sup>C test", "the 13C test"),
        ("IL-6<sup>-/-</sup> mice", "IL-6-/- mice"),
        ("p53<sup>+/+</sup>", "p53+/+"),
        ("1<sup>st</sup> and 3<sup>rd</sup>", "1st and 3rd"),
        ("mL/min/1.73 m<sup>2</sup>", "mL/min/1.73 m2"),
        ("mg kg<sup>-1</sup> day<sup>-1</sup>", "mg kg-1 day-1"),
        ("CD4<sup>+</sup>CD25<sup>high</sup>", "CD4+CD25high"),
        ("37<sup>o</sup>C", "37oC"),
        ("12.5<sup>a</sup>", "12.5a"),
        ("<sup>99m</sup>Tc", "99mTc"),
        ("H<sub>2</sub><sup>18</sup>O", "H2¹⁸O"),
        ("R<sup>2</sup> = 0.9", "R2 = 0.9"),
        ("BRAF<sup>V600E</sup>", "BRAFV600E"),
        ("Lys<sup>48</sup>", "Lys48"),
        ("CD45RO<sup>+</sup>", "CD45RO+"),
        ("cm<sup>3</sup>", "cm3"),
        ("10<sup>6</sup>/L", "10⁶/L"),
        ("χ<sup>2</sup> = 4", "χ2 = 4"),
        ("5<sup>th</sup>", "5th"),
        ("No asthma.<sup>3</sup> Fever", "No asthma. Fever"),
        ("asthma<sup>3</sup> was", "asthma was"),
        ("asthma.<sup>3,4</sup>Fever", "asthma. Fever"),
        ("10<sup>6,3</sup> PFU", "10^6,3 PFU"),
        ("10<sup>x</sup>", "10^x"),
        ("10<sup>9.2±0.3</sup>", "10^9.2±0.3"),
        ("in 2019<sup>5</sup> we", "in 2019 we"),
        ("10<sup>3·2</sup>", "10^3·2"),
        ("(T<sub>1/2</sub>) of <sup>131</sup>I", "(T1/2) of 131I"),
        ("10 <sup>6</sup> CFU", "10 ⁶ CFU"),
        ("5<sup>′</sup>", "5′"),
        ("ng·mL<sup>−1</sup>", "ng·mL−1"),
        ("sin<sup>2</sup>x", "sin2x"),
        ("ApoE<sup>ε4</sup>", "ApoEε4"),
        ("Ca<sup>2+</sup>-dependent", "Ca2+-dependent"),
        ("HLA-B*27<sup>+</sup>", "HLA-B*27+"),
        ("log<sub>10</sub> 5", "log10 5"),
        ("2<sup>a</sup> visita", "2a visita"),
        ("ELISA, and<sup>13</sup>C-urea", "ELISA, and 13C-urea"),
        ("fever<sup>13</sup> was", "fever was"),
        ("fever.<sup>13</sup>A man", "fever. A man"),
        ("2<sup>1</sup>/<sub>2</sub> years", "2 1/2 years"),
        ("5<sup>3</sup>&#x2044;<sub>4</sub>-year", "5 3/4-year"),
        ("10 <sup>1</sup>/<sub>2</sub> mg", "10 1/2 mg"),
        ("in <sup>1</sup>/<sub>2</sub> of", "in 1/2 of"),
        ("2<sup>1/2</sup> tablets, 3<sup>1</sup>/2 years", "2 1/2 tablets, 3 1/2 years"),
        ("2½ years", "2½ years"),
        ("10<sup>6</sup>/<sub>L</sub>", "10⁶/L"),
        ("10<sup>3</sup>/10<sup>6</sup>", "10³/10⁶"),
        ("T<sub>1</sub>/<sub>2</sub>", "T1/2"),
        ("2<sup>n</sup>/2", "2^n/2"),
        ("2<sup>1/2</sup> = 1.41", "2^(1/2) = 1.41"),
        ("10<sup>x-1</sup> and 10<sup>-2n</sup>", "10^(x-1) and 10^-2n"),
        ("e<sup>−x/2</sup>, e<sup>-kt</sup>, e<sup>-0.5</sup>", "e^(−x/2), e^-kt, e^-0.5"),
        ("10<sup>-3</sup> M", "10⁻³ M"),
    ],
)
def test_raised_text_reads_as_it_is_meant(markup: str, text: str) -> None:
    element = etree.fromstring(f"<t>{markup}</t>")
    assert flat(element) == text
    assert inline(element) == text


def test_a_mark_stands_behind_a_word() -> None:
    assert is_mark("ulcer.", "3")
    assert not is_mark("10", "3")
    assert not is_mark("", "13")
    assert raised("ulcer.", "3", "Aspirin") == " "
