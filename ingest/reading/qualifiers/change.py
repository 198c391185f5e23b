"""What one drug does to another, as a sentence says it: `increases level`, `decreases effect`, a risk; and to which."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.reading.qualifiers.places import PARTED, Place

_UP = (
    r"increas\w*|rais(?:e[sd]?|ing)|rise[sn]?|rising|rose|elevat\w*|potentiat\w*|enhanc\w*|augment\w*|higher|intensif\w*|"
    r"prolong\w*|boost\w*|exacerbat\w*|doubl(?:e[sd]?|ing)|precipitat\w*",
    r"升高|增加|增强|提高|加重|增高|上升|增大|延长|加强",
)
_DOWN = (
    r"decreas\w*|reduc(?:e[sd]?|ing|tions?)|lower(?:s|ed|ing)?|diminish\w*|impair\w*|attenuat\w*|blunt\w*|antagoni[sz]\w*|"
    r"weaken\w*|fall(?:s|en|ing)?|fell|drop(?:s|ped)?|inhibit\w*|lessen\w*|halv\w*|slow(?:s|ed|ing)?|delay\w*"
    r"|oppos\w*|abolish\w*|loss of",
    r"降低|减少|减弱|下降|抑制|减慢|延缓|阻碍|拮抗|削弱|丧失|失去|影响(?=其?吸收)",
)
_NOUNS = {
    "absorption": (r"absorption", r"吸收"),
    "clearance": (r"clearance|excretion|elimination", r"清除率?|排泄|消除"),
    "metabolism": (r"metabolism|biotransformation", r"代谢(?!物|型|酶|性)"),
    "toxicity": (
        r"(?:\w+)?toxicity|toxic effects?|(?:side|adverse) effects?|adverse reactions?",
        r"[肝肾耳心]?毒性|毒副?作用|不良反应|副作用",
    ),
    "level": (
        r"(?:(?:plasma|serum|blood) )?(?:concentrations?|levels?|exposure)|AUC|Cmax|bioavailability",
        r"(?:血药|血浆|血清)?浓度|AUC|Cmax|暴露量|生物利用度|(?:血|药物)水平",
    ),
    "effect": (
        r"(?:[\w-]+ )?(?:effects?|actions?|efficacy|activity|effectiveness|potency)|anticoagulation|sedation|response",
        r"(?:降压|抗凝|降糖|镇静|抗血小板|呼吸抑制|治疗)?(?:作用|效果|效应)(?!机制)|疗效|药效",
    ),
}
_VERB = re.compile(rf"(?P<up>\b(?:{_UP[0]})\b|{_UP[1]})|(?P<down>\b(?:{_DOWN[0]})\b|{_DOWN[1]})", re.IGNORECASE)
_NOUN = re.compile(
    "|".join(f"(?P<n{at}>\\b(?:{english})\\b|{han})" for at, (english, han) in enumerate(_NOUNS.values())),
    re.IGNORECASE,
)
_RISK = re.compile(
    r"\b(?:risk|likelihood|chance|incidence|danger) of (?:an? |the )?(?P<en>[a-z][\w -]{2,60}?)"
    r"(?=\s*(?:[,.;:()]|$|\b(?:when|if|with|in|and the|by|is|are|was|were|may|can|from|than|especially|during|due)\b))"
    r"|(?P<zh>[\u4e00-\u9fffA-Z\d-]{1,14}?)(?:发生)?的?(?:风险|危险性?|几率)",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\b(?:can|may|might|could|to)? ?(?:causes?|leads? to|results? in|precipitates?|induces?|provokes?)\s+(?:an? "
    r"|the |severe |serious |life-threatening )*"
    r"(?P<en>[a-z][\w' -]{2,50}?)(?=\s*(?:[,.;:()]|$|\b(?:when|if|with|in|by|because|especially|that|which|and)\b))"
    r"|(?:引起|导致|可致|致|以免发生|发生|诱发|出现)(?P<zh>[\u4e00-\u9fffA-Z\d-]{2,14}?)(?=[，。；,;、（(]|$|的)",
    re.IGNORECASE,
)
_HAN_RISKS = {
    "出血": "bleeding", "肌病": "myopathy", "横纹肌溶解": "rhabdomyolysis", "横纹肌溶解症": "rhabdomyolysis",
    "低血糖": "hypoglycaemia", "高钾血症": "hyperkalaemia", "低钾血症": "hypokalaemia", "低血压": "hypotension",
    "呼吸抑制": "respiratory depression", "QT间期延长": "QT prolongation", "心动过缓": "bradycardia",
    "心律失常": "arrhythmia", "肾毒性": "nephrotoxicity", "肝毒性": "hepatotoxicity", "耳毒性": "ototoxicity",
    "血栓": "thrombosis", "感染": "infection", "惊厥": "seizures", "癫痫发作": "seizures", "骨髓抑制":
    "bone marrow suppression", "双硫仑样反应": "disulfiram-like reaction", "5-羟色胺综合征": "serotonin syndrome",
    "血清素综合征": "serotonin syndrome", "乳酸酸中毒": "lactic acidosis", "消化道出血": "gastrointestinal bleeding",
}  # fmt: skip
_OWN = re.compile(r"\b(?:its|their)\b(?: \w+){0,2}\s*$|其\s*$", re.IGNORECASE)
_LATTER = re.compile(r"(?:\bthe latter(?:'s)?\b|后者)[^,，;；。]{0,20}$", re.IGNORECASE)
_FORMER = re.compile(r"(?:\bthe former(?:'s)?\b|前者)[^,，;；。]{0,20}$", re.IGNORECASE)
_OF = re.compile(r"\s*(?:of|for|to)(?: the| this| oral| co-administered| concomitant)*\s*", re.IGNORECASE)
_THE_DRUGS = re.compile(
    r"(?:['’]s)?\s*(?:[A-Za-z-]+ (?:and |or )?)?(?:plasma|serum|blood|steady-state|mean|renal|hepatic|peak|total"
    r"|oral|drug|therapeutic)?"
    r"(?: ?[A-Za-z-]+)?\s*|\s*的?(?:血药|血浆|血清|肾脏?|稳态|平均|胃肠道?|抗凝|降压|疗效|药物)?的?\s*",
    re.IGNORECASE,
)
_DIRECT = re.compile(r"(?:potentiat|enhanc|antagoni)\w*(?: the)?\s*|(?:增强|拮抗|减弱)\s*", re.IGNORECASE)
_LONGEST = 20
"""Letters of a verb."""
_COMMA = re.compile(r"[,，]")
_REACH = 80


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what of a drug goes which way. `start`-`end` is the noun."""

    start: int
    end: int
    verb: Place
    words: str
    risk: bool = False


