"""Formulas in a line: every number stays the number it is."""

from __future__ import annotations

import pytest
from lxml import etree

from ingest.sources.files.formulas import of_math, of_tex, without_tex


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<msup><mn>10</mn><mn>6.3</mn></msup>", "10^6.3"),
        ("<msup><mn>10</mn><mi>n</mi></msup>", "10^n"),
        ("<msup><mrow><mo>(</mo><mi>a</mi><mo>+</mo><mi>b</mi><mo>)</mo></mrow><mn>2</mn></msup>", "(a+b)²"),
        ("<msup><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></msup>", "(a+b)²"),
        ("<mfrac><mfrac><mi>a</mi><mi>b</mi></mfrac><mfrac><mi>c</mi><mi>d</mi></mfrac></mfrac>", "(a/b)/(c/d)"),
        ("<mfrac><mn>1</mn><mrow><mn>2</mn><mo>+</mo><mi>x</mi></mrow></mfrac>", "1/(2+x)"),
        ("<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>", "√(a+b)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "∛x"),
        ("<mroot><mn>8</mn><mn>5</mn></mroot>", "8^(1/5)"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x1²"),
        ("<mn>2</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>", "2 1/2"),
        ("<msup><mn>10</mn><mrow><mo>−</mo><mn>4</mn></mrow></msup>", "10⁻⁴"),
        ("<msub><mi>CO</mi><mn>2</mn></msub>", "CO2"),
        ("<mi>p</mi><mo>&lt;</mo><mn>0.05</mn>", "p<0.05"),
        ("<mmultiscripts><mi>C</mi><mprescripts/><none/><mn>13</mn></mmultiscripts>", "¹³C"),
        ("<msup><mrow/><mn>13</mn></msup><mi>C</mi>", "13C"),
        ("<msup><mi>Ca</mi><mrow><mn>2</mn><mo>+</mo></mrow></msup>", "Ca2+"),
        ("<msup><mi>x</mi><mo>′</mo></msup>", "x′"),
        ("<msup><mn>37</mn><mo>∘</mo></msup>", "37°"),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", "x"),
        ("<msup><mfrac><mn>1</mn><mn>2</mn></mfrac><mi>n</mi></msup>", "(1/2)^n"),
        ("<msup><mn>2</mn><mfrac><mn>1</mn><mn>2</mn></mfrac></msup>", "2^(1/2)"),
        ("<msup><mn>10</mn><mrow><mn>5</mn><mo>-</mo><mn>6</mn></mrow></msup>", "10^(5-6)"),
        ("<mn>3</mn><mo>&#x2062;</mo><msup><mn>10</mn><mn>6</mn></msup>", "3×10⁶"),
        (
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><msub><mi>x</mi><mi>i</mi></msub>",
            "∑_(i=1)^n xi",
        ),
        ("<msup><mi>e</mi><mrow><mo>−</mo><mi>k</mi><mi>t</mi></mrow></msup>", "e^−kt"),
        ("<msup><msub><mi>x</mi><mn>1</mn></msub><mn>2</mn></msup>", "x1²"),
        ('<mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac>', "(n choose k)"),
        ("<msup><msup><mn>10</mn><mn>2</mn></msup><mn>3</mn></msup>", "(10²)³"),
        ("<msup><mrow><mo>−</mo><mn>2</mn></mrow><mn>2</mn></msup>", "(−2)²"),
        ("<mfrac><mrow><mn>3</mn><mo>×</mo><msup><mn>10</mn><mn>5</mn></msup></mrow><mn>2</mn></mfrac>", "(3×10⁵)/2"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a,b)"),
        ("<msub><mn>10</mn><mn>2</mn></msub>", "10_2"),
        ("<msub><mi>log</mi><mn>10</mn></msub><mn>5</mn>", "log10 5"),
        ("<msqrt><mn>2</mn></msqrt><mi>x</mi>", "√2 x"),
        ("<msqrt><mn>2</mn><mi>n</mi></msqrt>", "√(2n)"),
        ("<msqrt><mrow><mi>x</mi><mi>y</mi></mrow></msqrt>", "√(xy)"),
        ("<msqrt><msub><mi>x</mi><mn>1</mn></msub></msqrt>", "√x1"),
        ("<msqrt><mn>1</mn><mn>0</mn></msqrt>", "√10"),
        ("<mroot><mrow><mn>2</mn><mi>n</mi></mrow><mn>3</mn></mroot>", "∛(2n)"),
        ("<msup><mrow><mn>2</mn><mi>n</mi></mrow><mn>2</mn></msup>", "(2n)²"),
        ("<msup><mtext>1.73m</mtext><mn>2</mn></msup>", "1.73m²"),
        ("<mn>2</mn><mo>&#x2062;</mo><mn>3</mn>", "2×3"),
        ("<mn>2</mn><mo>&#x2062;</mo><mi>n</mi>", "2n"),
        ("<mn>2</mn><mo>&#x2064;</mo><mfrac><mn>1</mn><mn>2</mn></mfrac>", "2 1/2"),
        ("<msub><mi>M</mi><mrow><mn>1</mn><mo>&#x2063;</mo><mn>2</mn></mrow></msub>", "M1,2"),
        ("<mi>log</mi><mo>&#x2061;</mo><mn>10</mn>", "log 10"),
        ("<mi>f</mi><mo>&#x2061;</mo><mo>(</mo><mi>x</mi><mo>)</mo>", "f(x)"),
        ("<mtext>2&#x2062;3 x&#x2062;y</mtext>", "2×3 xy"),
        ("<msup><mi>IL</mi><mrow><mo>-</mo><mo>/</mo><mo>-</mo></mrow></msup>", "IL-/-"),
    ],
)
def test_mathml(formula: str, text: str) -> None:
    assert of_math(etree.fromstring(f"<math>{formula}</math>")) == text


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("$10^{6.3}$", "10^6.3"),
        ("\\(3 \\times 10^{-4}\\)", "3×10⁻⁴"),
        ("$\\frac{1}{2}$", "1/2"),
        ("$\\sqrt{a+b}$", "√(a+b)"),
        ("\\documentclass[12pt]{minimal} \\usepackage{amsmath} \\begin{document}$$\\alpha$$\\end{document}", "α"),
        ("$\\frac{\\frac{a}{b}}{c}$", "(a/b)/c"),
        ("$x_{1}^{2}$", "x1²"),
        ("$\\text{CO}_2$", "CO2"),
        ("$\\le 5\\%$", "≤5%"),
        ("$\\mu$", "μ"),
        ("$2\\frac{1}{2}$", "2 1/2"),
        ("$\\mathrm{Ca}^{2+}$", "Ca2+"),
        ("$p < 0.05$", "p < 0.05"),
        ("$37^{\\circ}$", "37°"),
        ("$\\pm 0.5$", "±0.5"),
        ("$\\broken{$", "\\broken{"),
        ("$\\sim 10^{5}$", "~10⁵"),
        ("$10^{-3}$", "10⁻³"),
        ("$\\rm{H_2O}$", "H2O"),
        ("\\begin{equation}\\label{e} y = \\tfrac{1}{2}\\end{equation}", "y = 1/2"),
        ("$1{,}000$", "1,000"),
        ("$10^6$", "10⁶"),
        ("${10}^{6}$", "10⁶"),
        ("$I^2=50\\%$", "I²=50%"),
        ("\\frac{a}{2b}", "a/(2b)"),
        ("$37^\\circ$C", "37°C"),
        ("\\overline{x}", "x"),
        ("$\\dfrac{w}{h^{2}}$", "w/h²"),
        ("$\\overline{x}$", "x"),
        ("$\\hbox{AUC}_{0-\\infty}$", "AUC0−∞"),
        ("$\\mathbf{x}$", "x"),
        ("$\\le$", "≤"),
    ],
)
def test_tex(formula: str, text: str) -> None:
    assert of_tex(formula) == text


