"""What a text of a case tells, put in the order of a case: findings there and not there, the person, and what changes odds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from graph.model import Entity
from graph.view import GraphView
from qa.asked.reader import Reader
from qa.differential.case import duration, measured, person, prose, setting
from qa.differential.case.phrases import phrases
from qa.differential.matrix import Matrix
from qa.differential.model import Finding, Sex, Told
from qa.evidence.wording import Words
from text.names import normalise

_KNOWN = re.compile(
    r"\b(?:known|pmhx?|past medical history|past history|background(?: of)?|history of|hx of|h/o|hx|with a history of|previous|"
    r"co-?morbidit\w+|diagnosed with|longstanding|long-standing|on treatment for|takes? \w+ for|underlying|chronic)\W*"
    r"(?:[\w\s,/&-]{0,60})$|(?:既往|有|患|患有|基础疾病|病史|合并|确诊|原有|素有|老)[^。；]{0,14}$",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"\s*(?:on \w+|for \d+ (?:years|yrs)|since (?:childhood|birth)|\(?(?:diet|well)[- ]controlled)|"
    r"(?:病)?史|\d+\s*余?年|多年|病人|患者|服|口服|药物控制|控制",
    re.IGNORECASE,
)
_SEVERE = re.compile(r"\b(severe|excruciating|intense|terrible|worst|agoni[sz]ing|crushing)\b|(剧烈|严重|重度|剧(?=痛)|难忍)", re.IGNORECASE)
_MILD = re.compile(r"\b(mild|slight|slightly|a bit|a little)\b|(轻微|轻度|有点|稍)", re.IGNORECASE)
_SINCE = re.compile(
    r"[^,.;，。；]{0,24}?\b((?:for|x|over|since)\s+(?:the )?(?:past |last )?[^,.;]{2,24})|"
    r"[^,.;，。；]{0,6}?([\d一二两三四五六七八九十几半]+余?\s*个?(?:小时|天|日|周|月|年))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text tells; `conditions`, `drugs` and `factors` are entities by the words of the text."""

    observed: tuple[Finding, ...] = ()
    excluded: tuple[Finding, ...] = ()
    conditions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    drugs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    factors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[Words, ...] = ()
    age: float | None = None
    sex: Sex = ""
    duration: str = ""
    season: str = ""
    region: str = ""


def heard(view: GraphView, matrix: Matrix, told: Told, reader: Callable[[], Reader] | None = None) -> Heard:
    """What `told.text` tells. Raises ValueError for a text that is too long, and what the graph and `reader` raise."""
    text = told.text
    if not text.strip():
        return Heard()
    age, sex = person.age_of(text), person.sex_of(text)
    values = measured.measured(text, told.age if told.age is not None else age, told.sex or sex)
    mentions = [
        mention
        for mention in prose.mentions(view, matrix, text, reader)
        if all(mention.end <= value.start or value.end <= mention.start for value in values)
    ]
    sorted_out = _Sorting(text, matrix)
    for mention in mentions:
        sorted_out.put(mention)
    sorted_out.put_values(view, values)
    return Heard(
        observed=tuple(sorted_out.observed.values()),
        excluded=tuple(sorted_out.excluded.values()),
        conditions=sorted_out.conditions,
        drugs=sorted_out.drugs,
        factors=sorted_out.factors,
        notes=tuple(sorted_out.notes),
        age=age,
        sex=sex,
        duration=lasting(text),
        season=setting.season(text),
        region=setting.region(text),
    )


