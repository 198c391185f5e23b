"""The triggers of `relate`: what stands between two mentions, or around them, where a sentence relates them."""

# ruff: noqa: E501  (a pattern reads best in one piece)

from __future__ import annotations

import re
from dataclasses import dataclass

_DRUG = frozenset({"Drug"})
_CONDITION = frozenset({"Disease", "Phenotype"})
_DISEASE = frozenset({"Disease"})
_FINDING = frozenset({"Phenotype", "Disease"})
_CAUSE = frozenset({"Drug", "Disease", "Gene", "Variant", "Organism"})

# § stands for a mention between the two: the other members of a list.
# Each alternative begins with a character of its own; runs of blanks are one blank by then (`patterns`), so that no share
# of a run between two such parts is tried.
_LIST = r"(?:\s|§|,|;|/|and\b|or\b|as well as\b|such as\b|including\b)*"
# A Chinese list is joined by 、 and a comma ends the clause: what follows it has a subject of its own.
_LIST_ZH = r"(?:§|、|和|及|或|以及|与|\s)*"
# A few words that may stand between a trigger and its mention without changing who does what to whom.
_MODIFIERS = r"(?:\s+(?!(?:not|no|without|than|by|with|who|but|in|after|before|prevention|prophylaxis|preventing|reducing)\b)[\w-]+){0,3}?"
_NOT = (
    r"(?P<not>\s*(?:(?:does|do|did|is|are|was|were|has|have|had|can|could|may|might|should|would|will)\s*(?:not|n['’]t)"
    r"|cannot|never|no longer|fail(?:s|ed)? to|neither)\s+(?:\w+ly\s+)?)?"
)
_MAY = (
    r"(?:\s*(?:(?:was|were|is|are|has been|have been|can|may|might|could|will|would|also|often|usually|commonly|sometimes|"
    r"frequently|occasionally|rarely|significantly|effectively|successfully|markedly|further|directly|be|been|known to|shown to|reported to|"
    r"found to|appears? to|seems? to|likely to|able to)\s+)*)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """`between` is what stands between the two mentions; `before` and `after` what must stand around them.

    With `reverse` the first mention is the object.
    """

    predicate: str
    subjects: frozenset[str]
    objects: frozenset[str]
    between: re.Pattern[str]
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    reverse: bool = False
    confidence: float = 0.6


def _english(trigger: str) -> re.Pattern[str]:
    return re.compile(rf"^{_LIST}{_NOT}{_MAY}(?:{trigger}){_MODIFIERS}{_LIST}$", re.IGNORECASE)


def _chinese(trigger: str) -> re.Pattern[str]:
    return re.compile(rf"^{_LIST_ZH}(?P<not>不能|不会|并不|不|未能|未|无法|没有)?(?:{trigger}){_LIST_ZH}$")


def _around(pattern: str, end: str = "$") -> re.Pattern[str]:
    return re.compile(pattern + end, re.IGNORECASE)


# "Bradycardia or signs of heart failure" names two things: a verb or an article must say that the first is the sign.
_SIGN_OF = re.compile(
    rf"^(?:{_LIST}{_NOT}{_MAY}(?:is|are|was|were|remains?|as)\s+(?:an?|the|one of the)?|\s*[,(]?\s*(?:an?|the|one of the))\s*"
    r"(?:(?!(?:accompanied|by|with|without|due|from|not|no)\b)[\w-]+ ){0,2}?"
    rf"(?:symptoms?|signs?|features?|manifestations?|hallmarks?|complications?) (?:of|in){_MODIFIERS}{_LIST}$",
    re.IGNORECASE,
)

RULES = (
    # treats
    Rule("treats", _DRUG, _CONDITION, _english(
        r"\s*(?:treats?|treated(?! (?:group|arm|patients|subjects|animals|rats|mice|cells|eyes|children|women|men)\b)|relieves?|relieved|alleviates?|alleviated|ameliorates?|ameliorated|cures?|cured)"
        r"(?: (?:the )?(?:symptoms|signs) of)?")),
    Rule("treats", _DRUG, _CONDITION, _english(
        r"\s*(?:therapy|treatment|monotherapy)?\s*(?:an? )?(?:\w+ly )?(?:effective|efficacious|useful|beneficial|indicated|used|approved|"
        r"recommended|prescribed|licensed|first-line|drug of choice|treatment of choice)(?: \w+){0,2}? (?:in|for|against|to treat)"
        r"(?: the)?(?: (?:treatment|management|therapy|control|relief) (?:of|for))?"
        r"(?: (?:patients|adults|children|people|subjects|women|men|those|cases) (?:with|of))?"), confidence=0.7),
    Rule("treats", _DRUG, _CONDITION, _english(
        r"\s*(?:therapy |treatment )?(?:for|in) (?:the )?(?:treatment|management|therapy|control|relief) of"
        r"(?: (?:patients|adults|children|people) with)?"), confidence=0.7),
    Rule("treats", _DRUG, _CONDITION, _english(r"\s*(?:therapy|treatment) (?:for|of)"), confidence=0.6),
    Rule("treats", _DRUG, _CONDITION, _english(r"\s*(?:with|using|by)(?: \w+)?"), reverse=True,
          before=_around(r"(?:treatment|management|therapy|treating|treat)(?: of| for)?(?: (?:patients|adults|children) with)?(?: \w+){0,2} "),
          confidence=0.7),
    Rule("treats", _DRUG, _CONDITION, _english(
        r"\s*(?:patients )?(?:treated|managed|controlled|relieved|alleviated) (?:with|by|using)"), reverse=True, confidence=0.6),
    Rule("treats", _DRUG, _CONDITION, _english(r"\s*(?:respond(?:s|ed)?|responsive) to"), reverse=True, confidence=0.6),
    Rule("treats", _DRUG, _CONDITION, _chinese(
        r"(?:主要|常|可|可以|能|能够|被|广泛|适)*(?:用于|用来)?(?:有效)?(?:治疗|缓解|改善|控制)(?:轻度|中度|重度|成人|儿童|急性|慢性)*")),
    Rule("treats", _DRUG, _CONDITION, _chinese(r"(?:患者|病人|时)?(?:可|可以|应|需|宜|常|首选)*(?:使用|选用|服用|口服|给予|应用|用|首选)"),
          reverse=True, after=_around(r"^[^，。；]{0,6}治疗", "")),
    # prevents
    Rule("prevents", _DRUG, _CONDITION, _english(
        r"\s*(?:prevents?|prevented|(?:(?:is |are |was |were )?(?:used |effective |efficacious |useful |recommended ))?(?:for|in) (?:the )?(?:prevention|prophylaxis) of|prophylaxis (?:of|against|for))")),
    Rule("prevents", _DRUG, _CONDITION, _chinese(r"(?:可|可以|能|能够|用于|被用于)*(?:预防|防止)")),
    # adverse effects and causes
    Rule("causes", _DRUG, _CONDITION, re.compile(r"^\s*[-–]\s*(?P<not>)?(?:induced|associated|related)\s*(?:\w+\s+){0,2}$", re.IGNORECASE),
          confidence=0.7),
    Rule("causes", _CAUSE, _CONDITION, _english(
        r"\s*(?:treatment |therapy |overdose |infection |toxicity )?(?:causes?|caused|causing|induces?|induced|inducing|leads? to|led to|results? in|resulted in|"
        r"provokes?|provoked|precipitates?|precipitated|triggers?|triggered)")),
    Rule("causes", _CAUSE, _CONDITION, _english(
        r"\s*(?:caused|induced|provoked|precipitated|produced|triggered) by|\s*(?:due|secondary|attributed|attributable) to"
        r"|\s*(?:resulting|arising) from"), reverse=True),
    Rule("has_adverse_effect", _DRUG, _CONDITION, _english(
        r"\s*(?:therapy |treatment |were |was |are |is )*(?:include|includes|included|was|were|are|is)"), confidence=0.65,
        before=_around(r"(?:side|adverse|undesirable|untoward) (?:effects?|reactions?|events?)(?: \w+)? (?:of|to|with|from)(?: \w+)? ")),
    Rule("has_adverse_effect", _DRUG, _CONDITION, _chinese(
        r"(?:的|常见|主要|可能|最)*(?:不良反应|副作用|毒副作用)(?:主要|常见|可)*(?:包括|有|为|是|：|:)+")),
    Rule("causes", _CAUSE, _CONDITION, _chinese(r"(?:可|可以|会|能|可能|常|易|容易|也)*(?:引起|导致|诱发|造成|引发)(?:严重|急性|慢性)*(?:的)?")),
    Rule("causes", _CAUSE, _CONDITION, _chinese(r"(?:是|多|常|主要|通常)*由"), reverse=True,
          after=_around(r"^(?:感染)?(?:所)?(?:引起|导致|致|造成)", "")),
    # signs and symptoms
    Rule("has_phenotype", _DISEASE, _FINDING, _english(
        r"\s*(?:presents?|presented|presenting) with|\s*manifest(?:s|ed|ing)? (?:as|with|by)|\s*characteri[sz]ed by|\s*(?:symptoms?|signs?) (?:include|are|is)"
        r"|\s*features? (?:include|are)"), confidence=0.65),
    Rule("has_phenotype", _DISEASE, _FINDING, _english(
        r"\)?(?:,? (?:is|are|was)|,) (?:an?|the|one of the)(?: (?!(?:not|never|unlike|is|are|was|were|which|that)\b)[\w§-]+,?){1,8}?"
        r"(?: (?:that|which) (?:is|are))? characteri[sz]ed by"),
        confidence=0.65),
    Rule("has_phenotype", _DISEASE, _FINDING, _english(r"\s*(?:include|are|is|were|included)"), confidence=0.65,
          before=_around(r"(?:symptoms?|signs?|manifestations?|features?) of(?: \w+){0,2} ")),
    Rule("has_phenotype", _DISEASE, _FINDING, _SIGN_OF, reverse=True, confidence=0.65),
    Rule("has_phenotype", _DISEASE, _FINDING, _chinese(
        r"(?:患者|的|主要|常见|典型|早期|临床)*(?:症状|表现|体征|特征)(?:主要|常见)*(?:包括|有|为|是|：|:)+"
        r"|(?:患者)?(?:可|常|主要|多|会|典型)*(?:表现为|表现有|伴有|伴)")),
    Rule("has_phenotype", _DISEASE, _FINDING, _chinese(r"(?:也)?是"), reverse=True,
          after=_around(r"^的?(?:常见|典型|主要|早期|首发|重要|一种|临床)*的?(?:症状|表现|体征|特征)", "")),
    # interactions
    Rule("interacts_with", _DRUG, _DRUG, _english(r"\s*interact(?:s|ed)? with|\s*potentiates? the effects? of|\s*(?:inhibits?|increases?|decreases?|reduces?) "
          r"the (?:metabolism|clearance|absorption|plasma concentrations?|serum concentrations?|serum levels?|plasma levels?|anticoagulant effect|effects?) of")),
    Rule("interacts_with", _DRUG, _DRUG, re.compile(r"^(?:\s*(?:and|or|,)\s*§)*\s*(?P<not>)?with\s*$", re.IGNORECASE),
          before=_around(r"(?<!no )(?<!significant )(?<!relevant )(?<!lack of )(?<!absence of )interactions? of (?:[\w-]+,? ){0,4}"), confidence=0.65),
    Rule("interacts_with", _DRUG, _DRUG, re.compile(r"^\s*(?P<not>)?and\s*$", re.IGNORECASE),
          before=_around(r"(?<!no )(?<!significant )(?<!relevant )(?<!lack of )(?<!absence of )interactions? (?:between|of) "), after=_around(r"^(?!\s*with\b)", ""), confidence=0.65),
    Rule("interacts_with", _DRUG, _DRUG, re.compile(r"^(?P<not>)?(?:可|会|能)?(?:与|和|同)$"),
          after=_around(r"^(?:之间)?(?:可|会|能|有|存在|发生|产生|可能)*相互作用", "")),
    # contraindications
    Rule("contraindicated_in", _DRUG, _CONDITION, _english(
        r"\s*(?:contraindicated|should be avoided|to be avoided|must not be used|should not be (?:used|given|prescribed))"
        r" (?:in|for|with)(?: (?:patients|people|women|subjects|those|children|individuals) (?:with|who have))?"), confidence=0.7),
    Rule("contraindicated_in", _DRUG, _CONDITION, re.compile(rf"^{_LIST_ZH}(?P<not>)?(?:禁用于|忌用于|禁忌用于|不宜用于|不能用于)(?:有|严重)?{_LIST_ZH}$"),
          confidence=0.7),
    Rule("contraindicated_in", _DRUG, _CONDITION, re.compile(
        rf"^{_LIST_ZH}(?P<not>)?(?:患者|病人|者)?(?:应)?(?:禁用|忌用|禁止使用|禁服|不宜使用|不能使用|不宜服用){_LIST_ZH}$"), reverse=True, confidence=0.7),
    # associations
    Rule("gene_associated_with", frozenset({"Gene", "Variant"}), _CONDITION, _english(
        r"\s*(?:(?:gene )?(?:mutations?|variants?|polymorphisms?|deficiency) )?(?:associated with|implicated in|linked to)"), confidence=0.5),
    Rule("associated_with", _CONDITION, _CONDITION, _english(r"\s*(?:strongly |closely )?(?:associated|correlated) with"), confidence=0.5),
)  # fmt: skip

# One search a sentence tells whether any rule can match at all.
ANY_TRIGGER = re.compile(
    r"treat|reliev|alleviat|ameliorat|cure|effective|efficacious|useful|beneficial|indicated|used|approved|recommended|"
    r"prescribed|licensed|first-line|choice|therapy|management|managed|controlled|respon|prevent|prophyla|induc|associat|"
    r"related|caus|lead|led to|result|provok|precipit|trigger|due to|secondary|attribut|arising|adverse|side effect|"
    r"untoward|undesirable|present|manifest|characteri|symptom|sign|feature|hallmark|complication|interact|potentiat|"
    r"inhibit|increas|decreas|reduc|avoided|must not|should not|implicated|linked|correlated"
    r"|治疗|缓解|改善|控制|预防|防止|反应|副作用|引起|导致|诱发|造成|引发|致|症状|表现|体征|特征|伴|相互作用|禁|忌|不宜|不能",
    re.IGNORECASE,
)
