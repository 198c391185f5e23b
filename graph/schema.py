"""The one list of entity types and predicates. Everything validates against it.

Types and predicates carry the names of the Biolink Model (https://biolink.github.io/biolink-model/) where it has one;
`label` is how Neo4j shows the type, `edge` how it shows the predicate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.errors import SchemaViolation
from graph.model import Entity
from text.names import normalise


@dataclass(frozen=True, slots=True)
class EntityType:
    name: str
    biolink: str
    chinese: str

    @property
    def label(self) -> str:
        """The Neo4j label, such as `Disease`."""
        return self.name


@dataclass(frozen=True, slots=True)
class Predicate:
    name: str
    biolink: str
    phrase: str
    """How a fact reads in English: `{subject} phrase {object}`."""
    chinese: str
    symmetric: bool = False

    @property
    def edge(self) -> str:
        """The Neo4j relationship type, such as `TREATS`."""
        return self.name.upper()


ENTITY_TYPES: dict[str, EntityType] = {
    t.name: t
    for t in (
        EntityType("Disease", "biolink:Disease", "疾病"),
        EntityType("Phenotype", "biolink:PhenotypicFeature", "表型"),
        EntityType("Drug", "biolink:ChemicalEntity", "药物"),
        EntityType("Gene", "biolink:Gene", "基因"),
        EntityType("Anatomy", "biolink:AnatomicalEntity", "解剖部位"),
        EntityType("Procedure", "biolink:Procedure", "操作"),
        EntityType("Measurement", "biolink:ClinicalAttribute", "检查"),
        EntityType("Variant", "biolink:SequenceVariant", "变异"),
        EntityType("Organism", "biolink:OrganismTaxon", "生物"),
        EntityType("CellLine", "biolink:CellLine", "细胞系"),
        EntityType("Concept", "biolink:NamedThing", "概念"),
        EntityType("Patient", "biolink:Case", "患者"),
    )
}
"""`Phenotype` holds signs, symptoms and abnormal findings; `Drug` every chemical; `Concept` what fits no other type."""

PREDICATES: dict[str, Predicate] = {
    p.name: p
    for p in (
        Predicate("treats", "biolink:treats", "treats", "治疗"),
        Predicate("palliates", "biolink:ameliorates_condition", "relieves the symptoms of", "缓解"),
        Predicate("prevents", "biolink:preventative_for_condition", "prevents", "预防"),
        Predicate("contraindicated_in", "biolink:contraindicated_in", "is contraindicated in", "禁用于"),
        Predicate("cautioned_in", "biolink:contraindicated_in", "is to be used with caution in", "慎用于"),
        Predicate("causes", "biolink:causes", "causes", "引起"),
        Predicate("has_adverse_effect", "biolink:has_side_effect", "has the adverse effect", "的不良反应包括"),
        Predicate("interacts_with", "biolink:interacts_with", "interacts with", "相互作用", True),
        Predicate("cross_reacts_with", "biolink:related_to", "may cross-react with", "可能交叉过敏于", True),
        Predicate("has_phenotype", "biolink:has_phenotype", "presents with", "的表现包括"),
        Predicate("has_inheritance", "biolink:has_mode_of_inheritance", "has the mode of inheritance", "的遗传方式为"),
        Predicate("has_onset", "biolink:has_attribute", "has its onset as", "的起病时期为"),
        Predicate("has_course", "biolink:has_attribute", "has the clinical course", "的病程特点为"),
        Predicate("occurs_in", "biolink:has_attribute", "occurs in", "见于"),
        Predicate("has_modifier", "biolink:has_attribute", "has the clinical modifier", "的临床特点为"),
        Predicate("associated_with", "biolink:associated_with", "is associated with", "相关于", True),
        Predicate("gene_associated_with", "biolink:gene_associated_with_condition", "is associated with", "相关于"),
        Predicate("subclass_of", "biolink:subclass_of", "is a kind of", "属于"),
        Predicate("located_in", "biolink:located_in", "is located in", "位于"),
        Predicate("binds", "biolink:directly_physically_interacts_with", "binds", "结合"),
        Predicate("upregulates", "biolink:positively_regulates", "upregulates", "上调"),
        Predicate("downregulates", "biolink:negatively_regulates", "downregulates", "下调"),
        Predicate("regulates", "biolink:regulates", "regulates", "调控"),
        Predicate("activates", "biolink:affects", "activates", "激活"),
        Predicate("inhibits", "biolink:affects", "inhibits", "抑制"),
        Predicate("induces", "biolink:affects", "induces", "诱导"),
        Predicate("substrate_of", "biolink:is_substrate_of", "is a substrate of", "的转化或转运依赖"),
        Predicate("has_role", "biolink:has_chemical_role", "is a", "是一种"),
        Predicate("affects_response_to", "biolink:affects_response_to", "affects the response to", "影响疗效："),
        Predicate("contributes_to", "biolink:contributes_to", "contributes to", "促成"),
        Predicate("participates_in", "biolink:participates_in", "takes part in", "参与"),
        Predicate("part_of", "biolink:part_of", "is a part of", "组成"),
        Predicate("has_ingredient", "biolink:has_active_ingredient", "contains", "含有"),
        Predicate("expressed_in", "biolink:expressed_in", "is expressed in", "表达于"),
        Predicate("covaries_with", "biolink:coexpressed_with", "covaries with", "共变于", True),
        Predicate("resembles", "biolink:similar_to", "resembles", "相似于", True),
        Predicate("diagnoses", "biolink:diagnoses", "is used to diagnose", "用于诊断"),
        Predicate("reverses", "biolink:decreases_response_to", "is the antidote to", "解毒："),
        Predicate("monitored_by", "biolink:related_to", "needs monitoring of", "需监测"),
        Predicate("has_condition", "biolink:has_disease", "has the condition", "患有"),
        Predicate("takes", "biolink:has_medication", "takes", "正在使用"),
        Predicate("allergic_to", "biolink:has_allergy", "is allergic to", "对…过敏："),
        Predicate("has_measurement", "biolink:has_measurement", "was measured for", "测得"),
        Predicate("underwent", "biolink:has_procedure", "underwent", "接受了"),
    )
}
"""Direction is as the phrase reads. A symmetric predicate is stored with the smaller id as its subject."""

_CONDITIONS = frozenset(("Disease", "Phenotype"))
_GIVEN = frozenset(("Drug", "Procedure"))
_AGENTS = frozenset(("Drug", "Disease", "Phenotype", "Gene", "Variant", "Organism", "Procedure"))
_INHERITED = frozenset(("Gene", "Variant"))

ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "treats": (_GIVEN, _CONDITIONS),
    "palliates": (_GIVEN, _CONDITIONS),
    "prevents": (_GIVEN, _CONDITIONS),
    "contraindicated_in": (_GIVEN, _CONDITIONS | {"Procedure"}),
    "causes": (_AGENTS, _CONDITIONS),
    "has_adverse_effect": (_GIVEN, _CONDITIONS),
    "has_phenotype": (_CONDITIONS, _CONDITIONS),
    "gene_associated_with": (_INHERITED, _CONDITIONS),
}
"""The types of subject and object between which a predicate can hold, where a text states it; any, where none stand."""

CURIE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,59}:\S{1,400}")
"""No longer than three of them in a key of Neo4j's indexes, which takes 8,000 bytes; nor is a name."""
NAME_LIMIT = 2_000
_NORM_LIMIT = 7_000
"""In bytes: a letter may be normalised to many."""
_SHORT = 100
"""Characters of which no form is longer than that."""