class _Sorting:
    """Puts each mention where it belongs."""

    def __init__(self, text: str, matrix: Matrix) -> None:
        self.text, self.matrix = text, matrix
        self.observed: dict[tuple[str, ...], Finding] = {}
        self.excluded: dict[tuple[str, ...], Finding] = {}
        self.conditions: dict[str, tuple[str, ...]] = {}
        self.drugs: dict[str, tuple[str, ...]] = {}
        self.factors: dict[str, tuple[str, ...]] = {}
        self.notes: list[Words] = []

    def put(self, mention: prose.Mention) -> None:
        surface, verdict = self.text[mention.start : mention.end], mention.judgement
        findings = [entity for entity in mention.entities if entity.id in self.matrix.term_number]
        diseases = tuple(entity.id for entity in mention.entities if entity.type == "Disease")
        drugs = tuple(entity.id for entity in mention.entities if entity.type == "Drug")
        factors = tuple(entity.id for entity in mention.entities if entity.id in self.matrix.profiles.factors)
        if verdict.certainty == "hypothetical":
            return
        if verdict.experiencer != "patient":
            self._of_others(surface, mention, factors)
        elif drugs and not findings:
            if verdict.polarity == "affirmed":
                self.drugs[surface] = drugs
        elif findings and not self._known(mention, diseases):
            self._finding(surface, mention, findings)
            if factors and verdict.polarity == "affirmed":
                self.factors[surface] = factors
        elif verdict.polarity == "affirmed" and (diseases or findings):
            self.conditions[surface] = (*diseases, *(entity.id for entity in findings))
        elif factors and verdict.polarity == "affirmed":
            self.factors[surface] = factors

    def _known(self, mention: prose.Mention, diseases: Sequence[str]) -> bool:
        """Whether a mention is told as an illness that somebody has had, and not as what is found now."""
        if mention.judgement.polarity == "negated":
            return False
        surface = self.text[mention.start : mention.end]
        if mention.judgement.certainty == "historical":
            return True
        if not diseases and normalise(surface) in phrases():
            return False
        before, behind = self.text[max(0, mention.start - 70) : mention.start], self.text[mention.end : mention.end + 12]
        return _KNOWN.search(before) is not None or _STANDING.match(behind) is not None

    def _finding(self, surface: str, mention: prose.Mention, findings: Sequence[Entity]) -> None:
        verdict = mention.judgement
        if verdict.certainty == "possible":
            self.notes.append(
                Words(f"'{surface}' is told as possible: it does not count", f"“{surface}”仅为可能：不计入")
            )
            return
        finding = Finding(
            told=surface,
            ids=tuple(entity.id for entity in findings),
            name=findings[0].name,
            read=mention.read,
            severity=_severity(self.text, mention.start, mention.end),
            since=_since(self.text, mention.end),
        )
        denied = (verdict.polarity == "negated") != mention.absent
        into = self.excluded if denied else self.observed
        into.setdefault(finding.ids[:1], finding)

    def _of_others(self, surface: str, mention: prose.Mention, factors: Sequence[str]) -> None:
        if mention.judgement.polarity == "negated":
            return
        kind = ("family", "家族史") if mention.judgement.experiencer == "family" else ("others", "他人")
        self.notes.append(
            Words(
                f"'{surface}' is told of {kind[0]}: no finding of the patient's", f"“{surface}”属{kind[1]}：不作为患者的表现"
            )
        )

    def put_values(self, view: GraphView, values: Sequence[measured.Value]) -> None:
        held = view.entities(sorted({value.id for value in values})) if values else {}
        for value in values:
            entity = held.get(value.id)
            if entity is None or entity.id not in self.matrix.term_number:
                continue
            finding = Finding(self.text[value.start : value.end], (entity.id,), entity.name, value.why)
            if value.present:
                self.observed[finding.ids] = finding
                self.excluded.pop(finding.ids, None)
            elif finding.ids not in self.observed:
                self.excluded.setdefault(finding.ids, finding)


def _severity(text: str, start: int, end: int) -> str:
    place = text[max(0, start - 14) : end]
    place = re.split(r"[,.;，。；]", place)[-1] if "," in place or "，" in place else place
    return "severe" if _SEVERE.search(place) else "mild" if _MILD.search(place) else ""


def _since(text: str, end: int) -> str:
    match = _SINCE.match(text, end)
    return (match[1] or match[2]).strip() if match else ""


_AGE_BEHIND = re.compile(r"[\s-]*(?:old|of age|ago|大|岁|前)", re.IGNORECASE)
_HISTORY = re.compile(
    r"(?:\b(?:hx|history|pmh|known|diagnosed|smok\w+|hypertensi\w+|diabet\w+|asthma\w*|post-?op(?:erative)?(?: day)?|pregnan\w+|"
    r"gestation\w*|married|every|after)\b|病史|史|患|糖尿病|高血压|吸烟|孕|术后|产后|既往|每|停经|饮酒)[^.;。；，,]{0,20}$",
    re.IGNORECASE,
)


def lasting(text: str) -> str:
    """How long what is complained of has lasted, as the text says it: the first stretch of time that is neither an age nor
    that of an old illness."""
    for match in duration.stretches(text):
        before, behind = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 8]
        if not _AGE_BEHIND.match(behind) and not _HISTORY.search(before):
            return match[0].strip()
    return duration.cue(text)


def filled(told: Told, text: Heard) -> Told:
    """What is told, and of the person and the circumstances what only the text tells."""
    return replace(
        told,
        age=told.age if told.age is not None else text.age,
        sex=told.sex or text.sex,
        duration=told.duration or text.duration,
        season=told.season or text.season,
        region=told.region or text.region,
    )

