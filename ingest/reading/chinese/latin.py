"""Genes and variants of which a Chinese text writes the symbol in Latin letters, by their form and the words around.

Nothing but case and digits tells a symbol (ICAM-1, PI3K) from the abbreviations of which clinical Chinese is full (CT,
ALT, TNM), and many a one is also the symbol of a gene: one that could be either counts only where the words around it
speak of a gene, or where it stands in a list beside one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ingest.reading.linking import symbols, variants
from text.scripts import CJK

_LATIN = re.compile(r"[A-Za-z\uff21-\uff5a]")
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "‐‑–−"), "-")
"""Full width as half width, every dash as a hyphen; no offset changes."""
_LETTER = "A-Za-zα-ωΑ-Ω"
_RUN = re.compile(rf"(?<![{_LETTER}0-9.*_-])[{_LETTER}0-9](?:[{_LETTER}0-9]|-(?=[{_LETTER}0-9]))*")
_SYMBOL = re.compile(rf"(?=.*[A-ZΑ-Ωα-ω0-9])(?=.*[{_LETTER}])[{_LETTER}][{_LETTER}0-9-]*")
_HEADS = "受体 蛋白 基因 酶 因子"
_BEHIND = re.compile(
    r"[\s）)]*(?:的)?(?:基因|m?RNA|蛋白|受体|激酶|酶|信号|通路|[\u4e00-\u9fff]{0,3}突变|多态|启动子|配体|抑制剂|拮抗剂|激动剂|阻断剂|"
    r"单抗|靶点|靶向|缺失|缺陷|敲除|敲低|沉默|[过高低]?表达|磷酸化|甲基化|转录|上调|下调|活性|融合|重排|扩增|野生型|杂合|等位|变异|位点|底物|"
    r"[强弱]?诱导剂|[强弱]?抑制)"
)
_BEFORE = re.compile(r"(?:基因|受体|激酶|靶向|敲除|敲低|沉默|抑制|激活|上调|下调|编码|表达|结合|诱导|突变)[的了\s]*$")
_CERTAIN = re.compile(r"\s*(?:基因|mRNA|启动子|等位|多态)")
_ABBREVIATIONS = """
    ct mri mr mra cta dsa dwi us bus pet spect ect ecg ekg eeg emg ercp eus esd emr egd hr or rr ci md smd sd se sem
    auc roc nnt alt ast alp ggt ldh ck crp pct esr wbc rbc hgb hb hct plt neu lym mcv tc tg ldl hdl tp alb glb tbil
    dbil cr bun ua scr egfr-tki cea psa afp inr pt tt aptt fib bnp nse scc tnt tni ctni ctnt ctn hs-crp sod mda gsh
    ros os pfs dfs rfs ttp efs orr dcr dor pr pd ct-dna tnm figo who nyha asa icu ccu nicu picu er ed op hp he ihc
    pcr qpcr rt rt-pcr elisa wb fish tace hifu rfa pci cabg ecmo crrt cpr cpap peep spo2 pao2 paco2 fio2 po2 pco2 ph
    bp sbp dbp map nt vas nrs adl iadl qol sas sds hama hamd panss mmse moca gcs sofa apache bmi whr wc bid tid qid
    qd qn qod prn po iv im sc ns gs nsaid nsaids acei arb ccb ppi ssri snri dna rna mrna cdna lncrna circrna mirna
    atp adp amp camp cgmp nad lps stz mtx ctx dox cis fu 5-fu s-1 ts-1 chop r-chop tp ec ac tc np gp xelox folfox
    folfiri car-t ca125 ca199 ca153 ca724 ca242 ca19-9 ca72-4 ca15-3 ca-125 hbv hcv hiv hpv ebv cmv rsv hsv vzv
    hbsag hbeag covid sars mers aids tb led igg igm iga ige ft3 ft4 t3 t4 tsh lh fsh prl prg hcg cad chd chf hf af
    mi ami acs copd ards dm t2dm t1dm gdm ckd esrd aki ra sle ms als ad pd mci dvt pe ptsd adhd asd ibs ibd gerd
    nafld nash hcc nsclc sclc aml all cml cll mm dlbcl mds std hfmd pcos ivf icsi opo lc gc crc bc hnscc lad lcx rca
    lvef fev1 fvc v1 v2 v3 v4 v5 v6 c1 c2 c3 c4 c5 c6 c7 t1 t2 l1 l2 l3 l4 l5 s1 s2 s3 s4 s5 n0 n1 n2 n3 m0 m1
