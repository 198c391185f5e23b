"""Whether a sentence tells what a study was to find out, and not what it found.

A title may only announce a comparison; what it names is then an aim, not a result.
"""

from __future__ import annotations

import re

from ingest.model import Mention
from ingest.reading.relations.compounds import COMPOUND

_STUDIED = (
    r"(?:investigat|determin|assess|evaluat|examin|explor|test|stud[yi]|clarif|establish|elucidat|ascertain|"
    r"analy[sz]|"
    r"verif|compar|address|ask)"
)
_MATTER = (
    r"(?:whether|if|how|(?:the |a |any )?(?:(?:possible|potential|protective|therapeutic|"
    r"pharmacokinetic|pharmacodynamic|drug)[ -](?:and |or )?){0,3}"
    r"(?:effects?|roles?|influences?|"
    r"impacts?|efficacy|effectiveness|associations?|relationships?|relations?|interactions?|abilit(?:y|ies)|hypothes[ie]s|safety|"
    r"incidence|risks?|links?|use|usefulness|mechanisms?))\b"
)
_AIM = re.compile(
    rf"\bto (?:\w+ly )?{_STUDIED}\w*(?! \w* ?\d)\b|\bto (?:find out|see|learn) (?:whether|if)\b"
    r"|\b(?:aim(?:s|ed)?|objectives?|purpose|goal)\b(?: of [^.;]{0,80}?)?(?: (?:is|was|were|are|to|at)\b|:)"
    rf"|\b(?:we|authors|study|trial|paper) (?:have |has )?(?:\w+ly |also |then |further |"
    rf"next )?{_STUDIED}\w* {_MATTER}"
    r"|\b(?:we|authors|study) (?:sought|set out|hypothesi[sz]ed|wondered|asked whether)\b"
    r"|目的|旨在|为了?(?:研究|探讨|评价|观察|明确|了解|比较)|探讨|(?:研究|观察|评价|评估|分析|比较).{0,30}?是否",
    re.IGNORECASE,
)
# What ends an aim: what was seen follows.
_RESULT = re.compile(
    r"(?<!\bto )\b(?:found|finds?|showed|shows?|shown|demonstrat\w+|"
    r"observed|reveal\w*|report(?:s|ed)?|conclu\w+|confirm\w*|results?|"
    r"indicat(?:e[sd]?|ing)|suggest\w*)\b|[;；。]|结果|结论|发现|显示|表明|证实",
    re.IGNORECASE,
)
_LATER = re.compile(
    rf"^[^.;。；]{{0,60}}?\b(?:was|were|is|are|(?:has|have) (?:not |never |yet to )?(?:yet )?(?:been|be)) (?:\w+ly )?"
    rf"{_STUDIED}\w*",
    re.IGNORECASE,
)
_OPEN_MATTER = re.compile(_MATTER, re.IGNORECASE)
# A title that names no result: "A comparison of two eye drops in dry eye".
_ANNOUNCES = re.compile(
    r"[\W\d]*(?:(?:an?|the) )?(?:[\w-]+,? (?:and )?){0,5}?(?:comparisons?|comparative|evaluation|assessment|safety"
    r"|efficacy|effectiveness|effects?|influence|impact|roles?|tolerability|trial|study|versus|vs)\b",
    re.IGNORECASE,
)
_VERSUS = re.compile(r"\b(?:versus|vs\.?|compared (?:with|to))(?= )", re.IGNORECASE)
_CLAIMS = re.compile(
    r"\b(?:is|are|was|were|has|have|does|do|did|can|may|reduc(?:es?|ed)|improv(?:es?|ed)|prevent(?:s|ed)?|caus(?:es?|ed)|"
    r"increas(?:es?|ed)|decreas(?:es?|ed)|induces?|enhanc(?:es?|ed)|inhibits?|protects?|attenuates?|ameliorates?|lowers?|"
    r"relieves?|exacerbates?|suppress(?:es|ed)|stimulates?|produces?|activates?|benefits? of|effective|successful\w*|"
    r"lack of|no effect|includ(?:es?|ed)|side effects?|adverse (?:effects?|reactions?|events?)|treated with|"
    r"response to|-induced)\b",
    re.IGNORECASE,
)
_IF = re.compile(r"\s*(?:if\b|如果|若|假如)", re.IGNORECASE)
_WHETHER = re.compile(r"\W*(?:[A-Z ]{4,30}: )?whether\b", re.IGNORECASE)
_WHETHER_TO = re.compile(r"\bwhether to\b", re.IGNORECASE)


class Aims:
    """A text of which several findings ask the same: what stands before a mention in its sentence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._aims: dict[tuple[int, int], bool] = {}

    def only_asked(self, start: int, end: int, first: Mention, second: Mention) -> bool:
        """Whether the sentence tells what a study was to find out of the two, or asks."""
        text = self.text
        between = text[first.end : second.start]
        if COMPOUND.match(between):  # "to study cisplatin-induced nephrotoxicity" takes for granted that there is one
            return False
        if self._aims_at(start, first.start):
            return True
        if text[start:end].rstrip().endswith(("?", "？")):
            return True
        if _IF.match(text, start, end) and not re.search("[,，]", text[start : second.end]):
            return True
        return bool(_LATER.match(text[second.end : end]) and _OPEN_MATTER.search(text[start : first.start] + between))

    def announced(self, start: int, end: int) -> bool:
        """Whether the sentence is a title that announces a study, or a clause that begins with whether."""
        sentence = self.text[start:end].strip()
        if _WHETHER.match(sentence) and not _WHETHER_TO.match(sentence):
            return True
        titled = start == 0 and (end >= len(self.text) or "\n" in self.text[end - 1 : end + 1])
        announces = _ANNOUNCES.match(sentence) or _VERSUS.search(sentence)
        return titled and announces is not None and _CLAIMS.search(sentence) is None

    def _aims_at(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` says what was to be found out, and nothing behind it what was."""
        if (start, end) not in self._aims:
            lead = self.text[start:end]
            aims = list(_AIM.finditer(lead))
            self._aims[start, end] = bool(aims) and not _RESULT.search(lead, aims[-1].end())
        return self._aims[start, end]
