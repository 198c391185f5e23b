"""What corpora and models call things, in the words of this graph: types of entities, labels of relations.

The one table of both: what an input gives (`sources/annotated`), what a network finds (`reading`), what is written
(`sinks`) and what is measured (`evaluation`) are told the same of the same word.

Types as in PubTator (https://doi.org/10.1093/nar/gkz389), BioCreative V CDR (https://doi.org/10.1093/database/baw068),
NCBI Disease (https://doi.org/10.1016/j.jbi.2013.12.006), BioRED (https://doi.org/10.1093/bib/bbac282), cMedQANER and
cEHRNER. Relations as in BioCreative V CDR (`CID`), BioRED, and PHEE (`ADE`, `treats`).
"""

from __future__ import annotations

from typing import NamedTuple

from graph.schema import ENTITY_TYPES

KINDS = ("Disease", "Chemical", "Gene", "Variant", "Species", "CellLine")
"""The types that PubTator text knows."""

_OF_KIND = {"Chemical": "Drug", "Species": "Organism"}
"""The entity type of a kind that the graph calls otherwise."""

# Case counts: `disease` and `drug` are types of a Chinese corpus, which keeps its own names.
_CORPORA = {kind: kind for kind in KINDS} | {
    "ChemicalEntity": "Chemical",
    "DiseaseOrPhenotypicFeature": "Disease",
    "SpecificDisease": "Disease",
    "DiseaseClass": "Disease",
    "Modifier": "Disease",
    "CompositeMention": "Disease",
    "GeneOrGeneProduct": "Gene",
    "SequenceVariant": "Variant",
    "Mutation": "Variant",
    "DNAMutation": "Variant",
    "ProteinMutation": "Variant",
    "SNP": "Variant",
    "OrganismTaxon": "Species",
}
_CHINESE = {
    "symptom": "Phenotype",
    "body": "Anatomy",
    "test": "Measurement",
    "treatment": "Procedure",
    "疾病和诊断": "Disease",
    "症状": "Phenotype",
    "手术": "Procedure",
    "药物": "Drug",
    "解剖部位": "Anatomy",
    "影像检查": "Measurement",
    "实验室检验": "Measurement",
}
"""Types of the Chinese corpora; their `disease` and `drug` are those of the graph."""

_TYPES = (
    {name.lower(): name for name in ENTITY_TYPES}
    | {word.lower(): _OF_KIND.get(kind, kind) for word, kind in _CORPORA.items()}
    | _CHINESE
)
_KINDS = {_OF_KIND.get(kind, kind): kind for kind in KINDS}

BIORED = (
    "Association",
    "Positive_Correlation",
    "Negative_Correlation",
    "Bind",
    "Cotreatment",
    "Comparison",
    "Drug_Interaction",
    "Conversion",
)
"""The relations of BioRED, none of which says by itself which of the two acts on which."""
BEYOND = frozenset(("Association", "Positive_Correlation", "Negative_Correlation"))
"""Labels that say something else, or more, than their predicate does: they are kept beside it as a qualifier."""

_ORDER = ("Chemical", "Gene", "Variant", "Disease")
"""Between two kinds the earlier is the subject: a chemical acts on a gene, and a variant predisposes to a disease."""
_PREDICATES = {
    "CID": "causes",
    "ADE": "has_adverse_effect",
    "treats": "treats",
    "Bind": "binds",
    "Drug_Interaction": "interacts_with",
}
_CORRELATIONS = {
    ("Positive_Correlation", "Chemical", "Disease"): "causes",
    ("Negative_Correlation", "Chemical", "Disease"): "treats",
    ("Positive_Correlation", "Chemical", "Gene"): "upregulates",
    ("Negative_Correlation", "Chemical", "Gene"): "downregulates",
}
_ASSOCIATIONS = {("Gene", "Disease"): "gene_associated_with", ("Variant", "Disease"): "gene_associated_with"}


class Stated(NamedTuple):
    """A predicate of `graph.schema.PREDICATES`, and whether the second of the two is its subject."""

    predicate: str
    turned: bool


def entity_type(name: str) -> str:
    """The entity type of the graph for a type in the words of a corpus, a model, or the graph itself, in any case.

    A name that is not known (a crowd, a department) is a `Concept`.
    """
    return _TYPES.get(name.strip().lower(), "Concept")


def kind(name: str) -> str:
    """One of `KINDS` for a type in the words of an English corpus or of the graph; any other name stays."""
    name = name.strip()
    return _CORPORA.get(name) or _KINDS.get(name, name)


def word(type: str) -> str:
    """What the corpora write for an entity type of the graph: as `kind`, and a phenotype is a `Disease` to them."""
    return "Disease" if type == "Phenotype" else _KINDS.get(type, type)


def predicate(label: str, first: str, second: str) -> Stated | None:
    """What a label states of two entities of these types; None where no predicate says it.

    A correlation of a chemical with a disease is what BioRED's guideline calls it: positive where the chemical brings
    or worsens the disease, negative where it treats or relieves it. Between genes BioRED does not say which acts on
    which, so no direction is made up. Comparison, cotreatment and conversion say nothing that a predicate says.

    Types are those of the graph, or kinds. Two of one kind keep their order.
    """
    sides = word(first), word(second)
    turned = all(side in _ORDER for side in sides) and _ORDER.index(sides[0]) > _ORDER.index(sides[1])
    if turned:
        sides = sides[1], sides[0]
    if label in BEYOND:
        name = _CORRELATIONS.get((label, *sides)) or _ASSOCIATIONS.get(sides, "associated_with")
    else:
        name = _PREDICATES.get(label, "")
    return Stated(name, turned) if name else None


def qualifiers(label: str) -> dict[str, str] | None:
    """What is kept of a label beside its predicate; None where the predicate says all of it."""
    return {"relation": label} if label in BEYOND else None
