"""Equations of Word: every number stays the number it is."""

from __future__ import annotations

import pytest
from lxml import etree

from ingest.sources.documents.docx_formulas import of_omml

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def r(text: str) -> str:
    return f"<r><t>{text}</t></r>"


@pytest.mark.parametrize(
    ("equation", "before", "text"),
    [
        (f"<sSup><e>{r('10')}</e><sup>{r('6')}</sup></sSup>", "", "10⁶"),
        (f"<f><fPr><type val='bar'/></fPr><num>{r('1')}</num><den>{r('2')}</den></f>", "2", " 1/2"),
        (f"<f><fPr><type val='noBar'/></fPr><num>{r('n')}</num><den>{r('k')}</den></f>", "", "(n choose k)"),
        (f"<sSub><e>{r('CO')}</e><sub>{r('2')}</sub></sSub>", "", "CO2"),
        (f"<sSubSup><e>{r('x')}</e><sub>{r('1')}</sub><sup>{r('2')}</sup></sSubSup>", "", "x1²"),
        (f"<rad><radPr><degHide val='1'/></radPr><deg/><e>{r('2')}{r('n')}</e></rad>", "", "√(2n)"),
        (f"<rad><deg>{r('3')}</deg><e>{r('x')}</e></rad>", "", "∛x"),
        (f"<sSup><e><d><e>{r('a+b')}</e></d></e><sup>{r('2')}</sup></sSup>", "", "(a+b)²"),
        (f"<d><dPr><begChr val='['/><endChr val=''/></dPr><e>{r('a')}</e><e>{r('b')}</e></d>", "", "[a|b"),
        (f"<nary><naryPr><chr val='∑'/></naryPr><sub>{r('i')}</sub><sup>{r('n')}</sup><e>{r('x')}</e></nary>", "",
         "∑_i^n x"),
        (f"<nary><naryPr><chr val='∑'/></naryPr><sub/><sup/><e>{r('x')}</e></nary>", "", "∑x"),
        (f"<sPre><sub/><sup>{r('14')}</sup><e>{r('C')}</e></sPre>", "", "¹⁴C"),
        (f"<func><fName>{r('log')}</fName><e>{r('10')}</e></func>", "", "log 10"),
        (f"<m><mr><e>{r('1')}</e><e>{r('2')}</e></mr></m>", "", "1 2 "),
        (f"<limLow><e>{r('lim')}</e><lim>{r('n')}</lim></limLow>", "", "lim_n"),
        (f"<acc><accPr><chr val='̂'/></accPr><e>{r('x')}</e></acc><del>{r('5')}</del>", "", "x"),
    ],
)  # fmt: skip
def test_an_equation_in_a_line(equation: str, before: str, text: str) -> None:
    assert of_omml(etree.fromstring(f'<oMath xmlns="{M}">{equation}</oMath>'), before) == text
