"""What a graph states of diseases, read in one pass and kept as numbers: nothing that is read is held.

Hundreds of thousands of statements, each an object with its sentence, would take a gigabyte, and leave the heap so full
of holes that the system gets none of it back.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.model import Assertion, Entity
from graph.schema import CURIE
from graph.view import GraphView
from qa.evidence.frequency import frequency, tells

KINDS = ("", "history", "exam", "bedside", "lab", "imaging", "invasive")
"""How a finding is found out; the first where nobody says it."""
PREDICATES = ("has_phenotype", "occurs_in", "has_course", "has_modifier", "contributes_to")
SURE = 0.9
"""The least confidence of what was read of a text: of a rare disease little else may be known than a wrong sign."""
_ENTITIES = 2_000
"""So many entities are read at once."""

Qualifiers = Mapping[str, str]


class Numbered(dict[str, int]):
    """Words by the number in which they came first."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


@dataclass(slots=True)
class Found:
    """Rows of annotations: who has which finding, and how often; words by their numbers."""

    subjects: Numbered = field(default_factory=Numbered)
    objects: Numbered = field(default_factory=Numbered)
    papers: Numbered = field(default_factory=Numbered)
    subject: array[int] = field(default_factory=lambda: array("i"))
    object: array[int] = field(default_factory=lambda: array("i"))
    paper: array[int] = field(default_factory=lambda: array("i"))
    kind: array[int] = field(default_factory=lambda: array("i"))
    share: array[float] = field(default_factory=lambda: array("f"))
    patients: array[float] = field(default_factory=lambda: array("f"))

    def add(self, row: Assertion, qualifiers: Qualifiers) -> None:
        """Keep what the matrix is made of."""
        self.subject.append(self.subjects[row.subject])
        self.object.append(self.objects[row.object])
        self.paper.append(self.papers[_paper(row)])
        self.kind.append(_kind(qualifiers))
        self.share.append(_share(row))
        self.patients.append(_patients(qualifiers))

    def annotations(self, number: Mapping[str, int], terms: Numbered) -> dict[str, Any]:
        """The columns of those rows whose subjects are numbered; their findings are numbered among the `terms`."""
        of = np.array([number.get(id, -1) for id in self.subjects], np.int32)
        disease = of[_ints(self.subject)] if len(of) else np.empty(0, np.int32)
        kept = disease >= 0
        papers = Numbered()
        return {
            "disease": disease[kept],
            "term": _renumbered(_ints(self.object)[kept], list(self.objects), terms),
            "share": np.asarray(self.share, np.float32)[kept],
            "patients": np.asarray(self.patients, np.float32)[kept],
            "paper": _renumbered(_ints(self.paper)[kept], list(self.papers), papers),
            "kind": _ints(self.kind)[kept],
            "papers": tuple(papers),
        }


@dataclass(slots=True)
class Stated:
    """All that is stated."""

    found: Found = field(default_factory=Found)
    alarms: list[tuple[str, str, Qualifiers]] = field(default_factory=list)
    """Diseases of which one has to think, the findings with which, and for whom."""
    about: list[tuple[str, str, Qualifiers]] = field(default_factory=list)
    """What else a disease is: subject, object and qualifiers."""
    odds: list[tuple[str, str, float]] = field(default_factory=list)
    """Factors, diseases, and by how much they multiply their odds."""


def stated(view: GraphView, wanted: frozenset[str]) -> Stated:
    """What `view` states; of what else a disease is that with one of the `wanted` objects."""
    read = Stated()
    for row in view.stated(PREDICATES):
        qualifiers = dict(row.qualifiers)
        if row.predicate == "has_phenotype":
            if qualifiers.get("alarm") == "yes":
                read.alarms.append((row.subject, row.object, qualifiers))
            elif row.experiencer == "patient" and row.certainty == "certain" and _sure(row):
                read.found.add(row, qualifiers)
        elif row.polarity != "affirmed":
            continue
        elif row.predicate == "contributes_to":
            if (ratio := number_in(qualifiers.get("ratio", ""))) > 0:
                read.odds.append((row.subject, row.object, ratio))
        elif row.object in wanted:
            read.about.append((row.subject, row.object, qualifiers))
    return read


def entities(view: GraphView, ids: Sequence[str]) -> Iterator[tuple[str, Entity]]:
    """These entities with their ids; few are held at once."""
    for start in range(0, len(ids), _ENTITIES):
        yield from view.entities(ids[start : start + _ENTITIES]).items()


def _sure(row: Assertion) -> bool:
    """Whether a row is curated, or read of a text with little doubt."""
    return not row.extractor or row.confidence >= SURE


def number_in(text: str) -> float:
    """The number above nought that a text is; 0 where it is none."""
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if np.isfinite(value) and value > 0 else 0.0


def _renumbered(numbers: NDArray[np.int32], words: Sequence[str], among: Numbered) -> NDArray[np.int32]:
    """These numbers of `words` as numbers of words `among` others, where those that are new come in order."""
    some, first = np.unique(numbers, return_index=True)
    to = np.zeros(len(words), np.int32)
    for one in some[np.argsort(first)].tolist():
        to[one] = among[words[one]]
    renumbered: NDArray[np.int32] = to[numbers] if len(numbers) else numbers
    return renumbered


def _ints(column: array[int]) -> NDArray[np.int32]:
    return np.asarray(column, np.int32)


def _paper(row: Assertion) -> str:
    """Where a row comes from: its reference, or where it has none the source as a whole."""
    return row.record if CURIE.fullmatch(row.record) else row.source


def _share(row: Assertion) -> float:
    if tells(row):
        return frequency(row)
    return 0.0 if row.polarity == "negated" else np.nan


def _patients(qualifiers: Qualifiers) -> float:
    _, slash, whole = qualifiers.get("frequency", "").partition("/")
    return float(whole) if slash and whole.isdigit() else 0.0


def _kind(qualifiers: Qualifiers) -> int:
    word = qualifiers.get("kind", "")
    return KINDS.index(word) if word in KINDS else 0
