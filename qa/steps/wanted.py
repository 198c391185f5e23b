"""What a sentence must hold to answer a question: of its topic, and a number where one is asked for. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Wanted:
    """What tells that a text is of a topic: `title` in its title or the heading of its section, `sentence` in what it
    says."""

    title: re.Pattern[str]
    sentence: re.Pattern[str]


def wanted(topic: str) -> Wanted | None:
    """What a text of this topic holds; None where the topic asks for nothing in particular."""
    return _table().get(topic)


@cache
def _table() -> dict[str, Wanted]:
    rows = Path(__file__).with_name("wanted.tsv").read_text(encoding="utf-8").splitlines()
    cells = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {
        topic: Wanted(re.compile(title, re.IGNORECASE), re.compile(sentence, re.IGNORECASE))
        for topic, title, sentence in cells
    }


_UNITS = r"mg|mgs|mcg|µg|μg|g|kg|ml|l|iu|u|units?|mmol|毫克|微克|克|毫升|升|单位|片"
_TIME = (
    r"(?:seconds?|min(?:utes?)?|hours?|hrs?|h|days?|weeks?|wks?|months?|years?|yrs?|"
    r"秒|分钟|小时|天|日|周|个?月|年)"
)
_WORDS = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|"
    r"half|third|quarter|once|twice|none"
)
_NUMBER = re.compile(
    rf"(?<![\w.])(?:\d[\d,]*(?:[.·]\d+)?)|\b(?:{_WORDS})\b|"
    rf"[一二三四五六七八九十百千两半]+(?=[个例名次天周月年小分倍片])",
    re.IGNORECASE,
)
_HOLDS = {
    "dose": re.compile(rf"\d\s*(?:{_UNITS})(?![a-z])", re.IGNORECASE),
    "share": re.compile(
        r"\d\s*(?:%|％|percent\b|per cent\b)|\b\d+ ?(?:of|out of|/|in) ?(?:the |every )?\d+|\b(?:1|one) in\b|百分之|"
        r"\bper \d|\d+ (?:per|of) |\d (?:million|thousand)\b|\bhalf\b|\bthird\b|\bquarter\b",
        re.IGNORECASE,
    ),
    "time": re.compile(
        rf"(?:\d|\b(?:{_WORDS}))[\s-]*(?:to \d+ )?{_TIME}|[一二三四五六七八九十两半]+个?{_TIME}", re.IGNORECASE
    ),
}  # fmt: skip
_ASKS = {
    "dose": re.compile(
        r"\bdos(?:e|es|age|ages|ing)\b|\bhow much (?:of )?(?:the |a )?\w+ (?:per|was|is|should|can|may|to)\b|"
        r"\bhow many m[cg]g?\b"
        r"|\bmaximum (?:daily )?(?:amount|dose)|(?<![大小低高中])剂量|用量|多少(?:毫克|毫升|片|粒|mg|ml)|"
        r"几(?:毫克|毫升|片|粒)|"
        r"从多少开始|最大用到|(?:吃|用|喝|打)多少",
        re.IGNORECASE,
    ),
    "share": re.compile(
        r"\bpercent(?:age)?\b|\bper cent\b|\bproportion\b|\bfraction\b|\bincidence\b|\bprevalence\b|\b(?:conversion|"
        r"response|eradication|success|mortality|survival|recurrence|relapse|annual) rate\b|\bsensitivity\b|"
        r"\bspecificity\b|"
        r"百分之|比例|患病率|发病率|发生率|有效率|治愈率|死亡率|复发率|生存率|存活率|"
        r"敏感[度性]|特异[度性]",
        re.IGNORECASE,
    ),
    "time": re.compile(
        r"\bhow (?:long|soon|quickly)\b|\bduration\b|\bover what time\b|\bhow many (?:hours|days|weeks|months|"
        r"years)\b|"
        r"多久|多长时间|疗程|几天|几周|几个月|几年|多少(?:小时|天|周|个?月|年)",
        re.IGNORECASE,
    ),
    "number": re.compile(
        r"\bhow (?:many|much|often)\b|\bwhat (?:number|rate|value|level|score)\b|\brate at which\b|"
        r"\bone in how many\b|"
        r"\bby how\b|多少|几(?:个|例|名|次|分|倍)",
        re.IGNORECASE,
    ),
}  # fmt: skip
_COMPARED = re.compile(r"\bhow (?:often|much) (?:more|less|better|worse)\b", re.IGNORECASE)


def number_asked(question: str) -> str:
    """Which kind of number a question asks for: `dose`, `share`, `time`, `number`; empty where it asks for none."""
    return next((kind for kind, asks in _ASKS.items() if asks.search(question)), "")


def holds_number(sentence: str, kind: str, question: str) -> bool:
    """Whether a sentence holds a number of the kind asked for that the question does not hold already."""
    told = {match.group() for match in _NUMBER.finditer(question)}
    bare = "".join(
        part if part.strip() not in told else " " * len(part) for part in re.split(r"(\d[\d,]*(?:[.·]\d+)?)", sentence)
    )
    fits = _HOLDS.get(kind)
    return _NUMBER.search(bare) is not None if fits is None else fits.search(bare) is not None


_PLANNED = re.compile(
    r"\bwill (?:be|have|receive|undergo|take|last|cover|include|allow|provide|assess|compare|evaluate|use)\b|"
    r"\bwould be (?:needed|required)\b|\b(?:is|are) (?:planned|expected to be)\b|\bprotocol (?:of|for)\b|"
    r"\bto detect (?:such )?a difference\b|\b(?:sample size|power) (?:calculation|of)\b|\bassuming (?:a|an)\b|"
    r"\bthis (?:minimal )?difference\b|\brecruitment (?:was|is|will|started)|\b(?:this is the|"
    r"first) (?:first )?(?:study|"
    r"trial) to combine\b|将(?:被|会|接受|纳入|评估|采用)|拟(?:纳入|采用|招募)",
    re.IGNORECASE,
)
_ASKS_OF_A_PLAN = re.compile(
    r"\bprotocol\b|\bplan(?:s|ned)?\b|\bdesign(?:ed)?\b|\bprimary (?:outcome|end)|\bhow (?:is|was) .{0,40} "
    r"(?:designed|randomi[sz]ed)|\baims?\b|(?:研究|试验)方案|设计|计划|主要结局|目的",
    re.IGNORECASE,
)
PROTOCOL = re.compile(
    r"\bprotocol\b(?! ?\d)|\brationale\b|\bstudy design\b|\bdesign of (?:a|the)\b|研究方案|试验方案|设计(?:与|"
    r"及)方法",
    re.IGNORECASE,
)
"""The title of a document that tells how a study is to be done, not what it found."""


def planned(sentence: str) -> bool:
    """Whether a sentence tells of what a study is to do."""
    return _PLANNED.search(sentence) is not None


def asks_of_a_plan(question: str) -> bool:
    """Whether a question asks how a study is done."""
    return _ASKS_OF_A_PLAN.search(question) is not None


_WHAT_HAPPENED = re.compile(
    r"\b(?:did|was|were|had|improved?|reduced?|recovered|converted|achieved|conversion|response|result(?:s|ed)?|"
    r"found)\b|"
    r"改善了|降低了|下降了|减少了|低多少|高多少|结果|有没有(?:效|改善)",
    re.IGNORECASE,
)


def asks_what_was_found(question: str) -> bool:
    """Whether a question asks what a study found: a plan of one does not tell it."""
    return bool(number_asked(question) or _WHAT_HAPPENED.search(question)) and not asks_of_a_plan(question)
