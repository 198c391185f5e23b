from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.abbreviations import find, forms


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("chronic obstructive pulmonary disease (COPD)", "COPD", "chronic obstructive pulmonary disease"),
        ("in type 2 diabetes mellitus (T2DM).", "T2DM", "type 2 diabetes mellitus"),
        ("an angiotensin-converting enzyme inhibitor (ACEI)", "ACEI", "angiotensin-converting enzyme inhibitor"),
        ("Heart failure (HF; class II)", "HF", "Heart failure"),
        ("MS (mitral stenosis) was found.", "MS", "mitral stenosis"),
        ("mitral stenosis [MS] was found", "MS", "mitral stenosis"),
        ("mitral stenosis {MS} was found", "MS", "mitral stenosis"),
        ("mitral stenosis【MS】", "MS", "mitral stenosis"),
        ("mitral stenosis, hereafter MS, was found", "MS", "mitral stenosis"),
        ("mitral stenosis (hereafter MS) was found", "MS", "mitral stenosis"),
        ("mitral stenosis, abbreviated as MS.", "MS", "mitral stenosis"),
        ("mitral stenosis, or MS, was found", "MS", "mitral stenosis"),
        ("MS, i.e. mitral stenosis, was found", "MS", "mitral stenosis"),
        ("MS = mitral stenosis.", "MS", "mitral stenosis"),
        ("MS stands for mitral stenosis here.", "MS", "mitral stenosis"),
        ("MS = mass spectrometry.", "MS", "mass spectrometry"),
        ("MSs (mitral stenoses) were found.", "MSs", "mitral stenoses"),
        ("mitral\nstenosis (MS) was found", "MS", "mitral\nstenosis"),
        ("Abbreviations: MS, mitral stenosis.", "MS", "mitral stenosis"),
        ("慢阻肺（COPD）患者", "COPD", "慢阻肺"),
        ("二尖瓣狭窄（以下简称MS）", "MS", "二尖瓣狭窄"),
        ("二尖瓣狭窄，简称MS。", "MS", "二尖瓣狭窄"),
        ("二尖瓣狭窄（mitral stenosis，MS）", "MS", "mitral stenosis"),
        ("MS（二尖瓣狭窄）", "MS", "二尖瓣狭窄"),
    ],
)
def test_finds_what_a_text_defines(text: str, short: str, long: str) -> None:
    (found,) = find(text)
    assert found.short == short
    assert text[found.start : found.end] == long


@pytest.mark.parametrize(
    "text",
    [
        "patients (see below)",
        "it rose (P)",
        "many (12)",
        "It was so. Then (TWS)",
        "(COPD)",
        "MS (n = 20)",
        "MS (Miller and Smith, 2001)",
        "MS (Miller and Smith 2001)",
        "MS (see Methods section)",
        "MS (group A)",
        "MS (mostly severe)",
        "MS [12]",
        "MS: many sufferers say so",
        "migraine, stroke, or MS, was found",
        "HIV (HIV-1)",
        "COPD（急性加重期）",
        "对照组（MS）",
    ],
)
def test_brackets_that_define_nothing(text: str) -> None:
    assert find(text) == []


@given(st.text(alphabet="ABab ()（）.中;", max_size=120))
def test_never_points_outside(text: str) -> None:
    for found in find(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.short in text


def test_a_chinese_long_form_may_be_an_ending_of_what_stands_before() -> None:
    text = "诊断为慢阻肺（COPD）"
    (definition,) = find(text)
    assert "慢阻肺" in definition.readings(text)


@pytest.mark.parametrize(("short", "other"), [("MS", "MSs"), ("MSs", "MS"), ("SARS", "SARSs")])
def test_both_numbers_of_a_short_form(short: str, other: str) -> None:
    assert forms(short) == (short, other)


@pytest.mark.parametrize("part", ["(", ", or AB", " ", "A", "MS (mitral stenosis) ", ", hereafter ", "AB = "])
def test_long_texts_take_no_long_time(part: str) -> None:
    find(part * 20_000)
