"""What a text of a case tells, in the order of a case: findings there and not, the person, what changes odds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from graph.model import Entity
from graph.view import GraphView
from qa.asked.reader import Reader
from qa.differential.case import carrying, duration, measured, person, prose, setting
from qa.differential.case.naming import is_finding, meanings, parted
from qa.differential.case.phrases import phrases
from qa.differential.case.unread import unread
from qa.differential.matrix import Matrix
from qa.differential.model import Finding, Sex, Told
from qa.evidence.wording import Words
from text.names import normalise

_KNOWN = re.compile(
    r"\b(?:known|pmhx?|past medical history|past history|background(?: of)?|history of|hx of|h/o|hx|"
    r"with a history of|previous|co-?morbidit\w+|diagnosed with|longstanding|long-standing|"
    r"on treatment for|takes? \w+ for|underlying|chronic)\W*(?:[\w\s,/&-]{0,60})$|"
    r"(?:既往|曾有|患有|基础疾病|病史|合并|确诊|原有|素有|老)[^。；]{0,14}$",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"\s*(?:on (?!echo|mri|ct\b|x-?ray|us[gs]?\b|ultraso|ecg|ekg|eeg|emg|exam|imaging|scan|biopsy|slit|fundo|"
    r"auscult|palpat|dip|the|both|her|his|my|left|right|walking|exert|standing|arrival|admission)\w+|"
    r"for \d+ (?:years|yrs)|since (?:childhood|birth)|\(?(?:diet|well)[- ]controlled)|"
    r"(?:病)?史|\d+\s*余?年|多年|病人|患者|服|口服|药物控制|控制",
    re.IGNORECASE,
)
_BY_KIN = re.compile(
    r"\W*(?:my |our )?(?:dad|mum|mom|mother|father|husband|wife|son|daughter|baby|grandmother|grandfather|nan|gran|"
    r"brother|sister|uncle|aunt)\b|\W*(?:我|我的|我家)?(?:爸|妈|爷|奶|父|母|丈夫|妻子|老公|老婆|儿子|女儿|孩子|"
    r"宝宝|外公|外婆|姥)",
    re.IGNORECASE,
)
"""A text by somebody who tells of a relative, who is the patient."""
_OWN = re.compile(
    r"\b(?:died|passed away)\b|[.;]\s*(?:now )?I(?:'ve|'m| have| get| got| feel| am)\s+(?!given|tried|noticed|taken|"
    r"called|brought|worried|seen|checked|measured|concerned|not sure|afraid)|"
    r"\b(?:he|she) (?:himself|herself)\b|\b(?:the )?(?:patient|proband|index case)\b|患者|患儿|先证者|"
    r"去世|病逝|死于|[。；，]我(?:现在|自己|最近|也|有|感到|觉得)",
    re.IGNORECASE,
)
"""What says that the patient is not the relative whom a text begins with."""
_PAST = re.compile(
    r"\b(?:had|recovered from|got over)\s+(?:a |an )?$|[周月年]前(?:曾)?(?:有过?|患过?|得过?)$", re.IGNORECASE
)
_PAST_BEHIND = re.compile(
    r"\s*(?:a |about |around )?[\w ]{1,12}\b(?:weeks?|months?|years?) (?:ago|back|before)\b", re.IGNORECASE
)
_CHRONIC = re.compile(
    r"hypertension|htn|hypertensive|diabetes(?: mellitus)?|diabetic|t[12]dm|dm|type [12] diabetes(?: mellitus)?|"
    r"copd|asthma|asthmatic|ckd|"
    r"chronic kidney disease|ihd|cad|ischa?emic heart disease|coronary artery disease|heart failure|ccf|chf|"
    r"hypothyroidism|"
    r"osteoporosis|rheumatoid arthritis|gout|dementia|eczema|migraine|atrial fibrillation|af|osteoarthritis|"
    r"cirrhosis|"
    r"hyperlipid\w+|dyslipid\w+|hypercholesterol\w+|psoriasis|parkinson'?s?(?: disease)?|"
    r"高血压病?|糖尿病|2型糖尿病|1型糖尿病|冠心病|慢阻肺|哮喘|支气管哮喘|房颤|心房颤动|心衰|心力衰竭|"
    r"类风湿关节炎|慢性肾病|慢性肾脏病|肝硬化|"
    r"痛风|骨质疏松|甲减|甲亢|高血脂|高脂血症|湿疹|偏头痛|脑梗死|脑梗|脑卒中|慢性支气管炎|慢性乙型肝炎|乙肝|"
    r"系统性红斑狼疮",
    re.IGNORECASE,
)
"""Illnesses that stay: who has one has had it before."""
_SEEN = re.compile(
    r"(?:[查测]出|查到|发现|新发|提?示|心电图?[是为上]?|(?:HR|心率|心室率|脉搏)\s*\d+(?:次/分)?)[有是为了呈]?[、,，\s]?$"
)
"""What stands before an illness that is found now: 心电图示房颤, HR 168房颤律."""
_SEVERE = re.compile(
    r"\b(severe|excruciating|intense|terrible|worst|agoni[sz]ing|crushing)\b|(剧烈|严重|重度|剧(?=痛)|难忍)",
    re.IGNORECASE,
)
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
    unread: tuple[str, ...] = ()
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
    own = _OWN.search(text) if _BY_KIN.match(text) else None
    age, sex = person.age_of(text), person.sex_of(text[own.start() :] if own else text)
    values = measured.measured(text, told.age if told.age is not None else age, told.sex or sex)
    mentions = [
        mention
        for mention in prose.mentions(view, matrix, text, reader)
        if all(mention.end <= value.start or value.end <= mention.start for value in values)
    ]
    sorted_out = _Sorting(view, text, matrix)
    for mention in mentions:
        sorted_out.put(mention)
    sorted_out.put_values(view, values)
    borne = [] if (told.sex or sex) == "male" else carrying.states(text, matrix.profiles.factors)
    for start, end, id in borne:
        sorted_out.factors.setdefault(text[start:end], (id,))
    places = [(start, end) for start, end, _ in borne]
    places += [(one.start, one.end) for one in mentions] + [(one.start, one.end) for one in values]
    return Heard(
        observed=tuple(sorted_out.observed.values()),
        excluded=tuple(sorted_out.excluded.values()),
        conditions=sorted_out.conditions,
        drugs=sorted_out.drugs,
        factors=sorted_out.factors,
        notes=tuple(sorted_out.notes),
        unread=(*sorted_out.lost, *unread(text, places)),
        age=age,
        sex=sex,
        duration=lasting(text),
        season=setting.season(text),
        region=setting.region(text),
    )


class _Sorting:
    """Puts each mention where it belongs."""

    def __init__(self, view: GraphView, text: str, matrix: Matrix) -> None:
        self.view, self.text, self.matrix = view, text, matrix
        self.told_by_kin = _BY_KIN.match(text) is not None and _OWN.search(text) is None
        self.observed: dict[tuple[str, ...], Finding] = {}
        self.excluded: dict[tuple[str, ...], Finding] = {}
        self.conditions: dict[str, tuple[str, ...]] = {}
        self.drugs: dict[str, tuple[str, ...]] = {}
        self.factors: dict[str, tuple[str, ...]] = {}
        self.notes: list[Words] = []
        self.lost: list[str] = []
        """What is named and no disease here is stated to have, nor changes its odds."""

    def put(self, mention: prose.Mention) -> None:
        verdict = mention.judgement
        if verdict.certainty == "hypothetical":
            self._uncounted(self.text[mention.start : mention.end])
            return
        if verdict.experiencer == "other" or (verdict.experiencer == "family" and not self.told_by_kin):
            self._of_others(self.text[mention.start : mention.end], mention)
        else:
            self._of_patient(self.text[mention.start : mention.end], mention)

    def _of_patient(self, surface: str, mention: prose.Mention) -> None:
        findings = self._findings(surface, mention)
        diseases, drugs = _typed(mention, "Disease"), _typed(mention, "Drug")
        factors = tuple(entity.id for entity in mention.entities if entity.id in self.matrix.profiles.factors)
        there = mention.judgement.polarity == "affirmed"
        observed = bool(findings) and not self._known(mention, diseases)
        if observed:
            self._finding(surface, mention, findings)
        if not there:
            if not observed:
                self._denied(surface)
            return
        if drugs and not findings:
            self.drugs[surface] = drugs
        elif not observed and (diseases or findings):
            self.conditions[surface] = (*diseases, *(entity.id for entity in findings))
        elif factors:
            self.factors[surface] = factors
        elif not observed:
            self.lost.append(surface)

    def _findings(self, surface: str, mention: prose.Mention) -> list[Entity]:
        """The findings that a mention may be; of a disease those that go by its name, before the disease itself."""
        stated = [entity for entity in mention.entities if entity.id in self.matrix.term_number]
        plain = [entity for entity in stated if is_finding(entity)]
        if plain or not _typed(mention, "Disease"):
            return plain or stated
        meant = meanings(self.view, self.matrix, [surface])[surface].findings
        held = self.view.entities([id for id in meant if id in self.matrix.term_number])
        return [held[id] for id in meant if id in held] or stated

    def _known(self, mention: prose.Mention, diseases: Sequence[str]) -> bool:
        """Whether a mention is told as an illness that somebody has had, and not as what is found now."""
        if mention.judgement.polarity == "negated":
            return False
        surface = self.text[mention.start : mention.end]
        if _CHRONIC.fullmatch(surface):
            return _SEEN.search(self.text, max(0, mention.start - 24), mention.start) is None
        if not diseases or normalise(surface) in phrases():
            return False
        if mention.judgement.certainty == "historical":
            return True
        before, behind = (
            self.text[max(0, mention.start - 70) : mention.start],
            self.text[mention.end : mention.end + 12],
        )
        return _KNOWN.search(before) is not None or _STANDING.match(behind) is not None

    def _finding(self, surface: str, mention: prose.Mention, findings: Sequence[Entity]) -> None:
        verdict = mention.judgement
        if verdict.certainty == "possible":
            self._uncounted(surface)
            return
        if self._past(mention):
            self.notes.append(
                Words(f"'{surface}' is told of the past: it does not count", f"“{surface}”属既往：不计入")
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
        denied = mention.absent or verdict.polarity == "negated"
        into = self.excluded if denied else self.observed
        for one in parted(finding):
            into.setdefault(one.ids[:1], one)

    def _past(self, mention: prose.Mention) -> bool:
        """Whether a finding was there weeks ago and is told as over: `had a cold 2 weeks ago`."""
        surface, before = self.text[mention.start : mention.end], self.text[max(0, mention.start - 24) : mention.start]
        if re.match(r"had (?:a|an)\b", surface, re.IGNORECASE):
            before += "had "
        told = _PAST.search(before)
        return told is not None and (told[0][0] in "周月年" or _PAST_BEHIND.match(self.text, mention.end) is not None)

    def _uncounted(self, surface: str) -> None:
        self.notes.append(Words(f"'{surface}' is told as possible: it does not count", f"“{surface}”仅为可能：不计入"))

    def _denied(self, surface: str) -> None:
        self.notes.append(
            Words(
                f"'{surface}' is no finding here: that it is denied does not count",
                f"“{surface}”不是表现：其否认不计入",
            )
        )

    def _of_others(self, surface: str, mention: prose.Mention) -> None:
        if mention.judgement.polarity == "negated":
            return
        kind = ("family", "家族史") if mention.judgement.experiencer == "family" else ("others", "他人")
        self.notes.append(
            Words(
                f"'{surface}' is told of {kind[0]}: no finding of the patient's",
                f"“{surface}”属{kind[1]}：不作为患者的表现",
            )
        )

    def put_values(self, view: GraphView, values: Sequence[measured.Value]) -> None:
        held = view.entities(sorted({value.id for value in values})) if values else {}
        for value in values:
            entity = held.get(value.id)
            if entity is None or entity.id not in self.matrix.term_number:
                self.lost.append(self.text[value.start : value.end])
                continue
            finding = Finding(self.text[value.start : value.end], (entity.id,), entity.name)
            if value.present:
                self.observed[finding.ids] = finding
                self.excluded.pop(finding.ids, None)
            elif finding.ids not in self.observed:
                self.excluded.setdefault(finding.ids, finding)


def _typed(mention: prose.Mention, type: str) -> tuple[str, ...]:
    return tuple(entity.id for entity in mention.entities if entity.type == type)


def _severity(text: str, start: int, end: int) -> str:
    place = text[max(0, start - 14) : end]
    place = re.split(r"[,.;，。；]", place)[-1] if "," in place or "，" in place else place
    return "severe" if _SEVERE.search(place) else "mild" if _MILD.search(place) else ""


def _since(text: str, end: int) -> str:
    match = _SINCE.match(text, end)
    return (match[1] or match[2]).strip() if match else ""


_OLD = re.compile(
    r"(?:\b(?:hx|history|pmh|known|diagnosed|smok\w+|hypertensi\w+|diabet\w+|asthma\w*|"
    r"post-?op(?:erative)?(?: day)?|pregnan\w+|"
    r"gestation\w*|married|after|had|was|\bevery|\bper|each)\b|病史|患|糖尿病|高血压|吸烟|孕|术后|产后|既往|停经|"
    r"饮酒|每|感冒|换|吃)"
    r"[^.;。；，,]{0,20}$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:\b(?:for|x|over|since|last|past|now|of)\s*(?:the |about |around )?(?:past |last )?|[快已近约达]|反复|持续)$",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\b(?:last(?:s|ed|ing)?|each|every time|at a time)\b[^,.;]{0,14}$|(?:持续|每次|历时)[^，。；,]{0,8}$",
    re.IGNORECASE,
)
"""What stands before how long one attack lasts, which is not how long somebody has been ill."""
_AGO = re.compile(r"\s*(?:ago|back|前|later|后)", re.IGNORECASE)
_WHEN = re.compile(r"since|last|this|tonight|overnight|yesterday|昨|今|前|半夜|夜", re.IGNORECASE)
_COURSE = re.compile(r"\s*(?:了|来|余|of\b|history\b|hx\b)", re.IGNORECASE)


def lasting(text: str) -> str:
    """How long what is complained of has lasted, as the text says it: a stretch of time that is neither an age nor that
    of an old illness; one that is told of the whole course comes first."""
    ages = person.age_places(text)
    told: list[tuple[int, int, str]] = []
    for match in duration.stretches(text):
        before, behind = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 8]
        if any(start < match.end() and match.start() < end for start, end in ages) or _OLD.search(before):
            continue
        if re.match(r"\s*(?:pregnan|gestation|gravid|post)", text[match.end() : match.end() + 10]):
            continue
        if _EACH.search(before + match[0]) and (duration.in_hours(match[0]) or 9) < 1.5:
            told.append((2, match.start(), match[0].strip()))
            continue
        rank = 0 if _WHOLE.search(before) or _COURSE.match(behind) else 2 if _AGO.match(behind) else 1
        told.append((rank, match.start(), match[0].strip()))
    told += [(1 if _WHEN.match(words) else 3, at, words) for _, at, words in duration.cues(text)]
    return min(told)[2] if told else ""


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
