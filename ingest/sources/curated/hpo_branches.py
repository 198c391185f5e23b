"""HPO's branches: which of its terms are findings, and what a disease is said to have where a term is none.

A term under "Mode of inheritance", "Onset", "Clinical course" or "Clinical modifier" says how a disease is, not what is
found in a patient; each branch has a predicate of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

ROOTS: dict[str, str] = {
    "HP:0000005": "has_inheritance",
    "HP:0003674": "has_onset",
    "HP:0031797": "has_course",
    "HP:0012823": "has_modifier",
}
"""The predicate of a branch by its root, the narrower branch first: onset is a part of the course."""

ONSETS = frozenset((
    "HP:0003577", "HP:0003581", "HP:0003584", "HP:0003593", "HP:0003596", "HP:0003621", "HP:0003623", "HP:0003674",
    "HP:0011460", "HP:0011461", "HP:0011462", "HP:0011463", "HP:0025708", "HP:0025709", "HP:0025710", "HP:0030674",
    "HP:0034197", "HP:0034198", "HP:0034199", "HP:0410280", "HP:4000040", "HP:6000314", "HP:6000315",
))  # fmt: skip
"""The terms of onset, which `phenotype.hpoa` does not tell from the rest of the course."""

_INHERITANCE = frozenset((
    "HP:0000005", "HP:0000006", "HP:0000007", "HP:0001417", "HP:0001419", "HP:0001423", "HP:0001426", "HP:0001427",
    "HP:0001442", "HP:0001450", "HP:0003743", "HP:0003745", "HP:0003829", "HP:0010982", "HP:0010983", "HP:0010984",
    "HP:0012275", "HP:0025352", "HP:0032113",
))  # fmt: skip

WITHOUT_PARENTS: dict[str, str] = dict.fromkeys(_INHERITANCE, "has_inheritance") | dict.fromkeys(ONSETS, "has_onset")
"""The predicates of the commonest terms, for where no list of parents is at hand."""


def predicates(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The predicate of each term below a root, from pairs (term, parent)."""
    children: dict[str, list[str]] = {}
    for term, parent in pairs:
        children.setdefault(parent, []).append(term)
    branches: dict[str, str] = {}
    for root, predicate in ROOTS.items():
        waiting = [root]
        while waiting:
            term = waiting.pop()
            if term not in branches:
                branches[term] = predicate
                waiting += children.get(term, ())
    return branches
