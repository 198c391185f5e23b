"""Whether a question asks what a patient's record says, and of which kind of facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from text.names import is_chinese, tokens
from text.words import folded

_OF_PATIENT = re.compile(
    r"\b(?:(?:the|this|my|our) patient|patient's|patient’s|he|she|his|her|they|their|i|my)\b|患者|病人|他|她|我|这位",
    re.IGNORECASE,
)
# What asks for knowledge or for advice, and only uses what the record says.
_BEYOND = re.compile(
    r"\binteract|\bsafe\b|\bcontra-?indicat|\b(?:can|could|should|may|might|would|must)\b|\brecommend|\btreat|\bcure|"
    r"\bside[- ]effects?\b|\badverse\b|\bcaus(?:e|es|ed|ing)\b|\bwhy\b|\brisks?\b|\bprognos|\bdifferential\b|"
    r"\bpresent(?:s|ed|ing)\b|\bcomplain|\byear[- ]old\b|\bpatient (?:with|who)\b|\bhelp|\binstead\b|\bavoid"
    r"|相互作用|能否|可以|能不能|可不可以|能用|能吃|应该|安全|禁忌|禁用|治疗|副作用|不良反应|为什么|引起|导致|"
    r"鉴别|风险|怎么办|可能(?:是|患|得|有)|考虑",
    re.IGNORECASE,
)
_TOPICS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (predicates, re.compile(pattern, re.IGNORECASE))
    for predicates, pattern in (
        (("allergic_to",), r"\b(?:allerg|intoleran)|过敏"),
        (
            ("takes",),
            r"\b(?:tak(?:e|es|ing|en)|took|medic(?:ines?|ations?)|meds|drugs?|prescri\w+|dos(?:e|age|es)|using)\b"
            r"|\b(?:is|was) \S+ \S+ on\b|\bon (?:any )?\S+\?$|用药|服用|什么药|哪些药|药物|在用|使用|在吃|剂量",
        ),
        (
            ("has_measurement",),
            r"\b(?:values?|levels?|results?|labs?|laboratory|measure\w*|last|latest|most recent|blood pressure|"
            r"weight|height|bmi|a1c|hba1c|test)\b|结果|数值|水平|检查|化验|血压|体重|身高|指标|测得|最近",
        ),
        (
            ("underwent",),
            r"\b(?:procedures?|surg\w+|operat\w+|under(?:go|went|gone)|vaccin\w*|immuni[sz]\w*)\b|手术|操作|"
            r"接种|疫苗|做过",
        ),
        (
            ("has_condition",),
            r"\b(?:conditions?|diagnos\w+|diseases?|problems?|illness\w*|disorders?|have|has|had|suffer\w*|history)\b"
            r"|患|诊断|疾病|病史|什么病|哪些病|有",
        ),
    )
)
_VACCINE = re.compile(r"\b(?:vaccin\w*|immuni[sz]\w*)\b|接种|疫苗", re.IGNORECASE)
_LAST = re.compile(
    r"\b(?:last|latest|most recent)\b.*\b(?:values?|levels?|results?|labs?|measurements?|readings?|pressure|weight|"
    r"height|bmi|hba1c|a1c|tests?)\b|(?:最近|上次|最后).*(?:血压|体重|身高|指标|结果|数值|化验|糖化|血糖)",
    re.IGNORECASE,
)
_FAMILY = re.compile(
    r"\b(?:family|families|familial|mother|father|brothers?|sisters?|siblings?|parents?|relatives?|hereditary)\b"
    r"|家族|家人|父|母亲|母|兄弟|姐妹|遗传",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"\b(?:trends?|over time|all|every|values|results|history|changes?|changed)\b|变化|历次|趋势|所有", re.IGNORECASE
)
_ALL = re.compile(r"\b(?:summar\w+|overview|record|chart|about)\b|概况|总结|摘要|病历|情况", re.IGNORECASE)

_SAID = folded(
    "patient have has had take takes taking taken took use uses using used drug drugs medication medications medicine "
    "medicines meds currently current now condition conditions diagnosis diagnoses diagnosed disease diseases disorder "
    "disorders problem problems illness illnesses allergy allergies allergic intolerance intolerances known "
    "history past family last latest recent most value values level levels result results measured measurement lab "
    "labs laboratory undergo underwent undergone procedure procedures surgery surgeries operation operations active "
    "list all which what any ever receive received prescribed prescription vaccine vaccines vaccinated vaccination "
    "vaccinations immunization immunizations "
    "dose dosage when date suffer suffers suffering do does did is are was were be been the this that of in on to for "
    "from with and or a an he she his her him their they my i me us show tell give list please there much many how "
    "long often s still today previous previously medical surgical record records chart about summary summarize "
    "mother father brother sister sibling siblings parent parents relative relatives who whom it by at test tests "
    "resolved planned stopped possible previously confirmed ruled out suspected trend time over"
)
_SAID_CHINESE = re.compile(
    r"这位|该|患者|病人|他|她|我|目前|现在|正在|当前|最近一次|最近|上次|最后一次|既往|曾经|曾|有没有|有无|是否|"
    r"什么|哪些|哪种|多少|服用|"
    r"使用|用药|药物|药|过敏|患有|患|诊断|疾病|病史|家族史|家族|结果|数值|水平|检查|化验|测得|是|有|对|在|用|吃|"
    r"的|了|吗|呢|过|做|接受|手术|操作|"
    r"接种|疫苗|病|值|情况|剂量|请|列出|所有|父亲|母亲|和|与|史|[？?。，,！!、\s]"
)
_OTHER_NAMES = {
    "hba1c": "hemoglobin a1c", "a1c": "hemoglobin a1c", "bp": "blood pressure", "bmi": "body mass index",
    "ldl": "low density lipoprotein", "hdl": "high density lipoprotein", "weight": "body weight",
    "height": "body height", "egfr": "glomerular filtration", "糖化血红蛋白": "hemoglobin a1c",
    "血压": "blood pressure", "体重": "body weight", "身高": "body height", "血糖": "glucose", "肌酐": "creatinine",
    "体重指数": "body mass index",
    "血红蛋白": "hemoglobin", "胆固醇": "cholesterol", "心率": "heart rate", "体温": "body temperature",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question asks of a patient's record."""

    predicates: tuple[str, ...]
    """The kinds of facts asked for; all where it asks for the record as a whole."""
    family: bool
    """Whether it asks for relatives."""
    vaccines: bool
    """Whether it asks for vaccines, and not for other procedures."""
    series: bool
    """Whether it asks for more than the last of several values."""
    words: tuple[tuple[str, ...], ...]
    """What is left of the question when the words of asking are gone, in the ways in which it may be recorded."""