def check_type(name: str) -> str:
    """Return `name` if it is an entity type; raise SchemaViolation if not."""
    if name not in ENTITY_TYPES:
        raise SchemaViolation(f"unknown entity type {name!r}; known: {', '.join(ENTITY_TYPES)}")
    return name


def check_predicate(name: str) -> str:
    """Return `name` if it is a predicate; raise SchemaViolation if not."""
    if name not in PREDICATES:
        raise SchemaViolation(f"unknown predicate {name!r}; known: {', '.join(PREDICATES)}")
    return name


def fits(name: str) -> bool:
    """Whether a store takes a name: an index of names holds no text of any length."""
    if len(name) <= _SHORT:
        return True
    return len(name) <= NAME_LIMIT and len(normalise(name).encode()) <= _NORM_LIMIT


def check_names(entity: Entity) -> Entity:
    """Return `entity` if a store takes its names; raise SchemaViolation if not."""
    for name in (entity.name, *(synonym.text for synonym in entity.synonyms)):
        if not fits(name):
            raise SchemaViolation(f"a name of {len(name):,} characters: at most {NAME_LIMIT:,} are taken")
    return entity


def check_id(curie: str) -> str:
    """Return `curie` if it is of the form `PREFIX:local`; raise SchemaViolation if not."""
    if not CURIE.fullmatch(curie):
        raise SchemaViolation(f"an entity id is a CURIE such as HP:0001945, not {curie[:80]!r}")
    return curie
