"""Which kind of index fits so many rows in so much memory, and why, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Code = Literal["SQfp16", "SQ8", "SQ4"]
"""How a vector is kept, in FAISS's words: two bytes, one byte, or half a byte a dimension."""
Reason = Literal["few", "many", "tight", "beyond"]
"""Why a kind was chosen: few enough to compare with every row; too many for that; too many for a byte a dimension
within the budget; too many even for half a byte."""

FLAT_LIMIT = 100_000
"""Up to so many rows every row is compared: 4 ms on one core at 384 dimensions."""
GRAPH_LISTS = 8_192
"""From so many lists on, the lists to be read are looked for by a graph (HNSW) and not one by one."""
PROBED = 1 / 3
"""The share of the lists that a search reads at FLAT_LIMIT rows; half of it each time there are eight times as many
rows. Questions lie further from their passages than passages from one another: among 30,000 passages with 692 lists a
search of a 32nd of them found .86 of the ten nearest of a question, of an 8th .96, of a fourth and a third .99."""
LEAST_PROBED = 8
LEAST_A_LIST = 39
"""FAISS asks for so many rows to train a list, or more."""
OVERHEAD = 32
"""Bytes a row beside its code: its number in a list, its key, where its key stands, and room that lists keep."""
GROWN = 4
"""An index has outgrown its lists at so many times the rows it was made for: they have grown long."""
SHRUNK = 4
"""It is compacted when so few are left: a fourth of the most it was made for or held."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of index. `made_for` is the number of rows, `lists` is 0 where every row is compared."""

    code: Code
    reason: Reason
    made_for: int
    dimension: int
    lists: int = 0
    graph: bool = False
    """Whether the lists are found by a graph."""

    @property
    def exact(self) -> bool:
        """Whether a search compares with every row, as the passage store keeps it."""
        return not self.lists

    @property
    def probes(self) -> int:
        """How many lists a search reads."""
        share: float = PROBED * (FLAT_LIMIT / max(self.made_for, FLAT_LIMIT)) ** (1 / 3)
        return min(self.lists, max(LEAST_PROBED, round(share * self.lists)))

    def candidates(self, k: int) -> int:
        """Of how many the `k` best are chosen by the vectors of record, for the codes alone are too coarse: of as many
        as the ten best of 30,000 passages were always among, and more for more."""
        return k + max(10, k // 5) if self.code == "SQ8" else k + max(40, 2 * k)

    @property
    def factory(self) -> str:
        """The string that FAISS's `index_factory` knows this kind by."""
        if not self.lists:
            return self.code
        return f"IVF{self.lists}{'_HNSW32' if self.graph else ''},{self.code}"

    @property
    def bytes_a_row(self) -> int:
        """Bytes that a row takes in memory."""
        return bytes_a_row(self.code, self.dimension)


def bytes_a_row(code: Code, dimension: int) -> int:
    bits = {"SQfp16": 16, "SQ8": 8, "SQ4": 4}[code]
    return (dimension * bits + 7) // 8 + OVERHEAD


def choose(
    rows: int,
    dimension: int,
    budget: int,
    *,
    flat_limit: int = FLAT_LIMIT,
    graph_lists: int = GRAPH_LISTS,
    refinable: bool = True,
) -> Choice:
    """The kind for `rows` rows in `budget` bytes; `refinable`: whether the vectors of record can be asked for.

    Four times as many lists as the square root of the rows is what FAISS's guidelines give for up to a million; more
    rows get the same, found by a graph where they are many.
    """
    if rows <= flat_limit:
        return Choice(code="SQfp16", reason="few", made_for=rows, dimension=dimension)
    lists = max(1, min(int(4 * rows**0.5), rows // LEAST_A_LIST))
    code: Code = "SQ8"
    reason: Reason = "many"
    if rows * bytes_a_row("SQ8", dimension) > budget:
        code = "SQ4" if refinable else "SQ8"
        fits = refinable and rows * bytes_a_row("SQ4", dimension) <= budget
        reason = "tight" if fits else "beyond"
    return Choice(code=code, reason=reason, made_for=rows, dimension=dimension, lists=lists, graph=lists >= graph_lists)


def outgrown(choice: Choice, rows: int, most: int, flat_limit: int) -> bool:
    """Whether another kind, or new lists, would fit better for an index of `rows` rows that has held `most`.

    It goes over and back at different sizes, so that a write here and there never has it go to and fro.
    """
    if choice.exact:
        return rows > flat_limit
    return rows > GROWN * choice.made_for or SHRUNK * rows < max(most, choice.made_for)