def sought(text: str) -> Sought | None:
    """What the question asks of the record; None where it asks for knowledge or advice, or of nobody."""
    if _BEYOND.search(text):
        return None
    fitting = [predicates for predicates, cue in _TOPICS if cue.search(text)]
    words = _left(text)
    if words and _OF_PATIENT.search(text) is None and _LAST.search(text) is None:
        return None
    family = _FAMILY.search(text) is not None
    if family:
        fitting = [("has_condition",)]
    if not fitting and not words and _ALL.search(text):
        fitting = [tuple(name for predicates, _ in _TOPICS for name in predicates if name != "has_measurement")]
    if not fitting and not words:
        return None
    return Sought(
        predicates=fitting[0] if fitting else (),
        family=family,
        vaccines=_VACCINE.search(text) is not None,
        series=_SERIES.search(text) is not None,
        words=words,
    )


def _left(text: str) -> tuple[tuple[str, ...], ...]:
    if is_chinese(text):
        rest = _SAID_CHINESE.sub(" ", text).split()
        kept = [word for word in rest if len(word) > 1 or word.isascii()]
        kept = [token.norm for word in kept for token in (tokens(word) if word.isascii() else ())] + [
            word for word in kept if not word.isascii()
        ]
    else:
        kept = [token.norm for token in tokens(text) if token.norm not in _SAID and len(token.norm) > 1]
    if not kept:
        return ()
    ways = [tuple(kept)]
    other = [word for name in kept for word in _OTHER_NAMES.get(name, name).split()]
    if tuple(other) != ways[0]:
        ways.append(tuple(other))
    return tuple(ways)


def is_named(names: Sequence[str], text: str, seeking: Sought) -> bool:
    """Whether one of these names of a thing is what the question asks about."""
    asked = {token.norm for token in tokens(text)}
    for name in names:
        if is_chinese(name) and name in text:
            return True
        words = [token.norm for token in tokens(name)]
        if any(all(_has(words, name, word) for word in way) for way in seeking.words):
            return True
        if words and all(word in asked for word in words) and not set(words) <= _SAID:
            return True
    return False


def _has(words: Sequence[str], name: str, word: str) -> bool:
    return word in words or (not word.isascii() and word in name)
