"""The words with which people ask, and which of them a misspelt one is near to: `efects`, `treatmant`."""

from __future__ import annotations

from functools import lru_cache

from qa.asked.misspelling import slips

_CUES = frozenset(
    [
        "effect",
        "effects",
        "adverse",
        "reaction",
        "reactions",
        "symptom",
        "symptoms",
        "treatment",
        "treatments",
        "treating",
        "treated",
        "medicine",
        "medicines",
        "medication",
        "medications",
        "dosage",
        "doses",
        "maximum",
        "recommended",
        "mechanism",
        "indication",
        "indications",
        "indicated",
        "contraindication",
        "contraindications",
        "contraindicated",
        "interaction",
        "interactions",
        "interact",
        "alternative",
        "alternatives",
        "diagnosis",
        "diagnosed",
        "diagnose",
        "diagnostic",
        "prognosis",
        "prevention",
        "prevent",
        "prevents",
        "inheritance",
        "inherited",
        "genetic",
        "mutation",
        "mutations",
        "prevalence",
        "incidence",
        "epidemiology",
        "definition",
        "monitoring",
        "antidote",
        "overdose",
        "complications",
        "complication",
        "disease",
        "diseases",
        "disorder",
        "disorders",
        "syndrome",
        "condition",
        "conditions",
        "patient",
        "patients",
        "pregnancy",
        "pregnant",
        "breastfeeding",
        "difference",
        "between",
        "compare",
        "compared",
        "comparison",
        "versus",
        "because",
        "which",
        "what",
        "should",
        "during",
        "together",
        "difference",
        "different",
        "first",
        "second",
        "children",
        "elderly",
        "frequency",
        "frequent",
        "common",
        "causes",
        "caused",
        "associated",
        "presentation",
        "findings",
        "investigation",
        "investigations",
        "tests",
    ]
)
_LIMIT = 1.0
_LONG = 1.5
"""How far a word of ten letters and more may be."""


@lru_cache(maxsize=10_000)
def near_cue(word: str) -> str:
    """The word of asking that a word in small letters is near to; empty where there is none."""
    limit = _LONG if len(word) > 9 else _LIMIT
    near = sorted((slips(word, cue), cue) for cue in _CUES if len(cue) > 4 and abs(len(cue) - len(word)) < 3)
    return near[0][1] if near and near[0][0] <= limit else ""
