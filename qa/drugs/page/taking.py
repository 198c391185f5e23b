"""Which of many drugs interact gravely with those that somebody takes.

What is derived counts as what is stated does: a drug is not called free of interactions for want of a source.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from graph.view import GraphView
from qa.drugs.interactions import pairs
from qa.drugs.model import Drug
from qa.drugs.standing import standing
from qa.evidence.records import Records
from qa.evidence.severity import ALARMING, SEVERITIES, Severity

AT_ONCE = 40
"""So many drugs are looked at together: the pairs among themselves are not asked for."""


def grave(
    view: GraphView, records: Records, drugs: Sequence[Drug], taken: Sequence[Drug], sources: Collection[str]
) -> Mapping[str, tuple[tuple[str, Severity], ...]]:
    """By the drug as asked for, what of those taken it must not or should not be given with, the gravest first.

    `sources` are those of interactions.
    """
    told: dict[str, tuple[tuple[str, Severity], ...]] = {}
    for start in range(0, len(drugs), AT_ONCE) if taken else ():
        some = [*taken, *drugs[start : start + AT_ONCE]]
        known = standing(view, some, sources)
        hits: dict[int, list[tuple[str, Severity]]] = {}
        for pair in pairs(view, records, some, known):
            if pair.a < len(taken) <= pair.b and pair.gravest in ALARMING:
                hits.setdefault(pair.b, []).append((some[pair.a].asked, pair.gravest))
        for place, each in hits.items():
            told[some[place].asked] = tuple(sorted(each, key=lambda hit: (SEVERITIES.index(hit[1]), hit[0])))
    return told
