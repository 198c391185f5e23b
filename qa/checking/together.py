"""What a sentence on drugs together may not say: that they are safe for want of evidence, that what follows is stated,
or another severity than its evidence has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.checking.objection import Objection
from qa.checking.support import Support
from qa.evidence.interacting import MARKS
from qa.evidence.kinds import DerivedEvidence, FactEvidence, SearchedEvidence, ToldEvidence
from qa.evidence.material import Material
from qa.evidence.reasons import Interacts
from qa.evidence.severity import CHINESE, Severity
from qa.evidence.wording import Words

_REASSURING = re.compile(
    r"(?<!\bif )(?<!indicated and )\b(?:no|without|lacks?|free of) (?:\w+[ -]){0,3}?"
    r"(?:interactions?|contra-?indications?|problems?|dangers?|"
    r"concerns?|risks?)\b"
    r"|\b(?:do|does|did|will|would|should)(?: not|n'?t) (?:\w+ )?interact|\bnot (?:known to )?interact"
    r"|\bnot (?:a |an )?(?:problem|contra-?indicated|dangerous|harmful)\b|\bharmless\b|\bcompatible\b"
    r"|(?<!not )(?<!n't )\b(?:safe|safely|fine|okay)\b"
    r"|\b(?:can|may|could) (?:\w+ )?be (?:\w+ )?(?:taken|used|given|combined|co-?administered|prescribed|continued)\b"
    r"|\bno (?:evidence|indication|sign|signs|data|reports?|reason)\b[^.;]*\b(?:interact\w*|harm\w*|avoid\w*|worry)\b"
    r"|\b(?:can|may) (?:take|use|combine)\b"
    r"|(?:没有|无|缺乏)(?:任何)?(?:证据|数据|报道)[^。；]*(?:相互作用|有害|风险)"
    r"|(?:没有|无|不存在|未见|未发现|不会(?:有|发生|产生)?|并无)(?:任何|明显|已知|显著|临床|重要|"
    r"的){0,3}(?:相互作用|冲突|禁忌|风险|问题|危险)"
    r"|放心|无需担心|不必担心|(?<!不)(?<!并非)安全(?!性)|不冲突|无害"
    r"|(?<!不)可以?(?:一起|同时|合用|联用|同服|联合)|(?<!不)能(?:一起|同时|合用|联用|同服)",
    re.IGNORECASE,
)
_NOT_PROVEN = re.compile(
    r"\b(?:no|not|never) (?:a |any )?(?:proof|prove|evidence of safety|mean)\b[^.;]*|\bis no proof\b[^.;]*"
    r"|\bdoes not (?:prove|mean|show)\b[^.;]*"
    r"|不(?:能|会|可)?(?:证明|等于|代表|说明|意味着?|表示)[^。；]*",
    re.IGNORECASE,
)
_ALSO: dict[Severity, tuple[str, str]] = {
    "contraindicated": ("contra-?indication", "禁用"),
    "major": ("severe|serious", "重度"),
    "moderate": ("medium|intermediate", "中等"),
    "minor": ("mild|slight|slightly|minimal|negligible|trivial|insignificant", "轻度|轻微"),
}
"""Other words for a severity."""
_GRADES = {
    grade: re.compile(rf"\b(?:{grade}|{words})\b|(?:{CHINESE[grade]}|{chinese})(?!程度)", re.IGNORECASE)
    for grade, (words, chinese) in _ALSO.items()
}
DIFFERS = (" differently: ", "的分级不同：")
"""How a sentence says that sources disagree on a severity."""


def reassures(text: str) -> bool:
    """Whether a text says that drugs go together, or that one is safe; not where it says that this is not proved."""
    return _REASSURING.search(_NOT_PROVEN.sub("", text)) is not None


def misleading(text: str, cited: Sequence[Support], material: Material) -> Objection | None:
    """Why a sentence, without what it quotes, would mislead on drugs together; None where it would not."""
    evidence = [support.evidence for support in cited]
    derived = [e for e in evidence if isinstance(e, DerivedEvidence)]
    searched = [e for e in evidence if isinstance(e, SearchedEvidence)]
    if derived and not any(mark in text for mark in MARKS):
        return Objection("unmarked")
    if derived and len(derived) < len(evidence):
        return Objection("mixed")
    absent = any(not e.closed for e in searched)
    if absent and _NOT_PROVEN.search(text) is None:
        return Objection("reassuring")
    if reassures(text) and not _may_reassure(cited, material):
        return Objection("reassuring")
    return _graded(text, cited) or _swapped(text, cited)


def of_drugs(cited: Sequence[Support]) -> bool:
    """Whether anything that is cited tells of drugs together, or what speaks against one: there every word counts."""
    return any(
        isinstance(e := support.evidence, DerivedEvidence | SearchedEvidence | ToldEvidence)
        or (isinstance(e, FactEvidence) and isinstance(e.because, Interacts))
        for support in cited
    )


_DONE_TO = re.compile(
    r"\b(lower|reduc|rais|increas|halv|stop|hold|withhold|avoid|prefer|cap|double|start|inhibit|induc|level|levels|"
    r"concentration|concentrations|effect|clearance|toxicity)\w*\b(?:\W+(?:the|a|of|its|dose|level|s)\b)*\W+$"
    r"|(升高|降低|减少|增加|停用|避免|抑制|诱导|优先)(?:了|使用|应用)?$",
    re.IGNORECASE,
)


def _swapped(text: str, cited: Sequence[Support]) -> Objection | None:
    """Whether something is said to be done to the one drug that is stated of the other."""
    for support in cited:
        e = support.evidence
        if isinstance(e, DerivedEvidence):
            drugs: Sequence[Words] = e.drugs
        elif isinstance(e, FactEvidence) and isinstance(e.because, Interacts):
            drugs = e.because.drugs
        else:
            continue
        own, theirs = _done(text, drugs), {pair for said in ("en", "zh") for pair in _done(e.said(said), drugs)}
        acts = {act for act, _ in theirs}
        if wrong := [drugs[place].en for act, place in own - theirs if act in acts]:
            return Objection("turned", tuple(wrong))
    return None


def _done(text: str, drugs: Sequence[Words]) -> set[tuple[str, int]]:
    """What is done, and to which of the drugs."""
    told = set()
    for place, drug in enumerate(drugs):
        for name in {drug.en, drug.zh} - {""}:
            for match in re.finditer(re.escape(name), text, re.IGNORECASE):
                if act := _DONE_TO.search(text[: match.start()]):
                    told.add(((act[1] or act[2]).casefold().rstrip("s"), place))
    return told


def differ(cited: Sequence[Support]) -> bool:
    """Whether the cited interactions are of several severities."""
    facts = [support.evidence for support in cited if isinstance(support.evidence, FactEvidence)]
    return len({fact.because.severity for fact in facts if isinstance(fact.because, Interacts)}) > 1


def _may_reassure(cited: Sequence[Support], material: Material) -> bool:
    """Whether a source says so itself. What a paper says is quoted, not told, where drugs were checked."""
    evidence = [support.evidence for support in cited]
    if any(isinstance(e, DerivedEvidence | SearchedEvidence) for e in evidence):
        return False
    if any(isinstance(e, FactEvidence) and e.negated for e in evidence):
        return True
    checked = any(
        isinstance(e, DerivedEvidence | SearchedEvidence)
        or (isinstance(e, FactEvidence) and isinstance(e.because, Interacts) and not e.negated)
        for e in material.evidence
    )
    said = [e.said(language) if isinstance(e, FactEvidence) else e.text for e in evidence for language in ("en", "zh")]
    stated = any(isinstance(e, FactEvidence) and isinstance(e.because, Interacts) for e in evidence)
    return any(reassures(one) for one in said) and (not checked or stated)


def _severity(fact: FactEvidence) -> Severity:
    return fact.because.severity if isinstance(fact.because, Interacts) else "unknown"


def _graded(text: str, cited: Sequence[Support]) -> Objection | None:
    """A severity that no cited interaction has, where interactions are cited."""
    graded = [
        e
        for support in cited
        if isinstance(e := support.evidence, FactEvidence | DerivedEvidence)
        and (isinstance(e, DerivedEvidence) or isinstance(e.because, Interacts))
    ]
    if not graded or len(graded) < len(cited):
        return None
    said = " ".join(e.said(language) for e in graded for language in ("en", "zh"))
    own = {e.severity if isinstance(e, DerivedEvidence) else _severity(e) for e in graded}
    said += " ".join(word for support in cited for word in support.written)
    strange = [
        grade
        for grade, pattern in _GRADES.items()
        if grade not in own and pattern.search(text) and not pattern.search(said)
    ]
    return Objection("severity", (strange[0],)) if strange else None
