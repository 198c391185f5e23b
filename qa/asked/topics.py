"""The topics that a question may be about, by the names of the plans that answer them."""

from __future__ import annotations

TOPICS = (
    "diagnosis",
    "workup",
    "treatment",
    "alternatives",
    "indication",
    "dose",
    "mechanism",
    "adverse_effect",
    "contraindication",
    "monitoring",
    "antidote",
    "interaction",
    "genotype",
    "repurposing",
    "gene",
    "inheritance",
    "epidemiology",
    "prognosis",
    "prevention",
    "definition",
    "presentation",
    "cause",
    "code",
    "study",
    "patient",
    "advice",
    "general",
    "vague",
    "out_of_scope",
)
DECLINED = ("vague", "out_of_scope")
"""Those to which there is no answer: what is meant is asked back, or that it is none of medicine is said."""
