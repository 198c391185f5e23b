"""Relations at document level: pairs of identifiers, without and with the type of the relation.

As in BioCreative V CDR (https://doi.org/10.1093/database/baw068) and BioRED (https://doi.org/10.1093/bib/bbac282);
novelty is passed over. What a text denies is no relation; the readers leave it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.corpora.annotated import Annotated, Pair
from evaluation.score import Counts, count
from ingest.vocabulary import BIORED

_GRAPH = {"causes": "CID", "binds": "Bind", "interacts_with": "Drug_Interaction"}
"""Predicates of the graph that say the same as a kind of the corpora."""
_UNTYPED = {"associated_with": frozenset(BIORED)}
"""One that says the same as several of them: it counts as a pair, and is of no kind."""


@dataclass(frozen=True, slots=True)
class RelationCounts:
    """`pairs` has one type, `any`; `typed` one for each kind. `other` relations of PRED are of kinds that GOLD does not
    annotate, and are not counted."""

    pairs: Counts
    typed: Counts
    other: int


def related(gold: Mapping[str, Annotated], pred: Mapping[str, Annotated]) -> RelationCounts:
    """Count relations document by document, in the order of the sorted ids of both."""
    kinds = {pair.kind for document in gold.values() for pair in document.pairs}
    if kinds & set(BIORED):
        kinds |= set(BIORED)
    names = _GRAPH if not kinds & _GRAPH.keys() else {}
    told = {name for name, several in _UNTYPED.items() if several & kinds}
    wanted: dict[str, set[Pair]] = {id: set(document.pairs) for id, document in gold.items()}
    found: dict[str, set[Pair]] = {}
    other = 0
    for id, document in pred.items():
        every = {Pair(pair.first, pair.second, names.get(pair.kind, pair.kind)) for pair in document.pairs}
        found[id] = {pair for pair in every if pair.kind in kinds or pair.kind in told}
        other += len(every) - len(found[id])
    pairs = count(
        {id: {(pair.first, pair.second) for pair in of} for id, of in wanted.items()},
        {id: {(pair.first, pair.second) for pair in of} for id, of in found.items()},
        lambda pair: "any",
        ("any",),
    )
    return RelationCounts(pairs, count(wanted, found, lambda pair: pair.kind), other)
