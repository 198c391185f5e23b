"""Whether a question asks what a patient's record says, and of which kind of facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from text.names import is_chinese, tokens
from text.words import folded

PERSON = re.compile(
    r"\b(?:the|this|my|our|that) (?:\w+ )?patient\b(?! (?:with|who)\b)|\bpatient['’]s\b|\bpatient:|\bpt\b"
    r"|\b(?:he|she|his|her|hers|him|they|their|them|i|my|me)\b|(?<!其)[他她我](?!们?国)|这位|该[患病]"
    r"|(?:^|[，。,.!？?：:；; 给让对为帮请问该此本位名个结括绍述出明说看查下和与])(?:患者|病人)(?!们)",
    re.IGNORECASE,
)
"""Who is asked about, where it is one person and not people with something."""
OF_RECORD = re.compile(
    r"\b(?:the|this|that|our|which) patient\b|\bpatient['’]s\b|\bpt\b|\bbed (?:no\.? ?|number )?\w?\d+|\b(?:ward|"
    r"room) \w?\d+"
    r"|\bmrn\b|\b(?:my|his|her|their) (?:last|latest|most recent|previous|current)\b|病人|患者|\d+\s*号?床|"
    r"[我他她](?:的)?(?:上次|最近|最新)",
    re.IGNORECASE,
)
"""What can only be answered from somebody's record."""
_POLITE = re.compile(
    r"^\W*(?:(?:hi|hello|hey|ok|okay|so|and|thanks|well)\b[,!. ]*)*(?:please )?(?:can|could|would|will) you (?:please |"
    r"kindly )?|^(?:请问?|麻烦)?你?(?:能不能|能否|可以|可否|能)(?:帮我|给我|帮忙|告诉我)",
    re.IGNORECASE,
)
# What asks for knowledge or for advice, and only uses what the record says.
_BEYOND = re.compile(
    r"\binteract|\bsafe\b|\bcontra-?indicat|\b(?:can|could|should|may|might|would|must)\b|\brecommend|"
    r"\btreat(?!ed for\b)|\bcure|"
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
            r"\b(?:tak(?:e|es|ing|en)|took|medic(?:ines?|ations?)|meds|drugs?|prescri\w+|dos(?:e|age|es)|using|"
            r"tablets?|"
            r"pills?)\b|\b(?:is|was|are|am) (?:he|she|they|i|(?:the|this|my) patient) (?:\w+ )?on\b|\bwhat\b[^?]* on\?|"
            r"\bon (?:any )?\S+\?$|用药|服用|什么药|哪些药|吃药|药物|在用|使用|在吃|剂量|处方|开了?药|的药",
        ),
        (
            ("has_measurement",),
            r"\b(?:values?|levels?|results?|labs?|laboratory|measure\w*|last|latest|most recent|blood pressure|"
            r"weight|height|bmi|a1c|hba1c|tests?)\b|结果|数值|水平|检查|化验|血压|体重|身高|指标|测得|最近",
        ),
        (
            ("underwent",),
            r"\b(?:procedures?|surg\w+|operat\w+|under(?:go|went|gone)|vaccin\w*|immuni[sz]\w*|shots?|jabs?)\b|手术|"
            r"操作|"
            r"接种|疫苗|做过|打过",
        ),
        (
            ("has_condition",),
            r"\b(?:conditions?|diagnos\w+|diseases?|problems?|illness\w*|disorders?|comorbidit\w+|have|has|had|"
            r"suffer\w*|"
            r"history|treated for|wrong with)\b|患|诊断|疾病|病史|什么病|哪些病|得的?病|合并症|有|问题",
        ),
    )
)
_VACCINE = re.compile(r"\b(?:vaccin\w*|immuni[sz]\w*|shots?|jabs?)\b|接种|疫苗", re.IGNORECASE)
_NOW = re.compile(
    r"\b(?:active|current\w*|now|present(?:ly)?|ongoing|still|at the moment|today|existing)\b|目前|现在|正在|当前|"
    r"活动|现有|现患|在吃|在用",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:past|previous\w*|former\w*|prior|history|ever|resolved|stopped|discontinued|used to|had|was|were|"
    r"took)\b|既往|曾|以前|过去|病史|停用|停了|停药|得过|用过|吃过|史",
    re.IGNORECASE,
)
_PLANNED = re.compile(r"\b(?:plann?(?:ed|s)?|scheduled|upcoming|intended|care plan)\b|计划|拟|安排", re.IGNORECASE)
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
    """
    patient have has had take takes taking taken took use uses using used drug drugs medication medications medicine
    medicines meds currently current now condition conditions diagnosis diagnoses diagnosed disease diseases
    disorder disorders problem problems illness illnesses allergy allergies allergic intolerance intolerances known
    history past family last latest recent most value values level levels result results measured measurement lab
    labs laboratory undergo underwent undergone procedure procedures surgery surgeries operation operations active
    list all which what any ever receive received prescribed prescription vaccine vaccines vaccinated vaccination
    vaccinations immunization immunizations dose dosage dosages doses strength tablet tablets pill pills shots shot
    jab jabs given done existing recorded ongoing present presently know about me us tell overview summarise
    handover short brief briefly quick quickly please hi hello ok okay so thanks comorbidity comorbidities wrong
    treated stopped discontinued finished upcoming scheduled intended plan care complete full whole entire problem
    yet ago since year years month months week visit appointment time times high higher low lower up down change
    changed changes changing rise rising fall falling better worse stable improve improved improving compare
    compared normal range abnormal raised elevated highest lowest first earliest baseline maximum minimum check
    checked see look into going go gone went before after than over between new update updates anything something
    everything different happened then there it what who number numbers reading readings value come came seen saw
    controlled under control did got get getting last been being reactions reaction regular regularly usual current
    written write note noted specify specified when date suffer suffers suffering do does is are was were be the
    this that of in on to for from with and or a an he she his her him their they my i show give there much many how
    long often s still today previous previously medical surgical record records chart summary summarize mother
    father brother sister sibling siblings parent parents relative relatives who whom it by at test tests resolved
    planned possible confirmed ruled out suspected trend
    """
)
_SAID_CHINESE = re.compile(
    r"这位|该|患者|病人|他|她|我|目前|现在|正在|当前|最近一次|最近|上次|最后一次|既往|曾经|曾|有没有|有无|是否|"
    r"什么|哪些|哪种|多少|服用|"
    r"使用|用药|药物|药|过敏|患有|患|诊断|疾病|病史|家族史|家族|结果|数值|水平|检查|化验|测得|是|有|对|在|用|吃|"
    r"的|了|吗|呢|过|做|接受|手术|操作|"
    r"接种|疫苗|病|值|情况|剂量|请|列出|所有|父亲|母亲|和|与|史|趋势|走势|变化|怎么样|怎样|如何|这几年|近几年|历次|"
    r"历年|以来|之后|之前|"
    r"以前|去年|上一年|一年|两年|三年|几年|年|月|日|比|高|低|升|降|还是|正常|异常|最|第一次|首次|写|没|一下|概括|"
    r"总结|摘要|概况|介绍|汇总|"
    r"交班|小结|简短|简要|基本|整体|吃过|得过|打|针|剂|片|活动性|活动|停|新|发生|有何|都|些|多|大|小|到|从|自|起|来|呢|"
    r"啊|吧|嘛|着|多久|"
    r"什么时候|何时|时候|时间|量|合并症|问题|主要|目前|计划|安排|还|也|就|给|帮|看|查|告诉|具体|控制|得好|得|好|哪|"
    r"几|次|个|位|名|这|那|[0-9]+|"
    r"[？?。，,！!、；;：:（）()\s]"
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
    when: Literal["", "now", "past", "planned"] = ""
    """Which of the facts it asks for by when they hold; empty where it does not say."""


def sought(text: str, named: Sequence[str] = ()) -> Sought | None:
    """What the question, which names these things, asks of the record; None where it asks for knowledge or advice, or
    of nobody."""
    text = _POLITE.sub("", text)
    if _BEYOND.search(text):
        return None
    fitting = [predicates for predicates, cue in _TOPICS if cue.search(text)]
    words = _left(text, named)
    if words and PERSON.search(text) is None and _LAST.search(text) is None:
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
        when=_when(text),
    )


