"""How sure a sentence is of what the network reads in it: boosted trees over the network's answers to all that the
sentence names.

The network judges each pair by itself. Whether an answer is right also shows in how it answers for the rivals of the
two, in how much else stands in the sentence, and in what kind of sentence it is: a plain one of a leaflet says what it
seems to say more often than one of forty words that reports a trial.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.reading.relations.forest import Forest
from ingest.reading.statements import labels
from ingest.reading.statements.arrays import stored
from ingest.reading.statements.marking import Place

LEAST = -1.4
"""What lies below this calibrated logit is never a fact (a probability of .2)."""
_STUDY = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|groups?|patients were|we|our|compared|versus|vs|randomi[sz]ed|results?|conclusions?|"
    r"significant\w*|placebo|baseline|mean|cohort|observed|respectively|mice|rats)\b|[<>=]|\d ?%|±"
    r"|研究|试验|组|结果|结论|显著|对照|基线|大鼠|小鼠|比较|分别",
    re.IGNORECASE,
)
_FAR = 300
_CUT = 8.0
_PREDICATES = len(labels.PREDICATES)

NAMES = (
    *labels.PREDICATES,
    "logit", "other_predicate", "other_way", "denied", "hedged", "asked",
    "rival_subject", "rival_object", "surer_pairs", "told", "told_of_subject", "told_of_object",
    "mentions", "pairs", "length", "gap", "between", "subjects_between", "objects_between", "turned",
    "topic", "from_start", "to_end", "study", "commas_between", "brackets_between", "nearer_subject",
    "nearer_object",
    *(f"subject_{type}" for type in labels.TYPES), *(f"object_{type}" for type in labels.TYPES),
)  # fmt: skip
"""The features, in order."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A unit of text with what is marked in it; a topic is the first of `types` and has no place."""

    text: str
    places: tuple[Place | None, ...]
    types: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]


def features(
    scene: Scene, sure: NDArray[np.float32], flags: NDArray[np.float32]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
    """Of what may be a fact: its pair, its predicate, and a row of `NAMES`.

    `sure` are calibrated logits (pairs, predicates), -inf where a predicate cannot be; `flags` the logits (pairs,
    FLAGS).
    """
    rows, columns = np.nonzero(sure > LEAST)
    made = np.zeros((len(rows), len(NAMES)), np.float32)
    if not len(rows):
        return rows, columns, made
    cut = np.clip(sure, -_CUT, _CUT)
    best = cut.max(1)
    told = np.any(sure > 0, axis=1)
    first, second = np.array(scene.pairs).T
    at = {pair: row for row, pair in enumerate(scene.pairs)}
    study = float(len(_STUDY.findall(scene.text)))
    for line, (row, column) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
        i, j = scene.pairs[row]
        same, others = first == i, second == j
        rivals = [_most(cut[others & ~same, column]), _most(cut[same & ~others, column])]
        back = at.get((j, i))
        made[line, column] = 1
        made[line, _PREDICATES:] = [
            cut[row, column], _most(np.delete(cut[row], column)), best[back] if back is not None else -_CUT,
            *np.clip(flags[row], -_CUT, _CUT), *rivals, (cut[:, column] > cut[row, column]).sum(),
            told.sum(), told[same].sum(), told[others].sum(),
            *_placed(scene, i, j), study,
            *_between(scene, i, j),
            *(float(scene.types[i] == type) for type in labels.TYPES),
            *(float(scene.types[j] == type) for type in labels.TYPES),
        ]  # fmt: skip
    return rows, columns, made


def _most(values: NDArray[np.float32]) -> float:
    return float(values.max(initial=-_CUT))


def _placed(scene: Scene, i: int, j: int) -> list[float]:
    """How much is named, and where the two stand: `mentions` to `to_end`."""
    low, high = min(i, j), max(i, j)
    left, right = scene.places[low], scene.places[high]
    inner = scene.types[low + 1 : high]
    gap = min(_FAR, max(0, right.start - left.end)) if left and right else 60
    return [
        np.log1p(len(scene.types)), np.log1p(len(scene.pairs)), np.log1p(len(scene.text)), np.log1p(gap),
        len(inner), inner.count(scene.types[i]), inner.count(scene.types[j]), float(j < i),
        float(left is None), (left.start if left else 0) / max(1, len(scene.text)),
        (right.end if right else 0) / max(1, len(scene.text)),
    ]  # fmt: skip


def _between(scene: Scene, i: int, j: int) -> list[float]:
    """What stands between the two, and whether another of its type stands nearer: `commas_between` to the end."""
    low, high = scene.places[min(i, j)], scene.places[max(i, j)]
    words = scene.text[low.end : high.start] if low and high else ""

    def nearer(end: int, other: int) -> bool:
        here, there = scene.places[end], scene.places[other]
        return here is not None and there is not None and any(
            place is not None and at not in (i, j) and scene.types[at] == scene.types[end]
            and abs(place.start - there.start) < abs(here.start - there.start)
            for at, place in enumerate(scene.places)
        )  # fmt: skip

    return [
        len(re.findall("[,;，；、]", words)), len(re.findall(r"[()（）\[\]]", words)), nearer(i, j), nearer(j, i)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Sureness:
    """Trees over `NAMES`; `slope` and `offset` make what they say a logit that means what it says (Platt 1999).

    A fact is what passes `least` of its predicate, (predicates,). `digest` are eight hex digits that tell it apart.
    """

    forest: Forest
    slope: float
    offset: float
    least: NDArray[np.float32]
    digest: str

    def logits(self, scene: Scene, sure: NDArray[np.float32], flags: NDArray[np.float32]) -> NDArray[np.float32]:
        """By pair and predicate the logit of its being right; of what is no candidate at most `LEAST`."""
        rows, columns, made = features(scene, sure, flags)
        weighed = np.minimum(sure, LEAST)
        if len(rows):
            weighed[rows, columns] = self.slope * self.forest.logits(made) + self.offset
        return weighed


def opened(path: Path) -> Sureness:
    """What the file `path` holds. Raises OSError, and ValueError where it holds none."""
    arrays, digest = stored(path)
    try:
        forest = Forest.of(arrays, "sureness")
        slope, offset = arrays["reading"].tolist()
        least = arrays["least"].reshape(_PREDICATES)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path} holds no sureness of statements") from error
    if not _whole(forest) or not np.isfinite([slope, offset]).all() or np.isnan(least).any():
        raise ValueError(f"{path} holds no sureness of statements")
    return Sureness(forest, slope, offset, least, digest)


def _whole(forest: Forest) -> bool:
    """Whether its trees lead from node to node, by features that there are, to numbers."""
    parts = (forest.column, forest.threshold, forest.left, forest.right, forest.value)
    if forest.column.ndim != 2 or not forest.column.size or len({part.shape for part in parts}) > 1:
        return False
    nodes = forest.column.shape[1]
    bounds = ((forest.column, len(NAMES)), (forest.left, nodes), (forest.right, nodes))
    inside = all(int(part.min()) >= 0 and int(part.max()) < bound for part, bound in bounds)
    return inside and bool(np.isfinite(forest.value).all() and np.isfinite(forest.start))