"""
_NEVER = frozenset(_ABBREVIATIONS.split())
"""Abbreviations of clinical Chinese that are symbols of genes besides: genes only where the text says so."""
_OTHERS = re.compile(
    r"[\s）)]*(?:试验|研究|评分|量表|方案|系统|标准|指南|法|分[期级型]|检查|扫描|造影|显像|综合征|术|病毒|软件|模型|抗[原体]|[+＋]?\s?T?淋?巴?细胞)"
)
"""What makes something else of the symbol that stands before it."""
_BETWEEN = re.compile(r"\s*(?:[、/,，及和与或+＋]|以及|及其)\s*")
_SURE = 0.6
_SHORT = 3
_LONG = 4
"""Characters of a symbol that speaks for itself."""

_ACID = "ACDEFGHIKLMNPQRSTVWY"
_WORD = rf"(?<![{_LETTER}0-9._*-])"
_WORD_END = rf"(?![{_LETTER}0-9])"
_FORMS = re.compile(
    rf"{_WORD}(?:rs[0-9]{{3,}}|(?:N[MPCG]_[0-9]+(?:\.[0-9]+)?:)?[cgmn]\.[A-Za-z0-9_*+>=-]*[A-Za-z0-9*=]"
    rf"|(?:N[MPCG]_[0-9]+(?:\.[0-9]+)?:)?p\.\(?[A-Z][A-Za-z0-9_*=>]*[A-Za-z0-9*=]\)?"
    rf"|(?:[cg]\.)?[-+]?[0-9]{{1,6}}(?:[-+][0-9]{{1,4}})?\s?[ACGT]\s?(?:>|→|->)\s?[ACGT]){_WORD_END}"
)
"""Variants by their form alone."""
_CHANGES = re.compile(
    rf"{_WORD}(?:[{_ACID}][1-9][0-9]{{1,4}}[{_ACID}X*]|[ACGT]-?[1-9][0-9]{{1,4}}[ACGT]|-?[1-9][0-9]{{1,4}}[ACGT](?:/[ACGT]|[ACGT])?)"
    rf"{_WORD_END}"
)
"""Variants where the words around speak of one."""
_CHANGED = re.compile(
    r"[\s）)]*(?:位点|基因|等位|突变|变异|多态|杂合|纯合|错义|耐药|携带|型|[\u4e00-\u9fff]{0,2}突变|[、和及与或/][\sA-Z0-9]{4,8}(?:突变|位点|多态|变异|基因))"
)
_CHANGED_BEFORE = re.compile(r"(?:突变|位点|变异|多态性?|基因)[\s（(为是:：]*$")

Known = Callable[[str], tuple[str, str, float] | None]
"""The gene of a name: its id, its symbol, and how sure that is."""


@dataclass(frozen=True, slots=True)
class Found:
    """A gene or a variant of a text; `entity` is None for a variant of no known form."""

    start: int
    end: int
    type: str
    entity: str | None
    reason: str


def found(text: str, known: Known) -> list[Found]:
    """The genes and variants that `text` names in Latin letters, in order, none overlapping."""
    if not _LATIN.search(text):
        return []
    plain = text.translate(_HALF)
    genes = _genes(plain, known)
    changes = list(_variants(plain, genes))
    taken = [(one.start, one.end) for one in changes]
    return sorted(
        [*changes, *(one for one in genes if not any(start < one.end and one.start < end for start, end in taken))],
        key=lambda one: one.start,
    )


def _genes(text: str, known: Known) -> list[Found]:
    """Those that speak for themselves, then those that stand in a list beside one."""
    sure: dict[int, Found] = {}
    doubtful: list[Found] = []
    for match in _RUN.finditer(text):
        start, end, name = match.start(), match.end(), match.group()
        if one := _by_heart(text, start, end):
            sure[one.start] = one
            continue
        if not _SYMBOL.fullmatch(name):
            continue
        never = name.casefold() in _NEVER
        if never and not _CERTAIN.match(text, end):
            continue
        meant = next((gene for gene in map(known, symbols.asked(name)) if gene), None)
        if meant is None:
            continue
        one = Found(start, end, "Gene", meant[0], f"a name of the gene {meant[1]!r}")
        cued = _BEHIND.match(text, end) or _BEFORE.search(text, max(0, start - 8), start)
        if cued or (_speaks(name, meant) and not _defined(text, start, end) and not _OTHERS.match(text, end)):
            sure[start] = one
        elif not _OTHERS.match(text, end):
            doubtful.append(one)
    for one in (*doubtful, *reversed(doubtful)):
        if one.start not in sure and _listed(text, one, sure):
            sure[one.start] = one
    return [sure[start] for start in sorted(sure)]


def _by_heart(text: str, start: int, end: int) -> Found | None:
    """The gene of a symbol that is known, with the word behind it first (`D2受体`)."""
    for head in _HEADS.split():
        if text.startswith(head, end) and (id := symbols.gene(text[start:end] + head)):
            return Found(start, end + len(head), "Gene", id, f"the gene that {text[start : end + len(head)]!r} names")
    name = text[start:end]
    id = next(filter(None, map(symbols.gene, symbols.asked(name))), None) if len(name) >= _SHORT else None
    return Found(start, end, "Gene", id, f"the gene that {name!r} names") if id else None


def _speaks(name: str, meant: tuple[str, str, float]) -> bool:
    """Whether a symbol is one of a gene by itself: with a digit and well known, or the official one, of capitals."""
    if len(name) < _LONG or meant[2] < _SURE:
        return symbols.is_micro(name)
    return any(c.isdigit() for c in name) or (name.isupper() and name.replace("-", "") == meant[1].replace("-", ""))


def _defined(text: str, start: int, end: int) -> bool:
    """Whether the symbol only abbreviates in brackets what stands before them, which is no gene by its last word."""
    if text[start - 1 : start] not in ("(", "（") or text[end : end + 1] not in (")", "）", ",", "，"):
        return False
    before = text[max(0, start - 4) : start - 1]
    return bool(re.search(f"[{CJK}]$", before)) and not re.search(
        r"(?:蛋白|因子|受体|酶|素|基因|抗原|RNA|分子)\d*$", before
    )


def _listed(text: str, one: Found, sure: dict[int, Found]) -> bool:
    """Whether `one` stands in a list, next to one that is sure."""
    return any(
        _BETWEEN.fullmatch(text, min(one.end, other.end), max(one.start, other.start))
        for other in sure.values()
        if other.type == "Gene"
    )


def _variants(text: str, genes: Sequence[Found]) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for match in _FORMS.finditer(text):
        start, end = match.span()
        if text[end - 1] == ")" and "(" not in text[start:end]:
            end -= 1
        taken.append((start, end))
        yield _variant(text, start, end)
    ends = {gene.end for gene in genes}
    for match in _CHANGES.finditer(text):
        start, end = match.span()
        if any(a < end and start < b for a, b in taken):
            continue
        behind = text[max(0, start - 6) : start].rstrip(" (（-")
        beside = max(0, start - 6) + len(behind) in ends or behind.endswith("基因")
        if beside or _CHANGED.match(text, end) or _CHANGED_BEFORE.search(text, max(0, start - 8), start):
            yield _variant(text, start, end)


def _variant(text: str, start: int, end: int) -> Found:
    name = text[start:end].replace("→", ">")
    ids = variants.identify(name.rpartition(":")[2])
    return Found(start, end, "Variant", ids[0] if ids else None, "the form of the variant")
