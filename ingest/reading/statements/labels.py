"""What the network is asked of an ordered pair of mentions: which predicates a sentence states of it, and how."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

TYPES = ("Drug", "Disease", "Phenotype", "Gene", "Variant", "Organism", "Procedure", "Measurement", "Anatomy")
"""The types that are marked, each by two markers of its own."""

_CONDITION = frozenset(("Disease", "Phenotype"))
_DRUG = frozenset(("Drug",))
_GIVEN = frozenset(("Drug", "Procedure"))
_STATE = _CONDITION | {"Procedure"}
_GENE = frozenset(("Gene",))
_INHERITED = frozenset(("Gene", "Variant"))
_ACTING = frozenset(("Drug", "Gene"))
_TESTED = frozenset(("Measurement", "Procedure"))
_ANY = frozenset(TYPES) - {"Anatomy"}

ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "treats": (_GIVEN, _CONDITION),
    "prevents": (_GIVEN, _CONDITION),
    "has_adverse_effect": (_GIVEN, _CONDITION),
    "causes": (_ANY, _CONDITION),
    "contraindicated_in": (_GIVEN, _STATE),
    "cautioned_in": (_GIVEN, _STATE),
    "interacts_with": (_DRUG, _DRUG),
    "has_phenotype": (_CONDITION, _CONDITION),
    "diagnoses": (_TESTED | _ACTING, _CONDITION),
    "monitored_by": (_GIVEN | _CONDITION, _TESTED),
    "contributes_to": (_ANY, _CONDITION),
    "gene_associated_with": (_INHERITED, _CONDITION),
    "associated_with": (_CONDITION | {"Measurement"}, _CONDITION | {"Measurement"}),
    "binds": (_ACTING, _GENE),
    "inhibits": (_ACTING, _GENE),
    "activates": (_ACTING, _GENE),
    "downregulates": (_ACTING | _CONDITION, _GENE),
    "upregulates": (_ACTING | _CONDITION, _GENE),
    "substrate_of": (_DRUG, _GENE),
    "affects_response_to": (_INHERITED, _DRUG),
}
"""The predicates that are asked about, with the types of their subjects and objects."""
PREDICATES = tuple(ENDS)
FLAGS = ("denied", "hedged", "asked")
"""How a stated pair is stated: with a denial, with a hedge, or as something that is only to be found out."""
OUTPUTS = (*PREDICATES, *FLAGS)

SYMMETRIC = frozenset(("interacts_with", "associated_with"))
"""Asked of the pair in the order of the text alone."""

_ALLOWED = np.array(
    [[[s in ends[0] and o in ends[1] for ends in ENDS.values()] for o in TYPES] for s in TYPES], np.bool_
)


def allowed(subject: str, object: str, *, turned: bool) -> NDArray[np.bool_]:
    """Which of `PREDICATES` can hold between two types; `turned` where the subject stands behind the object."""
    mask: NDArray[np.bool_] = _ALLOWED[TYPES.index(subject), TYPES.index(object)]
    return mask & ~_SYMMETRIC if turned else mask


def pairs(types: Sequence[str]) -> list[tuple[int, int]]:
    """The ordered pairs of mentions of `types`, in order of the text, of which anything at all can be stated."""
    return [
        (i, j)
        for i, subject in enumerate(types)
        for j, object in enumerate(types)
        if i != j and allowed(subject, object, turned=j < i).any()
    ]


_SYMMETRIC = np.array([name in SYMMETRIC for name in PREDICATES], np.bool_)
