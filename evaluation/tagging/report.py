"""Everything that is measured of what was found against what was annotated, with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.bootstrap import Interval, interval, resample
from evaluation.corpora.annotated import Annotated
from evaluation.corpora.corpus import Corpus
from evaluation.score import MICRO, Counts, Score, count
from evaluation.tagging import context, linking, relations
from evaluation.tagging.linking import LinkCounts, Links
from evaluation.tagging.mistakes import Pattern, differences, patterns
from evaluation.tagging.relations import RelationCounts
from ingest.errors import MalformedFile


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
    common = {id: document for id, document in pred.documents.items() if id in gold.documents}
    if not common:
        raise MalformedFile(pred.path, "", f"none of its documents is in {gold.path}")
    wanted = tuple(sorted(types or gold.types()))
    left_out: dict[str, int] = {}
    for document in common.values():
        for mark in document.marks:
            if mark.type not in wanted:
                left_out[mark.type] = left_out.get(mark.type, 0) + 1
    apart = list(differences(gold.documents, common, wanted))
    kinds, details = patterns(apart, gold.documents, common, errors)
    counts = _Counted.of(gold.documents, common, wanted)
    draw = _Draw(counts.arrays(), samples, seed)
    return Report(
        documents=len(gold.documents),
        missing=tuple(gold.documents[id].name for id in sorted(gold.documents) if id not in common),
        extra=len(pred.documents) - len(common),
        types=wanted,
        left_out=dict(sorted(left_out.items(), key=lambda item: (-item[1], item[0]))),
        misplaced={"gold": len(gold.misplaced), "pred": len(pred.misplaced)},
        mentions=draw.measured("mentions", counts.mentions),
        linking=_linking(counts, draw),
        relations=_relations(counts.relations, draw),
        context=_context(counts.said, draw),
        kinds=kinds,
        details=details,
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """Everything counted document by document, all in the same order of documents."""

    mentions: Counts
    links: LinkCounts | None
    linked: Counts
    concepts: Counts
    relations: RelationCounts | None
    said: npt.NDArray[np.int64]

    @classmethod
    def of(cls, gold: dict[str, Annotated], pred: dict[str, Annotated], types: tuple[str, ...]) -> _Counted:
        spans = [
            {id: {mark.span for mark in document.marks if mark.type in types} for id, document in side.items()}
            for side in (gold, pred)
        ]
        has_links = all(
            any(mark.ids for document in side.values() for mark in document.marks if mark.type in types)
            for side in (gold, pred)
        )
        has_pairs = all(any(document.pairs for document in side.values()) for side in (gold, pred))
        return cls(
            count(spans[0], spans[1], lambda mention: mention[2], types),
            linking.linked(gold, pred, types) if has_links else None,
            linking.mentions(gold, pred, types),
            linking.concepts(gold, pred, types),
            relations.related(gold, pred) if has_pairs else None,
            context.said(gold, pred, types),
        )

    def arrays(self) -> dict[str, npt.NDArray[np.int64]]:
        found = {"mentions": self.mentions.values, "said": self.said}
        if self.links is not None:
            found |= {"links": self.links.values, "linked": self.linked.values, "concepts": self.concepts.values}
        if self.relations is not None:
            found |= {"pairs": self.relations.pairs.values, "typed": self.relations.typed.values}
        return found


class _Draw:
    """The sums of every count over the same draws of documents."""

    def __init__(self, counts: dict[str, npt.NDArray[np.int64]], samples: int, seed: int) -> None:
        flat = {name: values.reshape(len(values), -1) for name, values in counts.items()}
        drawn = resample(np.concatenate(list(flat.values()), axis=1), samples, seed)
        ends = np.cumsum([values.shape[1] for values in flat.values()])
        parts = np.split(drawn, ends[:-1], axis=1)
        self.sums = {
            name: part.reshape(samples, *values.shape[1:])
            for (name, values), part in zip(counts.items(), parts, strict=True)
        }

    def rows(self, name: str, types: tuple[str, ...]) -> dict[str, npt.NDArray[np.float64]]:
        """Sums by type, each of shape (columns, samples), and over all types."""
        sums = self.sums[name]
        return {type: sums[:, at].T for at, type in enumerate(types)} | {MICRO: sums.sum(axis=1).T}

    def measured(self, name: str, counts: Counts) -> dict[str, Measured]:
        rows = self.rows(name, counts.types)
        made = {}
        for type, score in counts.scores().items():
            tp, fp, fn = rows[type]
            cis = interval(tp, tp + fp), interval(tp, tp + fn), interval(2 * tp, 2 * tp + fp + fn)
            made[type] = Measured(score, *cis)
        return made


def _linking(counts: _Counted, draw: _Draw) -> Linking | None:
    if counts.links is None:
        return None
    rows = draw.rows("links", counts.links.types)
    on_gold = {}
    for type, links in counts.links.links().items():
        found, linked, right = rows[type][1:4]
        on_gold[type] = Linked(links, interval(right, found), interval(linked, found), interval(right, linked))
    return Linking(on_gold, draw.measured("linked", counts.linked), draw.measured("concepts", counts.concepts))


def _relations(counts: RelationCounts | None, draw: _Draw) -> Relations | None:
    if counts is None:
        return None
    pairs = draw.measured("pairs", counts.pairs)[MICRO]
    return Relations(pairs, draw.measured("typed", counts.typed), counts.other)


def _context(values: npt.NDArray[np.int64], draw: _Draw) -> Said | None:
    total = dict(zip(context.COLUMNS, (int(n) for n in values.sum(axis=0)), strict=True))
    if not total["compared"]:
        return None
    sums = dict(zip(context.COLUMNS, draw.sums["said"].T, strict=True))
    of = dict.fromkeys(("polarity", "certainty", "experiencer", "all"), "compared")
    of["false_affirmed"] = "unasserted"
    return Said(
        total["compared"],
        total["unasserted"],
        {name: total[name] / total[whole] if total[whole] else 0.0 for name, whole in of.items()},
        {name: interval(sums[name], sums[whole]) for name, whole in of.items()},
    )
