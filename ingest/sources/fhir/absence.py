"""What the name or the codes of a FHIR concept say beside naming it: nothing known, a history, a relative, a doubt.

`No known allergies` is no allergy, `Family history of breast cancer` is no breast cancer of the patient, and
`Z87.11` (personal history of peptic ulcer) is no ulcer of today. Every coding counts, of any system and at any
place, and so does the text alone, in English and Chinese. SNOMED CT's codes are those of its International Edition,
the prefixes those of ICD-10 (Z80–Z87) and ICD-9 (V10–V19), `no-known-…` the IPS code system
(http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ingest.sources.fhir.resource import HIERARCHY, is_name, text_of

Kind = Literal["", "none", "denied", "past", "possible", "family", "family denied"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a concept is meant, and what it then is about.

    `none` says that there is nothing of the kind, or that nobody knows: nothing is stated. `about` is the concept, less
    its codes where only a part of its name is meant.
    """

    kind: Kind = ""
    about: Mapping[str, Any] = field(default_factory=dict)


_NONE_CODES = frozenset((
    "716186003", "409137002", "428607008", "429625007", "428197003", "716184000", "716220001", "1003774007",
    "160244002", "160245001", "182849000", "787479000", "787480003", "787481004", "787482006",
))  # fmt: skip
_NONE_CODE = re.compile(
    r"(?:no-known-[a-z-]+|no-[a-z-]+-info|n\.?k\.?[adfe]?\.?a\.?|nk[adf]?a|nka-[a-z]+)", re.IGNORECASE
)
_PERSONAL_CODE = re.compile(r"Z8[5-7](?:\.?\w{0,4})?|V1[0-35](?:\.?\d{0,2})?", re.IGNORECASE)
_FAMILY_CODE = re.compile(r"Z8[0-4](?:\.?\w{0,4})?|V1[6-9](?:\.?\d{0,2})?", re.IGNORECASE)
_ICD_OIDS = ("2.16.840.1.113883.6.90", "2.16.840.1.113883.6.3", "2.16.840.1.113883.6.103", "2.16.840.1.113883.6.42")

