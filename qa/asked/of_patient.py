"""What a question about a patient asks: facts, values, a drug, what changed, a summary, or options of treatment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from qa.asked.chart import PERSON, Sought, leftover, sought
from qa.asked.measures import Measure, measures_in
from qa.asked.since import Since, since_in
from qa.asked.whether import asks_whether
from qa.model import AskedEntity

Kind = Literal["facts", "value", "drug", "changes", "summary", "results", "options"]
Want = Literal["last", "first", "trend", "highest", "lowest", "judged"]
EARLIER = 3
"""Turns before this one in which what it leaves out is looked for."""


@dataclass(frozen=True, slots=True)
class PatientAsked:
    """What is asked of a record; only what belongs to `kind` is set."""

    kind: Kind
    facts: Sought | None = None
    measures: tuple[Measure, ...] = ()
    want: Want = "last"
    direction: Literal["", "high", "low"] = ""
    """Of `judged`: which side is asked about; empty where either is."""
    since: Since = field(default_factory=Since)
    drugs: tuple[str, ...] = ()
    """The surfaces of the drugs asked about."""
    dose: bool = False
    """Whether it asks in so many words how much is taken."""


_SUMMARY = re.compile(
    r"\bsummar\w+|\boverview\b|\bhand-?(?:over|off)\b|\bsign-?out\b|\bbrief (?:me|us)\b|\bsynopsis\b|\brecap\b|\bgist\b"
    r"|\btell me (?:all |everything )?about (?:this|the|my|our|him|her|them)\b|\bwho is (?:this|the) patient\b"
    r"|\bwhat (?:do we|should i|do i need to) know about (?:this|the|him|her|them)\b|\bclinical picture\b|\bprofile\b"
    r"|\bwhat['’]?s going on with (?:this|the|him|her)\b|\bhow (?:is|are|was) (?:this|the|my|our|he|she|"
    r"they)\b[^?]{0,24}\b"
    r"(?:doing|getting on|today|now)\b"
    r"|概括|总结|小结|摘要|概述|概况|概要|汇总|病历(?:情况|内容)?$|交班|介绍一?下|病人(?:的)?(?:基本)?情况|"
    r"患者(?:的)?(?:基本)?情况"
    r"|(?:他|她)(?:的)?(?:基本|整体|总体|身体|病情)情况|整体情况|病情",
    re.IGNORECASE,
)
_RESULTS = re.compile(
    r"\b(?:labs?|lab(?:oratory)? (?:results|values|tests)|(?:test|blood) results|results|bloods?|vitals?|vital signs|"
    r"measurements|values)\b|检[查验]结果|化验(?:结果|单)?|检验|(?:检查|指标)(?:有)?(?:异常|正常)|哪些检查|哪些指标|生命体征",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:what|anything|any|something|which)\b[^?.]{0,30}\b(?:chang\w+|new|differ\w+|happened|developed)\b"
    r"|\bchang\w+ since\b|\bsince\b[^?.]*\b(?:chang\w+|new)\b|\bany(?:thing)? new\b|\bupdates?\b|\bchanges\b"
    r"|变化|改变|新增|新的|有什么新|有何新|发生了什么|不同",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:last|latest|most recent|recent|current\w*|now|newest|today|what (?:is|was|are|were)|what['’]s|how much|"
    r"check|show|give|read|tell)\b|最近|上次|最新|最后|目前|现在|当前|多少|是几|值|查",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:first|earliest|initial|baseline)\b|首次|第一次|最早|最初|基线", re.IGNORECASE)
_TREND = re.compile(
    r"\b(?:trends?|trending|over time|over the years|course|progress\w*|history|histories|series|all|values|readings|"
    r"results|graph|chang\w+|compar\w+|improv\w+|wors\w+|rising|rise|rose|falling|fall|fell|increas\w+|decreas\w+|"
    r"risen|fallen|gone (?:up|down)|going (?:up|down)|went (?:up|down)|better|developed|stable|evol\w+|"
    r"(?:higher|lower) than (?:before|last|the))\b"
    r"|趋势|走势|变化|历次|历年|升了|降了|升高了|降低了|下降|上升|好转|恶化|波动|比(?:上|去|之前|以前|前)|这几年|"
    r"近几年|稳定|有没有(?:升|降)"
    r"|所有|全部",
    re.IGNORECASE,
)
_HIGHEST = re.compile(
    r"\b(?:highest|max\w*|peak\w*|worst|top|greatest|largest|heaviest)\b|最高(?!血压)|峰值|最大|最重", re.IGNORECASE
)
_LOWEST = re.compile(
    r"\b(?:lowest|min(?:imum|imal)?|nadir|smallest|least|lightest)\b|最低|最小|谷值|最轻", re.IGNORECASE
)
_HIGH = re.compile(
    r"\b(?:high|raised|elevated|too (?:high|much)|increased|hyper\w+)\b|高(?!血压|压|密度)|偏高", re.IGNORECASE
)
_LOW = re.compile(
    r"\b(?:low|reduced|too (?:low|little)|decreased|hypo\w+|impaired|poor)\b|低(?!密度|压)|偏低|差", re.IGNORECASE
)
_JUDGED = re.compile(
    r"\b(?:normal|abnormal|in range|out of range|within (?:the )?(?:normal |reference )?(?:range|limits)|ok|okay|fine|"
    r"good|bad|concerning|controlled|under control|healthy|acceptable)\b|正常|异常|超标|达标|控制得|好吗|好不好|"
    r"参考范围",
    re.IGNORECASE,
)
_KNOWLEDGE = re.compile(
    r"\b(?:normal|reference|target) (?:range|value|level|limit)s? (?:of|for)\b|\bwhat (?:is|are) (?:a |the )?(?:normal|"
    r"target|healthy)\b|\bwhat does\b.*\bmean\b|\bcauses? of\b|\bwhat causes\b|\bhow (?:to|do you|can i|"
    r"can we) (?:lower|"
    r"raise|reduce|treat|measure)\b|\bside effects?\b|\bwhat is (?:an? )?(?:[\w-]+)\?$|正常值|正常范围|参考值|"
    r"是什么意思|什么原因|怎么降"
    r"|如何降|是什么[？?]?$",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"\b(?:can|could|may|might|should|shall|must|would|ok|okay|alright|all right|safe|safely|allowed|fine|suitable|"
    r"advisable|appropriate|good idea|bad idea|reasons? (?:not|against|why not)|any (?:reason|problem|issue|concern|"
    r"risk|"
    r"objection|contraindication)s?|contra-?indicat\w+|avoid|start|give|add|prescribe|offer|try|tolerate|switch to|"
    r"problem (?:with|if)|risk (?:with|if|of giving))\b"
    r"|能(?!力)|可以|可否|适合|适用|安全|禁忌|行吗|行不行|合适|加用|要不要|开(?:点|个|一)?|该不该|给[他她]|用得|"
    r"吃得|好不好",
    re.IGNORECASE,
)
_WHICH_DRUG = re.compile(
    r"\b(?:instead|alternatives?|which|what (?:drug|medicine|dose|dosage|else)|how much|how many)\b|^\W*what\b|替代|"
    r"哪[种些个]|什么药|"
    r"代替|换成什么|多少|剂量",
    re.IGNORECASE,
)
_TAKE = re.compile(
    r"\b(?:take|taking|start|give|have|supplement\w*|use|tablets?|pills?|infusion)\b|吃|服|补|用药|输", re.IGNORECASE
)
_MEDICINES = re.compile(
    r"\b(?:tablets?|pills?|meds|medic(?:ines?|ations?)|drugs?|treated|treatment)\b|"
    r"\b(?:on|taking) (?:anything|something) for\b|药",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\binteract\w*|\btogether\b|\bcombin\w+|相互作用|一起|同时|合用|联用", re.IGNORECASE)
_OPTIONS = re.compile(
    r"\b(?:treatment|therapy|therapeutic|management|care|drug|medication) (?:options?|plans?|choices?|strateg\w+|"
    r"recommendations?|alternatives)\b|\b(?:personal\w*|individual\w*|tailored|custom\w*) (?:\w+ )?(?:plan|"
    r"treatment|therapy|"
    r"advice|recommendations?|care)\b|\b(?:plan|options?|advice|recommend\w*|suggest\w*)\b[^?.]*\bfor (?:this|the|"
    r"my|our|him|her|"
    r"them|patient)\b|\bhow (?:should|can|could|do|would) (?:i|we|you|one)?\s*(?:best )?(?:treat|manage|control|help)\b"
    r"|\bhow (?:should|can|could) (?:this|the|his|her|their|he|she|they|my)\b[^?.]*\b(?:treated|managed|controlled)\b"
    r"|\bwhat (?:should|can|could|would) (?:i|we|you|be|he|she|they|this patient|the patient)\b[^?.]*\b(?:give|"
    r"given|prescribe|"
    r"prescribed|take|start|started|offer|treat|do|done|recommend\w*|use)\b|\bwhich (?:drugs?|medicines?|"
    r"treatments?)\b[^?.]*"
    r"\b(?:best|suit\w*|should|for (?:this|the|him|her)|can)\b|\bwhat treats?\b|\btreat(?:ed|ment)? (?:of|"
    r"for) (?:his|her|their|"
    r"the patient)|\blifestyle\b"
    r"|治疗方案|治疗计划|个体化|个性化|治疗建议|用药建议|用药方案|诊疗方案|制定|该怎么(?:治|办|控制|处理|用药)|"
    r"怎么治|如何治|应该(?:用|吃|怎么)"
    r"|有(?:哪些|什么)治疗|治疗选择|推荐(?:什么|哪)|选(?:什么|哪)|给[他她](?:用|开)(?:什么|哪)|生活方式|怎样(?:治|"
    r"管理)|如何(?:管理|控制)",
    re.IGNORECASE,
)
_DOSE = re.compile(r"\bdos(?:e|es|age|ages|ing)\b|\bhow much\b|\bstrengths?\b|剂量|用量|多少毫克|用法", re.IGNORECASE)


def asked_of_patient(
    text: str, entities: Sequence[AskedEntity], drugs: Sequence[str], earlier: Sequence[str] = ()
) -> PatientAsked | None:
    """What the question asks of the patient it is about; None where it asks for knowledge and nothing of the patient.

    `drugs` are the surfaces of the drugs that it names, `earlier` the turns before it.
    """
    asking = _asking(text, entities, drugs)
    if _KNOWLEDGE.search(text) and not asking.person:
        return None
    if _summarises(asking):
        return PatientAsked("summary")
    if _asks_whether_it_may_be_taken(asking):
        return PatientAsked("drug", drugs=asking.drugs)
    if _OPTIONS.search(text) and asking.person and not asking.drugs:
        return PatientAsked("options")
    since = since_in(text)
    own = asking.person or not leftover(text)
    if own and _RESULTS.search(text) and not asking.measures and not asking.drugs:
        return PatientAsked("results", since=since)
    if value := _value(asking, since, earlier):
        return value
    if _CHANGED.search(text) and not asking.drugs and (own or since):
        return PatientAsked("changes", since=since)
    return _facts(text, entities, since)


def _facts(text: str, entities: Sequence[AskedEntity], since: Since) -> PatientAsked | None:
    facts = sought(text, tuple(dict.fromkeys(entity.surface for entity in entities)))
    return PatientAsked("facts", facts=facts, since=since, dose=_DOSE.search(text) is not None) if facts else None


@dataclass(frozen=True, slots=True)
class _Asking:
    """A question as it is looked through: whether a person is meant, the measures it names, the drugs that are none of
    these, and whether a disease or a finding is named beside them."""

    text: str
    person: bool
    measured: tuple[str, ...]
    measures: tuple[Measure, ...]
    drugs: tuple[str, ...]
    ill: bool


def _asking(text: str, entities: Sequence[AskedEntity], drugs: Sequence[str]) -> _Asking:
    spans = measures_in(text)
    measured = tuple(text[one.start : one.end] for one in spans)
    inside = {
        surface for surface in {*drugs, *(e.surface for e in entities)} if any(surface in one for one in measured)
    }
    taken = _TAKE.search(text) is not None and _LAST.search(text) is None
    return _Asking(
        text=text,
        person=PERSON.search(text) is not None,
        measured=measured,
        measures=tuple(dict.fromkeys(one.measure for one in spans)),
        drugs=tuple(surface for surface in drugs if surface not in inside or taken),
        ill=any(e.surface not in inside and e.type in ("Disease", "Phenotype", "Gene") for e in entities),
    )


def _summarises(asking: _Asking) -> bool:
    if asking.drugs or asking.ill or _SUMMARY.search(asking.text) is None:
        return False
    return asking.person or not leftover(asking.text)


def _asks_whether_it_may_be_taken(asking: _Asking) -> bool:
    """Whether a drug is weighed for the patient, not told of in general nor looked for in the record."""
    text, drugs = asking.text, asking.drugs
    if not drugs or _WHICH_DRUG.search(text) or (_TOGETHER.search(text) and len(set(drugs)) > 1):
        return False
    if _MAY.search(text):
        return asking.person or not asking.ill
    return not asking.person and not leftover(text, drugs) and sought(text) is None


def _value(asking: _Asking, since: Since, earlier: Sequence[str]) -> PatientAsked | None:
    """The value of the measure that is named, or that an earlier turn named where this one asks on."""
    text, measures = asking.text, asking.measures
    want, direction = _want(text)
    if measures and (_MEDICINES.search(text) or (not asking.person and leftover(text, asking.measured))):
        return None
    if not measures:
        carried = next((found for turn in reversed(earlier[-EARLIER:]) if (found := measures_in(turn))), None)
        if carried is None or (want == "last" and not since) or leftover(text):
            return None
        measures = tuple(dict.fromkeys(one.measure for one in carried))
    return PatientAsked("value", measures=measures, want=want, direction=direction, since=since)


def _want(text: str) -> tuple[Want, Literal["", "high", "low"]]:
    if _HIGHEST.search(text):
        return "highest", ""
    if _LOWEST.search(text):
        return "lowest", ""
    if _TREND.search(text):
        return "trend", ""
    whether = asks_whether(text) or "吗" in text or "不" in text
    if whether and _HIGH.search(text):
        return "judged", "high"
    if whether and _LOW.search(text):
        return "judged", "low"
    if _JUDGED.search(text) and (whether or not _LAST.search(text)):
        return "judged", ""
    return ("first", "") if _FIRST.search(text) else ("last", "")
