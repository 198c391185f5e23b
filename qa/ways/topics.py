"""By which words a question asks for a way, and which nouns say what it wants to have listed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.ways.known import WAYS
from qa.ways.way import Way


@dataclass(frozen=True, slots=True)
class Topic:
    """Words that ask for one of a few ways; which one, the thing named beside them decides."""

    pattern: re.Pattern[str]
    ways: tuple[Way, ...]
    weak: bool = False
    """Whether the words say little, and count only where no others fit."""
    loose: bool = False
    """Whether they may stand beside words of another topic without asking for more: `caused by mutations`."""


def _topic(words: str, *ways: str, weak: bool = False, loose: bool = False) -> Topic:
    return Topic(re.compile(words, re.IGNORECASE), tuple(WAYS[way] for way in ways), weak, loose)


TOPICS = (
    _topic(r"\bcontra-?indicat\w+|\bmust not (?:be (?:taken|used)|take)\b|\b(?:should|to) (?:not |be )avoid(?:ed)?\b"
           r"|禁忌[症证]?|禁用|不能用|不宜使?用",
           "contraindications", "contraindicated_drugs"),
    _topic(r"\bantidotes?\b|\breversal agents?\b|\brevers(?:es?|ed|ing)\b|解毒[药剂]?|逆转",
           "antidotes", "antidote_to"),
    _topic(r"\bmonitor(?:ed|ing|s)?\b|监测", "monitored_by", "monitors"),
    _topic(r"\bcautio(?:n|ned|us)\b|慎用", "cautions", "cautioned_drugs"),
    _topic(r"\bcross-?react\w*|交叉过敏|交叉反应", "cross_reacts"),
    _topic(r"\binteract(?:s|ed|ing|ions?)?\b|相互作用|相互影响|冲突", "interacts"),
    _topic(r"\bside[- ]?effects?\b|\badverse (?:drug )?(?:effects?|events?|reactions?)\b|\btoxicit(?:y|ies)\b"
           r"|毒?副作用|不良反应",
           "effects", "drugs_with_effect"),
    _topic(r"\b(?:response|respond) to\b|\bpharmacogen\w+|疗效受?|药物基因组", "response_genes", "drugs_by_genotype"),
    _topic(r"\bup-?regulat\w+|上调", "upregulated", "upregulated_by"),
    _topic(r"\bdown-?regulat\w+|下调", "downregulated", "downregulated_by"),
    _topic(r"\binhibit(?:s|ed|ing|ors?|ion)?\b|\bblock(?:s|ed|ing)?\b|抑制剂?", "inhibitors", "inhibited"),
    _topic(r"\binduc(?:es?|ed|ing|ers?)\b|诱导剂?", "inducers", "induced"),
    _topic(r"\bactivat(?:es?|ed|ing|ors?)\b|\bagonists?\b|激活剂?|激动剂", "activators", "activated"),
    _topic(r"\bsubstrates?\b|\b(?:metaboli[sz]ed|broken down|transported) by\b|底物|经.{0,12}代谢|被.{0,12}代谢",
           "substrates", "enzymes"),
    _topic(r"\benzymes?\b|\btransporters?\b|\bmetaboli[sz]es?\b|代谢酶|转运体|哪[种些个]酶|什么酶",
           "enzymes", "substrates"),
    _topic(r"\btargets?\b|\btargeted\b|\bacts? (?:up)?on\b|\bbinds?(?: to)?\b|靶点|靶标|靶向|作用于|结合",
           "targets", "targeted_by"),
    _topic(r"\b(?:upstream )?risk factors?\b|\bpredispos\w+|\bcontribut\w+ to\b|危险因素|高危因素|风险因素|诱因",
           "risk_factors", "raises_risk_of"),
    _topic(r"\bgenes?\b|\bmutat(?:ions?|ed)\b|\bvariants? (?:in|of)\b|\bgenetic(?:s|ally)?\b|基因|突变|致病变异",
           "genes", "diseases", "gene_findings"),
    _topic(r"\binherit(?:ed|ance|s)?\b|\bmodes? of (?:inheritance|transmission)\b|\bpassed (?:on|down)\b"
           r"|\bheredit\w+|遗传方式|遗传模式|怎么遗传|如何遗传|遗传特点|遗传",
           "inheritance", "inherited_so"),
    _topic(r"\bonset\b|\bage at (?:onset|presentation)\b"
           r"|\b(?:when|what age)\b.{0,30}\b(?:begin|start|appear|present)\w*"
           r"|起病|发病年龄|(?:几岁|年龄|什么时候|多大)(?:年龄)?(?:开始)?(?:发病|起病|出现)",
           "onset", "begins_so"),
    _topic(r"\b(?:clinical )?course\b|\bprogress(?:es|ion)\b|病程", "course"),
    _topic(r"\bwho gets\b|\bepidemiolog\w+|\boccurs? in\b|\bwhere does\b.{0,30}\boccur\b|好发|流行病学|多见于|常见于",
           "populations", "occurring_in"),
    _topic(r"\bprevent(?:s|ed|ing|ion|ive)?\b|\bprophyla\w+|预防", "prevented_by", "prevents"),
    _topic(r"\brelie(?:ve[sd]?|f)\b|\bpalliat\w+|\bease[sd]?\b|缓解", "relieved_by", "treats"),
    _topic(r"\btreat(?:s|ed|ing|ments?|able)?\b|\btherap(?:y|ies|eutic)\b|\bused\b|\buses?\b|\b(?:given|good|licen[sc]ed|"
           r"approved|prescribed|authori[sz]ed) (?:for|to|in|against)\b|\bindicat(?:ed|ions?)\b|\bhelps?\b|\bworks? "
           r"(?:for|against|in)\b|\bagainst\b|\bcures?\b"
           r"|治疗?|用于|可以用|能用|用什么|用哪些|吃什么|吃哪些|适应[症证]|用途|有效",
           "treated_by", "treats", loose=True),
    _topic(r"\bdiagnos(?:e[sd]?|tic|is|ing)\b|\btests? for\b|诊断|检查", "diagnosed_by", "diagnoses"),
    _topic(r"\bcaus(?:es?|ed|ing)\b|\bdue to\b|\bresults? (?:in|from)\b|\bleads? to\b|\btrigger(?:s|ed)?\b"
           r"|引起|导致|造成|病因|诱发|引发",
           "caused_by", "causes", "drugs_with_effect", "genes", "diseases", loose=True),
    _topic(r"\bsymptoms?\b|\bsigns?\b|\bfindings?\b|\bfeatures?\b|\bmanifest(?:s|ed|ations?)?\b|\bphenotypes?\b"
           r"|\bpresent(?:s|ing|ation|ations)?\b|\babnormalit(?:y|ies)\b|症状|表现|体征|特征|表型|异常",
           "findings", "found_in", "gene_findings", loose=True),
    _topic(r"\b(?:have|has|having|with|show(?:s|ing)?|feature|involv\w+|includ\w+)\b|出现|伴有?|会有|可见|有",
           "found_in", "findings", weak=True),
    _topic(r"\b(?:what|which) (?:drug )?class(?:es)?\b|\bbelongs? to\b|\bclass of drugs?\b|属于|哪一?类|类别|什么类",
           "classes", "parents"),
    _topic(r"\b(?:kinds?|types?|subtypes?|forms?|variants|varieties|subclasses) of\b|\bsubtypes\b"
           r"|类型|亚型|分型|分为哪|哪几[型类种]|几种类型",
           "kinds"),
    _topic(r"\bcontain(?:s|ing)?\b|\bingredients?\b|\bcomponents?\b|含有?|成分", "ingredients", "products"),
    _topic(r"\blocated in\b|\bof the\b|位于|部位", "diseases_of_place", "places"),
    _topic(r"\bexpress(?:es|ed|ing|ion)?\b|表达", "expressed_in", "expressing"),
    _topic(r"\bpathways?\b|\bprocess(?:es)?\b|\b(?:takes? part|participat\w+|involved) in\b|通路|过程|参与",
           "pathways", "participants"),
    _topic(r"\bfor\b|对|患者|病人", "treated_by", weak=True),
    _topic(r"\bassociat(?:ed|ions?)\b|\brelated to\b|\blinked (?:to|with)\b|相关|关联", "genes", "diseases", "found_in",
           "findings", "associated", weak=True),
)  # fmt: skip
"""What says more before what says less: of two that overlap the first counts."""

_DRUGS = (
    r"\b(?:drugs?|medicines?|medications?|meds|agents?|pills?|compounds?|substances|chemicals|remed(?:y|ies)|"
    r"treatments|therapies|antidotes)\b|药物?品?|制剂"
)
NOUNS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), types)
    for pattern, types in (
        (_DRUGS, ("Drug",)),
        (r"\bgenes?\b|\bproteins?\b|\breceptors?\b|\benzymes?\b|\btransporters?\b|\btargets?\b|基因|蛋白|受体|酶|靶点",
         ("Gene",)),
        (r"\b(?:side[- ]?effects?|adverse (?:effects?|events?|reactions?)|symptoms?|signs?|findings?|features?|"
         r"manifestations?|phenotypes?|abnormalities)\b|副作用|不良反应|症状|表现|体征|表型|特征",
         ("Phenotype",)),
        (r"\b(?:diseases?|disorders?|conditions?|syndromes?|illness(?:es)?|patholog(?:y|ies)|cancers?|infections?|"
         r"diagnos[ei]s)\b|疾病|综合征|病种|病症|[些种么个类]病",
         ("Disease",)),
        (r"\btissues?\b|\borgans?\b|组织|器官", ("Anatomy",)),
    )
)  # fmt: skip
"""What a question wants to have listed, by the noun it has for it."""
COUNT = re.compile(
    r"\bhow many\b|\b(?:the )?number of\b|\bcount(?: of| the)?\b|\btotal number\b"
    r"|多少[种个项类款]|有多少|几[种个](?!月|小时)|多少(?=病|药|基因)|数量|总数",
    re.IGNORECASE,
)
LIST = re.compile(
    r"\b(?:list|name|enumerate|give me|show(?: me)?|tell me)\b|\b(?:which|what|all|any)\s+"
    r"(?:of the |the |other |known )?(?!is\b|was\b|does\b|has\b)(?:[\w-]+ ){0,3}?(?:\w{2,}s)\b"
    r"|\bwhat (?:are|else)\b|哪些|哪几|列出|列举|都有什么|有什么|有哪|所有|全部|分别是",
    re.IGNORECASE,
)
SHARED = re.compile(
    r"\b(?:shared?|sharing|common|both|overlap\w*|same|intersect\w*|simultaneously|at once|mutual)\b"
    r"|共同|共有|都|同时|一样|重叠|交集|均",
    re.IGNORECASE,
)
EITHER = re.compile(r"\b(?:or|either)\b|或者?|任一", re.IGNORECASE)
NOT = re.compile(
    r"\b(?:not|never|without|no|except|excluding|excludes?|other than|rather than|lack(?:s|ing)?|neither|nor|avoid\w*|"
    r"free of)\b|n[’']t\b|不|无|没有?|除了|除外|排除|非|未",
    re.IGNORECASE,
)
JOINED = re.compile(
    r"\s*(?:[,、，/&+]|\band\b|\bor\b|\bas well as\b|\bplus\b|\bversus\b|\bvs\.?|和|与|及|以及|或者?|跟|同)\s*"
    r"(?:\b(?:and|or|both|in|with|to|for|of|the|a|an|also)\b\s*)*(?:对|在|于)?\s*",
    re.IGNORECASE,
)
"""What stands between things that are asked about alike."""