_OF_KIND = (
    r"(?:drug |drugs |medication |medicine |food |environmental |latex |insect |animal |contrast |seasonal |chronic |"
    r"medical |surgical |health |clinical |significant |relevant |active |adverse |family |social |herbal |"
    r"over[- ]the[- ]counter |otc |prescription |and |or |/|,|, )*"
    r"(?:allerg(?:y|ies|ens?)|intolerances?|sensitivit(?:y|ies)|reactions?|drugs?|medications?|meds|medicines?|"
    r"drug therapy|treatments?|problems?|conditions?|comorbidit(?:y|ies)|co-morbidit(?:y|ies)|diseases?|disorders?|"
    r"diagnos[ei]s|illness(?:es)?|surger(?:y|ies)|procedures?|operations?|history|immuni[sz]ations?|vaccin(?:ation)?s?|"
    r"vaccines?|devices?|past medical history|past surgical history|complaints?|concerns?|disabilit(?:y|ies)|"
    r"abnormalit(?:y|ies))"
)
_KNOWN = (
    r"(?:known |current |currently |prior |previous |significant |active |past |personal |relevant |reported |recorded "
    r"|documented |regular |ongoing |other |prescribed |new |recent |current or past )*"
)
_TAIL = (
    r"(?: (?:known|reported|recorded|documented|identified|noted|detected|administered|given|performed|on file|"
    r"on record|at this time|at present|currently|use|"
    r"or disabilit(?:y|ies)|or intolerances?|or medications?|history|prescribed|taken|listed|to (?:drugs?|medications?|"
    r"foods?|medicines?)))*"
)
_PATIENT = r"(?:(?:the )?(?:patient|pt) )?(?:is |has )?(?:currently |presently )?"
_UNTAKEN = (
    r"(?:(?:not|never|does not|doesn't|is not|isn't) (?:currently )?(?:tak(?:e|es|ing)|on|us(?:e|es|ing))(?: any)?"
    r"|(?:takes?|taking|on|uses?|using) (?:no|not any)|(?:denies|denied) (?:taking|using|the use of|use of)(?: any)?) "
)
"""What stands before the name of what somebody does not take."""
_NONE = re.compile(
    rf"{_PATIENT}(?:no|nil|zero) {_KNOWN}{_OF_KIND}{_TAIL}"
    rf"|{_PATIENT}(?:denies|denied|negative for|without)(?: any| all)? {_KNOWN}{_OF_KIND}{_TAIL}"
    rf"|{_OF_KIND}\s*[:：-]\s*(?:no|none|nil|none known|nil known|negative|unknown|denied|denies)"
    rf"|{_PATIENT}{_UNTAKEN}{_KNOWN}{_OF_KIND}{_TAIL}|{_PATIENT}taking nothing"
    rf"|{_PATIENT}(?:generally |otherwise |previously |currently )?(?:fit and |fit & )?"
    r"(?:healthy|well|(?:in )?good health)"
    r"|n\.?k\.?[adf]{0,2}\.?a\.?|nkma|nil known|nil|none|none known|none reported|none recorded|not known|no known"
    r"|nothing known|nothing of note|nil of note|nil significant|not applicable|n/a"
    r"|(?:unknown|not asked|not recorded|no information|unable to assess|no data)"
    rf"(?:(?: about| on| regarding)? {_OF_KIND})?"
    rf"|{_OF_KIND}(?: (?:status|information))? (?:is |are )?(?:unknown|not known|not recorded|not available)"
    r"|(?:family history|drug history|allergy status) (?:is )?(?:unknown|negative|unremarkable)",
    re.IGNORECASE,
)
_CHINESE_KIND = (
    r"(?:药物|药品|食物|食品|环境|花粉|接触物|其他|其它|相关|特殊|重大|慢性|任何|用药|已知|明确|明显|既往|手术|外伤|输血"
    r"|、|及|和|与|或|，|等)*"
)
_CHINESE_HISTORY = (
    r"(?:过敏史?|过敏反应|过敏原|不良反应史?|病史|疾病史?|疾病|基础病|合并症|用药史?|药物|手术史?|外伤史?|接种史|输血史|家族史"
    r"|家族遗传病史|遗传病史|问题|诊断|既往史)"
)
_NOT_TAKEN = (
    r"(?:目前|现|近期|平时|平素)?(?:未|没有|没|否认|无|不)(?:在|再|曾|有)?(?:长期)?(?:服用|使用|服|用|吃)(?:过)?"
)
_NONE_CHINESE = re.compile(
    r"(?:患者|病人)?(?:(?:"
    rf"(?:无|没有|未见|否认|暂无|未发现|未诉|无明确|不存在)(?:有)?{_CHINESE_KIND}{_CHINESE_HISTORY}(?:可记|可查|记录)?"
    rf"|{_NOT_TAKEN}(?:任何|其他|其它|特殊)*(?:药物?|药品|西药|中药)(?:史|治疗)?"
    r"))"
    r"|(?:药物|食物)?过敏史?\s*[:：]\s*(?:无|否认|没有|不详|未知|暂无)"
    r"|(?:既往|家族|手术|用药)史?\s*[:：]\s*(?:无|否认|没有|不详|未知)"
    r"|无|没有|暂无|否认|不详|未知|未记录|未询问|(?:过敏|病|用药|家族|手术)史(?:不详|未知|不明)"
    r"|(?:既往|平素|平时)?(?:体健|健康|身体健康)|(?:身体|健康|一般|全身)?(?:状况|状态|情况)?(?:健康|良好)"
)
_RELATIVE = (
    r"(?:mother|father|brother|sister|sibling|parent|son|daughter|uncle|aunt|cousin|grandmother|grandfather|"
    r"grandparent|maternal (?:aunt|uncle|grandmother|grandfather)|paternal (?:aunt|uncle|grandmother|grandfather))s?"
)
_RELATIVE_CHINESE = (
    r"(?:父亲|母亲|父母|兄弟|姐妹|哥哥|弟弟|姐姐|妹妹|外?祖父|外?祖母|儿子|女儿|家人|亲属|家族中?)(?:曾)?"
    r"(?:患有|患|有|：|:)"
)
# What is not there but should be is a finding of its own, `no longer` and `No of` deny nothing.
_NO_DENIAL = (
    r"(?!no (?:\W|inhal|gas\b|donor|(?:longer|more|change|improvement|progress|response|of|one|light|perception|"
    r"sensation|pulses?|reflex(?:es)?|menses|speech|eye contact|movements?|fixed|breath sounds?|"
    r"bowel (?:sounds?|movements?)|heart ?(?:sounds?|beat|rate)|left|right|tone|tears|urine output|cpr|cardiopulmonary|"
    r"resuscitation|weight[- ]bearing|concentrated|shows?|\d+)\b))"
)
_PERSON = r"(?:smoker|drinker|user|abuser|addict|alcoholic|athlete|worker|miner|prisoner|soldier|infant|baby|patient)s?"
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (
        "family denied",
        r"(?:no|negative|denies|without)(?: any)?(?: known)? (?:family history|fhx?|fh/o)(?: of|:|/o)?\s*(?P<x>.+)"
        r"|family history (?:is )?negative (?:for|of) (?P<y>.+)|(?:无|否认|没有)(?P<z>.+?)家族(?:遗传)?史"
        r"|(?:no|denies)(?: any)? (?:relatives?|family members?) (?:with|having|had|has|have) (?P<w>.+)"
        rf"|(?:否认|没有|无){_RELATIVE_CHINESE}(?P<v>.+)",
    ),
    (
        "family",
        r"(?:strong |positive |known )?(?:family (?:history|hx)(?: of|:)|family hx|fh(?: of|x|/o)?:?)\s+(?P<x>.+)"
        r"|(?P<y>.+?)[ ,]+(?:in (?:the )?family|family history)"
        rf"|(?:(?:his|her|the patient's) )?{_RELATIVE}(?: (?:with|had|has|have|diagnosed with|died of)|:) (?P<z>.+)",
    ),
    ("family", rf"{_RELATIVE_CHINESE}(?P<x>.+)|(?P<y>.+?)家族(?:遗传)?史|家族史\s*[:：]\s*(?P<z>.+)"),
    (
        "denied",
        rf"{_PATIENT}(?:no|negative|without|denies|denied|absence of|never had)(?: any)?"
        r"(?: known| prior| previous| past| personal| significant)*"
        r" (?:history|h/o|hx|evidence|signs?|symptoms?)(?: of|:)?\s*:?\s*(?P<x>.+)"
        rf"|{_PATIENT}{_UNTAKEN}(?P<y>.+)",
    ),
    (
        "denied",
        r"(?:no|not|never)(?: known)? (?:allerg(?:y|ies|ic)|intoleran(?:ce|t)|sensitivity) (?:to|of) (?P<x>.+)"
        r"|no (?:known )?(?P<y>.+?) (?:allerg(?:y|ies)|intolerances?)|(?P<z>.+?),? (?:ruled out|excluded|refuted)",
    ),
    (
        "denied",
        rf"{_NO_DENIAL}{_PATIENT}(?:denies|denied|no|never had|negative for|free of)"
        r"(?: any| known| current| active| prior| previous| past| recent)*(?: history of| allergy to)? (?P<x>.+)"
        r"|(?P<y>[^:：,，;；]+?)(?:\s*[:：]\s*|\s+[-–]\s+)(?:no|denied|denies|无|否认|没有)",
    ),
    (
        "denied",
        r"(?:无|否认|没有)(?:有)?(?P<x>.+?)史|排除(?P<y>.+)|(?P<z>.+?)(?:已)?排除|对(?P<w>.+?)不过敏"
        r"|(?:否认|没有|没对|无(?!花果|水|机|籽|患子|味))(?:对)?(?P<v>.+?)过敏",
    ),
    (
        "denied",
        r"(?:患者|病人)?(?:(?:未|没有|没|否认|不|无)(?:长期|在|再)?(?:服用|使用)过?|(?:否认|没有|未患)(?:有|患|患有)?)(?P<x>.+)"
        r"|无(?P<y>(?:高血压|糖尿病|冠心病|心脏病|高血脂|肝炎|结核|哮喘|癫痫|发热|咳嗽|胸痛|头痛|腹痛|呕吐).*)",
    ),
    (
        "past",
        r"(?:past |personal |previous |prior |remote |medical |known )*(?:history|hx)(?: of|:)\s*(?P<x>.+)"
        r"|(?:h/o|pmhx?)\s*:?\s*(?P<y>.+)",
    ),
    (
        "past",
        r"(?:s/p|status[ -]post)\s*:?\s*(?P<x>.+)"
        rf"|(?:previous|former|past|prior) (?!.*\b{_PERSON}$|pointing|due)(?P<y>.+)"
        r"|(?:no longer (?:has|have|had|tak(?:es|ing)|on|us(?:es|ing)|suffers from)|discontinued) (?P<z>.+)"
        r"|(?P<w>.+?)(?: \((?:resolved|discontinued|stopped)\)|(?:,| -) (?:resolved|discontinued|stopped))",
    ),
    (
        "past",
        r"(?P<x>.+?)(?:既往史|(?<!家族)(?<=病)史)|既往(?:有|患有|患)?(?P<y>.+)|曾(?:患有|患|有)(?P<z>.+)|已?停用(?P<w>.+)"
        r"|(?P<v>.+(?:切除|置换|植入|移植|置入|搭桥|成形|修补|吻合|造瘘|剖宫产)术)后(?:状态)?",
    ),
    (
        "possible",
        r"(?:suspected|suspicion of|possible|probable|presumed|likely|query|questionable|\?|rule out|r/o)[ :]*(?P<x>.+)"
        r"|(?P<y>.+?)(?: \(?(?:suspected|possible|probable|rule out)\)?|\?)",
    ),
    ("possible", r"(?:疑似|可疑|怀疑|考虑|拟诊)(?P<x>.+)|(?P<y>.+?)(?:待查|待排除|待排|可能|？)"),
)
"""What a name says, with what it is about in a group; the first that fits decides."""
_WORDED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)


