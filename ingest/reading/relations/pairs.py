"""Which pairs of entities a document is asked about, and where their mentions stand."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.model import Mention

KINDS = {"Drug": "Chemical", "Disease": "Disease", "Phenotype": "Disease", "Gene": "Gene", "Variant": "Variant"}
"""What the network calls a type of the graph; other types take part in no relation that it knows."""

PAIRS = (
    ("Chemical", "Disease"), ("Gene", "Disease"), ("Variant", "Disease"), ("Chemical", "Gene"), ("Chemical", "Variant"),
    ("Gene", "Gene"), ("Chemical", "Chemical"), ("Variant", "Variant"),
)  # fmt: skip
"""The kinds of subject and object that are asked about: those between which BioRED has relations."""
MOST_PAIRS = 400
"""Of one page of text; where there are more, those whose mentions stand closest together are asked about."""


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity that a text mentions: `spans` are the places, in order."""

    id: str
    kind: str
    spans: tuple[tuple[int, int], ...]


def entities(mentions: Sequence[Mention], start: int, end: int) -> list[Entity]:
    """The linked entities mentioned between `start` and `end`, in order of their first mention.

    An entity that is mentioned as more than one kind takes the kind of its first mention.
    """
    kinds: dict[str, str] = {}
    spans: dict[str, list[tuple[int, int]]] = {}
    for mention in mentions:
        if mention.entity is None or mention.type not in KINDS or mention.start < start or mention.end > end:
            continue
        kinds.setdefault(mention.entity, KINDS[mention.type])
        spans.setdefault(mention.entity, []).append((mention.start, mention.end))
    return [Entity(id, kind, tuple(sorted(set(spans[id])))) for id, kind in kinds.items()]


def asked_about(entities: Sequence[Entity]) -> bool:
    """Whether two of the entities are of kinds between which there may be a relation; `candidates` may find none."""
    counts = Counter(entity.kind for entity in entities)
    return any(counts[one] > (one == other) and counts[other] for one, other in PAIRS)


def candidates(entities: Sequence[Entity]) -> list[tuple[int, int]]:
    """The (subject, object) pairs to ask about, as indices into `entities`.

    Between two of one kind, the one that is mentioned first is the subject. A pair whose mentions all coincide, as
    those of a composite mention do, is none.
    """
    pairs = [
        (i, j)
        for i, subject in enumerate(entities)
        for j, object in enumerate(entities)
        if (subject.kind, object.kind) in PAIRS
        and (subject.kind != object.kind or i < j)
        and subject.spans != object.spans
    ]
    if len(pairs) > MOST_PAIRS:
        pairs.sort(key=lambda pair: (_gap(entities[pair[0]], entities[pair[1]]), pair))
        pairs = sorted(pairs[:MOST_PAIRS])
    return pairs


def sentence_of(bounds: Sequence[tuple[int, int]], offset: int) -> int:
    """The index of the sentence that holds `offset`, or of the one before it. `bounds` is not empty."""
    return max(0, bisect_right(bounds, offset, key=lambda bound: bound[0]) - 1)


def evidence(
    bounds: Sequence[tuple[int, int]], subject: Entity, object: Entity, weights: Sequence[float]
) -> tuple[int, int, bool]:
    """Where the text says most of the pair: start, end, and whether that is one sentence or two that touch.

    Of the sentences that mention both it is the one of the greatest weight (one weight a sentence), else of two
    sentences in a row that together mention both; else the sentence between the closest mentions, which states nothing
    by itself, hence the False.
    """
    left = {sentence_of(bounds, start) for start, _ in subject.spans}
    right = {sentence_of(bounds, start) for start, _ in object.spans}
    if both := left & right:
        best = max(both, key=lambda s: (weights[s], -s))
        return *bounds[best], True
    pairs = {min(a, b) for a in left for b in right if abs(a - b) == 1}
    if pairs:
        best = max(pairs, key=lambda s: (weights[s] + weights[s + 1], -s))
        return bounds[best][0], bounds[best + 1][1], True
    a, b = min(((a, b) for a in left for b in right), key=lambda ab: (abs(ab[0] - ab[1]), ab))
    best = max((a, b), key=lambda s: (weights[s], -s))
    return *bounds[best], False


def _gap(first: Entity, second: Entity) -> int:
    return min(max(a[0] - b[1], b[0] - a[1]) for a in first.spans for b in second.spans)
