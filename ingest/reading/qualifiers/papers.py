"""What a document says of itself: which kind of study it is, of how many patients, and in which section a fact stands.

The words for kinds of study are those of `qa.evidence.strength`, which orders evidence by them.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from ingest.model import Document
from text.species import animals

_BY_TYPE = {
    "meta-analysis": "meta-analysis",
    "systematic review": "systematic review",
    "practice guideline": "guideline",
    "guideline": "guideline",
    "randomized controlled trial": "randomised trial",
    "equivalence trial": "randomised trial",
    "controlled clinical trial": "clinical trial",
    "clinical trial": "clinical trial",
    "clinical trial, phase i": "clinical trial",
    "clinical trial, phase ii": "clinical trial",
    "clinical trial, phase iii": "clinical trial",
    "clinical trial, phase iv": "clinical trial",
    "observational study": "cohort study",
    "case reports": "case report",
    "review": "review",
}
"""Publication types of MEDLINE, the strongest first."""
_IN_TITLE = {
    "meta-analysis": r"\bmeta-?analys[ei]s\b|荟萃分析|[Mm]eta分析",
    "systematic review": r"\bsystematic reviews?\b|系统[评综][价述]",
    "guideline": r"\bguidelines? (?:for|on|of)\b|\bpractice guidelines?\b|\bconsensus statement\b|指南|专家共识",
    "randomised trial": r"\brandomi[sz]ed\b|\bdouble[- ]blind\b|\bplacebo[- ]controlled\b|随机(?:对照|双盲|试验)|双盲",
    "clinical trial": r"\b(?:clinical|phase (?:[1-4]|i{1,3}|iv)[ab]?) (?:trial|study)\b|临床试验|[ⅠⅡⅢⅣI]+期试验",
    "case-control study": r"\bcase[- ]control\b|病例对照",
    "cross-sectional study": r"\bcross-sectional\b|横断面",
    "cohort study": r"\bcohort\b|\b(?:prospective|retrospective)(?:ly)?\b|\bfollow-up study\b|\bregistry\b|队列"
    r"|前瞻性|回顾性",
    "case report": r"\bcase (?:reports?|series)\b|\breport of (?:a|one|two|three|\d+) cases?\b|\b(?:a|an unusual"
    r"|a rare) case of\b|例报[告道]",
    "review": r"\breviews?\b|综述|研究进展",
    "laboratory study": r"\bin vitro\b|\bcell lines?\b|体外",
}
_IN_TEXT = {
    "meta-analysis": r"\b(?:this|our|a) (?:\w+ ){0,2}meta-?analysis\b|\bmeta-?analysis was (?:performed|conducted)"
    r"|进行(?:了)?(?:[Mm]eta|荟萃)分析",
    "systematic review": r"\b(?:this|our|a) systematic review\b|\bsystematically (?:searched|reviewed)\b",
    "randomised trial": r"\b(?:were|was) (?:\w+ )?(?:randomi[sz]ed|randomly (?:assigned|allocated|divided))\b"
    r"|\b(?:this|our|a|an) (?:[\w,-]+ ){0,4}randomi[sz]ed\b|随机分为|随机分配|随机对照(?:试验|研究)",
    "case-control study": r"\bcase-control (?:study|design|analysis)\b|病例对照研究",
    "cross-sectional study": r"\bcross-sectional (?:study|survey|design|analysis)\b|横断面(?:研究|调查)",
    "cohort study": r"\b(?:prospective|retrospective)(?:ly)? (?:\w+ ){0,2}(?:cohort|study|analysis|analy[sz]ed"
    r"|review(?:ed)?|enrolled)\b"
    r"|\bcohort study\b|回顾性分析|前瞻性(?:研究|队列)|队列研究",
    "case report": r"\b(?:we|the authors) (?:here(?:in)? )?(?:report|describe|present) (?:on )?(?:a|an|the|one|two"
    r"|three) (?:[\w-]+ ){0,5}(?:case|patient)s?\b"
    r"|\b(?:a|an) \d{1,2}-(?:year|month|day)-old (?:\w+ ){0,3}(?:man|woman|boy|girl|male|female|patient|infant|child)\b"
    r"|报[告道](?:了)?\d*例",
    "laboratory study": r"\bin vitro\b(?! and in vivo)|体外实验",
}
_TITLE = {name: re.compile(words, re.IGNORECASE) for name, words in _IN_TITLE.items()}
_TEXT = {name: re.compile(words, re.IGNORECASE) for name, words in _IN_TEXT.items()}
_LOOKED = 4_000
"""So far into a document is looked for what it says of itself: an abstract, or the beginning of an article."""
_MINOR = frozenset(("review", "clinical trial", "cohort study"))
"""Publication types that a title may tell more of."""

_SOME = (
    r"(?:[a-z-]+ ){0,4}?(?:patients|participants|subjects|children|infants|women|men|adults|individuals|cases"
    r"|volunteers)"
)
_COUNTED = (
    r"(?:randomi[sz]ed|randomly|enrolled|included|recruited|assigned|allocated|analy[sz]ed|studied|evaluated"
    r"|treated|examined|reviewed|investigated)"
)
_PATIENTS = re.compile(
    rf"(?<![\d.,/%-])(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})(?:,)? {_SOME}(?: [^.;:\d]{{0,60}}?)? (?:were"
    rf"|was) (?:\w+ )?{_COUNTED}\b"
    rf"|\b(?:randomi[sz]ed|enrolled|included|recruited|assigned|studied|analy[sz]ed|reviewed|study of|series of"
    rf"|trial of)"
    rf" (?:a total of )?(?P<n2>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})(?!-) {_SOME}\b"
    rf"|\ba total of (?P<n3>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}) {_SOME}\b"
    r"|(?:纳入|入选|选取|选择|收集|收治|共有?|将|对|分析)[^。；\d]{0,40}?(?P<hn>\d{1,6})\s?(?:例|名)(?!健康)",
    re.IGNORECASE,
)

_SECTIONS = {
    "title": r"title|题目|标题",
    "background": r"background|introduction|objectives?|aims?|purpose|rationale|context|importance|hypothesis|目的"
    r"|背景|前言|引言",
    "methods": r"(?:patients?|materials?|subjects?|study)?(?: and |/|-| & )?(?:methods?|design|participants|setting"
    r"|interventions?|measurements?)|"
    r"main outcome measures?|data sources?|methodology|(?:材料|资料|对象)?(?:与|和)?方法",
    "results": r"(?:main )?results?|findings|outcomes?|observations?|结果",
    "discussion": r"discussion|讨论",
    "conclusions": r"(?:authors['’] )?(?:conclusions?|interpretation|implications|significance"
    r"|summary)(?: and relevance)?|结论|小结",
}
_SECTION = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in _SECTIONS.items())
_LABEL = re.compile(
    r"(?:^|(?<=[.。；;!?）)\n])\s{0,3})(?:[【\[](?P<han>目的|背景|方法|材料与方法|资料与方法|对象与方法|结果|结论|讨论)[】\]]"
    r"|(?P<plain>目的|背景|方法|材料与方法|资料与方法|对象与方法|结果|结论)[:： 　]"
    r"|(?P<word>[A-Z][A-Z ,/&'’]{2,40}|(?:Background|Introduction|Objectives?|Aims?|Purpose"
    r"|(?:[A-Z]\w+ and )?[Mm]ethods|Results|Findings|Conclusions?|"
    r"Interpretation|Discussion)):)",
    re.MULTILINE,
)


class Paper:
    """One document; nothing is told of the files of patients, which are no study."""

    def __init__(self, document: Document) -> None:
        own = not document.statements and not document.parts
        text = document.text[:_LOOKED] if own else ""
        told = (
            {"study": study(document.title, document.publication_types, text), "patients": patients(text)}
            if own
            else {}
        )
        self._told = {key: value for key, value in told.items() if value}
        self._starts, self._names = _sections(document) if own else ([0], [""])

    def of(self, start: int) -> dict[str, str]:
        """The qualifiers of what stands here: `study`, `patients`, and the `section` (`title`, `background`, `methods`,
        `results`, `discussion` or `conclusions`), each where the document says so."""
        section = self._names[bisect_right(self._starts, start) - 1]
        return {**self._told, "section": section} if section else dict(self._told)


def study(title: str, types: tuple[str, ...], text: str) -> str:
    """Which kind of study this is: by its publication types, by its title, by what the text says that was done."""
    plain = {type.strip().lower() for type in types}
    typed = next((name for type, name in _BY_TYPE.items() if type in plain), "")
    if typed and typed not in _MINOR:
        return typed
    titled = next((name for name, words in _TITLE.items() if words.search(title)), "")
    if titled or typed:
        return titled or typed
    if animals(title):
        return "animal study"
    return next((name for name, words in _TEXT.items() if words.search(text)), "")


def patients(text: str) -> str:
    """How many patients were studied, as the text first says it."""
    match = _PATIENTS.search(text)
    number = next((said for said in match.groups() if said), "") if match else ""
    return number.replace(",", "") if number not in ("", "0", "1") else ""


def _sections(document: Document) -> tuple[list[int], list[str]]:
    """Where each section begins, and its name; within one without a telling name, its labels."""
    starts, names = [0], [""]
    at = 0
    for section in document.sections:
        named = _section(section.name.rpartition(": ")[2].partition(" (")[0])
        starts.append(at)
        names.append(named)
        if not named:
            for match in _LABEL.finditer(section.text):
                if name := _section(match["han"] or match["plain"] or match["word"]):
                    starts.append(at + match.start())
                    names.append(name)
        at += len(section.text) + 1
    return starts, names


def _section(name: str) -> str:
    return next((known for known, words in _SECTION if words.fullmatch(name.strip(" :.").lower())), "")
