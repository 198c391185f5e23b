"""Everything that is measured of what was found against what was annotated, with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ingest.errors import MalformedFile
from ingest.evaluation import context, linking, relations
from ingest.evaluation.bootstrap import Interval, interval, resample
from ingest.evaluation.corpus import Annotated, Corpus
from ingest.evaluation.errors import Pattern, differences, patterns
from ingest.evaluation.linking import Links
from ingest.evaluation.score import MICRO, Counts, Score, count


@dataclass(frozen=True, slots=True)
class Measured:
    """A score with the 95 % intervals of its ratios; None where no sample has a denominator."""

    score: Score
    precision: Interval | None
    recall: Interval | None
    f1: Interval | None


@dataclass(frozen=True, slots=True)
class Linked:
    """Links with the 95 % intervals of their ratios."""

    links: Links
    accuracy: Interval | None
    coverage: Interval | None
    precision: Interval | None


@dataclass(frozen=True, slots=True)
class Linking:
    """By type, and all together under `micro`."""

    on_gold: dict[str, Linked]
    mentions: dict[str, Measured]
    concepts: dict[str, Measured]


@dataclass(frozen=True, slots=True)
class Relations:
    pairs: Measured
    typed: dict[str, Measured]
    other: int
    """Relations of PRED of kinds that GOLD does not annotate; they are not counted."""


@dataclass(frozen=True, slots=True)
class Said:
    """How often what is said of a mention is right. `rates` and `intervals` have the keys of `context.COLUMNS` but for
    the two denominators: shares of `compared`, and `false_affirmed` of `unasserted`."""

    compared: int
    unasserted: int
    rates: dict[str, float]
    intervals: dict[str, Interval | None]


@dataclass(frozen=True, slots=True)
class Report:
    """Parts that the annotations do not carry are None."""

    documents: int
    missing: tuple[str, ...]
    """Documents of GOLD that PRED lacks, by name; all that is in them counts as missed."""
    extra: int
    """Documents that only PRED has; they are not counted."""
    types: tuple[str, ...]
    left_out: dict[str, int]
    """Mentions of PRED in other types, by type; they are not counted."""
    misplaced: dict[str, int]
    """Annotations that quote other words than stand at their offsets, by side."""
    mentions: dict[str, Measured]
    linking: Linking | None
    relations: Relations | None
    context: Said | None
    kinds: list[Pattern]
    details: list[Pattern]


def evaluate(
    gold: Corpus, pred: Corpus, *, samples: int = 1000, seed: int = 0, types: tuple[str, ...] = (), errors: int = 10
) -> Report:
    """Compare `pred` with `gold`, by `types` or else by all types that `gold` annotates.

    Intervals come from `samples` draws of documents. `errors` is how many patterns of either sort are given. Raises
    MalformedFile where the two have no document in common.
    """
    known = {id: document for id, document in pred.documents.items() if id in gold.documents}
    if not known:
        raise MalformedFile(pred.path, "", f"none of its documents is in {gold.path}")
    wanted = tuple(sorted(types or gold.types()))
    draw = _Draw(samples, seed)
    left_out: dict[str, int] = {}
    for document in known.values():
        for mark in document.marks:
            if mark.type not in wanted:
                left_out[mark.type] = left_out.get(mark.type, 0) + 1
    found = list(differences(gold.documents, known, wanted))
    kinds, details = patterns(found, gold.documents, known, errors)
    return Report(
        documents=len(gold.documents),
        missing=tuple(gold.documents[id].name for id in sorted(gold.documents) if id not in known),
        extra=len(pred.documents) - len(known),
        types=wanted,
        left_out=dict(sorted(left_out.items(), key=lambda item: (-item[1], item[0]))),
        misplaced={"gold": len(gold.misplaced), "pred": len(pred.misplaced)},
        mentions=draw.measured(_mentions(gold.documents, known, wanted)),
        linking=_linking(gold.documents, known, wanted, draw),
        relations=_relations(gold.documents, known, draw),
        context=_context(gold.documents, known, wanted, draw),
        kinds=kinds,
        details=details,
    )


class _Draw:
    """Takes all intervals from the same draws."""

    def __init__(self, samples: int, seed: int) -> None:
        self._samples, self._seed = samples, seed

    def sums(self, values: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        return resample(values, self._samples, self._seed)

    def measured(self, counts: Counts) -> dict[str, Measured]:
        sums = self.sums(counts.values)
        rows = {type: sums[:, at] for at, type in enumerate(counts.types)} | {MICRO: sums.sum(axis=1)}
        made = {}
        for type, score in counts.scores().items():
            tp, fp, fn = rows[type].T
            made[type] = Measured(
                score, interval(tp, tp + fp), interval(tp, tp + fn), interval(2 * tp, 2 * tp + fp + fn)
            )
        return made


def _mentions(gold: dict[str, Annotated], pred: dict[str, Annotated], types: tuple[str, ...]) -> Counts:
    sides = [
        {id: {mark.span for mark in document.marks if mark.type in types} for id, document in side.items()}
        for side in (gold, pred)
    ]
    return count(sides[0], sides[1], lambda mention: mention[2], types)


def _linking(
    gold: dict[str, Annotated], pred: dict[str, Annotated], types: tuple[str, ...], draw: _Draw
) -> Linking | None:
    if not any(mark.ids for document in gold.values() for mark in document.marks if mark.type in types):
        return None
    if not any(mark.ids for document in pred.values() for mark in document.marks):
        return None
    counts = linking.linked(gold, pred, types)
    sums = draw.sums(counts.values)
    rows = {type: sums[:, at] for at, type in enumerate(counts.types)} | {MICRO: sums.sum(axis=1)}
    on_gold = {}
    for type, links in counts.links().items():
        _, found, linked, right = rows[type].T[:4]
        on_gold[type] = Linked(links, interval(right, found), interval(linked, found), interval(right, linked))
    mentions = draw.measured(linking.mentions(gold, pred, types))
    return Linking(on_gold, mentions, draw.measured(linking.concepts(gold, pred, types)))


def _relations(gold: dict[str, Annotated], pred: dict[str, Annotated], draw: _Draw) -> Relations | None:
    if not any(document.pairs for document in gold.values()):
        return None
    if not any(document.pairs for document in pred.values()):
        return None
    counts = relations.related(gold, pred)
    return Relations(draw.measured(counts.pairs)[MICRO], draw.measured(counts.typed), counts.other)


def _context(
    gold: dict[str, Annotated], pred: dict[str, Annotated], types: tuple[str, ...], draw: _Draw
) -> Said | None:
    values = context.said(gold, pred, types)
    total = dict(zip(context.COLUMNS, (int(n) for n in values.sum(axis=0)), strict=True))
    if not total["compared"]:
        return None
    sums = dict(zip(context.COLUMNS, draw.sums(values).T, strict=True))
    of = dict.fromkeys(("polarity", "certainty", "experiencer", "all"), "compared")
    of["false_affirmed"] = "unasserted"
    return Said(
        total["compared"],
        total["unasserted"],
        {name: total[name] / total[whole] if total[whole] else 0.0 for name, whole in of.items()},
        {name: interval(sums[name], sums[whole]) for name, whole in of.items()},
    )
