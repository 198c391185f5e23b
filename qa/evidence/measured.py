"""In words what a sentence tells beside its fact: what one drug does to another, how often it is given, a result.

The values are those that `ingest.reading.qualifiers` writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_CHANGES = re.compile(r"(increases|decreases) (absorption|clearance|metabolism|toxicity|level|effect)")
_RISK = re.compile(r"increases risk of (.+)")
_CHANGED = {
    "absorption": "吸收", "clearance": "清除", "metabolism": "代谢", "toxicity": "毒性", "level": "血药浓度",
    "effect": "作用",
}  # fmt: skip
_TIMES = {"once": "1", "twice": "2", "three times": "3", "four times": "4", "six times": "6"}
_PERIODS = {
    "daily": "每日", "nightly": "每晚", "weekly": "每周", "monthly": "每月", "yearly": "每年", "annually": "每年",
    "quarterly": "每季度", "fortnightly": "每两周", "every hour": "每小时", "every other day": "隔日",
    "single dose": "单次", "regular": "定期",
}  # fmt: skip
_UNITS = {"hour": "小时", "day": "日", "week": "周", "month": "个月", "year": "年", "night": "晚"}
_OFTEN = re.compile(rf"({'|'.join(_TIMES)}|\d+ times) (daily|nightly|weekly|monthly|yearly)")
_EVERY = re.compile(r"every (\d+(?: ?(?:-|–|to) ?\d+)?) (hour|day|week|month|year|night)s?")
_LINES = {
    "first-line": "一线", "second-line": "二线", "third-line": "三线", "adjuvant": "辅助", "adjunct": "附加治疗",
    "monotherapy": "单药", "maintenance": "维持治疗",
}  # fmt: skip
_MEASURES = {
    "odds ratio": "比值比", "hazard ratio": "风险比", "risk ratio": "相对危险度",
    "standardised mean difference": "标准化均数差", "mean difference": "均数差", "AUC": "曲线下面积",
    "sensitivity": "敏感度", "specificity": "特异度", "positive predictive value": "阳性预测值",
    "negative predictive value": "阴性预测值", "median survival": "中位生存期",
    "median progression-free survival": "中位无进展生存期", "response rate": "缓解率", "remission rate": "完全缓解率",
    "cure rate": "治愈率", "mortality": "死亡率", "prevalence": "患病率", "correlation": "相关系数",
}  # fmt: skip
_OF_RESULTS = {"months": "个月", "points": "分", "days": "天", "years": "年", "weeks": "周"}
_SURVIVAL = re.compile(r"(\d+)-year survival")


def beside(key: str, value: str, *, chinese: bool) -> str:
    """What the qualifier `effect`, `interval` or `line` says."""
    if key == "line":
        return _LINES.get(value, value) if chinese else value
    return (effect if key == "effect" else interval)(value, chinese=chinese)


def effect(value: str, *, chinese: bool) -> str:
    """What one of two drugs does to the other, such as `increases level`; another value as it is."""
    if not chinese:
        return value
    if change := _CHANGES.fullmatch(value):
        return f"{'增加' if change[1] == 'increases' else '降低'}{_CHANGED[change[2]]}"
    risk = _RISK.fullmatch(value)
    return f"增加{risk[1]}的风险" if risk else value


def interval(value: str, *, chinese: bool) -> str:
    """How often something is given or done; a value that is not known as it is."""
    if not chinese:
        return value
    if value in _PERIODS:
        return _PERIODS[value]
    if often := _OFTEN.fullmatch(value):
        return f"{_PERIODS[often[2]]}{_TIMES.get(often[1]) or often[1].split()[0]}次"
    every = _EVERY.fullmatch(value)
    return f"每{every[1].replace(' to ', '–')}{_UNITS[every[2]]}" if every else value


def result(qualifiers: Mapping[str, str], *, chinese: bool) -> str:
    """The result that was told with a fact: measure, value, unit, interval, p and group; empty where none was."""
    measure, value = qualifiers.get("measure", ""), qualifiers.get("value", "")
    if not measure or not value:
        return ""
    unit = qualifiers.get("unit", "")
    if chinese:
        unit = _OF_RESULTS.get(unit, unit)
    name = _in_chinese(measure) if chinese else measure
    told = [f"{name} {value}{f' {unit}' if unit.isascii() and unit not in ('', '%') else unit}"]
    if bounds := qualifiers.get("interval_95", ""):
        told.append(f"95% CI {bounds.replace(' to ', '–')}")
    if p := qualifiers.get("p", ""):
        told.append(f"P{p}" if p[:1] in "<>≤" else f"P={p}")
    if group := qualifiers.get("group", ""):
        told.append(group if chinese else f"{group} group")
    return ("，" if chinese else ", ").join(told)


def _in_chinese(measure: str) -> str:
    if survival := _SURVIVAL.fullmatch(measure):
        return f"{survival[1]}年生存率"
    return _MEASURES.get(measure, measure)
