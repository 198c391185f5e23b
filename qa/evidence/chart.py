"""How what is stated of a patient stands, and how that reads: now, once, planned, possible, denied, of the family.

Every way from a statement about a patient to words goes through `stated`, so that no answer, prompt or reason tells a
past, planned or doubtful fact as a present one, nor a relative's as the patient's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from graph.model import Assertion
from qa.evidence.wording import listed
from text.names import is_chinese

Standing = Literal["current", "possible", "planned", "past", "denied", "family", "family_denied"]
OF_PATIENTS = ("allergic_to", "takes", "has_condition", "has_measurement", "underwent")
"""What is stated of patients, most urgent first."""
STANDINGS: tuple[Standing, ...] = ("current", "possible", "planned", "past", "denied", "family", "family_denied")
"""In the order in which they are told."""

_CERTAINTY: dict[str, Standing] = {
    "certain": "current",
    "possible": "possible",
    "historical": "past",
    "hypothetical": "planned",
}

_FAMILY = ("In {of} family: {list}", "{s}的家族中：{list}")
_NO_FAMILY = ("Denied for {of} family: {list}", "{s}的家族中没有：{list}")
_WORDS: dict[tuple[str, Standing], tuple[str, str]] = {
    ("has_condition", "current"): ("{s} has the condition {list}", "{s}患有{list}"),
    ("has_condition", "possible"): ("Possibly, {s} has the condition {list}", "可能：{s}患有{list}"),
    ("has_condition", "planned"): ("As a hypothesis, {s} has the condition {list}", "假设：{s}患有{list}"),
    ("has_condition", "past"): ("In the past, {s} had the condition {list}", "既往：{s}曾患{list}"),
    ("has_condition", "denied"): ("{s} does not have the condition {list}", "{s}没有{list}"),
    ("takes", "current"): ("{s} takes {list}", "{s}正在使用{list}"),
    ("takes", "possible"): ("Possibly, {s} takes {list}", "可能：{s}正在使用{list}"),
    ("takes", "planned"): ("Planned for {s}, not stated as taken: {list}", "计划给{s}使用：{list}"),
    ("takes", "past"): ("In the past, {s} took {list}", "既往：{s}曾使用{list}"),
    ("takes", "denied"): ("{s} does not take {list}", "{s}没有使用{list}"),
    ("allergic_to", "current"): ("{s} is allergic to {list}", "{s}对{list}过敏"),
    ("allergic_to", "possible"): ("Possibly, {s} is allergic to {list}", "可能：{s}对{list}过敏"),
    ("allergic_to", "planned"): ("As a hypothesis, {s} is allergic to {list}", "假设：{s}对{list}过敏"),
    ("allergic_to", "past"): ("In the past, {s} was allergic to {list}", "既往：{s}曾对{list}过敏"),
    ("allergic_to", "denied"): ("{s} is not allergic to {list}", "{s}对{list}不过敏"),
    ("has_measurement", "current"): ("Measured in {s}: {list}", "{s}测得：{list}"),
    ("has_measurement", "possible"): ("Possibly, as a preliminary result of {s}: {list}", "可能：{s}测得：{list}"),
    ("has_measurement", "past"): ("In the past, measured in {s}: {list}", "既往：{s}测得：{list}"),
    ("has_measurement", "planned"): ("To be measured in {s}: {list}", "计划给{s}测量：{list}"),
    ("has_measurement", "denied"): ("{s} was not measured for {list}", "{s}没有测量{list}"),
    ("underwent", "current"): ("{s} underwent {list}", "{s}接受了{list}"),
    ("underwent", "possible"): ("Possibly, {s} underwent {list}", "可能：{s}接受了{list}"),
    ("underwent", "planned"): ("Planned for {s}: {list}", "计划给{s}实施：{list}"),
    ("underwent", "past"): ("In the past, {s} underwent {list}", "既往：{s}接受了{list}"),
    ("underwent", "denied"): ("{s} did not undergo {list}", "{s}没有接受{list}"),
}
MORE = (" and {count} more", "等，另有{count}项")
"""How many facts of one kind a list leaves out."""

_HOLES = re.compile(r"\{\w+\}|：|，")
_MORE = re.compile(r" and (\d+) more\b|等，另有(\d+)项")
_STATUSES = {
    "stopped": "已停用", "completed": "已完成", "on-hold": "暂停", "ended": "已结束", "draft": "草稿",
    "cancelled": "已取消", "plan": "计划", "proposal": "建议", "option": "备选", "intended": "拟用",
    "preparation": "准备中", "scheduled": "已安排", "resolved": "已痊愈", "inactive": "稳定期", "remission": "缓解期",
    "recurrence": "复发", "relapse": "复发", "provisional": "暂定", "unconfirmed": "待证实", "differential": "鉴别诊断",
    "presumed": "推定", "unknown": "情况待查", "preliminary": "初步结果", "declined": "已拒绝", "dispensed": "已发药",
    "revoked": "已撤销", "planned": "计划", "not-started": "未开始", "in-progress": "进行中", "not-taken": "未服用",
    "not-done": "未实施", "refuted": "已否定", "registered": "已登记", "not to be taken": "医嘱不用",
    "not to be done": "医嘱不做",
}  # fmt: skip
_HALTED = "已中止"
"""A procedure that was stopped; a drug that was is 已停用."""
_ALLERGY = re.compile(r"(?:allergy|hypersensitivity|allergic reaction|intolerance) to (.+)", re.IGNORECASE)
_TOLD = ("dose", "severity", "reaction", "relationship")
_AGES = {"year": "岁", "month": "个月", "week": "周", "day": "天", "hour": "小时", "minute": "分钟"}
_AGE = re.compile(r"age (at least |at most |[<>]=?)?(.+?) (year|month|week|day|hour|minute)s?")
_LIMITS = {"at least ": "至少", "at most ": "最多"}


def standing_of(assertion: Assertion) -> Standing:
    """How a statement about a patient stands."""
    if assertion.experiencer != "patient":
        return "family_denied" if assertion.polarity == "negated" else "family"
    return "denied" if assertion.polarity == "negated" else _CERTAINTY[assertion.certainty]


def stated(predicate: str, standing: Standing, patient: str, listed: str, language: str) -> str:
    """Facts of one kind and standing as a clause: `In the past, the patient took Warfarin (stopped)`."""
    chinese = language == "zh"
    if standing in ("family", "family_denied"):
        pattern = (_FAMILY if standing == "family" else _NO_FAMILY)[chinese]
    else:
        pattern = _WORDS[predicate, standing][chinese]
    subject = patient if chinese or pattern.startswith("{s}") else patient[0].lower() + patient[1:]
    return pattern.format(s=subject, of=f"{subject}'s", list=listed)


def patterns(predicate: str) -> list[str]:
    """Every way in which facts of this kind are said, in both languages, with blanks for patient and list."""
    pairs = [words for (name, _), words in _WORDS.items() if name == predicate]
    if predicate == "has_condition":
        pairs += [_FAMILY, _NO_FAMILY]
    return [text.replace("{of}", "{s}") for pair in pairs for text in pair]


def chinese_words(assertion: Assertion) -> set[str]:
    """The pieces of every Chinese way to tell such a fact of the patient, and of what the record tells with it."""
    pieces = {
        piece for text in patterns(assertion.predicate) if is_chinese(text) for piece in _HOLES.split(text) if piece
    }
    values = [value for _, value in assertion.qualifiers if value]
    return {*pieces, *values, *_STATUSES.values(), _HALTED, told(assertion, "", "zh")}


def told(assertion: Assertion, name: str, language: str) -> str:
    """A fact in a list: its name as recorded, and what the record tells with it: dose, value, date, status, note."""
    qualifiers = dict(assertion.qualifiers)
    recorded = qualifiers.get("recorded", name)
    if language != "zh":
        name = recorded
    if assertion.predicate == "allergic_to" and (allergy := _ALLERGY.fullmatch(name)):
        name = allergy[1]
    date = qualifiers.get("date", "")
    if assertion.predicate == "has_measurement":
        value = " ".join(filter(None, (qualifiers.get("value", ""), qualifiers.get("unit", ""))))
        missing = qualifiers.get("missing") or ("" if language == "zh" else "no value given")
        parts = [date, qualifiers.get("interpretation", "")]
        name = f"{name}: {value or missing}" if value or missing else name
    else:
        # The Chinese name is that of one ingredient; which others there are, and how much, is in the recorded one.
        parts = [recorded] if assertion.predicate == "takes" and name and recorded != name else []
        parts += [qualifiers.get(key, "") for key in _TOLD]
        parts += _course(assertion, qualifiers, language)
        parts += [date] if assertion.predicate == "underwent" else []
    parts.append(_status(qualifiers.get("status", ""), language, assertion.predicate))
    if note := qualifiers.get("note", ""):
        parts.append(f"“{note}”")
    shown = [part for part in parts if part]
    if not shown:
        return name
    return f"{name}（{'，'.join(shown)}）" if language == "zh" else f"{name} ({', '.join(shown)})"


def _course(assertion: Assertion, qualifiers: Mapping[str, str], language: str) -> list[str]:
    """At what age a condition began, and when what is over ended."""
    began, ended = qualifiers.get("onset", ""), qualifiers.get("abatement", "")
    told = []
    if began.startswith("age "):
        told.append(f"{_aged(began)}起病" if language == "zh" else f"onset {began}")
    if ended and assertion.certainty == "historical":
        told.append(f"至{_aged(ended)}" if language == "zh" else f"until {ended}")
    return told


def _aged(text: str) -> str:
    """An age in Chinese: `age 6 years` is 6岁. What is no age is as it is."""
    match = _AGE.fullmatch(text)
    return f"{_LIMITS.get(match[1] or '', match[1] or '')}{match[2]}{_AGES[match[3]]}" if match else text


def enumerated(names: Sequence[str], more: int, language: str) -> str:
    """The different names in a row, and how many more there are."""
    different = list(dict.fromkeys(names))
    if not more:
        return listed(different, language)
    chinese = language == "zh"
    return ("、" if chinese else ", ").join(different) + MORE[chinese].format(count=more)


def without_more(text: str, counts: set[int]) -> str:
    """The text without the counts of what lists leave out, where those are true."""
    return _MORE.sub(lambda match: "" if int(match[1] or match[2]) in counts else match[0], text)


def _status(status: str, language: str, predicate: str) -> str:
    if language != "zh":
        return status
    words = {**_STATUSES, "stopped": _HALTED} if predicate == "underwent" else _STATUSES
    return "，".join(words[word] for word in status.split(", ") if word in words)
