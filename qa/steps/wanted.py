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
    "life": re.compile(
        rf"(?=.*(?:\b(?:deaths?|die[sd]?|dying|live[sd]?|living|surviv\w+|life|fatal)\b|死亡|存活|生存|寿命|活到))"
        rf"(?=.*(?:\b(?:ages? (?:of )?\d|(?:\d+|(?:{_WORDS}))[\s-]*(?:to \d+ )?{_TIME}|teens|twenties|thirties|"
        r"adulthood|"
        r"childhood|infancy|normal life)|\d岁|\d\s*年|成年))",
        re.IGNORECASE | re.DOTALL,
    ),
    "whom": re.compile(
        r"\b\w+(?:ologists?|iatrists?|iatricians?)\b|\binternal medicine\b|"
        r"\b(?:family|primary care) (?:doctors?|physicians?)\b"
        r"|\b(?:\w+ )?(?:surgeons?|specialists?)\b|[\u4e00-\u9fff]{1,4}科(?!学|研)",
        re.IGNORECASE,
    ),
    "time": re.compile(
        rf"(?:\d|\b(?:{_WORDS}))[\s-]*(?:to \d+ )?{_TIME}|[一二三四五六七八九十两半]+个?{_TIME}", re.IGNORECASE
    ),
}  # fmt: skip
_ASKS = {
    "whom": re.compile(
        r"\b(?:which|what) (?:kind of |type of |sort of )?(?:departments?|clinics?|specialists?|specialty|doctors?)\b|"
        r"\bwhom? (?:should|do|can) (?:i|we|he|she) (?:see|go to|consult)\b|"
        r"[挂看去](?:的是)?(?:哪|什么|啥)(?:个|一个|种)?(?:科|门诊|医生)|哪个科",
        re.IGNORECASE,
    ),
    "life": re.compile(
        r"\bhow long (?:do|does|will|can|could|might|would) (?:\w+ ){1,5}?(?:live|survive)\b|"
        r"\blife (?:expectanc|span)\w*\b|"
        r"能活(?:多久|多长|几年|多少)|活多久|寿命",
        re.IGNORECASE,
    ),
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
    """Which kind of number a question asks for: `life` (how long one lives), `dose`, `share`, `time`, `number`; `whom`
    for who is to be seen, which is none but must be said just so; empty where it asks for none."""
    return next((kind for kind, asks in _ASKS.items() if asks.search(question)), "")


def holds_number(sentence: str, kind: str, question: str) -> bool:
    """Whether a sentence holds a number of the kind asked for that the question does not hold already."""
    told = {match.group() for match in _NUMBER.finditer(question)}
    bare = "".join(
        part if part.strip() not in told else " " * len(part) for part in re.split(r"(\d[\d,]*(?:[.·]\d+)?)", sentence)
    )
    fits = _HOLDS.get(kind)
    return _NUMBER.search(bare) is not None if fits is None else fits.search(bare) is not None


_CHILD = re.compile(
    r"\b(?:child(?:ren)?|kids?|bab(?:y|ies)|infants?|newborns?|toddlers?|p(?:a)?ediatric|my (?:son|daughter|boy|girl)|"
    r"\d+[- ](?:month|week)s?[- ]old|[1-9][- ]years?[- ]old|boys?|girls?|neonat\w+|adolescents?)\b|"
    r"儿|宝宝|小孩|孩子|女儿|闺女|娃|(?<!\d)(?:1[0-7]|[1-9])岁|个月大|月龄|学龄",
    re.IGNORECASE,
)


def of_children(text: str) -> bool:
    """Whether a text speaks of children: no dose of grown people is theirs."""
    return _CHILD.search(text) is not None


_STILL_NEEDED = re.compile(
    r"\b(?:further|more|additional|new|larger|future|long[- ]term)\b[^.]{0,80}\b(?:stud(?:y|ies)|trials?|research|"
    r"investigations?)\b[^.]{0,60}\b(?:needed|required|warranted|necessary|should)\b|"
    r"^\W*these (?:stud(?:y|ies)|trials?) should\b|(?:有待|需要?)(?:进一步|更多|大样本)[^。]{0,12}(?:研究|试验|证实)",
    re.IGNORECASE,
)


def asks_for_more_study(sentence: str) -> bool:
    """Whether a sentence only says that more studies are needed: that is not what was found."""
    return _STILL_NEEDED.search(sentence) is not None


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
    r"\bwhat happened\b|\b(?:did|was|were|had|improved?|reduced?|recovered|converted|achieved|conversion|"
    r"response|result(?:s|ed)?|"
    r"found)\b|"
    r"改善了|降低了|下降了|减少了|低多少|高多少|结果|有没有(?:效|改善)",
    re.IGNORECASE,
)


def asks_what_was_found(question: str) -> bool:
    """Whether a question asks what a study found: a plan of one does not tell it."""
    return bool(number_asked(question) or _WHAT_HAPPENED.search(question)) and not asks_of_a_plan(question)
