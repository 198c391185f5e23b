"""Genes and variants that a Chinese text writes in Latin letters."""

from __future__ import annotations

import pytest

from ingest.reading.chinese import latin

KNOWN = {
    "ICAM-1": ("NCBIGene:3383", "ICAM1", 0.7),
    "VCAM-1": ("NCBIGene:7412", "VCAM1", 0.7),
    "GFAP": ("NCBIGene:2670", "GFAP", 0.7),
    "CD44": ("NCBIGene:960", "CD44", 0.8),
    "CRP": ("NCBIGene:1401", "CRP", 0.9),
    "CT": ("NCBIGene:5130", "PCYT1A", 0.5),
    "RET": ("NCBIGene:5979", "RET", 0.5),
    "TACE": ("NCBIGene:6868", "ADAM17", 0.7),
    "LAMB": ("NCBIGene:1", "LAMB", 0.7),
    "CD34": ("NCBIGene:947", "CD34", 0.8),
    "MIR21": ("NCBIGene:406991", "MIR21", 0.5),
    "MTHFR": ("NCBIGene:4524", "MTHFR", 0.7),
    "BRAF": ("NCBIGene:673", "BRAF", 0.7),
}


def surfaces(text: str) -> list[tuple[str, str | None]]:
    return [(text[one.start : one.end], one.entity) for one in latin.found(text, KNOWN.get)]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("可上调HUVEC中ICAM-1和VCAM-1的表达", ["NCBIGene:3383", "NCBIGene:7412"]),
        ("血浆GFAP在早期即升高", ["NCBIGene:2670"]),
        ("ＩＣＡＭ－１升高", ["NCBIGene:3383"]),
        ("抑制RAF激酶以及VEGFR-2、PDGFR-β", ["NCBIGene:5894", "NCBIGene:3791", "NCBIGene:5159"]),
        ("激活PI3K/Akt信号", ["NCBIGene:5290", "NCBIGene:207"]),
        ("p-tau217与NF-κB", ["NCBIGene:4137", "NCBIGene:4790"]),
        ("miR-21在组织中上调", ["NCBIGene:406991"]),
        ("阻断D2受体", ["NCBIGene:1813"]),
        ("融合蛋白BCR-ABL激酶", ["NCBIGene:25"]),
        ("CRP基因多态性", ["NCBIGene:1401"]),
        ("RET融合阳性", ["NCBIGene:5979"]),
        ("CD44、RET均阳性", ["NCBIGene:960", "NCBIGene:5979"]),
    ],
)
def test_symbols_of_genes_are_found(text: str, entities: list[str]) -> None:
    assert [entity for _, entity in surfaces(text)] == entities


@pytest.mark.parametrize(
    "text",
    [
        "行CT、MRI检查，CRP 12mg/L",
        "CT表达不清",
        "TACE术后",
        "随访RET患者",
        "LAMB试验显示",
        "隆起型病变(LAMB)",
        "CD34+细胞计数",
        "阿司匹林100mg qd，体重指数，95%CI",
        "没有拉丁字母",
        "",
    ],
)
def test_abbreviations_are_no_genes(text: str) -> None:
    assert surfaces(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("错义变异c.2584C>T（先证者）", [("c.2584C>T", "tmVar:c%7CSUB%7CC%7C2584%7CT")]),
        ("变异（p.Ala222Val）", [("p.Ala222Val", "tmVar:p%7CSUB%7CA%7C222%7CV")]),
        ("rs12979860位点", [("rs12979860", "DBSNP:rs12979860")]),
        ("T315I突变", [("T315I", "tmVar:p%7CSUB%7CT%7C315%7CI")]),
        ("BRAF V600E阳性", [("BRAF", "NCBIGene:673"), ("V600E", "tmVar:p%7CSUB%7CV%7C600%7CE")]),
        ("1858T等位基因频率", [("1858T", "tmVar:c%7CAllele%7CT%7C1858")]),
        ("MTHFR 677TT基因型", [("MTHFR", "NCBIGene:4524"), ("677TT", "tmVar:c%7CAllele%7CTT%7C677")]),
        ("约有120A的电流，批号K123M", []),
    ],
)
def test_variants_are_found_by_form_and_words(text: str, found: list[tuple[str, str]]) -> None:
    assert surfaces(text) == found
