"""How the qualifiers of a statement read: how often, from when on, in whom, how severe, how much, on what grounds.

Frequencies are those of HPO (https://hpo.jax.org/browse/term/HP:0040279), counts, percentages and words; evidence codes
are HPO's and the Gene Ontology's (https://geneontology.org/docs/guide-go-evidence-codes/).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from graph.model import Assertion, Entity
from qa.evidence import judged, measured
from qa.evidence.wording import listed, name_in
from text.species import CHINESE

FREQUENCIES = {
    "HP:0040280": ("always", "总是出现"),
    "HP:0040281": ("very frequent", "非常常见"),
    "HP:0040282": ("frequent", "常见"),
    "HP:0040283": ("occasional", "偶见"),
    "HP:0040284": ("very rare", "非常罕见"),
    "HP:0040285": ("excluded", "不出现"),
}
"""The frequency subontology of HPO in words."""
RANGES = {
    "HP:0040280": "100",
    "HP:0040281": "80–99",
    "HP:0040282": "30–79",
    "HP:0040283": "5–29",
    "HP:0040284": "1–4",
    "HP:0040285": "0",
}
"""The same in percent of the patients."""

_WORDS = {
    "very common": "很常见", "common": "常见", "frequent": "常见", "uncommon": "不常见", "infrequent": "不常见",
    "occasional": "偶见", "rare": "罕见", "very rare": "非常罕见", "unknown": "未知", "postmarketing": "上市后报告",
    "contraindicated": "禁忌", "major": "严重", "severe": "重度", "serious": "严重", "moderate": "中度",
    "minor": "轻微", "mild": "轻度",
    "high": "高", "low": "低", "male": "男性", "female": "女性", "strong": "强", "optional": "可选",
    "weak": "弱", "sensitive": "敏感底物", "known": "已知", "possible": "可能", "conditional": "特定条件下",
    "no recommendation": "不作推荐", "pediatrics": "儿童", "adults": "成人", "authorised": "已批准", "refused": "被拒",
    "withdrawn": "已撤市", "expired": "已过期", "lapsed": "已失效", "revoked": "已吊销", "suspended": "已暂停",
    "application withdrawn": "申请已撤回", "opinion": "审评意见",
    "inhibitor": "抑制剂", "agonist": "激动剂", "partial agonist": "部分激动剂", "inverse agonist": "反向激动剂",
    "antagonist": "拮抗剂", "blocker": "阻滞剂", "channel blocker": "通道阻滞剂", "activator": "激活剂",
    "inducer": "诱导剂", "substrate": "底物", "modulator": "调节剂", "ligand": "配体", "binder": "结合剂",
    "potentiator": "增强剂", "carrier": "载体", "other": "其他",
}  # fmt: skip
"""Words that sources use for how often and how severe, in Chinese."""
_FRENCH = {
    "contre-indication": ("contraindicated", "禁忌"),
    "association deconseillee": ("not recommended", "不推荐合用"),
    "précaution d'emploi": ("precaution for use", "使用时需谨慎"),
    "a prendre en compte": ("to be taken into account", "需予以考虑"),
    "il convient de prendre en compte": ("to be taken into account", "需予以考虑"),
}
"""The levels of the ANSM's thesaurus, which are shown beside what they mean."""
_CODES = {
    "EXP": ("inferred from experiment", "由实验推断"),
    "IC": ("inferred by curator", "由审编者推断"),
    "ICE": ("individual clinical experience", "个人临床经验"),
    "IDA": ("inferred from direct assay", "由直接测定推断"),
    "IEA": ("inferred from electronic annotation", "由电子注释推断"),
    "IMP": ("inferred from mutant phenotype", "由突变表型推断"),
    "IPI": ("inferred from physical interaction", "由物理相互作用推断"),
    "ISS": ("inferred from sequence similarity", "由序列相似性推断"),
    "ITM": ("inferred by text mining", "由文本挖掘推断"),
    "NAS": ("non-traceable author statement", "无法溯源的作者陈述"),
    "PCS": ("published clinical study", "已发表的临床研究"),
    "TAS": ("traceable author statement", "可溯源的作者陈述"),
}
_RISKS = {
    "none": ("by this source no true cross-reaction", "该来源称无真正交叉过敏"),
    "low": ("of low risk", "风险低"),
    "high": ("of high risk", "风险高"),
}
_CATEGORIES = {
    "DM": ("disease-modifying indication", "改变病程的适应证"),
    "SYM": ("symptomatic indication", "对症治疗的适应证"),
    "NOT": ("no indication", "非适应证"),
}

