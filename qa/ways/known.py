"""All ways by name, each with its words. A new one is a line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from qa.evidence.wording import Words
from qa.ways.way import Opening, Way

_ILL = ("Disease", "Phenotype")
_USES = ("treats", "palliates", "prevents")
_ACTS = ("binds", "inhibits", "activates")
_PLACES = ("Anatomy",)
_FOUND = ("Phenotype", "Disease")
_PREFERRING = ("genes", "findings", "kinds", "risk_factors", "found_in", "drugs_with_effect")
"""Ways that are about one type of what may bear the same name: the genes of a disease, the diseases with a finding."""
End = Literal["subject", "object", "either"]


def _way(
    name: str,
    predicates: str | tuple[str, ...],
    end: End,
    given: str | tuple[str, ...],
    members: str | tuple[str, ...],
    english: tuple[str, str],
    chinese: str,
    opens: Opening = "",
) -> Way:
    one, many = english
    return Way(
        name=name,
        predicates=(predicates,) if isinstance(predicates, str) else predicates,
        end=end,
        given=(given,) if isinstance(given, str) else given,
        members=(members,) if isinstance(members, str) else members,
        one=Words(one, chinese),
        many=Words(many, chinese),
        opens=opens,
        prefers=name in _PREFERRING,
    )


_ALL = (
    # what drugs are for
    _way("treated_by", _USES, "subject", _ILL, "Drug",
         ("drug that treats {x}", "drugs that treat {x}"), "用于{x}的药物", "kinds"),
    _way("treats", _USES, "object", "Drug", _ILL,
         ("use of {x}", "uses of {x}"), "{x}的用途（所治疾病）", "substances"),
    _way("prevented_by", "prevents", "subject", _ILL, "Drug",
         ("drug that prevents {x}", "drugs that prevent {x}"), "用于预防{x}的药物", "kinds"),
    _way("prevents", "prevents", "object", "Drug", _ILL,
         ("disease that {x} prevents", "diseases that {x} prevents"), "{x}可预防的疾病", "substances"),
    _way("relieved_by", "palliates", "subject", _ILL, "Drug",
         ("drug that relieves {x}", "drugs that relieve {x}"), "用于缓解{x}症状的药物", "kinds"),
    # what drugs do that they should not
    _way("effects", ("has_adverse_effect", "causes"), "object", "Drug", _ILL,
         ("adverse effect of {x}", "adverse effects of {x}"), "{x}的不良反应", "substances"),
    _way("drugs_with_effect", ("has_adverse_effect", "causes"), "subject", _FOUND, "Drug",
         ("drug with the adverse effect {x}", "drugs with the adverse effect {x}"), "不良反应包括{x}的药物", "kinds"),
    _way("contraindications", "contraindicated_in", "object", "Drug", (),
         ("contraindication of {x}", "contraindications of {x}"), "{x}的禁忌", "classes"),
    _way("contraindicated_drugs", "contraindicated_in", "subject", (), "Drug",
         ("drug contraindicated in {x}", "drugs contraindicated in {x}"), "{x}患者禁用的药物", "kinds"),
    _way("cautions", "cautioned_in", "object", "Drug", (),
         ("caution of {x}", "cautions of {x}"), "{x}的慎用情况", "classes"),
    _way("cautioned_drugs", "cautioned_in", "subject", (), "Drug",
         ("drug to be used with caution in {x}", "drugs to be used with caution in {x}"), "{x}患者慎用的药物", "kinds"),
    _way("interacts", "interacts_with", "either", "Drug", "Drug",
         ("drug that interacts with {x}", "drugs that interact with {x}"), "与{x}有相互作用的药物", "classes"),
    _way("cross_reacts", "cross_reacts_with", "either", "Drug", "Drug",
         ("drug that may cross-react with {x}", "drugs that may cross-react with {x}"),
         "可能与{x}交叉过敏的药物", "classes"),
    # how drugs act
    _way("targets", _ACTS, "object", "Drug", "Gene",
         ("target of {x}", "targets of {x}"), "{x}的靶点", "substances"),
    _way("targeted_by", _ACTS, "subject", "Gene", "Drug",
         ("drug that acts on {x}", "drugs that act on {x}"), "作用于{x}的药物"),
    _way("inhibited", "inhibits", "object", "Drug", "Gene",
         ("gene or protein that {x} inhibits", "genes and proteins that {x} inhibits"),
         "{x}抑制的基因或蛋白", "substances"),
    _way("inhibitors", "inhibits", "subject", "Gene", "Drug",
         ("inhibitor of {x}", "inhibitors of {x}"), "{x}的抑制剂"),
    _way("activated", "activates", "object", "Drug", "Gene",
         ("gene or protein that {x} activates", "genes and proteins that {x} activates"),
         "{x}激活的基因或蛋白", "substances"),
    _way("activators", "activates", "subject", "Gene", "Drug",
         ("activator of {x}", "activators of {x}"), "{x}的激活剂"),
    _way("induced", "induces", "object", "Drug", "Gene",
         ("enzyme that {x} induces", "enzymes that {x} induces"), "{x}诱导的酶", "substances"),
    _way("inducers", "induces", "subject", "Gene", "Drug",
         ("inducer of {x}", "inducers of {x}"), "{x}的诱导剂"),
    _way("enzymes", "substrate_of", "object", "Drug", "Gene",
         ("enzyme or transporter of {x}", "enzymes and transporters of {x}"), "{x}的代谢酶与转运体", "substances"),
    _way("substrates", "substrate_of", "subject", "Gene", "Drug",
         ("substrate of {x}", "substrates of {x}"), "{x}的底物"),
    _way("response_genes", "affects_response_to", "subject", "Drug", ("Gene", "Variant"),
         ("gene that affects the response to {x}", "genes that affect the response to {x}"),
         "影响{x}疗效的基因", "substances"),
    _way("drugs_by_genotype", "affects_response_to", "object", ("Gene", "Variant"), "Drug",
         ("drug whose effect {x} changes", "drugs whose effect {x} changes"), "疗效受{x}影响的药物"),
    _way("upregulated", "upregulates", "object", "Drug", "Gene",
         ("gene that {x} upregulates", "genes that {x} upregulates"), "{x}上调的基因", "substances"),
    _way("upregulated_by", "upregulates", "subject", "Gene", (),
         ("upregulator of {x}", "drugs, tissues and diseases in which {x} is upregulated"),
         "使{x}上调的药物、组织和疾病"),
    _way("downregulated", "downregulates", "object", "Drug", "Gene",
         ("gene that {x} downregulates", "genes that {x} downregulates"), "{x}下调的基因", "substances"),
    _way("downregulated_by", "downregulates", "subject", "Gene", (),
         ("downregulator of {x}", "drugs, tissues and diseases in which {x} is downregulated"),
         "使{x}下调的药物、组织和疾病"),
    # what drugs are
    _way("classes", ("has_role", "subclass_of"), "object", "Drug", ("Drug", "Concept"),
         ("class of {x}", "classes of {x}"), "{x}所属的类别"),
    _way("class_members", ("has_role", "subclass_of"), "subject", "Drug", "Drug",
         ("drug of the class {x}", "drugs of the class {x}"), "属于{x}的药物", "substances"),
    _way("ingredients", "has_ingredient", "object", "Drug", "Drug",
         ("ingredient of {x}", "ingredients of {x}"), "{x}的成分"),
    _way("products", "has_ingredient", "subject", "Drug", "Drug",
         ("medicine with {x}", "medicines with {x}"), "含{x}的药品", "substances"),
    # diseases
    _way("findings", "has_phenotype", "object", _ILL, (),
         ("finding in {x}", "findings in {x}"), "{x}的表现"),
    _way("found_in", "has_phenotype", "subject", _FOUND, _ILL,
         ("disease with {x}", "diseases with {x}"), "有{x}表现的疾病"),
    _way("caused_by", "causes", "subject", _ILL, (),
         ("cause of {x}", "causes of {x}"), "{x}的病因", "kinds"),
    _way("causes", "causes", "object", (), (),
         ("disease or finding that {x} causes", "diseases and findings that {x} causes"),
         "{x}引起的疾病或表现", "substances"),
    _way("risk_factors", "contributes_to", "subject", _ILL, (),
         ("risk factor of {x}", "risk factors of {x}"), "{x}的危险因素"),
    _way("raises_risk_of", "contributes_to", "object", (), _ILL,
         ("disease that {x} contributes to", "diseases that {x} contributes to"), "{x}促成的疾病", "substances"),
    _way("genes", ("causes", "gene_associated_with"), "subject", _ILL, ("Gene", "Variant"),
         ("gene associated with {x}", "genes associated with {x}"), "与{x}相关的基因", "kinds"),
    _way("diseases", ("causes", "gene_associated_with"), "object", ("Gene", "Variant"), "Disease",
         ("disease associated with {x}", "diseases associated with {x}"), "与{x}相关的疾病"),
    _way("gene_findings", "gene_associated_with", "object", ("Gene", "Variant"), "Phenotype",
         ("finding associated with {x}", "findings associated with {x}"), "与{x}相关的表型"),
    _way("inheritance", "has_inheritance", "object", ("Disease", "Gene"), (),
         ("mode of inheritance of {x}", "modes of inheritance of {x}"), "{x}的遗传方式"),
    _way("inherited_so", "has_inheritance", "subject", "Concept", "Disease",
         ("disease with {x}", "diseases with {x}"), "遗传方式为{x}的疾病"),
    _way("onset", "has_onset", "object", ("Disease", "Gene"), (),
         ("time of onset of {x}", "times of onset of {x}"), "{x}的起病时期"),
    _way("begins_so", "has_onset", "subject", "Concept", "Disease",
         ("disease with {x}", "diseases with {x}"), "起病时期为{x}的疾病"),
    _way("course", ("has_course", "has_modifier"), "object", ("Disease", "Gene"), (),
         ("feature of the course of {x}", "features of the course of {x}"), "{x}的病程特点"),
    _way("populations", "occurs_in", "object", "Disease", (),
         ("setting in which {x} occurs", "settings in which {x} occurs"), "{x}的好发人群与情形"),
    _way("occurring_in", "occurs_in", "subject", "Concept", "Disease",
         ("disease that occurs in {x}", "diseases that occur in {x}"), "见于{x}的疾病"),
    _way("diagnosed_by", "diagnoses", "subject", _ILL, (),
         ("test for {x}", "tests for {x}"), "用于诊断{x}的检查", "kinds"),
    _way("diagnoses", "diagnoses", "object", (), _ILL,
         ("disease that {x} diagnoses", "diseases that {x} diagnoses"), "{x}用于诊断的疾病"),
    _way("kinds", "subclass_of", "subject", ("Disease", "Phenotype", "Anatomy", "Procedure", "Organism"), (),
         ("kind of {x}", "kinds of {x}"), "{x}的类型"),
    _way("parents", "subclass_of", "object", (), (),
         ("group that {x} belongs to", "groups that {x} belongs to"), "{x}所属的类别"),
    _way("resembles", "resembles", "either", (), (),
         ("thing that resembles {x}", "things that resemble {x}"), "与{x}相似的"),
    _way("associated", "associated_with", "either", (), (),
         ("thing associated with {x}", "things associated with {x}"), "与{x}相关的"),
    # places and processes
    _way("places", "located_in", "object", (), (),
         ("place where {x} is located", "places where {x} is located"), "{x}的部位"),
    _way("diseases_of_place", "located_in", "subject", _PLACES, "Disease",
         ("disease located in {x}", "diseases located in {x}"), "位于{x}的疾病"),
    _way("expressed_in", "expressed_in", "object", "Gene", (),
         ("tissue in which {x} is expressed", "tissues in which {x} is expressed"), "表达{x}的组织"),
    _way("expressing", "expressed_in", "subject", _PLACES, "Gene",
         ("gene expressed in {x}", "genes expressed in {x}"), "表达于{x}的基因"),
    _way("pathways", ("participates_in", "part_of"), "object", ("Gene", "Drug"), "Concept",
         ("process in which {x} takes part", "processes in which {x} takes part"), "{x}参与的过程"),
    _way("participants", ("participates_in", "part_of"), "subject", "Concept", ("Gene", "Drug"),
         ("gene or substance that takes part in {x}", "genes and substances that take part in {x}"),
         "参与{x}的基因和物质"),
)  # fmt: skip
WAYS: Mapping[str, Way] = {way.name: way for way in _ALL}
"""By name; each leads from what is asked for it by `given` to `members`."""
