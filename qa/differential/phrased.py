"""How the next thing to find out is asked, in both languages."""

from __future__ import annotations

import re

from qa.evidence.wording import Words

KINDS: dict[str, Words] = {
    "history": Words("history", "问诊"),
    "exam": Words("examination", "体格检查"),
    "bedside": Words("bedside test", "床旁检查"),
    "lab": Words("laboratory", "实验室检查"),
    "imaging": Words("imaging", "影像学检查"),
    "invasive": Words("invasive test", "有创检查"),
}
"""How something is found out, in words."""
_ASKED = {
    "history": Words("{} {}?", "是否有{}？"),
    "exam": Words("What does the examination show: {} {}?", "体格检查：是否有{}？"),
    "bedside": Words("What does the bedside test show: {} {}?", "床旁检查：是否有{}？"),
    "lab": Words("What do the laboratory tests show: {} {}?", "实验室检查：是否有{}？"),
    "imaging": Words("What does imaging show: {} {}?", "影像学检查：是否有{}？"),
    "invasive": Words("What does the endoscopy, puncture or biopsy show: {} {}?", "内镜、穿刺或活检：是否有{}？"),
}
_SINGULAR = (
    "ss",
    "us",
    "is",
    "diabetes",
    "rickets",
    "herpes",
    "ascites",
    "rabies",
    "measles",
    "caries",
    "series",
    "facies",
    "deferens",
    "pancreas",
    " os",
)
_TAIL = re.compile(
    r"\s(?:lasting|over|of|in|on|with|within|without|after|before|at|for|to|when|while|by|from|during|per|than|described|that|which)\s"
)
"""What follows is no part of what a name is about."""
_STATE = re.compile(
    r"(?:episodic$|triggered|aggravated|ameliorated|alleviated|relieved|exacerbated|precipitated|worse|better|hungry|unable|"
    r"(?:transient|unilateral|bilateral|recurrent|(?:slowly )?progressive|fluctuating|migratory|nocturnal|acute)$|"
    r"symptoms \w+ing)\b|.*\bemergence over\b",
    re.IGNORECASE,
)
_STATE_CHINESE = re.compile(
    r"一过性|单侧|双侧|反复|急性|复发性|游走性|不规则波动|.{2,}的|缓慢进展|进行性/渐进性|"
    r".*(?:诱发|触发|加重|加剧|缓解|减轻|起病|急性发作|消失|改善)"
)
"""Names of how it is and not of what is there: `Triggered by exertion`."""
_PROPER = re.compile(r"^\w+['’]s?\b|^\w+-[A-Z]|^[A-Z]\w*[A-Z0-9]|^(?:[A-Z][a-z]+ ){1,2}(?:sign|sequence|phenomenon)\b")
"""What begins with a name or an abbreviation, and keeps its capital: `Kayser-Fleischer ring`, `ST elevation`."""


def question(kind: str, english: str, chinese: str) -> Words:
    """The question after a finding of this name, by how it is found out."""
    asked = _ASKED.get(kind, _ASKED["history"])
    english_words = asked.en.format(_verb(english), within(english))
    if _STATE.match(english):
        english_words = f"Is this so: {within(english)}?"
    chinese_words = "是否符合：{}？" if kind == "history" and _STATE_CHINESE.fullmatch(chinese) else asked.zh
    return Words(_capital(english_words), chinese_words.format(chinese))


def adverse_effect(drug: str) -> Words:
    """What a candidate is called that is one of a drug of this name."""
    return Words(f"adverse effect of {within(drug)}", f"{drug}的不良反应")


def _verb(name: str) -> str:
    about = _TAIL.split(name.casefold())[0].split()
    last = f" {about[-1]}" if about else ""
    return "are there" if last.endswith("s") and not last.endswith(_SINGULAR) else "is there"


def within(name: str) -> str:
    """An English name as it stands within a sentence."""
    if name.endswith(" positive"):
        return f"a positive {within(name.removesuffix(' positive'))}"
    if name.startswith("Positive ") and name.endswith(" test"):
        return f"a positive {name.removeprefix('Positive ')}"
    return name if _PROPER.match(name) or name[1:2].isupper() else name[:1].lower() + name[1:]


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
