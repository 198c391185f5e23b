"""What a recogniser takes for a name and no vocabulary should be asked about: a kind without that of which it is one, a
form in which drugs come, and what a class of drugs acts on."""

from __future__ import annotations

import re

_KIND = re.compile(
    r"(?:sub)?(?:types?|stages?|grades?|class|classes|groups?|phases?|category)[ -](?:[IVX]{1,4}|\d{1,2}|[A-D])[a-d]?"
    r"|(?:[IVXⅠⅡⅢⅣ]{1,4}|\d{1,2}|[一二三四])[型期级类]",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"(?:tablet|capsule|injection|infusion|suppository|ointment|cream|gel|syrup|suspension|solution|powder|lozenge|pill"
    r"|inhaler|patch|eye[ -]drop)(?:s|es)?|suppositories|片剂?|胶囊|注射液|口服液|颗粒剂?|软膏|乳膏|糖浆|滴眼液|栓剂",
    re.IGNORECASE,
)
_ACTED_ON = re.compile(
    r"(?: \([^()]{1,24}\))?(?:[ -](?:receptor|[A-Z0-9/]{1,6}))?[ -](?:(?:ant)?agonists|(?:re)?uptake inhibitors?)\b"
)


def nameless(text: str, start: int, end: int, type: str) -> bool:
    """Whether `text[start:end]` names nothing of `type` by itself: "type I", "tablets", the serotonin of "serotonin
    (5-HT) agonists"."""
    surface = text[start:end]
    if _KIND.fullmatch(surface):
        return True
    return type == "Drug" and bool(_FORM.fullmatch(surface) or _ACTED_ON.match(text, end))
