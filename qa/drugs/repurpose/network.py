"""What is kept of the graph for counting paths: one sparse matrix a metaedge, never changed once made.

numpy has no sparse matrices, and of theirs little is needed: a matrix times a vector, and two of them cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.model import Star
from qa.drugs.repurpose.metapaths import METAEDGES, TYPES, Metaedge, Step

DAMPING = 0.4
"""The exponent by which degrees count against a path: what predicted best (doi:10.1371/journal.pcbi.1004259)."""

Vector = NDArray[np.float64]
Numbers = NDArray[np.int64]


def _totals(places: Numbers, values: Vector, size: int) -> Vector:
    """The sum of the values at each place."""
    return np.bincount(places, weights=values, minlength=size).astype(np.float64)


class Sparse:
    """A matrix of which only the cells that are not 0 are kept, by row and then column. Never changed."""

    def __init__(self, cells: Numbers, values: Vector, shape: tuple[int, int]) -> None:
        """`cells` are row times columns plus column, ascending, each once."""
        self.cells, self.values, self.shape = cells, values, shape

    @cached_property
    def rows(self) -> Numbers:
        return self.cells // max(self.shape[1], 1)

    @cached_property
    def columns(self) -> Numbers:
        return self.cells % max(self.shape[1], 1)

    def times(self, vector: Vector) -> Vector:
        """The product with a column: of shape (columns,) it makes (rows,)."""
        return _totals(self.rows, self.values * vector[self.columns], self.shape[0])

    def under(self, vector: Vector) -> Vector:
        """The product of a row with it: of shape (rows,) it makes (columns,)."""
        return _totals(self.columns, self.values * vector[self.rows], self.shape[1])

    @cached_property
    def turned(self) -> Sparse:
        """Rows for columns."""
        cells = self.columns * self.shape[0] + self.rows
        order = np.argsort(cells, kind="stable")
        return Sparse(cells[order], self.values[order], (self.shape[1], self.shape[0]))

    def cellwise(self, other: Sparse) -> Sparse:
        """The products of the cells of two of one shape."""
        cells, mine, others = np.intersect1d(self.cells, other.cells, assume_unique=True, return_indices=True)
        return Sparse(cells, self.values[mine] * other.values[others], self.shape)

    def row(self, number: int) -> tuple[Numbers, Vector]:
        """The columns and values of one row."""
        start, stop = np.searchsorted(self.cells, (number * self.shape[1], (number + 1) * self.shape[1]))
        return self.cells[start:stop] - number * self.shape[1], self.values[start:stop]

    def sums(self) -> Vector:
        """The sum of each row."""
        return _totals(self.rows, self.values, self.shape[0])


@dataclass(frozen=True)
class Network:
    """The ids of each letter's type, sorted, and the edges of each metaedge between them as a matrix of ones."""

    ids: Mapping[str, tuple[str, ...]]
    edges: Mapping[str, Sparse]
    damping: float = DAMPING
    weighed: dict[str, Sparse] = field(default_factory=dict, repr=False, compare=False)
    """Matrices made so far, by metaedge; what is made twice at once is the same."""
    circles: dict[tuple[Step, Step], Vector] = field(default_factory=dict, repr=False, compare=False)

    def __bool__(self) -> bool:
        """Whether there is any edge."""
        return any(len(edges.cells) for edges in self.edges.values())

    @cached_property
    def numbers(self) -> Mapping[str, Mapping[str, int]]:
        """The number of each id, by letter."""
        return {letter: {id: number for number, id in enumerate(ids)} for letter, ids in self.ids.items()}

    def degrees(self, step: Step) -> Vector:
        """How many edges of the step's metaedge leave each thing at which it starts."""
        matrix = self.edges[step.metaedge]
        return (matrix.turned if step.backwards else matrix).sums()

    def matrix(self, step: Step) -> Sparse:
        """The step as a matrix from its start to its end, each edge weighed by the degrees at both its ends."""
        matrix = self.weighed.get(step.metaedge)
        if matrix is None:
            matrix = self.weighed[step.metaedge] = _weighed(self.edges[step.metaedge], self.damping)
        return matrix.turned if step.backwards else matrix

    def around(self, one: Step, other: Step) -> Vector:
        """The weight of the two steps that end where they start, by where."""
        if (one, other) not in self.circles:
            self.circles[one, other] = self.matrix(one).cellwise(self.matrix(other).turned).sums()
        return self.circles[one, other]

    def without(self, metaedge: str, pairs: Iterable[tuple[int, int]]) -> Network:
        """A network that lacks these edges, given by the numbers of their ends; all others it shares."""
        matrix = self.edges[metaedge]
        gone = np.array([row * matrix.shape[1] + column for row, column in pairs], np.int64)
        kept = ~np.isin(matrix.cells, gone)
        fewer = Sparse(matrix.cells[kept], matrix.values[kept], matrix.shape)
        shared = {name: other for name, other in self.weighed.items() if name != metaedge}
        circles = {
            steps: sums for steps, sums in self.circles.items() if all(step.metaedge != metaedge for step in steps)
        }
        return replace(self, edges={**self.edges, metaedge: fewer}, weighed=shared, circles=circles)