HALF = "<mfrac><mn>1</mn><mn>2</mn></mfrac>"


@pytest.mark.parametrize(
    ("before", "formula", "text"),
    [
        ("2", HALF, " 1/2"),
        ("10", f"<mrow>{HALF}</mrow>", " 1/2"),
        ("2", "<mn>1</mn><mo>/</mo><mn>2</mn>", " 1/2"),
        ("of ", HALF, "1/2"),
        ("(", HALF, "1/2"),
        ("10", "<msup><mrow/><mn>6</mn></msup>", "⁶"),
        ("10", "<msup><mi/><mrow><mo>−</mo><mn>3</mn></mrow></msup><mi>M</mi>", "⁻³M"),
        ("CD4", "<msup><mrow/><mo>+</mo></msup>", "+"),
        ("asthma", "<msup><mrow/><mn>3</mn></msup>", ""),
        ("the ", "<msup><mrow/><mn>13</mn></msup><mi>C</mi>", "13C"),
        ("37", "<msup><mrow/><mo>∘</mo></msup>", "°"),
        ("p", "<mn>53</mn>", "53"),
        ("IL-2", "<mi>α</mi>", "α"),
    ],
)
def test_behind_other_text(before: str, formula: str, text: str) -> None:
    assert of_math(etree.fromstring(f"<math>{formula}</math>"), before) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("It cost $5 and $10 per day.", "It cost $5 and $10 per day."),
        (r"We gave $10^{6}$ units and $\beta$-carotene.", "We gave 10⁶ units and β-carotene."),
        ("$5_a to $6", "$5_a to $6"),
        (r"10$^{6}$ cells in asthma$^{3}$ and 2$\frac{1}{2}$ mg", "10⁶ cells in asthma and 2 1/2 mg"),
    ],
)
def test_tex_within_a_text(text: str, read: str) -> None:
    assert without_tex(text) == read


def test_references_by_name_are_read() -> None:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False)
    formula = "<msqrt><mi>&alpha;</mi>&beta;</msqrt><mn>2</mn><mo>&InvisibleTimes;</mo><mn>3</mn>&InvisibleTimes;"
    assert of_math(etree.fromstring(f"<!DOCTYPE t SYSTEM 't.dtd'><math>{formula}</math>", parser)) == "√(αβ)2×3"
