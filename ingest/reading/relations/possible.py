"""Whether what a sentence seems to state can be a fact: its two ends, and whether it states anything at all.

A relator reads words; that nothing causes itself, that people are no cause, that "a disease" is none in particular and
that a study's aim is no result holds for whatever relator found it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace

from graph.schema import ENDS
from ingest.model import Mention
from ingest.reading.relations.aims import Aims
from ingest.reading.relations.attributed import attributed
from ingest.reading.relations.cautions import FORBIDDING, only_cautioned, permitted
from ingest.reading.relations.comparisons import as_without, spared, unlike
from ingest.reading.relations.compounds import COMPOUND, misnamed, qualifies
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
    r"toxicity|toxicities|toxic effects?|adverse reactions?|drug therapy|pharmacotherapy|recurrences?|analgesia|"
    r"(?:(?:intra-?\w+|subcutaneous|intravenous) )?injections?|relapses?|drugs?|"
    r"(?:conservative|standard) (?:treatment|management|therapy)|"
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
_CAUSED = frozenset({"causes", "has_adverse_effect"})
_BLAMED = _CAUSED | {"contributes_to"}
_HEALTHY = re.compile(
    r"(?<!otherwise )\bhealthy (?:[\w-]+ ){0,3}(?:volunteers?|subjects?|men|women|adults|participants|individuals)\b"
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
_IMPAIRED = re.compile(r".*\b(?:impairment|insufficiency|dysfunction)", re.IGNORECASE)
_HAVING = re.compile(rf"\b{_PEOPLE_WITH} (?:[\w-]+ ){{0,4}}$", re.IGNORECASE)
# Ill of one thing because of another, of which nothing is said: "dizziness due to migraine was treated".
_BECAUSE_OF = re.compile(
    r"\b(?:(?:secondary|due|owing|attributable) to|(?:caused|complicated|induced) by|associated with|resulting from|"
    r"(?:treatment|management|therapy|prevention|prophylaxis) (?:of|for) [^,.;]{3,50} in) "
    r"(?:an? |the |[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
# "In obese and lean patients with gout": the obese have another disease.
_OF_OTHERS = re.compile(
    r"(?:(?:,| and| or) (?:non-?\w+|lean|normal\w*))? (?:patients|subjects|women|men|children|adults|individuals) "
    r"(?:with|who have|having|suffering from) ",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"obese|overweight|[\w-]+(?:ic|ive|al|ous)", re.IGNORECASE)
_KINETICS = re.compile(
    r"(?<!its )(?<!high )\b(?:pharmacokinetics?|bioavailability|interconversion|plasma concentrations?) "
    r"(?:of|between)\b",
    re.IGNORECASE,
)
# What is brought about is not treated: 可使血钾升高.
_BROUGHT = re.compile(
    r"(?:可?使|引起|导致|可致|造成|诱发)(?:患者)?$"
    r"|\b(?:caus(?:es?|ed|ing)|induc(?:es?|ed|ing)|leads? to|led to|results? in) (?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
# What nobody looked at yet is not denied: "has not been evaluated".
_UNKNOWN = re.compile(
    r"\b(?:not|never) powered\b|\bunderpowered\b"
    r"|\b(?:not|never) (?:yet |fully |well |been |clearly |completely |adequately ){1,3}(?:evaluated|studied|clear|"
    r"investigated|established|examined|known|understood|determined|assessed|elucidated|explored)\b"
    r"|\bremains? (?:unknown|unclear)\b|尚不(?:清楚|明确|明)|尚未(?:明确|阐明|研究|评价)",
    re.IGNORECASE,
)
# What is not so by itself, or not always, is not denied: "not sufficient to cause", "no routine test".
_NOT_QUITE = re.compile(
    r"\bnot (?:[\w-]+ ){0,2}?(?:sufficient|enough|always|necessarily|only|alone|completely|routinely?)\b"
    r"|\broutine\b|\bwith (?:or|and) without\b|\bsimilar\b|不足以|不一定|并非(?:总|都|全)|不仅|不完全|常规",
    re.IGNORECASE,
)
_WITHOUT = re.compile(r"\bwithout (?:[\w-]+,? ){0,2}(?:[\w-]+ (?:or|and|nor) )?$", re.IGNORECASE)
_GIVEN = frozenset({"treats", "prevents", "diagnoses"})
_ANNOUNCED = frozenset({"treats", "prevents", "has_adverse_effect"})

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
    aims = Aims(text)
    kept = []
    for finding in findings:
        if not finding.predicate:
            kept.append(finding)
        elif _possible(aims, finding, of.get(finding.subject, []), of.get(finding.object, [])):
            if finding.predicate in _ANNOUNCED and aims.announced(finding.start, finding.end):
                finding = replace(finding, certainty="hypothetical")
            elif finding.predicate == "contraindicated_in" and only_cautioned(text, finding.start, finding.end):
                finding = replace(finding, predicate="cautioned_in", label="cautioned_in")
            kept.append(finding)
    return kept


def _possible(aims: Aims, finding: Finding, subjects: Sequence[Mention], objects: Sequence[Mention]) -> bool:
    text = aims.text
    if finding.subject == finding.object or _GENERIC_IDS & {finding.subject, finding.object}:
        return False
    here = [_within(some, finding.start, finding.end) or some[:_MOST] for some in (subjects, objects)]
    if not here[0] or not here[1]:
        return True
    if not _fitting(finding.predicate, here[0], here[1]):
        return False
    pairs = ((a, b) for a in here[0] for b in here[1])
    first, second = min(pairs, key=lambda ab: max(ab[0].start - ab[1].end, ab[1].start - ab[0].end))
    if first.surface.casefold() == second.surface.casefold() or qualifies(text, finding, here[1]):
        return False
    if finding.predicate in _CAUSED and not _harms(text, finding, first, second, here[1]):
        return False
    if misnamed(text, finding, here[0], second) or _unmeant(text, finding, first, second):
        return False
    return not aims.only_asked(finding.start, finding.end, *sorted((first, second), key=lambda m: m.start))


def _unmeant(text: str, finding: Finding, subject: Mention, object: Mention) -> bool:
    """Whether words around the two say that something else is meant: people who only have a disease, less of a harm,
    the other side of a comparison, something that nobody knows."""
    if finding.polarity == "negated":
        return _undenied(text, finding, subject, object)
    if finding.predicate in FORBIDDING:
        return permitted(text, finding.start, finding.end, subject)
    if finding.predicate == "treats":
        brings = COMPOUND.match(text[subject.end : subject.end + 20]) is not None
        return brings or _untreated(text, finding, object)
    if finding.predicate not in _BLAMED:
        return False
    if finding.predicate in _CAUSED and attributed(text, finding.start, subject, object):
        return True
    compared = as_without(text, finding.start, finding.end) or spared(text, finding.start, finding.end, subject, object)
    return compared or _lessened(text, finding, object)


def _undenied(text: str, finding: Finding, subject: Mention, object: Mention) -> bool:
    """Whether what seems denied is not: unknown yet, said of another, or of people who do not have the disease."""
    lead = text[max(finding.start, object.start - 60) : object.start]
    without = finding.predicate in _GIVEN and _WITHOUT.search(lead) is not None
    first = min(subject.start, object.start)
    clause = max(finding.start, *(text.rfind(mark, finding.start, first) for mark in ",;，；"))
    partly = _NOT_QUITE.search(text, clause, finding.end) is not None
    return without or partly or _unknown(text, finding, subject, object) or unlike(text, finding.start, subject)


def _unknown(text: str, finding: Finding, subject: Mention, object: Mention) -> bool:
    """Whether the sentence says of the two, and not of something before a comma, that nobody knows."""
    first = min(subject.start, object.start)
    return any(
        match.end() > first or not re.search(r"[,;，；]", text[match.end() : first])
        for match in _UNKNOWN.finditer(text, finding.start, finding.end)
    )


def _within(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """Those of `mentions`, which are in order, that begin between `start` and `end`; the first of many."""
    first = bisect_left(mentions, start, key=lambda m: m.start)
    last = bisect_left(mentions, end, lo=first, key=lambda m: m.start)
    return mentions[first : min(last, first + _MOST)]


def _harms(text: str, finding: Finding, first: Mention, second: Mention, objects: Sequence[Mention]) -> bool:
    """Whether what is said to be caused is there, and is not what a drug is given for."""
    harm = second if second in objects else first
    if harm is not first and COMPOUND.match(text[first.end : second.start]):
        return True
    if finding.polarity == "affirmed" and all(mention.polarity == "negated" for mention in objects):
        return False
    return not (first.type == "Drug" and _is_helped(text, harm))


def _untreated(text: str, finding: Finding, ill: Mention) -> bool:
    """Whether people are only said to have the disease: healthy ones, those looked at, or those ill of another, too."""
    lead = text[max(finding.start, ill.start - 160) : ill.start]
    if _BROUGHT.search(lead):
        return True
    impaired = _IMPAIRED.fullmatch(ill.surface) is not None and _HAVING.search(lead) is not None
    others = _IN_WHOM.search(lead) is not None or _BECAUSE_OF.search(lead) is not None
    if _ADJECTIVE.fullmatch(ill.surface) and _OF_OTHERS.match(text, ill.end, ill.end + 120):
        return True
    unhelped = any(words.search(text, finding.start, finding.end) for words in (_HEALTHY, _KINETICS))
    return impaired or others or unhelped


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
