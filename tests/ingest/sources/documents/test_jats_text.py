"""The running text of JATS elements."""

from __future__ import annotations

import pytest
from lxml import etree

from ingest.sources.documents.jats_text import Captioned, blocks, caption, inline


def element(xml: str) -> etree._Element:
    return etree.fromstring(xml)


def test_a_line_has_no_numbers_of_references() -> None:
    text = '<p>disease<sup><xref ref-type="bibr">1</xref>,<xref ref-type="bibr">2</xref></sup> of 10<sup>6</sup></p>'
    assert inline(element(text)) == "disease of 10⁶"
    assert inline(None) == ""


def test_paragraphs_come_in_order_and_figures_apart() -> None:
    figure = "<fig><label>Fig 1</label><caption><p>A rash.</p></caption></fig>"
    captioned: Captioned = []
    parts = list(blocks(element(f"<p>One{figure}<list><list-item><p>two</p></list-item></list>three</p>"), captioned))
    assert parts == ["One", "two", "three"]
    assert [list(caption(one)) for one in captioned] == [[("figure", "Fig 1 A rash.")]]


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (
            'Fever.<xref ref-type="bibr" rid="R">1</xref><xref ref-type="bibr" rid="R">2</xref> Aspirin',
            "Fever. Aspirin",
        ),
        (
            'Fever.<xref ref-type="bibr" rid="R">1</xref>, <xref ref-type="bibr" rid="R">2</xref> Aspirin',
            "Fever. Aspirin",
        ),
        ('Fever<xref ref-type="bibr" rid="R">1</xref>–<xref ref-type="bibr" rid="R">4</xref> was', "Fever was"),
        ('Fever.<xref ref-type="bibr" rid="R">1–3</xref> Aspirin', "Fever. Aspirin"),
        ('Fever.<xref ref-type="bibr" rid="R">1</xref>Aspirin', "Fever. Aspirin"),
        ('fever [<xref ref-type="bibr" rid="R">1</xref>, <xref ref-type="bibr" rid="R">2</xref>].', "fever [1, 2]."),
        ('fever (<xref ref-type="bibr" rid="R">1</xref>).', "fever (1)."),
        ('as <xref ref-type="bibr" rid="R">Ito et al.</xref> found', "as Ito et al. found"),
        ('in ref. <xref ref-type="bibr" rid="R">5</xref> we', "in ref. 5 we"),
        ('fever<xref ref-type="bibr" rid="R">[5]</xref> was', "fever was"),
        ('fever <xref ref-type="bibr" rid="R">[5]</xref> was', "fever [5] was"),
        ('fever<sup><xref ref-type="bibr" rid="R">5</xref></sup> was', "fever was"),
        (
            'fever<sup><xref ref-type="bibr" rid="R">5</xref>–<xref ref-type="bibr" rid="R">7</xref></sup> was',
            "fever was",
        ),
        ("fever<sup>5–7</sup> was", "fever was"),
        (
            'fever<sup><xref ref-type="bibr">5</xref></sup><sup>–</sup><sup><xref ref-type="bibr">7</xref></sup> was',
            "fever was",
        ),
        ("2<inline-formula><tex-math>$\\frac{1}{2}$</tex-math></inline-formula> mg", "2 1/2 mg"),
        ("10<alternatives><tex-math>$^{6}$</tex-math><graphic/></alternatives> cells", "10⁶ cells"),
        ("fever.<sup>5</sup> No", "fever. No"),
        ('see Fig. <xref ref-type="fig">1</xref>a', "see Fig. 1a"),
        ('(<xref ref-type="table">Table 2</xref>)', "(Table 2)"),
        ("3 m<sup>2</sup>", "3 m2"),
        ('reference <xref ref-type="bibr" rid="R">12</xref> shows', "reference 12 shows"),
        (
            'Fever (<xref ref-type="bibr" rid="R">Smith 2004</xref>; <xref ref-type="bibr" rid="R">Li 2005</xref>) was',
            "Fever (Smith 2004; Li 2005) was",
        ),
        ('<xref ref-type="bibr" rid="R">1</xref> showed', "1 showed"),
        (
            'Fever,<xref ref-type="bibr" rid="R">1</xref> cough,<xref ref-type="bibr" rid="R">2</xref> and',
            "Fever, cough, and",
        ),
        ('ulcer. <xref ref-type="bibr" rid="R">3</xref> We saw', "ulcer. We saw"),
        ('ulcer.<xref ref-type="bibr" rid="R">3</xref>,<xref ref-type="bibr" rid="R">4</xref> We saw', "ulcer. We saw"),
        (
            'ulcer.<xref ref-type="bibr" rid="R">3</xref>, <xref ref-type="bibr" rid="R">5</xref>'
            '–<xref ref-type="bibr" rid="R">7</xref> We',
            "ulcer. We",
        ),
        ('10<xref ref-type="bibr" rid="R">6</xref>', "10"),
        ('fever<xref ref-type="bibr"><sup>5</sup></xref>was', "fever was"),
        ('HIV<xref ref-type="bibr" rid="R">5</xref> was', "HIV was"),
        (
            'fever<xref ref-type="bibr" rid="R"><sup>1</sup></xref>'
            '<sup>,</sup><xref ref-type="bibr" rid="R"><sup>2</sup></xref>',
            "fever",
        ),
        ('fever<sup>[<xref ref-type="bibr" rid="R">5</xref>]</sup> was', "fever was"),
        ("fever<sup>[5,6]</sup> was", "fever was"),
        ('(see <xref ref-type="bibr" rid="R">Smith</xref>)', "(see Smith)"),
        ('发热<xref ref-type="bibr" rid="R">[1]</xref>。阿司匹林', "发热。阿司匹林"),
        ("发热<sup>[1]</sup>,咳嗽", "发热,咳嗽"),
        ('fever<xref ref-type="bibr" rid="R">*</xref> was', "fever was"),
        ('Ito et al.<xref ref-type="bibr" rid="R">5</xref> found', "Ito et al. found"),
        ('Ito et al. <xref ref-type="bibr" rid="R">5</xref> found', "Ito et al. 5 found"),
        ('fever <sup><xref ref-type="bibr" rid="R">5</xref></sup> was', "fever was"),
        ("fever <sup>5</sup> was", "fever 5 was"),
    ],
)
def test_marks_of_references_join_nothing(paragraph: str, text: str) -> None:
    assert inline(element(f"<p>{paragraph}</p>")) == text


MATH = "<m:math xmlns:m='http://www.w3.org/1998/Math/MathML'><m:mi>α</m:mi></m:math>"
EMPTY = "<m:math xmlns:m='http://www.w3.org/1998/Math/MathML'/>"
TEX = "<tex-math>$\\beta$</tex-math>"


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (f"<alternatives>{TEX}{MATH}</alternatives>", "α"),
        (f"<alternatives>{MATH}{TEX}<graphic/></alternatives>", "α"),
        (f"<alternatives><inline-graphic/>{TEX}</alternatives>", "β"),
        (f"<alternatives>{EMPTY}{TEX}</alternatives>", "β"),
        (f"<alternatives>{TEX}<textual-form>beta</textual-form></alternatives>", "β"),
        ("<alternatives><graphic/><textual-form>beta</textual-form></alternatives>", "beta"),
        (f"{TEX}{MATH}", "α"),
        (TEX, "β"),
        ("<italic>x</italic> = 2", "x = 2"),
    ],
)
def test_a_formula_is_read_once(formula: str, text: str) -> None:
    assert inline(element(f"<p><inline-formula>{formula}</inline-formula>-blocker</p>")) == f"{text}-blocker"
