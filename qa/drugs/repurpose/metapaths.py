"""The kinds of path between drugs, genes, anatomy and diseases, in the letters of Hetionet (doi:10.7554/eLife.26726).

A metaedge is read with the ends as they stand in its name: `CbG` is that a compound binds a gene. A step takes one in
either direction, so `GbC` goes back; a metapath is some steps, written `CbGaD`. `Gr>G` and `G<rG` have a direction
within one type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

TYPES = {"A": "Anatomy", "C": "Drug", "D": "Disease", "G": "Gene"}
"""The types of the graph by their letter."""


@dataclass(frozen=True, slots=True)
class Metaedge:
    """`predicates` as the graph states them, from the first type to the last; the other way where `turned`."""

    name: str
    predicates: tuple[str, ...]
    turned: bool = False
    symmetric: bool = False

    @property
    def ends(self) -> tuple[str, str]:
        """The letters of the types at its ends."""
        return self.name[0], self.name[-1]


METAEDGES: dict[str, Metaedge] = {
    metaedge.name: metaedge
    for metaedge in (
        Metaedge("AdG", ("downregulates",)),
        Metaedge("AuG", ("upregulates",)),
        # What is known to inhibit or to activate a protein acts on it directly.
        Metaedge("CbG", ("binds", "inhibits", "activates")),
        Metaedge("CdG", ("downregulates",)),
        Metaedge("CpD", ("palliates",)),
        Metaedge("CrC", ("resembles",), symmetric=True),
        Metaedge("CtD", ("treats",)),
        Metaedge("CuG", ("upregulates",)),
        Metaedge("DaG", ("gene_associated_with",), turned=True),
        Metaedge("DdG", ("downregulates",)),
        Metaedge("DlA", ("located_in",)),
        Metaedge("DrD", ("resembles",), symmetric=True),
        Metaedge("DuG", ("upregulates",)),
        Metaedge("GcG", ("covaries_with",), symmetric=True),
        Metaedge("GiG", ("interacts_with",), symmetric=True),
        Metaedge("Gr>G", ("regulates",)),
    )
}
PREDICATES = tuple(sorted({predicate for metaedge in METAEDGES.values() for predicate in metaedge.predicates}))
"""All that the network is read by."""

PREDICTED = {"C": "CtD", "G": "DaG"}
"""What is predicted of the things of each letter, and never counted as a path between the two ends itself."""


@dataclass(frozen=True, slots=True)
class Step:
    """One metaedge, forwards or backwards."""

    metaedge: str
    backwards: bool = False

    @property
    def name(self) -> str:
        if not self.backwards:
            return self.metaedge
        return "G<rG" if self.metaedge == "Gr>G" else self.metaedge[::-1]

    @property
    def start(self) -> str:
        return METAEDGES[self.metaedge].ends[self.backwards]

    @property
    def end(self) -> str:
        return METAEDGES[self.metaedge].ends[not self.backwards]


STEPS: tuple[Step, ...] = tuple(
    Step(name, backwards)
    for name, metaedge in METAEDGES.items()
    for backwards in ((False,) if metaedge.symmetric else (False, True))
)
_BY_NAME = {step.name: step for step in STEPS}
_STEP = re.compile(r"[A-Z](?:<r|r>|[a-z])(?=([A-Z]))")

Metapath = tuple[Step, ...]


def written(metapath: Metapath) -> str:
    """`CbGaD` of its steps."""
    return metapath[0].name + "".join(step.name[1:] for step in metapath[1:])


@lru_cache(maxsize=4096)
def parse(text: str) -> Metapath:
    """The steps of `CbGaD`. Raises ValueError."""
    names = [match[0] + match[1] for match in _STEP.finditer(text)]
    if (
        not names
        or not set(names) <= _BY_NAME.keys()
        or written(path := tuple(map(_BY_NAME.__getitem__, names))) != text
    ):
        raise ValueError(f"{text!r} is no metapath")
    return path


def every(start: str, end: str, longest: int) -> Iterator[Metapath]:
    """All metapaths between two letters of up to `longest` steps, without the edge that is predicted of `start` alone,
    shorter ones first.

    A compound that palliates a disease does not count as near to it: of what is known of a pair, neither is used.
    """
    direct = {PREDICTED.get(start), "CpD" if start == "C" else None}
    waiting: list[Metapath] = [(step,) for step in STEPS if step.start == start]
    while waiting:
        longer: list[Metapath] = []
        for path in waiting:
            if path[-1].end == end and not (len(path) == 1 and path[0].metaedge in direct):
                yield path
            if len(path) < longest:
                longer += ((*path, step) for step in STEPS if step.start == path[-1].end)
        waiting = longer