def changes(text: str) -> list[Change]:
    """All that a sentence tells, in order."""
    verbs = [
        (match.start(), match.end(), "increases" if match["up"] else "decreases") for match in _VERB.finditer(text)
    ]
    found = [*_of_nouns(text, verbs), *_of_risks(text, verbs)]
    return sorted(found, key=lambda change: change.start)


def effect(text: str, found: Sequence[Change], one: Sequence[Place], other: Sequence[Place]) -> tuple[str, str]:
    """What the pair's interaction does, and whose it is: `one`, `other`, or empty where both or none are told."""
    known = sorted([*((place, "one") for place in one), *((place, "other") for place in other)])
    owned = [(change, _owner(text, change, known)) for change in found]
    told = [pair for pair in owned if pair[1] and not pair[0].risk]
    if told:
        change, whose = told[0]
        return change.words, whose
    risks = {change.words for change in found if change.risk}
    if len(risks) == 1:
        return risks.pop(), ""
    if direct := _directly(text, known):
        return direct
    rest = {change.words for change in found if not change.risk}
    if not risks and len(rest) == 1:
        return rest.pop(), ""
    consequence = {words for match in _LEADS.finditer(text) if (words := _named(match))}
    if not found and len(consequence) == 1:
        return f"increases risk of {consequence.pop()}", ""
    return "", ""


