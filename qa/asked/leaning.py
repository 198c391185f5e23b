"""How a turn leans on earlier ones: what it leaves out, by its words alone, in English and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass

from text.names import is_chinese

_PRONOUN = {
    "en": re.compile(
        r"\b(?:its|it|them|they|their|theirs)\b|\b(?:this|that|these|those|the same|the said|such an?)"
        r" (?:drug|medicine|medication|tablet|pill|disease|disorder|condition|syndrome|gene|illness"
        r"|treatment|one)s?\b"
        r"|\bthe (?:drug|medicine|disease|condition|syndrome|gene)s?\b(?! (?:of|for|that|which|to|with|name))"
        r"|\b(?:this|that)\b(?=\s*[?.!]?$)|\b(?:does|is|can|will|would|about|of|with|for) (?:this"
        r"|that)\b(?=\s*(?:[?.!,]|$|(?:safe|for|in|with|and|or|to|dangerous|inherited|common|curable"
        r"|used)\b))",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"它们的?|它的?|(?:这|那|该)(?:个|种|类|款|味)?(?:药物?|疾?病|基因|综合征|病症|方案|东西)"
        r"|(?<!尤)(?<!极)其(?=[副不禁用治剂机症病预遗致])"
    ),
}
_ORDINAL = {
    "en": re.compile(
        r"\b(?:the )?(first|second|third|fourth|latter|former|last|other)(?: (?:one|drug|medicine|disease|option))?\b"
        r"(?=\s*(?:$|[?,.!]|one|drug|is|was|has|does|do|in|for|with|of them|instead|and|have|be|cause"
        r"|interact|safe))",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"(前者|后者|第[一二三四]个|第[一二三四]种|另一个|另外一个|另一种|最后一个)"),
}
_WHICH = {
    "en": re.compile(
        r"\b(?:which|what|who) (?:one )?of (?:them|these|those|the two|the three|both)\b|^(?:and |so "
        r"|ok |then )*which (?:one|is|has|would|works|should)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"(?:它们|这几个|这两个|这些|两个|两者|其中|上面)?(?:之中|里面?|中)?(?:哪一?(?:个|种)|谁)"
        r"(?=.{0,2}(?:更|最|比较|便宜|安全|好|强|快|适合))"
    ),
}
_CORRECTION = {
    "en": re.compile(
        r"^(?:sorry|oops|no+|nope|actually|wait|typo|correction|i mean)\b.{0,20}?(?:meant?|,|:| not |-)"
        r"|\bi meant?\b|\bi'm asking about\b|\bnot \w+,? (?:but )?i mean",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"打错|说错|写错|不是.{0,12}(?:，|,|。|是)|我(?:是说|说的是|问的是|指的是)|^(?:不|不对|错了)[，,。]|更正"
    ),
}
_WHY = {
    "en": re.compile(
        r"^(?:and |but |so |ok |then )*(?:why(?: (?:not|is that|so|that))?|how so|how come"
        r"|what makes you say that)\W*$",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"^(?:那|请问|但是?)?(?:为什么呢?|为啥呢?|怎么会|什么原因|原因呢|怎么讲)\W*$"),
}
_SHORT = {
    "en": re.compile(
        r"^(?:and|or|but|ok(?:ay)?|so|then|well)?[, ]*(?:what about|how about|and|or|also"
        r"|what if)[, ]+(?:with |in |for |during |by |at |on |if )?(?P<rest>[^?]{1,60})\??$|^(?:and"
        r"|or) (?P<also>[^?]{1,50})\?$|^(?P<bare>[^?,]{1,40}) (?:instead|alone|too)\?$",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"^(?:那么?|还有|如果|要是|换成|改成|那要是|那如果)*(?P<rest>[^，。？?]{1,14}?)(?:的话)?呢?[？?]?$"
    ),
}
_OPENS = {
    "en": re.compile(
        r"^(?:and|but|so|then|ok(?:ay)?|also|or|how long|how often|how much|how soon|how common|is there"
        r"|are there|any|does|do|can|could|should|would|what (?:is|are|was) the|which one|when|where|who"
        r"|what about|how about|how)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"^(?:那|还|也|能|可以|会|要|需要|有没有|怎么|比|多久|多少|为什么|什么时候|吃|用|是|预后|会不会|能不能)"
        r"|呢[？?]?$|还能|那[会能要是]"
    ),
}
_WHOLE_VERB = re.compile(
    r"\b(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|treat|treats|cause|causes|help|interact|"
    r"what|which|how|why|who|when|where)\b", re.IGNORECASE,
)  # fmt: skip
_GOES_ON = re.compile(r"\bstill\b|^(?:and|then|so)\b|\bthen\W*$|还能|还可以|还要|^那", re.IGNORECASE)
_BY_ITSELF = re.compile(r"\b(?:alone|only|by itself|on its own)\b|单用|单独|单药", re.IGNORECASE)
_CHINESE_VERB = re.compile(r"[能会吃用要]|可以|怎么|多久|什么|哪|是|吗|有没有")
_PLACES = {"first": 0, "former": 0, "second": 1, "third": 2, "fourth": 3, "latter": -1, "last": -1, "other": -2,
           "前者": 0, "后者": -1, "第一个": 0, "第二个": 1, "第三个": 2, "第四个": 3, "第一种": 0, "第二种": 1,
           "第三种": 2, "第四种": 3, "最后一个": -1, "另一个": -2, "另外一个": -2, "另一种": -2}  # fmt: skip
OTHER = -2
"""The place of `the other one`: of two, that which was asked of least lately."""
_OF_DRUGS = re.compile(
    r"\b(?:take|taking|took|use|using|dose|dosage|side effects?|adverse|contraindicat\w*|interact\w*"
    r"|stop|prescrib\w*|"
    r"overdose|pill|tablet|drug|medicine|half-life|give|safe|alternatives?|work|mechanism|antidote|monitor\w*)\b"
    r"|吃|服|用药|剂量|副作用|不良反应|禁忌|相互作用|停药|药|能用|起效|机制|代替|解毒|监测", re.IGNORECASE,
)  # fmt: skip
_OF_DISEASES = re.compile(
    r"\b(?:inherit\w*|hereditary|genes?|symptoms?|signs?|treat(?:ed|ment)?|cured?|prognosis|diagnos\w*|contagious|"
    r"prevent\w*|prevalence|common|disease|condition|tests? for|cause[sd]?|risk factors?|complications?)\b"
    r"|遗传|基因|症状|怎么治|治疗|治愈|预后|诊断|传染|预防|发病|病因|并发症|患病", re.IGNORECASE,
)  # fmt: skip
_FOR = re.compile(
    r"\b(?P<en>pregnan\w*|breast-?feeding|lactation|nursing|children|child|kids?|infants?|babies|toddlers?|elderly|"
    r"older (?:people|adults)|old people|kidney (?:disease|failure)|renal (?:failure|impairment|disease)|"
    r"liver (?:disease|failure)|hepatic (?:failure|impairment)|men|women|adults|teenagers|dialysis)\b"
    r"|(?P<zh>孕妇|怀孕|妊娠|孕期|哺乳期?|喂奶|儿童|小孩|孩子|婴儿|宝宝|老年人|老人|肾功能不全|肾不好|肝功能不全|"
    r"肝不好|透析|女性|男性|成人)",
    re.IGNORECASE,
)
_BY = {"pregnan": "pregnancy", "breast": "breastfeeding", "nursing": "breastfeeding"}
_I_HAVE = re.compile(
    r"\b(?:i|i've|my|he|she|we) (?:\w+ ){0,2}?(?:have|has|had|'ve|'s|am|is|suffer\w*|got"
    r"|was diagnosed|tak(?:e|es|ing)|us(?:e|es|ing))\b|\bi['’](?:ve had|m)\b"
    r"|(?:我|他|她|我[爸妈]|孩子)(?:有|得了|得过|患|是|怀孕|对|的?肾|(?:一直|正|每天|现)?在?(?:吃|服|用|喝))",
    re.IGNORECASE,
)  # fmt: skip
_BINDING = re.compile(
    r"\b(?:pregnan\w*|breast-?feed\w*|nursing|allerg\w*|intoleran\w*|e?gfr|creatinine|kidneys?|renal|liver|dialysis|"
    r"years? old|tak(?:e|es|ing)|us(?:e|es|ing)|on)\b"
    r"|孕|哺乳|喂奶|过敏|肾|肌酐|肝|透析|岁|吃|服|用|喝", re.IGNORECASE,
)  # fmt: skip
_ASKS = re.compile(
    r"[?？吗]|(?:什么|哪|怎么|多少|呢|能不能|有没有|是不是)|^(?:what|which|how|why|is|are|can|does|do|should|who|when)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Leaning:
    """What of a turn is to be taken from earlier ones."""

    language: str
    pronoun: re.Match[str] | None
    ordinal: re.Match[str] | None
    which: bool
    correction: bool
    why: bool
    short: str
    """What stands alone in `and aspirin?`: all that is said; empty for other turns."""
    opens: bool
    """Whether it begins as what goes on from something does."""
    goes_on: bool
    """Whether it says so: `still`, 还能."""
    alone: bool
    """Whether it asks of one by itself, of several."""

    @property
    def place(self) -> int:
        return _PLACES[self.ordinal.group(1).lower()] if self.ordinal else 0


def leaning(text: str) -> Leaning:
    """Of one turn."""
    language = "zh" if is_chinese(text) else "en"
    said = text.strip()
    short = _SHORT[language].match(said)
    rest = next((one for one in short.groups() if one), "") if short else ""
    if language == "en" and _WHOLE_VERB.search(rest):
        rest = ""
    if language == "zh" and not (said.startswith(("那", "还有", "换", "改")) or said.rstrip("？?").endswith("呢")):
        rest = ""
    if language == "zh" and _CHINESE_VERB.search(rest):
        rest = ""
    return Leaning(
        language,
        _PRONOUN[language].search(said),
        _ORDINAL[language].search(said),
        bool(_WHICH[language].search(said)),
        bool(_CORRECTION[language].search(said)),
        bool(_WHY[language].match(said)),
        rest.strip(),
        bool(_OPENS[language].search(said)),
        bool(_GOES_ON.search(said)),
        bool(_BY_ITSELF.search(said)),
    )


def kind_wanted(text: str) -> str:
    """`Drug` or `Disease` where the words tell of which the turn speaks; else empty."""
    if _OF_DRUGS.search(text):
        return "Drug"
    return "Disease" if _OF_DISEASES.search(text) else ""


def for_whom(text: str) -> str:
    """The people or the state that a turn adds, such as `pregnancy`, 孕妇; empty where it adds none."""
    found = _FOR.search(text)
    if not found:
        return ""
    said = found.group().lower()
    return next((name for stem, name in _BY.items() if said.startswith(stem)), found.group())


def binding(text: str) -> bool:
    """Whether a state rules on drugs by more than a disease: who one is, what one takes or does not bear."""
    return bool(for_whom(text) or _BINDING.search(text))


def own_state(text: str) -> bool:
    """Whether a turn tells of somebody's state and asks nothing: it stays true for what is asked later."""
    return bool(_I_HAVE.search(text)) and not _ASKS.search(text)
