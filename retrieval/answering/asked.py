"""What a question wants to know: its words, and of what kind its answer is. Pure functions, English and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass

from text.names import is_chinese
from text.words import content_words, stemmed

_KINDS = {
    "number": r"\bhow (?:many|much|often|long|large|big|common|frequent|soon|quickly|fast|old|far|high|low|"
    r"late|early|heavy|tall|wide|deep|thick|small|strong)\b|"
    r"\b(?:what|which) (?:\w+ ){0,2}?(?:percent(?:age)?|proportion|fraction|share|rate|number|dose|dosage|age|level|"
    r"odds|risk|prevalence|incidence|mortality|length|duration|sensitivity|specificity|cut-?off|threshold|range)\b|"
    r"\b(?:rates?|percent(?:age)?|proportion|median|incidence|prevalence|odds ratio|hazard ratio|dose|"
    r"cut-?off) (?:of|in|"
    r"for|after|with)\b|\bpercent(?:age)?\b|%|"
    r"多少|几(?!乎|种|类|项|个月?大)|百分之|比例|[率](?:是|为|有|$|？|\?)|多久|多长|多大|几率|概率",
    "percent": r"\bpercent(?:age)?\b|\bproportion\b|\bfraction\b|\bshare\b|(?<!heart )(?<!pulse )"
    r"(?<!flow )(?<!filtration )\brates?\b|\bprevalence\b|\bincidence\b|"
    r"\bhow (?:common|often|frequent)|%|百分之|比例|率|占",
    "time": r"\bhow (?:long|soon|quickly|fast|late|early)\b|\bwhen\b|\bhow many (?:hours|days|weeks|months|"
    r"years|minutes)|"
    r"\bduration\b|\btime to\b|\bhow .{0,12}\b(?:earlier|later|sooner)\b|多久|多长时间|何时|什么时候|"
    r"多少(?:小时|天|周|月|年)|起效",
    "whether": r"(?:^|[.;!?,:]\s*)\W*(?:do|does|did|can|could|is|are|was|were|will|would|may|might|has|have|"
    r"should|must)\b"
    r"|吗|是否|会不会|能不能|是不是|能否|可不可以|有没有",
    "why": r"\bwhy\b|\bcauses?\b|\breasons?\b|\bbecause\b|\bexplain|\bhow come\b|为什么|为何|原因|病因|怎么会",
    "how": r"\bhow (?:do|does|did|is|are|was|were|can|could|should|to)\b|\bmechanism|\bby what\b|\bpathway\b|"
    r"如何|怎样|怎么|机制|途径|通过什么",
    "compared": r"\b(?:better|worse|more|less|fewer|higher|lower|greater|smaller|superior|inferior|faster|"
    r"slower|stronger|"
    r"weaker|safer|than|versus|vs|compared?|comparison|differ(?:ent|ence)?s?|beat|as good as|equal(?:ly)?|most|"
    r"least|best|"
    r"worst|strongest|highest|lowest)\b|比|较|优于|差异|区别|不同|最|相当|还是",
    "effect": r"\b(?:effects?|affects?|change[sd]?|reduce[sd]?|lower(?:s|ed)?|raise[sd]?|increase[sd]?|"
    r"decrease[sd]?|improve[sd]?|"
    r"help(?:s|ed)?|prevent(?:s|ed)?|happens?|impact|influence[sd]?|response)\b|影响|作用|效果|降低|升高|改善|"
    r"减少|增加|预防|变化",
    "which": r"\b(?:which|what|who|whom|whose|where)\b|哪|什么|谁|何种",
    "dose": r"\bdos(?:e|es|age|ing)\b|\bhow much\b|剂量|用量|多少毫克|多少mg",
    "method": r"\b(?:eligib|inclusion|criteria|recruit|enrol|design|protocol|primary (?:end|out)|main outcome|"
    r"scale|questionnaire|planned?|took part|finished|participated|follow(?:ed)?[- ]up)|"
    r"\bhow (?:was|were|is|are) .{1,80}"
    r"\b(?:measured|defined|assessed|diagnosed|trained|removed|made|done|given|performed|recorded|checked|selected|"
    r"chosen|divided|tested|grouped)\b|\b(?:how long|how often|length|duration)\b"
    r".{1,60}\b(?:sessions?|tutorial|training|"
    r"programme|program|course|trial|study|treatment|intervention|exercises?|stay)\b|"
    r"\bdose\b.{1,40}\b(?:used|given|tested)\b|\bmeasured\b|标准|入选|纳入|方案|设计|方法|量表|主要结局",
    "harm": r"\b(?:side[- ]effects?|adverse|toxic|harm|safe(?:ty|r)?|contra-?indicat|danger)|不良反应|"
    r"副作用|毒性|安全|禁忌",
}
_FOUND = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _KINDS.items()}
KINDS = (*_KINDS, "keywords")
"""What a question may want; several hold at once. `keywords` is a search without a verb or question word."""

_ASKING = stemmed(
    "question ask tell know find mean happen many much long often percentage percent proportion fraction share "
    "number main way kind type sort get give show say used use using actually really likely still just people person "
    "patient patients study trial evidence according report reported"
)
"""Words that ask, and words that are in every text of medicine: they tell no sentence from another."""
_NUMERALS = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """`text` as asked; `words` its content words in order, by stem, without those that only ask; `numbers` as written;
    `kinds` of `KINDS`; `chinese` says whether it is asked in Chinese."""

    text: str
    words: tuple[str, ...]
    numbers: frozenset[str]
    kinds: frozenset[str]
    chinese: bool


def asked(question: str, english: str = "") -> Asked:
    """What `question` asks; `english` are English words for a Chinese one, which count as words of it."""
    kinds = {kind for kind, pattern in _FOUND.items() if pattern.search(question)}
    if not kinds & {"whether", "why", "how", "which"} and not re.search(r"\bhow\b|\bwhen\b|[?？]", question):
        kinds.add("keywords")
    if kinds & {"which", "why", "how"}:
        kinds.discard("whether")
    every = dict.fromkeys((*content_words(question), *content_words(english)))
    words = tuple(word for word in every if word not in _ASKING) or tuple(every)
    numbers = frozenset(_NUMERALS.findall(question)) | frozenset(_NUMERALS.findall(english))
    return Asked(question, words, numbers, frozenset(kinds), is_chinese(question))
