"""Wordings that settle what a question is about, whatever else its words are near to: `can this be cured`, 还有救吗."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.asked.rules import types_of
from qa.model import AskedEntity

_FLAGS = re.IGNORECASE
_OUTLOOK = re.compile(
    r"\b(?:can|could|will|would) (?:this|that|it|he|she|they|we|i|(?:the|my|our|his|her) \w+) "
    r"(?:ever |still |fully |really )?(?:be cured|recover|get better|go away|survive|heal|come back)\b|"
    r"\bis (?:this|that|it|he|she) (?:still |ever )?(?:curable|terminal|fatal|deadly)\b|"
    r"\bhow long (?:do|does|will|can|could|might|has|have) (?:\w+ ){1,5}?(?:live|survive|left|got)\b|"
    r"\bis there (?:any|still) hope\b|\bgoing to die\b|"
    r"没救|有救|治得好|能治好|治得了|能不能治好|能活(?:多久|几年|多少)|活多久|还能活|会不会死|会死吗|是绝症|是不是绝症",
    _FLAGS,
)
_INHERITED_RISKS = re.compile(
    r"\b(?:inherited|hereditary|genetic|familial) (?:\w+ )?(?:conditions?|diseases?|disorders?|syndromes?)\b"
    r"[^?.]{0,40}\b(?:risk|predispos\w+|rais\w+|increas\w+|more likely|prone)|"
    r"\b(?:risk|predispos\w+)\b[^?.]{0,60}\b(?:inherited|hereditary|genetic|familial) "
    r"(?:conditions?|diseases?|disorders?|syndromes?)\b|"
    r"(?:遗传(?:性)?(?:疾?病|综合征|疾患)|家族性(?:疾?病|综合征))[^？。]{0,12}(?:风险|易患|易得|增加|容易(?:得|患))",
    _FLAGS,
)
_WATCHED_FOR = re.compile(
    r"\b(?:watch(?:ing|ed)?(?: out)?|look(?:ing)? out|keep (?:an eye|looking|watching)|on the lookout|surveillance|"
    r"screen(?:ed|ing)?) (?:out )?(?:for|on)\b|\b(?:complications?|problems?) (?:should|must|do|to) (?:\w+ )?"
    r"(?:watch|look|check|monitor)|(?:要|需要|应该|应|得)(?:一直|长期|定期|特别|持续)?(?:警惕|留意|盯着|随访|筛查|复查)",
    _FLAGS,
)
_ELSE_WHICH_DRUGS = re.compile(
    r"\bif not\b[^?.]{0,20}\b(?:which|what) (?:other )?(?:drugs?|medicines?|treatments?|else)\b|"
    r"\b(?:which|what) (?:drugs?|medicines?|treatments?)\b[^?.]{0,30}\binstead\b|"
    r"(?:如果|要是|若)?(?:不能|不行|没用|无效|不用)(?:的话)?[，,]?(?:那么?|该|应该|要|又)*(?:用|吃|换)(?:什么|哪些|哪种)药",
    _FLAGS,
)
_CONCERN = re.compile(
    r"\b(?:safety )?(?:concerns?|worr(?:y|ies)|warnings?)\b[^?.]{0,20}\b(?:was|were|has been|have been|did)\b|"
    r"\b(?:was|were) (?:\w+ )?(?:concerns?|warnings?)\b|"
    r"(?:提出|报告|发现)(?:了|过)?(?:什么|哪些)(?:安全|担忧|顾虑|隐患)|"
    r"(?:什么|哪些)(?:安全(?:性)?)(?:问题|担忧|顾虑|隐患)",
    _FLAGS,
)
_ONSET_OF_ACTION = re.compile(
    r"\bhow (?:long|soon|fast|quickly|many (?:hours|days|weeks))\b[^?.]{0,40}\b(?:works?|working|kicks? in|effect|"
    r"feel (?:better|something|a difference|it)|see (?:results|a difference|improvement)|helps?|start(?:s|ing)? to)\b|"
    r"\bwhen (?:does|do|will|would|should) (?:\w+ ){1,4}?(?:start|begin|work|kick in|help)\b|"
    r"(?:多久|多长时间|几天|几周|几个星期|什么时候|多快)(?:才|能|可以|会|开始)*(?:起效|见效|起作用|有效|有效果|生效|管用)",
    _FLAGS,
)
_KIDNEY = re.compile(
    r"\be?gfr\s*(?:is|of|was|=|:|<|<=|only|just|about|around|dropped|fell|down|to|at|里|只有|只|才|有|是|为|降到|降至|：|≤|了)"
    r"*\s*(?:of |to |at )?\d",
    _FLAGS,
)
_TAKEN = re.compile(
    r"\b(?:can|could|may|should|safe|ok(?:ay)?|continue|keep|still|stop|use|take|start|give)\b|"
    r"能吃|能用|可以|还能|能不能|可否|行吗|吃吗|用吗|停药|要停",
    _FLAGS,
)


def steered(text: str, intents: Sequence[str], entities: Sequence[AskedEntity]) -> tuple[str, ...]:
    """The topics of a question, most likely first; what its wording settles stands before what is only likely."""
    settled = _settled(text, intents[0] if intents else "", types_of(entities))
    return tuple(dict.fromkeys((settled, *intents))) if settled else tuple(intents)


def without_kidney(text: str, asked: Sequence[AskedEntity]) -> tuple[AskedEntity, ...]:
    """What is asked, without the gene EGFR where the text tells by a number how well kidneys filter."""
    if _KIDNEY.search(text) is None:
        return tuple(asked)
    return tuple(one for one in asked if one.type != "Gene" or one.surface.casefold() not in ("egfr", "gfr"))


@dataclass(frozen=True, slots=True)
class _Wording:
    """What settles a topic where one of `likely` would be taken: `drug` and `ill` say what is to be named."""

    cue: re.Pattern[str]
    topic: str
    likely: frozenset[str]
    drug: bool
    ill: bool = False
    beside: re.Pattern[str] | None = None
    """What has to stand there, too."""

    def settles(self, text: str, likely: str, types: set[str]) -> bool:
        """Whether it does for a question that names these types."""
        if likely not in self.likely or self.drug != ("Drug" in types):
            return False
        if self.ill and not {"Disease", "Phenotype"} & types:
            return False
        return self.cue.search(text) is not None and (self.beside is None or self.beside.search(text) is not None)


def _wording(
    cue: re.Pattern[str], topic: str, likely: str, drug: bool, ill: bool, beside: re.Pattern[str] | None = None
) -> _Wording:
    return _Wording(cue, topic, frozenset(likely.split()), drug, ill, beside)


_WORDINGS = (
    _wording(_ONSET_OF_ACTION, "advice", "dose general vague mechanism study", True, False),
    _wording(_KIDNEY, "contraindication", "genotype gene general vague", True, False, _TAKEN),
    _wording(_CONCERN, "study", "interaction", True, False),
    _wording(_ELSE_WHICH_DRUGS, "treatment", "contraindication general indication study", False, True),
    _wording(_ELSE_WHICH_DRUGS, "treatment", "contraindication general indication study", True, True),
    _wording(_INHERITED_RISKS, "cause", "inheritance gene general", False, True),
    _wording(_WATCHED_FOR, "monitoring", "workup diagnosis general prognosis", False, True),
    _wording(_OUTLOOK, "prognosis", "diagnosis inheritance general vague out_of_scope", False, False),
)


def _settled(text: str, likely: str, types: set[str]) -> str:
    """The topic that a wording settles; empty where none does."""
    return next((one.topic for one in _WORDINGS if one.settles(text, likely, types)), "")