def _when(text: str) -> Literal["", "now", "past", "planned"]:
    if _PLANNED.search(text):
        return "planned"
    if _NOW.search(text):
        return "now"
    return "past" if _PAST.search(text) else ""


def leftover(text: str, known: Sequence[str] = ()) -> tuple[str, ...]:
    """The words of a question that are neither words of asking nor among the `known` names."""
    return next(iter(_left(_without(_POLITE.sub("", text), known))), ())


def _without(text: str, names: Sequence[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    return text


def _left(text: str, named: Sequence[str] = ()) -> tuple[tuple[str, ...], ...]:
    """The words of asking taken out; what is named stays whole, for there they may be letters of a name."""
    kept = _chinese(text, named) if is_chinese(text) else _english(text)
    if not kept:
        return ()
    ways = [tuple(kept)]
    other = [word for name in kept for word in _OTHER_NAMES.get(name, name).split()]
    if tuple(other) != ways[0]:
        ways.append(tuple(other))
    return tuple(ways)


def _chinese(text: str, named: Sequence[str]) -> list[str]:
    own = [name.casefold() for name in named if is_chinese(name) and _SAID_CHINESE.sub("", name).strip()]
    words = [word for word in _SAID_CHINESE.sub(" ", _without(text, own)).split() if len(word) > 1 or word.isascii()]
    latin = [token.norm for word in words if word.isascii() for token in tokens(word)]
    return [*(word for word in latin if word not in _SAID), *(word for word in words if not word.isascii()), *own]


def _english(text: str) -> list[str]:
    norms = [token.norm for token in tokens(text)]
    return [norm for norm in norms if norm not in _SAID and len(norm) > 1 and not norm.isdigit()]


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
