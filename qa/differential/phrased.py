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
)
_PROPER = re.compile(r"^\w+['’]s?\b|^\w+-[A-Z]|^[A-Z]\w*[A-Z0-9]|^(?:[A-Z][a-z]+ ){1,2}(?:sign|sequence|phenomenon)\b")
"""What begins with a name or an abbreviation, and keeps its capital: `Kayser-Fleischer ring`, `ST elevation`."""


def question(kind: str, english: str, chinese: str) -> Words:
    """The question after a finding of this name, by how it is found out."""
    asked = _ASKED.get(kind, _ASKED["history"])
    return Words(_capital(asked.en.format(_verb(english), within(english))), asked.zh.format(chinese))


def adverse_effect(drug: str) -> Words:
    """What a candidate is called that is one of a drug of this name."""
    return Words(f"adverse effect of {within(drug)}", f"{drug}的不良反应")


def _verb(name: str) -> str:
    last = name.casefold().split()[-1] if name.split() else ""
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
