"""The relations that a statement or a stem may be about, with the words that say so in both languages."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Kind = Literal["ill", "drug", "class", "gene", "place", "mode", "other"]
"""What a thing counts as: a disease or finding, a drug, a class of drugs, a gene or protein, a part of the body, a mode
of inheritance, anything else."""
_ILL: tuple[Kind, ...] = ("ill",)
_DRUG: tuple[Kind, ...] = ("drug", "class")
_GENE: tuple[Kind, ...] = ("gene",)


@dataclass(frozen=True, slots=True)
class Relation:
    """What may hold between two things. `subjects` and `objects` are what may stand at its ends."""

    name: str
    predicates: tuple[str, ...]
    """The one that is worth most first."""
    subjects: tuple[Kind, ...]
    objects: tuple[Kind, ...]
    cue: re.Pattern[str]
    safety: bool = False
    """Whether that nothing is stated never means that it is safe."""
    contrary: tuple[str, ...] = ()
    """Predicates that speak against it where they hold between the same two."""

    def fits(self, subjects: Collection[Kind], objects: Collection[Kind]) -> bool:
        """Whether it may lead from the ones to the others."""
        return bool({*self.subjects} & {*subjects}) and bool({*self.objects} & {*objects})


def _cue(english: str, chinese: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{english})\b|{chinese}", re.IGNORECASE)


RELATIONS: tuple[Relation, ...] = (
    Relation(
        "inheritance", ("has_inheritance", "subclass_of"), ("ill", "gene"), ("mode",),
        _cue(r"inherit\w*|hereditary|transmi\w+|autosomal|x-linked|dominant|recessive|passed (?:on|down)",
             r"遗传|显性|隐性|连锁|伴性"),
    ),
    Relation(
        "antidote", ("reverses",), _DRUG, ("drug", "class", "other"),
        _cue(r"antidotes?|reversal|reverses?|reversed|counteracts?", r"解毒|逆转"),
    ),
    Relation(
        "interaction", ("interacts_with",), _DRUG, _DRUG,
        _cue(r"interact\w*|combin\w+|co-?administ\w+|co-?prescri\w+|together|concomitant\w*|concurrent\w*|plus|"
             r"added? to|adding|alongside|affect\w*|clash\w*|mix\w*|while (?:on|taking)|take with|"
             r"with the interaction",
             r"相互作用|合用|联用|联合|同服|同时|一起|配伍|并用"),
        safety=True,
    ),
    Relation(
        "genotype", ("affects_response_to", "substrate_of"), _GENE, _DRUG,
        _cue(r"metaboli[sz]ers?|carriers?|carry\w*|genotyp\w*|alleles?|positive|homozyg\w*|heterozyg\w*|cpic|dpwg|"
             r"deficien\w+|pharmacogen\w*|variants?|polymorphisms?|haplotypes?",
             r"代谢者|代谢型|携带|基因型|等位基因|多态|缺乏|缺陷|阳性"),
        safety=True,
    ),
    Relation(
        "contraindication", ("contraindicated_in", "cautioned_in"), _DRUG, ("ill", "other"),
        _cue(r"contra-?indicat\w*|avoid\w*|(?:must|should|may|can|do) ?not|(?:must|should) never|unsafe|dangerous|"
             r"unsuitable|caution\w*|careful\w*|off limits|safe\w*|harmful",
             r"禁忌|禁用|忌用|慎用|不宜|避免|不能用|不得|不可|不应|不适合|安全|谨慎|小心|注意"),
        safety=True,
    ),
    Relation(
        "metabolism", ("substrate_of", "binds"), _DRUG, _GENE,
        _cue(r"metaboli[sz]\w+|broken down|break\w* down|clear\w+|convert\w*|substrates?|degrad\w+|eliminat\w+|"
             r"activated by|bioactivat\w+|transport\w*", r"代谢|转化|清除|底物|分解|转运|活化"),
    ),
    Relation(
        "induction", ("induces",), _DRUG, _GENE, _cue(r"induc\w+", r"诱导"),
    ),
    Relation(
        "action", ("inhibits", "activates", "binds", "downregulates", "upregulates", "regulates"), _DRUG, _GENE,
        _cue(r"inhibit\w*|block\w*|antagoni\w+|agonist\w*|targets?|targeting|bind\w*|acts? (?:on|at|by|through)|"
             r"activat\w+|stimulat\w+|works? (?:by|because|on|through)|mechanism\w*|interferes?",
             r"抑制|阻断|拮抗|激动|靶点|靶|作用于|作用机制|激活|结合|机制|机理|环节"),
    ),
    Relation(
        "class", ("has_role", "subclass_of"), _DRUG, ("class", "drug"),
        _cue(r"is|are|(?:as|of|to|among|a member of|counts? among) (?:an?|the)|belongs?|class\w*|members?|types? of|"
             r"kinds? of|group|drug|name the|not an?|an?", r"属于|一种|类|归为|哪个|哪种|是"),
    ),
    Relation(
        "kind", ("subclass_of",), _ILL, _ILL,
        _cue(r"(?:is|are) an?|kinds? of|types? of|forms? of|class\w*|belongs?|categor\w*|subtypes?|"
             r"considered|counts?|"
             r"an? \w+ (?:of|disease)|group\w*", r"属于|一种|分类|归为|归类|之一|类型|是"),
    ),
    Relation(
        "adverse", ("has_adverse_effect", "causes", "contributes_to"), _DRUG, _ILL,
        _cue(r"caus\w+|side[- ]effects?|adverse|leads?|provok\w+|induc\w+|risks?|harm\w*|toxic\w*|"
             r"results? in|trigger\w*|"
             r"\w+toxic\w*|notorious|produces?|complicat\w+|prolongs?", r"引起|导致|不良反应|副作用|致|毒性|"
                                                                        r"风险|延长|诱发|造成"),
    ),
    Relation(
        "gene", ("causes", "gene_associated_with", "contributes_to"), _GENE, _ILL,
        _cue(r"genes?|mutat\w+|variants?|caus\w+|associat\w+|linked|underl\w+|pathogenic|due to|defect\w*|because of|"
             r"responsible|results?|duplicat\w+|delet\w+", r"基因|突变|变异|引起|导致|相关|缺陷|所致|致病"),
    ),
    Relation(
        "cause", ("causes", "contributes_to"), ("ill", "other"), _ILL,
        _cue(r"caus\w+|leads?|due to|results?|risks?|complicat\w+|because of|brings? on|provok\w+",
             r"引起|导致|所致|病因|危险因素|并发|诱发|造成"),
    ),
    Relation(
        "finding", ("has_phenotype",), _ILL, _ILL,
        _cue(r"ha(?:s|ve|ving)|presents?|features?|symptoms?|signs?|typical\w*|findings?|manifest\w*|common\w*|seen|"
             r"reveal\w*|expect\w*|characteri\w+|suffers?|with|points?|suggest\w*|shows?|develops?|"
             r"experience\w*|often|"
             r"usual\w*|frequent\w*|hallmark|includes?|normal|patients?",
             r"表现|症状|体征|常有|出现|特征|可见|会有|提示|常见|伴有|多见|患者|可有|发生|典型|具有|升高|检查"),
    ),
    Relation(
        "treatment", ("treats", "palliates", "prevents"), _DRUG, _ILL,
        _cue(r"treat\w*|indicat\w+|us(?:e|ed|es|ing)|given|gives?|prescri\w+|therap\w+|help\w*|relie\w+|"
             r"cures?|prevent\w*|"
             r"first[- ]line|choice|recommend\w*|for|manag\w+|place|works?|controls?|drugs?|medic\w+|good|stop",
             r"治疗|治|适应证|适应症|适用|用于|可用|首选|缓解|药|选用|预防|用"),
        contrary=("contraindicated_in", "cautioned_in"),
    ),
    Relation(
        "place", ("located_in", "subclass_of"), _ILL, ("place",),
        _cue(r"organs?|locat\w+|affects?|locali[sz]\w+|involv\w+|disease of|sites?|attacks?|damag\w+|in the",
             r"位于|侵犯|累及|器官|部位|影响|损害|在"),
    ),
    Relation(
        "expression", ("expressed_in",), _GENE, ("place",), _cue(r"express\w*|tissues?|found in", r"表达"),
    ),
    Relation(
        "process", ("participates_in", "part_of", "associated_with"), ("drug", "gene"), ("other",),
        _cue(r"process\w*|pathway\w*|takes? part|involved|participat\w+", r"过程|通路|参与"),
    ),
    Relation(
        "ingredient", ("has_ingredient",), _DRUG, ("drug",),
        _cue(r"contains?|ingredients?|brand|active|trade name", r"含有|成分|商品名"),
    ),
)  # fmt: skip
"""The more telling first: where two fit, the earlier is looked at first."""
ANY = (
    "treats", "palliates", "prevents", "causes", "gene_associated_with", "has_phenotype", "contributes_to", "inhibits",
    "activates", "binds", "substrate_of", "induces", "has_role", "subclass_of", "located_in", "has_inheritance",
    "affects_response_to", "diagnoses", "associated_with", "occurs_in", "has_onset", "has_course", "participates_in",
    "reverses", "monitored_by",
)  # fmt: skip
"""What is looked at where no relation is told, or none of those told holds: nothing that is dangerous."""
