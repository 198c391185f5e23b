"""What kind of answer a question wants, by its wording in English and Chinese. The first pattern that fits decides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.model import AskedEntity, Intent

ENGLISH_WORDS: dict[str, str] = {
    "diagnosis": "diagnosis",
    "treatment": "treatment",
    "adverse_effect": "adverse effects",
    "cause": "cause",
    "interaction": "drug interaction",
    "contraindication": "contraindicated",
}
"""What a Chinese question adds to the text searched for, so that English passages of the right kind are found."""

CUES: dict[str, re.Pattern[str]] = {
    "treatment": re.compile(r"treat|therap|effective|efficacy|reliev|improv|治疗|疗效|有效|缓解", re.IGNORECASE),
    "adverse_effect": re.compile(
        r"adverse|side[- ]effect|toxic|complication|induced|tolerat|不良|副作用|毒性|引起", re.IGNORECASE
    ),
    "cause": re.compile(r"caus|due to|induc|result|lead|etiolog|aetiolog|引起|导致|病因|原因", re.IGNORECASE),
    "interaction": re.compile(r"interact|concomitant|together|combin|co-?admin|相互作用|合用|联用|同时", re.IGNORECASE),
    "contraindication": re.compile(
        r"contraindicat|avoid|caution|safe|not be (?:used|given)|pregnan|禁|慎|避免|妊娠", re.IGNORECASE
    ),
}
"""Words by which a sentence speaks to an intent; the best sentence of a passage has one, where there is one."""

_INTERACTION = re.compile(
    r"\binteract(?:s|ion|ions|ing)?\b|\b(?:take|taken|taking|use|used|combine|combined|combining|mix|mixed|"
    r"given|co-?administ\w+)\b"
    r"[^?.]*\b(?:together|with|and|at the same time|concomitantly|simultaneously)\b|相互作用|(?:一起|同时|"
    r"合用|联用|联合)[^。？]{0,6}"
    r"(?:吃|服|用|吗|使用|应用)|能[^。？]{0,10}(?:一起|同时)|(?:合用|联用|配伍)",
    re.IGNORECASE,
)
_CONTRAINDICATION = re.compile(
    r"\bcontra-?indicat\w*|\bcan\b[^?.]{1,60}\bbe (?:used|taken|given) (?:in|during|by|for|when)\b|"
    r"\bsafe (?:for|in|during|to (?:use|take|give))\b|\b(?:should|must) (?:not|"
    r"avoid)\b|\bwho should(?:n'?t| not)\b"
    r"|\bavoided? in\b|\bcan (?:a |an |the )?(?:pregnant|breastfeeding|nursing|asthma\w*|diabet\w+|"
    r"patients?|people|child\w*|wom[ae]n)"
    r"\b[^?.]*\b(?:take|use|receive|be given)\b|禁忌|禁用|慎用|忌用|(?:能不能|可不可以|能否|可以|能)(?:用|"
    r"吃|服用|使用)|不能(?:用|吃|服)",
    re.IGNORECASE,
)
_ADVERSE = re.compile(
    r"\b(?:side[- ]?effects?|adverse (?:\w+ )?(?:effects?|events?|reactions?)|toxicit(?:y|ies)|"
    r"toxic effects?|unwanted effects?|"
    r"adverse)\b|副作用|不良反应|毒性|毒副|不良事件",
    re.IGNORECASE,
)
_HARMFUL = re.compile(
    r"\b(?:which|what)\s+(?:\w+\s+)?(?:drugs?|medicines?|medications?|chemicals?|antibiotics?|agents?|substances?)\s+"
    r"(?:\w+\s+){0,3}(?:caus(?:e|es|ing)|induc(?:e|es|ing)|trigger|provoke|precipitate|worsen|lead to|result in)\b|"
    r"(?:哪些|什么|哪种|哪类)药物?[^。？，]{0,4}(?:引起|导致|诱发|引发|造成)",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:what|which)\b[^?.]*\b(?:causes?|leads? to|results? in)\b|\bcauses? of\b|\bcaused by what\b|\ba?etiolog|"
    r"什么原因|什么引起|什么导致|病因|为什么会得",
    re.IGNORECASE,
)
_TREATMENT = re.compile(
    r"\b(?:treat(?:s|ed|ing|ment|ments|able)?|therap(?:y|ies|eutic|eutics)|cure[sd]?|manag(?:e|ed|ing|"
    r"ement)|remed(?:y|ies)|"
    r"medications?|drugs? (?:of choice|for|against|used|help\w*|are|is|work\w*)|(?:which|what) (?:drugs?|medicines?)|"
    r"(?:first|second)[- ]line|prescribe[ds]?|antidote|reliev\w+|indications?|indicated|used for|"
    r"prevent(?:s|ed|ion)?)\b"
    r"|治疗|怎么治|如何治|怎样治|吃什么药|用什么药|什么药|哪些药|治愈|疗法|用药|缓解|解毒|预防|适应症|适应证|怎么办",
    re.IGNORECASE,
)
_DIAGNOSIS = re.compile(
    r"\bdiagnos(?:is|es|e|ed|ing|tic)\b|\bdifferential\b|\b(?:what|which)\b[^?.]*\b(?:diseases?|conditions?|"
    r"disorders?|syndromes?|"
    r"illness(?:es)?)\b|\bpatient (?:with|has|presents?|presenting|who)\b|\byear[- ]old\b|\bpresent(?:s|ed|"
    r"ing)? with\b|"
    r"\bwhat (?:could|might|may|can)\b[^?.]*\bbe\b|\b(?:could|might) (?:it|this|that) be\b|\b(?:what|"
    r"which)\b[^?.]*\bcauses?\b|"
    r"\bcauses? of\b|\bdo i have\b|\bi (?:have|am having)\b|\bwhat is wrong\b"
    r"|什么病|哪些(?:疾)?病|何病|哪种病|什么疾病|诊断|鉴别|可能是|是什么原因|什么原因|什么引起|怎么回事|患者|病人|岁",
    re.IGNORECASE,
)
_OF_A_DISEASE = re.compile(
    r"\b(?:symptoms?|signs?|features?|manifestations?|presentation|findings?|phenotypes?) (?:of|in|for|"
    r"seen)\b|\bpresent\?|"
    r"(?:有(?:哪些|什么)|的)(?:症状|表现|临床表现|体征|特征)|症状(?:有|是)|临床表现|如何诊断|怎么诊断",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"^\W*(?:what(?: is|'s|’s| are| does)|define|definition of|meaning of|explain|describe|tell me about)\b|"
    r"\bdefinition\b|"
    r"什么是|是什么|何谓|定义|指什么|介绍|什么意思|啥是|是啥",
    re.IGNORECASE,
)


_WHETHER = re.compile(
    r"(?:^|[.;!?,]\s*)\W*(?:do|does|did|can|could|is|are|was|were|will|would|may|might|has|have|should)\b(?! there\b)|"
    r"吗|是否|会不会|能不能|是不是|能否|可不可以",
    re.IGNORECASE,
)
_WHICH = re.compile(r"\b(?:what|which|how|why|who|whom|when|where)\b|哪|什么|怎么|如何|怎样|多少", re.IGNORECASE)


def asks_whether(text: str) -> bool:
    """Whether a yes or no is asked for, not a list: "Does A cause B?" and not "Which drugs cause B?"."""
    return _WHETHER.search(text) is not None and _WHICH.search(text) is None


def intent_of(text: str, asked: Sequence[AskedEntity]) -> Intent:
    """The intent of `text`, given the entities it names."""
    types = {entity.type for entity in asked}
    drugs = {entity.surface.casefold() for entity in asked if entity.type == "Drug"}
    findings = types & {"Phenotype", "Measurement"}
    if _INTERACTION.search(text) and (len(drugs) >= 2 or re.search(r"interact|相互作用|合用|联用|配伍", text, re.I)):
        return "interaction"
    if _CONTRAINDICATION.search(text):
        return "contraindication"
    if _ADVERSE.search(text) or _HARMFUL.search(text):
        return "adverse_effect"
    if _TREATMENT.search(text):
        return "treatment"
    if _OF_A_DISEASE.search(text) and "Disease" in types:
        return "definition"
    if _CAUSE.search(text) and types <= {"Disease"} and types:
        return "cause"
    if _DIAGNOSIS.search(text) and (findings or "Disease" not in types):
        return "diagnosis"
    if re.search(r"\b(?:cause|causes|caused|induce[sd]?|lead to)\b|引起|导致", text, re.I) and drugs:
        return "adverse_effect"
    return "definition" if _DEFINITION.search(text) else "general"