_LABELS = {
    "age": ("age: {}", "年龄：{}"),
    "activated": ("which activates it", "经其活化"),
    "classes": ("as members of {}", "所属类别：{}"),
    "degree": ("{}", "{}"),
    "dose": ("{}", "{}"),
    "duration": ("duration: {}", "持续时间：{}"),
    "genotype": ("genotype: {}", "基因型：{}"),
    "incidence": ("incidence: {}", "发病率：{}"),
    "narrow": ("of a narrow therapeutic index", "治疗窗窄"),
    "population": ("population: {}", "人群：{}"),
    "prevalence": ("prevalence: {}", "患病率：{}"),
    "recommendation": ("recommendation: {}", "建议：{}"),
    "route": ("{}", "给药途径：{}"),
    "severity": ("severity: {}", "严重程度：{}"),
    "strength": ("strength of the recommendation: {}", "推荐强度：{}"),
}
"""Qualifiers whose values are shown as they are, or the word for them."""
_UNTOLD = {("population", "general"), ("strength", "N/A")}
"""Values that say nothing."""
_GROUNDS = {
    "method": ("by text mining ({})", "由文本挖掘得出（{}）"),
    "relation": ("stated there as {}", "原文关系：{}"),
    "actions": ("stated there as {}", "原文作用：{}"),
    "status": ("medicine: {}", "药品状态：{}"),
}

_COUNT = re.compile(r"(\d+)\s*/\s*(\d+)")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%?\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*%|(\d+(?:\.\d+)?)\s*%")
_IDS = re.compile(r"\s*;\s*")
_ID = re.compile(r"[A-Za-z]+:\d+")
_HELD = {"onset", "modifier"}
"""The qualifiers whose values are ids."""


def ids(assertion: Assertion) -> tuple[str, ...]:
    """The ids among the qualifiers: of when it begins and of its course."""
    return tuple(
        dict.fromkeys(
            id for key, value in assertion.qualifiers if key in _HELD for id in _IDS.split(value) if ":" in id
        )
    )


def qualified(assertion: Assertion, language: str, entities: Mapping[str, Entity]) -> str:
    """What qualifies a statement, in brackets: `(very frequent, 80–99%; in males)`; in English after a blank.

    `entities` gives the names of `ids`; the id stands where one is not there.
    """
    if judged.is_judged(assertion):
        return _bracketed(_judged(assertion, language), language)
    told = [
        words
        for key, value in assertion.qualifiers
        if (words := _words(_key(key, assertion), value, language, entities))
    ]
    if words := measured.result(dict(assertion.qualifiers), chinese=language == "zh"):
        told.append(words)
    return _bracketed(told, language)


def _judged(assertion: Assertion, language: str) -> list[str]:
    chinese = language == "zh"
    told = [words for key, value in assertion.qualifiers if (words := judged.qualifier(key, value, chinese=chinese))]
    return [*told, judged.BY_JUDGEMENT[chinese]] if any(judged.counts(key) for key, _ in assertion.qualifiers) else told


def _bracketed(told: Sequence[str], language: str) -> str:
    if not told:
        return ""
    return f"（{'；'.join(told)}）" if language == "zh" else f" ({'; '.join(told)})"


def grounds(assertion: Assertion, language: str) -> str:
    """On what grounds the source states it: its evidence code in words, its category, who judged it."""
    qualifiers, chinese = dict(assertion.qualifiers), language == "zh"
    told = []
    if code := qualifiers.get("evidence", ""):
        told.append(f"{_CODES[code][chinese]}{f'（{code}）' if chinese else f' ({code})'}" if code in _CODES else code)
    if category := qualifiers.get("category", ""):
        told.append(_CATEGORIES[category][chinese] if category in _CATEGORIES else category)
    if (count := qualifiers.get("n_curators", "")).isdigit():
        told.append(
            f"三名审编者中{count}名最初如此判定" if chinese else f"so classified at first by {count} of 3 curators"
        )
    if (count := qualifiers.get("n_resources", "")).isdigit():
        told.append(f"四个资源中{count}个收录" if chinese else f"listed by {count} of 4 resources")
    if (count := qualifiers.get("patients", "")).isdigit():
        told.append(f"研究了{count}名患者" if chinese else f"in {count} patients")
    for key, words in _GROUNDS.items():
        if (value := qualifiers.get(key, "")) and not _ID.fullmatch(value):
            told.append(words[chinese].format(_WORDS.get(value, value) if chinese else value))
    if origin := qualifiers.get("sources", ""):
        told.append(f"来自{origin}" if chinese else f"from {origin}")
    return ("，" if chinese else ", ").join(told)