def _weighed(matrix: Sparse, damping: float) -> Sparse:
    """Each cell times the degrees of its row and its column, to the power of minus `damping`."""
    leaving, coming = matrix.sums(), matrix.turned.sums()
    values = (leaving[matrix.rows] * coming[matrix.columns]) ** -damping
    return Sparse(matrix.cells, values, matrix.shape)


_LETTERS = {type: letter for letter, type in TYPES.items()}
_READ: Mapping[tuple[str, str, str], Metaedge] = {
    (TYPES[subject], predicate, TYPES[object]): metaedge
    for metaedge in METAEDGES.values()
    for predicate in metaedge.predicates
    for subject, object in (metaedge.ends[::-1] if metaedge.turned else metaedge.ends,)
}
"""By what a star states."""


def network(stars: Iterable[Star]) -> Network:
    """The network of what is stated. What no metaedge is made of is passed over, and so is an edge from a thing to
    itself."""
    places: dict[str, dict[str, int]] = {letter: {} for letter in TYPES}
    ends: dict[str, tuple[list[int], list[int]]] = {name: ([], []) for name in METAEDGES}
    for star in stars:
        metaedge = _READ.get((star.type, star.predicate, star.object_type))
        if metaedge is None:
            continue
        of_subject, of_object = places[_LETTERS[star.type]], places[_LETTERS[star.object_type]]
        subject = of_subject.setdefault(star.subject, len(of_subject))
        objects = [of_object.setdefault(id, len(of_object)) for id in star.objects if id != star.subject]
        first, last = ends[metaedge.name]
        if metaedge.turned:
            first, last = last, first
        first += [subject] * len(objects)
        last += objects
    ids = {letter: tuple(sorted(known)) for letter, known in places.items()}
    # By number as first met, the number in the order of the ids.
    ranks = {letter: _ranks(known) for letter, known in places.items()}
    edges = {name: _matrix(metaedge, ends[name], ranks) for name, metaedge in METAEDGES.items()}
    return Network(ids, edges)


def _ranks(known: Mapping[str, int]) -> Numbers:
    ranks = np.zeros(len(known), np.int64)
    for rank, id in enumerate(sorted(known)):
        ranks[known[id]] = rank
    return ranks


def _matrix(metaedge: Metaedge, ends: tuple[list[int], list[int]], ranks: Mapping[str, Numbers]) -> Sparse:
    one, other = metaedge.ends
    shape = len(ranks[one]), len(ranks[other])
    rows, columns = ranks[one][np.array(ends[0], np.int64)], ranks[other][np.array(ends[1], np.int64)]
    if metaedge.symmetric:
        rows, columns = np.concatenate((rows, columns)), np.concatenate((columns, rows))
    cells = np.unique(rows * shape[1] + columns)
    return Sparse(cells, np.ones(len(cells)), shape)
