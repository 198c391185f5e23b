"""Linking: right identifiers at the places that both sides mark, with abstention to be seen, and end to end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.corpora.annotated import Annotated, Mark
from evaluation.score import MICRO, Counts, count

_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Links:
    """Mentions counted. Composite mentions are right where all their identifiers are.

    `gold` have an identifier in the gold annotation, of which `found` are marked by the other side at the same place
    with the same type; of these `linked` are given an identifier, and `right` the gold one. `composite_found` and
    `composite_right` are those with several. `unlinkable` are found, too, but the gold annotation says that they have
    no identifier; `unlinkable_linked` of them were given one nevertheless.
    """

    gold: int
    found: int
    linked: int
    right: int
    composite_found: int
    composite_right: int
    unlinkable: int
    unlinkable_linked: int

    @property
    def accuracy(self) -> float:
        """Right of those found: an abstention counts as wrong."""
        return _ratio(self.right, self.found)

    @property
    def coverage(self) -> float:
        """Given any identifier, of those found."""
        return _ratio(self.linked, self.found)

    @property
    def precision(self) -> float:
        """Right of those given an identifier."""
        return _ratio(self.right, self.linked)


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """`values` has the shape (documents, types, 8), its columns in the order of the fields of Links."""

    types: tuple[str, ...]
    values: npt.NDArray[np.int64]

    def links(self) -> dict[str, Links]:
        """By type, and all together under `MICRO`."""
        by_type = self.values.sum(axis=0)
        made = {type: Links(*(int(n) for n in row)) for type, row in zip(self.types, by_type, strict=True)}
        return made | {MICRO: Links(*(int(n) for n in by_type.sum(axis=0)))}


def linked(gold: Mapping[str, Annotated], pred: Mapping[str, Annotated], types: tuple[str, ...]) -> LinkCounts:
    """Count links document by document, in the order of `gold`'s sorted ids."""
    column = {type: at for at, type in enumerate(types)}
    rows: list[list[int]] = []
    for id in sorted(gold):
        there = {mark.span: mark for mark in pred[id].marks} if id in pred else {}
        row = [0] * (len(types) * _COLUMNS)
        for mark in gold[id].marks:
            if mark.type in column:
                for at, one in enumerate(_of(mark, there.get(mark.span)), column[mark.type] * _COLUMNS):
                    row[at] += one
        rows.append(row)
    return LinkCounts(types, np.array(rows, dtype=np.int64).reshape(len(gold), len(types), _COLUMNS))


def mentions(gold: Mapping[str, Annotated], pred: Mapping[str, Annotated], types: tuple[str, ...]) -> Counts:
    """Strict counts of linked mentions: same place, same type, same identifiers. Unlinked ones claim nothing."""

    def of(document: Annotated) -> set[tuple[int, int, str, frozenset[str]]]:
        return {(*mark.span, mark.ids) for mark in document.marks if mark.ids and mark.type in types}

    return count(
        {id: of(document) for id, document in gold.items()},
        {id: of(document) for id, document in pred.items()},
        lambda mention: mention[2],
        types,
    )


def concepts(gold: Mapping[str, Annotated], pred: Mapping[str, Annotated], types: tuple[str, ...]) -> Counts:
    """Counts of what each document is about: the set of (type, identifier), wherever in it they stand."""

    def of(document: Annotated) -> set[tuple[str, str]]:
        return {(mark.type, id) for mark in document.marks if mark.type in types for id in mark.ids}

    return count(
        {id: of(document) for id, document in gold.items()},
        {id: of(document) for id, document in pred.items()},
        lambda concept: concept[0],
        types,
    )


def _of(gold: Mark, pred: Mark | None) -> tuple[int, ...]:
    if not gold.ids:
        return (0, 0, 0, 0, 0, 0, pred is not None, bool(pred and pred.ids))
    found, several = pred is not None, len(gold.ids) > 1
    right = pred is not None and pred.ids == gold.ids
    return (1, found, bool(pred and pred.ids), right, found and several, right and several, 0, 0)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