def meaning_of(concept: Mapping[str, Any], *, allergy: bool = False) -> Meaning:
    """What a CodeableConcept says. For an allergy a history of it is the allergy itself."""
    for code, system in _codes(concept):
        if (code in _NONE_CODES and _may_be_snomed(system)) or _NONE_CODE.fullmatch(code):
            return Meaning("none", concept)
    names = list(dict.fromkeys(_names(concept)))
    if any(_NONE.fullmatch(name) or _NONE_CHINESE.fullmatch(name) for name in names):
        return Meaning("none", concept)
    for name in names:
        for kind, pattern in _WORDED:
            match = pattern.fullmatch(name)
            about = _about(match) if match else ""
            if about and not (allergy and kind == "past"):
                nothing = kind == "denied" and re.fullmatch(_OF_KIND, about, re.IGNORECASE)
                return Meaning("none", concept) if nothing else Meaning(kind, {"text": about})
    return _by_code(concept, allergy)


def _by_code(concept: Mapping[str, Any], allergy: bool) -> Meaning:
    for code, system in _codes(concept):
        if "icd" in system.lower() or system.removeprefix("urn:oid:") in _ICD_OIDS:
            if _FAMILY_CODE.fullmatch(code):
                return Meaning("family", {"text": text_of(concept)})
            if _PERSONAL_CODE.fullmatch(code) and not allergy:
                return Meaning("past", {"text": text_of(concept)})
    return Meaning("", concept)


def _codes(concept: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for coding in concept.get("coding") or ():
        yield str(coding.get("code") or ""), str(coding.get("system") or "")


def _may_be_snomed(system: str) -> bool:
    return not system or "snomed" in system.lower() or system == "urn:oid:2.16.840.1.113883.6.96"


def _names(concept: Mapping[str, Any]) -> Iterator[str]:
    """Every name of a concept on one line, without SNOMED CT's hierarchy and a full stop."""
    for text in (concept.get("text"), *(coding.get("display") for coding in concept.get("coding") or ())):
        if is_name(text):
            yield HIERARCHY.sub("", " ".join(text.split())).strip(" .。;；")


def _about(match: re.Match[str]) -> str:
    text = next((value for value in match.groupdict().values() if value), "")
    text = re.sub(r"^(?:an? |the |of |: ?)", "", text.strip(" ,.:;，。：；"), flags=re.IGNORECASE)
    # 高血压病史 is a history of 高血压, 糖尿病史 one of 糖尿病.
    text = re.sub(r"(?<=[压症炎癌瘤死折塞喘风核中梗脂化石疡痫])病$|的$", "", text)
    return text if len(text) > 1 else ""