def in_chinese(word: str) -> str:
    """A source's English word for how often, how strong or what it does, in Chinese; others and numbers as they are."""
    return _WORDS.get(word.lower(), word)


def _key(key: str, assertion: Assertion) -> str:
    """The qualifier's name, or `degree` for a strength that is of no recommendation."""
    return "degree" if key == "strength" and assertion.predicate != "affects_response_to" else key


def _words(key: str, value: str, language: str, entities: Mapping[str, Entity]) -> str:
    """One qualifier in words; empty for one that is not part of what is stated."""
    chinese = language == "zh"
    match key:
        case "frequency":
            return how_often(value, chinese=chinese)
        case "species":
            return _animals(value.split(", "), chinese)
        case "sex":
            return f"见于{_WORDS.get(value, value)}" if chinese else f"in {value}s" if value in _WORDS else value
        case "onset" | "modifier":
            names = _named(_IDS.split(value), language, entities)
            return "、".join(names) if chinese else listed(names, "en")
        case "priority" if value == "non-interruptive":
            return "提醒不必打断操作" if chinese else "an alert need not interrupt"
        case "priority":
            return f"优先级：{_WORDS.get(value.lower(), value)}" if chinese else f"{value.lower()} priority"
        case "risk" if value in _RISKS:
            return _RISKS[value][chinese]
        case "aspect":
            return ("既往史" if chinese else "in the medical history") if value == "history" else ""
        case "effect" | "interval" | "line":
            return measured.beside(key, value, chinese=chinese)
        case "placebo":
            words = how_often(value, chinese=chinese)
            return f"安慰剂组：{words}" if chinese else f"with placebo: {words}"
        case _:
            return _labelled(key, value, chinese)


def _animals(names: Sequence[str], chinese: bool) -> str:
    return "、".join(CHINESE.get(n, n) for n in names) if chinese else f"in {listed(names, 'en')}"


def _labelled(key: str, value: str, chinese: bool) -> str:
    if key not in _LABELS or (key, value) in _UNTOLD:
        return ""
    plain = value.lower()
    if plain in _FRENCH:
        meant = _FRENCH[plain][chinese]
        return _LABELS[key][chinese].format(f"{value}，即{meant}" if chinese else f"{value}, that is {meant}")
    shown = (_WORDS[plain] if chinese else plain) if plain in _WORDS else value
    return _LABELS[key][chinese].format(shown)


def how_often(value: str, *, chinese: bool) -> str:
    """One frequency, or several with commas between, in words."""
    parts = [_share(part, chinese) for part in value.split(", ")]
    return ("，" if chinese else ", ").join(parts)


def _share(value: str, chinese: bool) -> str:
    if value == "not stated":
        return "频率未说明" if chinese else "how often is not stated"
    if value in FREQUENCIES:
        words = FREQUENCIES[value][chinese]
        return f"{words}，{RANGES[value]}%" if chinese else f"{words}, {RANGES[value]}%"
    if count := _COUNT.fullmatch(value):
        part, whole = int(count[1]), int(count[2])
        if part > whole or not whole:
            return value
        share = str((200 * part + whole) // (2 * whole))
        if chinese:
            return f"{whole}例患者中有{part}例，{share}%"
        return f"in {part} of {whole} patient{'s' * (whole != 1)}, {share}%"
    if percent := _PERCENT.fullmatch(value):
        share = percent[3] or f"{percent[1]}–{percent[2]}"
        return f"{share}%的患者" if chinese else f"in {share}% of patients"
    return _WORDS.get(value.lower(), value) if chinese else value.lower() if value.lower() in _WORDS else value


def _named(held: Iterable[str], language: str, entities: Mapping[str, Entity]) -> list[str]:
    def name(id: str) -> str:
        if id not in entities:
            return id
        written = name_in(entities[id], language)
        return written[:1].lower() + written[1:] if language == "en" else written

    return list(dict.fromkeys(name(id) for id in held if id))
