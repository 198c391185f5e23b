"""What the network tells of a pair, output by output, and what the graph makes of it."""

from __future__ import annotations

BIORED = (
    "Association", "Positive_Correlation", "Negative_Correlation", "Bind", "Cotreatment", "Comparison",
    "Drug_Interaction", "Conversion",
)  # fmt: skip
OUTPUTS = ("CID", "related", *BIORED, "ADE", "treats")
"""`CID`: the chemical induces the disease (BC5CDR). `related`: BioRED relates the two, and then by which of its types.
`ADE`: the disease is an adverse effect of the drug, `treats`: the drug is given for it (PHEE)."""
CID, RELATED, TYPES, ADE, TREATS = 0, 1, slice(2, 2 + len(BIORED)), 2 + len(BIORED), 3 + len(BIORED)
TOLD = 2 + len(BIORED)
"""So many outputs hear of the features of documents; the last two were learned from single sentences."""

QUESTIONS = {"CID": CID, "related": RELATED, "ADE": ADE, "treats": TREATS}
"""What a pair is asked, and the output that answers."""
FACTS = frozenset(("CID", "ADE"))
"""What a graph can be told as a fact, always of a drug and a disease. BioRED's types are too often wrong for that, and
the network is too sure of treatments, since it was taught them by sentences that all state an event."""
OF_SENTENCES = frozenset(("ADE", "treats"))


def predicate(label: str, subject: str, object: str) -> str:
    """The predicate of the graph for a label between two kinds; empty where none says it.

    A correlation of a chemical with a disease is what BioRED's guideline calls it: positive where the chemical brings
    or worsens the disease, negative where it treats or relieves it. Between genes BioRED does not say which acts on
    which, so no direction is made up. Comparison, cotreatment and conversion say nothing that a predicate says.
    """
    match label:
        case "CID":
            return "causes"
        case "ADE":
            return "has_adverse_effect"
        case "treats":
            return "treats"
        case "Bind":
            return "binds"
        case "Drug_Interaction":
            return "interacts_with"
        case "Association" | "Positive_Correlation" | "Negative_Correlation":
            return _CORRELATIONS.get((label, subject, object)) or _ASSOCIATIONS.get(
                (subject, object), "associated_with"
            )
        case _:
            return ""


_CORRELATIONS = {
    ("Positive_Correlation", "Chemical", "Disease"): "causes",
    ("Negative_Correlation", "Chemical", "Disease"): "treats",
    ("Positive_Correlation", "Chemical", "Gene"): "upregulates",
    ("Negative_Correlation", "Chemical", "Gene"): "downregulates",
}
_ASSOCIATIONS = {("Gene", "Disease"): "gene_associated_with", ("Variant", "Disease"): "gene_associated_with"}
