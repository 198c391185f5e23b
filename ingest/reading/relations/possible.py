"""Whether what a sentence seems to state can be a fact: its two ends, and whether it states anything at all.

A relator reads words; that nothing causes itself, that people are no cause, that "a disease" is none in particular and
that a study's aim is no result holds for whatever relator found it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence

from graph.schema import ENDS
from ingest.model import Mention
from ingest.reading.relations.model import Finding
from text.species import PEOPLE, is_animal

_KIND = (
    r"(?:(?:rare|common|genetic|inherited|hereditary|congenital|autosomal|recessive|dominant|x-linked|sex-linked|"
    r"monogenic|"
    r"single-gene|"
    r"mendelian|chronic|acute|severe|serious|other|human|medical|clinical|certain|various|new|a|an|the|this|"
    r"these|such|inborn)[\s-]+)*"
)
_GENERIC = re.compile(
    rf"{_KIND}(?:diseases?|disorders?|syndromes?|(?:medical )?conditions?|illness(?:es)?|sickness|symptoms?|signs?|"
    r"findings?|abnormalit(?:y|ies)|complications?|(?:side|adverse|undesirable) (?:effects?|events?|reactions?)|"
    r"drugs?|"
    r"medications?|medicines?|chemicals?|compounds?|agents?|genes?|proteins?|organisms?|species|animals?)"
    r"|疾病|病|症状|体征|综合征|并发症|不良反应|副作用|药物|药|遗传病|罕见病|患者|病人|动物|人类?",
    re.IGNORECASE,
)
_GENERIC_IDS = frozenset(
    (
        "MESH:D004194", "MESH:D013577", "MESH:D030342", "MESH:D012816", "MESH:D035583", "MESH:D002908", "MESH:D000208",
        "MESH:D004364", "MESH:D006801", "MESH:D010361", "MESH:D000818", "NCBITaxon:9606",
        "MONDO:0000001", "MONDO:0003847", "MONDO:0000426", "MONDO:0006025",
        "MONDO:0021166", "DOID:4", "DOID:630", "DOID:0050736",
        "DOID:0050737", "DOID:225", "HP:0000001", "HP:0000118", "HP:0000006", "HP:0000007", "SYMP:0000462",
    )
)  # fmt: skip
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
_HELPED = re.compile(
    r"\s+(?:relief|control|management|treatment|therapy|prevention|prophylaxis|reduction|scores?|requirements?)\b",
    re.IGNORECASE,
)
_HELPS = re.compile(
    r"\b(?:relief|control|treatment|prevention|prophylaxis|reduction|management|improvement) (?:of|in) "
    r"(?:the |their )?$",
    re.IGNORECASE,
)
# What is made less is not brought about: "reduced the risk of stroke", 降低了卒中的风险.
_LESSENED = re.compile(
    r"\b(?:reduc|decreas|lower|attenuat|prevent|protect|diminish|lessen|ameliorat|alleviat|suppress|revers|abolish|"
    r"improv|reliev)\w*(?: [^\s,;]+){0,5} (?:the |an? )?$|\b(?:fewer|less|no more|lower rates? of|decline in|absence "
    r"of|free (?:of|from))(?: [^\s,;]+){0,2} $|(?:降低|减少|减轻|预防|改善|缓解|抑制)了?[^，。；]{0,6}$",
    re.IGNORECASE,
)
_BLAMES = re.compile(
    r"\b(?:caus|induc|due|lead|led|result|increas|risk factor|worsen|aggravat|provok|produc|develop)"
    r"|引起|导致|诱发|增加|所致",
    re.IGNORECASE,
)
_BLAMED = frozenset({"causes", "has_adverse_effect", "contributes_to"})
# A name of a scale names no disease that somebody has: "the Parkinson's Disease Rating Scale".
_SCALE = re.compile(
    r"^(?:['’]s)?(?: [\w-]+){0,3}? (?:rating )?(?:scales?|scores?|index|inventory|questionnaire)\b|^评分|^量表",
    re.IGNORECASE,
)
# What is done or undergone is not treated, nor an effect that harms: "propofol sedation".
_UNDERGONE = re.compile(
    r"(?:conscious )?sedation|an(?:a)?esthesia|emergenc(?:y|ies)|(?:h(?:a)?emo)?dialysis|surgery|convalescence|"
    r"pregnancy|resuscitation|transplantation|镇静|麻醉|手术|透析|妊娠",
    re.IGNORECASE,
)
_HEALTHY = re.compile(
    r"\bhealthy (?:[\w-]+ ){0,3}(?:volunteers?|subjects?|men|women|adults|participants|individuals)\b"
    r"|健康(?:志愿者|受试者)",
    re.IGNORECASE,
)
_PEOPLE_WITH = (
    r"(?:patients|women|men|children|adults|people|subjects|individuals|participants) (?:with|who have|having)"
)
# People in whom a drug is looked at, or in whom another disease is treated: "treatment of encephalopathy in patients
# with cirrhosis", "patients with mild renal impairment received".
_IN_WHOM = re.compile(
    rf"\b(?:treatment|management|therapy|prevention|prophylaxis) (?:of|for) [^,.;]{{3,60}} (?:in|among) "
    rf"(?:[\w-]+ ){{0,3}}{_PEOPLE_WITH} (?:[\w-]+ ){{0,3}}$",
    re.IGNORECASE,
)
# A name that only qualifies another is not meant itself: "histamine H2-receptor antagonists", "thiamine deficiency".
_QUALIFIES = re.compile(
    r"^[\s-]{1,2}(?:[A-Z0-9-]{1,8}[\s-])?(?:receptors?|(?:ant)?agonists?|inhibitors?|blockers?|blockade|deficien\w+|"
    r"depletion|withdrawal|reuptake|transporters?|synthase|antibod\w+|adjuvants?)\b|^(?:受体|拮抗剂|激动剂|抑制剂|缺乏|拮抗)",
    re.IGNORECASE,
)
_INSTITUTE = re.compile(
    r"^ (?:[A-Z][\w-]+ ){0,2}(?:Institutes?|Society|Foundation|Cent(?:er|re)|Hospital|Association|Council|Network)\b"
)
_IMPAIRED = re.compile(r".*\b(?:impairment|insufficiency|dysfunction)", re.IGNORECASE)
_HAVING = re.compile(rf"\b{_PEOPLE_WITH} (?:[\w-]+ ){{0,4}}$", re.IGNORECASE)
_OF_OBJECT = frozenset({"treats", "prevents", "causes", "has_adverse_effect"})
_COMPOUND = re.compile(r"^\s*[-–]\s*(?:induced|associated|related|mediated)\b", re.IGNORECASE)


_MOST = 100
"""Mentions of one entity in one sentence that are looked at."""
_NAME = 200
"""Characters of a name; nothing longer is a word for nothing in particular."""


def possible(text: str, mentions: Sequence[Mention], findings: Sequence[Finding]) -> list[Finding]:
    """Those of `findings` that can be facts, in their order; one that no predicate says is not judged.

    `mentions` are those of `text` in which the findings were made.
    """
    of: dict[str, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: m.start):
        if mention.entity is not None:
            of.setdefault(mention.entity, []).append(mention)
    told = _Told(text)
    return [
        finding
        for finding in findings
        if not finding.predicate or _possible(told, finding, of.get(finding.subject, []), of.get(finding.object, []))
    ]


class _Told:
    """A text of which several findings ask the same: what stands before a mention in its sentence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._aims: dict[tuple[int, int], bool] = {}

    def aims(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` says what was to be found out, and nothing behind it what was."""
        if (start, end) not in self._aims:
            lead = self.text[start:end]
            aims = list(_AIM.finditer(lead))
            self._aims[start, end] = bool(aims) and not _RESULT.search(lead, aims[-1].end())
        return self._aims[start, end]


def _possible(told: _Told, finding: Finding, subjects: Sequence[Mention], objects: Sequence[Mention]) -> bool:
    text = told.text
    if finding.subject == finding.object or _GENERIC_IDS & {finding.subject, finding.object}:
        return False
    here = [_within(some, finding.start, finding.end) or some[:_MOST] for some in (subjects, objects)]
    if not here[0] or not here[1]:
        return True
    if not _fitting(finding.predicate, here[0], here[1]):
        return False
    pairs = ((a, b) for a in here[0] for b in here[1])
    first, second = min(pairs, key=lambda ab: max(ab[0].start - ab[1].end, ab[1].start - ab[0].end))
    if first.surface.casefold() == second.surface.casefold() or _qualifies(text, finding, here[1]):
        return False
    if finding.predicate in ("causes", "has_adverse_effect") and not _harms(text, finding, first, second, here[1]):
        return False
    if _misnamed(text, finding, here[0], second) or _unmeant(text, finding, first, second):
        return False
    return not _only_asked(told, finding.start, finding.end, *sorted((first, second), key=lambda m: m.start))


def _misnamed(text: str, finding: Finding, subjects: Sequence[Mention], object: Mention) -> bool:
    """Whether the names are parts of others: of a class, a deficiency, a scale, an institute, something undergone."""
    behind = text[object.end : object.end + 60]
    if _SCALE.match(behind) or _INSTITUTE.match(behind):
        return True
    qualified = all(_qualified(text, subject) for subject in subjects)
    return finding.predicate in _OF_OBJECT and (qualified or _UNDERGONE.fullmatch(object.surface) is not None)


def _unmeant(text: str, finding: Finding, subject: Mention, object: Mention) -> bool:
    """Whether words around the two say that something else is meant: people who only have a disease, less of a harm."""
    if finding.predicate == "treats":
        brings = _COMPOUND.match(text[subject.end : subject.end + 20]) is not None
        return brings or _untreated(text, finding, object)
    blamed = finding.predicate in _BLAMED and finding.polarity == "affirmed"
    return blamed and _lessened(text, finding, object)


def _within(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """Those of `mentions`, which are in order, that begin between `start` and `end`; the first of many."""
    first = bisect_left(mentions, start, key=lambda m: m.start)
    last = bisect_left(mentions, end, lo=first, key=lambda m: m.start)
    return mentions[first : min(last, first + _MOST)]


def _qualifies(text: str, finding: Finding, objects: Sequence[Mention]) -> bool:
    """Whether the object only qualifies another name: "relieves sepsis-induced injury" says nothing of sepsis."""
    return finding.predicate in _OF_OBJECT and all(_COMPOUND.match(text[m.end : m.end + 20]) for m in objects)


def _harms(text: str, finding: Finding, first: Mention, second: Mention, objects: Sequence[Mention]) -> bool:
    """Whether what is said to be caused is there, and is not what a drug is given for."""
    harm = second if second in objects else first
    if harm is not first and _COMPOUND.match(text[first.end : second.start]):
        return True
    if finding.polarity == "affirmed" and all(mention.polarity == "negated" for mention in objects):
        return False
    return not (first.type == "Drug" and _is_helped(text, harm))


def _qualified(text: str, mention: Mention) -> bool:
    """Whether the mention of a drug only qualifies another word."""
    return mention.type == "Drug" and _QUALIFIES.match(text[mention.end : mention.end + 40]) is not None


def _untreated(text: str, finding: Finding, ill: Mention) -> bool:
    """Whether people are only said to have the disease: healthy ones, those looked at, or those ill of another, too."""
    lead = text[max(finding.start, ill.start - 160) : ill.start]
    impaired = _IMPAIRED.fullmatch(ill.surface) is not None and _HAVING.search(lead) is not None
    return (
        impaired or _IN_WHOM.search(lead) is not None or _HEALTHY.search(text, finding.start, finding.end) is not None
    )


def _lessened(text: str, finding: Finding, harm: Mention) -> bool:
    """Whether words before what is blamed on something say that it became less, and none that it was brought about."""
    lead = text[max(finding.start, harm.start - 60) : harm.start]
    less = _LESSENED.search(lead)
    return less is not None and not _BLAMES.search(lead, less.start())


def _is_helped(text: str, harm: Mention) -> bool:
    """Whether what a drug is said to cause is what it is given for: "morphine for pain relief"."""
    return bool(_HELPED.match(text, harm.end) or _HELPS.search(text, max(0, harm.start - 40), harm.start))


def _fitting(predicate: str, subjects: Sequence[Mention], objects: Sequence[Mention]) -> bool:
    """Whether the ends are of types between which the predicate can hold, and are something in particular."""
    allowed = ENDS.get(predicate)
    if allowed and not (_of_types(subjects, allowed[0]) and _of_types(objects, allowed[1])):
        return False
    return not any(all(_nothing_in_particular(m) for m in some) for some in (subjects, objects))


def _of_types(mentions: Sequence[Mention], types: Collection[str]) -> bool:
    return any(mention.type in types or mention.type == "Concept" for mention in mentions)


def _nothing_in_particular(mention: Mention) -> bool:
    """Whether a mention is of people, of animals, or of no certain thing of its type."""
    surface = mention.surface.strip()
    return len(surface) <= _NAME and bool(
        _GENERIC.fullmatch(surface)
        or PEOPLE.fullmatch(surface)
        or (mention.type in ("Organism", "Concept") and is_animal(surface))
    )


def _only_asked(told: _Told, start: int, end: int, first: Mention, second: Mention) -> bool:
    """Whether the sentence tells what a study was to find out, or asks."""
    text = told.text
    between = text[first.end : second.start]
    if _COMPOUND.match(between):  # "to study cisplatin-induced nephrotoxicity" takes for granted that there is one
        return False
    if told.aims(start, first.start):
        return True
    if text[start:end].rstrip().endswith(("?", "？")):
        return True
    return bool(_LATER.match(text[second.end : end]) and _OPEN_MATTER.search(text[start : first.start] + between))
