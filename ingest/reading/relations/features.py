"""What a document says of a pair of entities beside the words of one sentence.

How often and where the two are named, how far apart, what else is named, which trigger words stand between them, and
whether the disease is a broader term of another one in the text: annotators of chemical-induced disease let the most
specific disease take the relation (Wei 2015). A pure function of the text, its entities and the MeSH tree.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.reading.relations.pairs import PAIRS, Entity, sentence_of

_GROUPS = {
    "cause": r"caus\w*|produc\w*|result\w*|lead\w*|led|elicit\w*|provok\w*|precipitat\w*|attributed|due to",
    "adverse": r"adverse|side[- ]effects?|toxic\w*|complicat\w*|reactions?|overdose",
    "after": r"after|follow\w*|during|receiv\w*|administ\w*|given|dose\w*|infusion|injection|exposure|using|use",
    "develop": r"develop\w*|occur\w*|report\w*|cases?|experienc\w*|observed|incidence|present\w*",
    "treat": r"treat\w*|therap\w*|manage\w*|efficacy|effective\w*|patients with",
    "protect": r"protect\w*|prevent\w*|attenuat\w*|ameliorat\w*|revers\w*|alleviat\w*|antagoni\w*|against|improv\w*",
    "down": r"reduc\w*|decreas\w*|inhibit\w*|block\w*|suppress\w*|down-?regulat\w*|lower\w*|abolish\w*|knockdown",
    "up": r"increas\w*|enhanc\w*|elevat\w*|activat\w*|stimulat\w*|up-?regulat\w*|promot\w*|potentiat\w*|higher",
    "associated": r"associat\w*|correlat\w*|link\w*|relat\w*|risk|predispos\w*|suscept\w*|implicat\w*|role",
    "no": r"not|no|without|neither|nor|absence|lack\w*|fail\w*|unlikely",
    "compare": r"than|compar\w*|versus|vs|whereas|but|controls?",
    "variant": r"mutat\w*|polymorphi\w*|variants?|alleles?|deletions?|genotyp\w*|heterozyg\w*|homozyg\w*|carriers?",
    "express": r"express\w*|levels?|mrna|proteins?|secret\w*|releas\w*|transcri\w*|promoter",
    "bind": r"bind\w*|bound|interact\w*|complex\w*|phosphorylat\w*|receptors?|ligands?|substrates?|affinity|target\w*",
    "list": r"and|or|plus|combin\w*|as well as",
}
# Behind a hyphen these words make one word with the mention before it.
_INDUCED = r"(?P<induced>[-–] ?(?:induced|associated|related|evoked)\b|(?<!\w)induc(?:ed|es?|ing|tion)(?!\w))"
_TRIGGER = re.compile(
    "|".join((_INDUCED, *(rf"(?P<{name}>(?<!\w)(?:{words})(?!\w))" for name, words in _GROUPS.items()))), re.IGNORECASE
)
_GROUP = {name: index for index, name in enumerate(("induced", *_GROUPS))}
_WIDEST = 240
"""Characters between two mentions that are looked at for triggers."""
_AROUND = 40

Trees = Mapping[str, tuple[str, ...]]
"""The MeSH tree numbers of a disease, by id."""

NAMES = (
    *(f"{a}-{b}" for a, b in PAIRS),
    "subject_mentions", "object_mentions", "subject_share", "object_share", "subject_rank", "object_rank",
    "subject_title", "object_title", "both_title", "subject_first", "object_first", "subject_last", "object_last",
    "subject_spread", "object_spread", "together", "together_of_subject", "together_of_object", "first_together",
    "last_together", "sentences_apart", "characters_apart", "mentions_between", "subject_before", "nearest_of_subject",
    "nearest_of_object", "rivals_of_subject", "rivals_of_object", "subjects", "objects", "sentences", "mentions",
    "partners_of_subject", "partners_of_object", "length_subject", "length_object",
    "broader", "broader_together", "narrower", "tree_depth", "trees", "sign", "mental", "in_tree", "broader_rivals",
    *(f"between_{name}" for name in _GROUP), *(f"around_{name}" for name in _GROUP),
    *(f"sentence_{name}" for name in _GROUP),
)  # fmt: skip


def features(
    text: str,
    bounds: Sequence[tuple[int, int]],
    entities: Sequence[Entity],
    pairs: Sequence[tuple[int, int]],
    trees: Trees,
) -> NDArray[np.float32]:
    """One row a pair, one column a name of `NAMES`. `bounds` are the sentences of the text looked at."""
    rows = np.zeros((len(pairs), len(NAMES)), np.float32)
    if not pairs:
        return rows
    page = _Page(text, bounds, entities, trees)
    for row, (i, j) in enumerate(pairs):
        rows[row] = page.row(i, j)
    return rows


class _Page:
    """What is asked of a text more than once."""

    def __init__(self, text: str, bounds: Sequence[tuple[int, int]], entities: Sequence[Entity], trees: Trees) -> None:
        self.text, self.bounds, self.entities = text, bounds, entities
        self.where = [[sentence_of(bounds, start) for start, _ in entity.spans] for entity in entities]
        self.inside = [set(where) for where in self.where]
        self.spans = sorted({span for entity in entities for span in entity.spans})
        self.starts = [start for start, _ in self.spans]
        self.total: dict[str, int] = {}
        self.kinds: dict[str, list[int]] = {}
        for index, entity in enumerate(entities):
            self.total[entity.kind] = self.total.get(entity.kind, 0) + len(entity.spans)
            self.kinds.setdefault(entity.kind, []).append(index)
        counts = [len(entity.spans) for entity in entities]
        self.rank = [
            sum(counts[other] > counts[index] for other in self.kinds[entity.kind])
            for index, entity in enumerate(entities)
        ]
        self.numbers = [trees.get(entity.id, ()) for entity in entities]
        self.broader: list[list[int]] = [
            [other for other in self.kinds[entity.kind] if other != index and self._above(index, other)]
            for index, entity in enumerate(entities)
        ]
        self.narrower = [sum(index in broader for broader in self.broader) for index in range(len(entities))]
        self.triggers: dict[int, set[int]] = {}
        self.closest: dict[tuple[int, int], tuple[int, int, tuple[int, int], tuple[int, int]]] = {}

    def _above(self, index: int, other: int) -> bool:
        """Whether a tree number of the one begins one of the other."""
        return any(b.startswith(a + ".") for a in self.numbers[index] for b in self.numbers[other])

    def near(self, i: int, j: int) -> tuple[int, int, tuple[int, int], tuple[int, int]]:
        """Sentences and characters between the closest mentions of two entities, and these."""
        if (i, j) not in self.closest:
            self.closest[i, j] = min(
                (abs(s - t), max(a[0] - b[1], b[0] - a[1], 0), a, b)
                for a, s in zip(self.entities[i].spans, self.where[i], strict=True)
                for b, t in zip(self.entities[j].spans, self.where[j], strict=True)
            )
        return self.closest[i, j]

    def row(self, i: int, j: int) -> list[float]:
        kinds = self.entities[i].kind, self.entities[j].kind
        return [
            *(float(kinds == pair) for pair in PAIRS),
            *map(float, (*self._counted(i, j), *self._rivalry(i, j), *self._tree(i, j))),
            *self._between(i, j),
            *self._together(i, j),
        ]

    def _counted(self, i: int, j: int) -> list[float]:
        """How often and where the two are named: `subject_mentions` to `subject_before`."""
        a, b = self.entities[i], self.entities[j]
        left, right = self.inside[i], self.inside[j]
        both = left & right
        apart, gap, first, second = self.near(i, j)
        low, high = sorted((first, second))
        count = len(self.bounds)
        between = sum(low[1] <= start < high[0] for start in self.starts)
        return [
            math.log1p(len(a.spans)), math.log1p(len(b.spans)),
            len(a.spans) / self.total[a.kind], len(b.spans) / self.total[b.kind], self.rank[i], self.rank[j],
            0 in left, 0 in right, 0 in both, min(left) / count, min(right) / count, max(left) / count,
            max(right) / count, len(left) / count, len(right) / count, len(both), len(both) / len(left),
            len(both) / len(right), min(both) / count if both else 1.5, max(both) / count if both else -0.5,
            min(apart, 12), min(gap, 1500), min(between, 30), first <= second,
        ]  # fmt: skip

    def _rivalry(self, i: int, j: int) -> list[float]:
        """What else of their kinds is named, and near: `nearest_of_subject` to `length_object`."""
        a, b = self.entities[i], self.entities[j]
        distance = self.near(i, j)[:2]
        subjects = [x for x in self.kinds[a.kind] if x != i]
        objects = [x for x in self.kinds[b.kind] if x != j]
        rivals_of_subject = sum(bool(self.inside[x] & self.inside[j]) for x in subjects)
        rivals_of_object = sum(bool(self.inside[x] & self.inside[i]) for x in objects)
        return [
            # Whether another of its kind stands nearer to the partner.
            not any(self.near(x, j)[:2] < distance for x in subjects),
            not any(self.near(i, x)[:2] < distance for x in objects),
            rivals_of_subject, rivals_of_object, len(self.kinds[a.kind]), len(self.kinds[b.kind]), len(self.bounds),
            len(self.spans), rivals_of_object / max(1, len(objects)), rivals_of_subject / max(1, len(subjects)),
            min(a.spans[0][1] - a.spans[0][0], 60), min(b.spans[0][1] - b.spans[0][0], 60),
        ]  # fmt: skip

    def _tree(self, i: int, j: int) -> list[float]:
        """Where the object stands in MeSH, and which broader terms of it are named: `broader` to `broader_rivals`."""
        numbers, broader = self.numbers[j], self.broader[j]
        return [
            len(broader), sum(bool(self.inside[x] & self.inside[i]) for x in broader), self.narrower[j],
            min((number.count(".") + 1 for number in numbers), default=0), len(numbers),
            any(number.startswith("C23") for number in numbers), any(number.startswith("F") for number in numbers),
            bool(numbers), sum(bool(self.inside[x] & self.inside[j]) for x in broader),
        ]  # fmt: skip

    def _between(self, i: int, j: int) -> list[float]:
        """The triggers between and around the closest mentions of the two: `between_…` and `around_…`."""
        apart, _, first, second = self.near(i, j)
        low, high = sorted((first, second))
        between, around = [0.0] * len(_GROUP), [0.0] * len(_GROUP)
        if apart == 0 and high[0] - low[1] <= _WIDEST:
            start, end = self.bounds[sentence_of(self.bounds, low[0])]
            for group in self._triggers(low[1], high[0]):
                between[group] = 1.0
            before = self._triggers(max(start, low[0] - _AROUND), low[0])
            for group in before | self._triggers(high[1], min(end, high[1] + _AROUND)):
                around[group] = 1.0
        return between + around

    def _together(self, i: int, j: int) -> list[float]:
        """The share of the sentences with both that hold a trigger: `sentence_…`."""
        shares = [0.0] * len(_GROUP)
        both = self.inside[i] & self.inside[j]
        for sentence in both:
            if sentence not in self.triggers:
                self.triggers[sentence] = self._triggers(*self.bounds[sentence])
            for group in self.triggers[sentence]:
                shares[group] += 1.0 / len(both)
        return shares

    def _triggers(self, start: int, end: int) -> set[int]:
        return {_GROUP[match.lastgroup or ""] for match in _TRIGGER.finditer(self.text, start, end)}
