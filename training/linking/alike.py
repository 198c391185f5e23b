"""Terms that take each other's place in names of one concept: "renal" and "kidney", "tumor" and "cancer"."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, permutations

from ingest.reading.linking import names

_ALIKE = (
    "neoplasm tumor cancer carcinoma malignancy", "renal kidney", "hepatic liver", "cardiac heart myocardial",
    "impairment insufficiency failure dysfunction", "defect deficiency", "inherited hereditary familial genetic",
    "disease disorder syndrome", "abnormality anomaly malformation defect", "pulmonary lung", "gastric stomach",
    "cerebral brain", "injury damage lesion", "seizure convulsion", "muscle muscular myopathy", "nerve neural",
    "vascular vessel", "ocular eye visual", "cutaneous skin dermal", "bone osseous", "bladder vesical",
    "disturbance disorder impairment deficit", "lymphoid lymphatic", "infection infectious", "hypertrophy enlargement",
    "ovarian ovary", "prostatic prostate", "uterine uterus", "intestinal bowel", "venous vein", "arterial artery",
    "mental psychiatric", "deafness hearing", "childhood infantile juvenile child", "pancreatic pancreas",
    "testicular testis", "thyroidal thyroid", "hematologic blood", "respiratory breathing", "dental tooth",
)  # fmt: skip
"""Words that take each other's place in names of diseases, beside those that the names themselves show."""
_ALIKE_WEIGHT = 235
_LEAST_LIKE = 0.04
_MOST_NAMES = 40
"""Of one concept that are compared with one another."""
_BEST = 5


def alike(rows: Sequence[tuple[int, tuple[str, ...]]], number: Mapping[str, int]) -> list[tuple[int, int, int]]:
    """(term, other, weight of 255) in order, the five best a term, and those of `_ALIKE` that are terms.

    `rows` are the names as (concept, roots of the words); `number` gives the index of a term. The weight grows with
    the share of the concepts with either term in which the two take each other's place.
    """
    together, single = _counted(rows)
    best: dict[str, list[tuple[float, str]]] = {}
    for (one, other), count in together.items():
        share = count / math.sqrt(single[one] * single[other])
        if count >= 2 and share >= _LEAST_LIKE and not (one.isdecimal() or other.isdecimal()):
            best.setdefault(one, []).append((min(0.95, 0.5 + 1.5 * share), other))
    pairs = {
        (number[one], number[other]): round(weight * 255)
        for one, several in best.items()
        for weight, other in sorted(several, reverse=True)[:_BEST]
    }
    for line in _ALIKE:
        roots = [names.root(word) for word in line.split()]
        for terms in permutations([number[word] for word in roots if word in number], 2):
            pairs[terms] = _ALIKE_WEIGHT
    return [(term, like, weight) for (term, like), weight in sorted(pairs.items())]


def _counted(rows: Sequence[tuple[int, tuple[str, ...]]]) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """In how many concepts two terms take each other's place, and in how many a term stands."""
    names_of: dict[int, list[frozenset[str]]] = {}
    for at, rooted in rows:
        names_of.setdefault(at, []).append(frozenset(rooted))
    together: Counter[tuple[str, str]] = Counter()
    single: Counter[str] = Counter()
    for several in names_of.values():
        single.update({word for name in several for word in name})
        together.update(set(_swapped(several[:_MOST_NAMES])))
    return together, single


def _swapped(several: Sequence[frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Terms by which alone two of the names differ, either way round."""
    for name, second in combinations(several, 2):
        left, right = name - second, second - name
        if len(left) == 1 and len(right) == 1 and (name & second or len(name) == 1):
            pair = (next(iter(left)), next(iter(right)))
            yield pair
            yield pair[::-1]