def _of_nouns(text: str, verbs: list[tuple[int, int, str]]) -> Iterator[Change]:
    names = tuple(_NOUNS)
    for match in _NOUN.finditer(text):
        verb = _verb_of(text, match.start(), match.end(), verbs)
        if verb is None:
            continue
        start, end, goes = verb
        name = names[int((match.lastgroup or "n0")[1:])]
        yield Change(match.start(), match.end(), (start, end), f"{goes} {name}")


def _of_risks(text: str, verbs: list[tuple[int, int, str]]) -> Iterator[Change]:
    for match in _RISK.finditer(text):
        name = _named(match)
        verb = _verb_of(text, match.start(), match.end(), verbs, within=match["zh"] is not None)
        if verb is not None and name:
            yield Change(match.start(), match.end(), verb[:2], f"{verb[2]} risk of {name}", risk=True)


def _named(match: re.Match[str]) -> str:
    if match["en"]:
        return " ".join(match["en"].split())
    words = _VERB.split(match["zh"])[-1] or ""
    words = re.split(r"发生|出现|引起|导致|诱发|药物|后|时|使", words)[-1]
    words = re.sub(r"^(?:会|可|可能|能|了|其|严重|患者|的)+", "", words)
    return _HAN_RISKS.get(words, words)


def _verb_of(
    text: str, start: int, end: int, verbs: list[tuple[int, int, str]], *, within: bool = False
) -> tuple[int, int, str] | None:
    """The verb nearest to a noun in its clause, one in front of it rather than one behind."""
    best: tuple[int, tuple[int, int, str]] | None = None
    # None farther than it can reach is looked at: a list may be long.
    low = bisect_left(verbs, start - _REACH - _LONGEST, key=lambda verb: verb[0])
    for verb in verbs[low:]:
        if verb[0] > end + _REACH:
            break
        if verb[1] <= start:
            apart, between = start - verb[1], text[verb[1] : start]
        elif verb[0] >= end and not _COMMA.search(text, end, verb[0]):
            apart, between = verb[0] - end + 10, text[end : verb[0]]
        elif within:
            apart, between = 0, ""
        else:
            continue
        if apart <= _REACH and not PARTED.search(between) and (best is None or apart < best[0]):
            best = apart, verb
    return best[1] if best else None


def _owner(text: str, change: Change, known: Sequence[tuple[Place, str]]) -> str:
    """Whose level or effect it is: the drug's beside the noun; of `its` the one that the verb does not follow."""
    before = text[max(0, change.start - 40) : change.start]
    if _LATTER.search(before) or _FORMER.search(before):
        ordered = list(dict.fromkeys(name for place, name in known if place[0] < change.start))
        return ordered[-1 if _LATTER.search(before) else 0] if ordered else ""
    beside = [
        (max(change.start - end, start - change.end), name)
        for (start, end), name in known
        if (end <= change.start and _adjoins(text, end, change.start, change.verb))
        or (start >= change.end and _OF.fullmatch(text, change.end, start))
    ]
    if beside:
        return min(beside)[1]
    ahead = [name for place, name in known if place[1] <= change.verb[0]]
    if ahead and _OWN.search(before):
        return next((name for _, name in known if name != ahead[-1]), "")
    return ""


def _adjoins(text: str, end: int, start: int, verb: Place) -> bool:
    between = text[end:start]
    apart = start - end <= 40 and not (end <= verb[0] < start)
    return apart and (_THE_DRUGS.fullmatch(between) is not None)


def _directly(text: str, known: Sequence[tuple[Place, str]]) -> tuple[str, str] | None:
    """`potentiates warfarin`."""
    for place, name in known:
        before = text[max(0, place[0] - 24) : place[0]]
        verb = _VERB.search(before)
        if verb and _DIRECT.fullmatch(before, verb.start()):
            return ("increases effect" if verb["up"] else "decreases effect"), name
    return None
