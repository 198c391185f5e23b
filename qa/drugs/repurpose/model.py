"""The words of what is proposed for a disease: candidates, the paths that speak for them, what is stated already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from graph.model import Assertion, Entity, Relation

Sought = Literal["drugs", "targets"]
Standing = Literal[
    "treats", "palliates", "prevents", "denied", "contraindicated", "caution", "causes", "associated", "disputed"
]
"""What curated sources state of a candidate and the disease; `disputed` where they state that something is so and that
it is not."""


@dataclass(frozen=True, slots=True)
class Way:
    """One path from a candidate to the disease. `share` is its part of all that speaks for the candidate, from 0 to 1;
    `relations` are its steps, each of which may point either way."""

    share: float
    metapath: str
    nodes: tuple[str, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """What is stated of a candidate and the disease: `standing` by curated sources, whose statements are `curated`, and
    by documents for and against."""

    standing: tuple[Standing, ...] = ()
    curated: tuple[Assertion, ...] = ()
    literature_for: tuple[Assertion, ...] = ()
    literature_against: tuple[Assertion, ...] = ()


@dataclass(frozen=True, slots=True)
class Mechanism:
    """How a candidate may come to act on the disease: by a curated path of DrugMechDB, its own, or from the gene that
    another drug acts on, too. `nodes` are those of the path from the candidate; `act` is how it acts on the gene, the
    rest is stated by `rows`."""

    drug: str
    """Whose path it is."""
    record: str
    nodes: tuple[str, ...]
    act: Relation | None
    """None where the path is the candidate's own."""
    rows: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A drug or gene that curated sources state of the disease, with its place among all; 0 where no path leads."""

    id: str
    place: int


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the ranking of a disease rests on: so many drugs are stated to treat it, genes to be associated with it, and
    diseases to resemble it."""

    drugs: int
    genes: int
    similar: int

    @property
    def thin(self) -> bool:
        """Whether drugs are ranked without any treatment to go by: then the order is hardly better than by how many
        diseases each treats (benchmarks/RESULTS.md)."""
        return self.drugs == 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A drug or gene, with the probability that it is one for the disease, as the model has it, and why."""

    id: str
    probability: float
    ways: tuple[Way, ...]
    stated: Stated
    mechanism: Mechanism | None = None

    @property
    def new(self) -> bool:
        """Whether no curated source states that it is one."""
        return not {"treats", "palliates", "prevents", "associated", "disputed"} & set(self.stated.standing)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The candidates for one disease, the most probable first. `compared` is how many were ranked."""

    sought: Sought
    disease: str
    candidates: tuple[Candidate, ...]
    compared: int
    grounds: Grounds
    known: tuple[Known, ...] = ()
    """What is stated already, the best placed first, then by id."""
    entities: Mapping[str, Entity] = field(default_factory=dict)
    """What the paths and statements name, by id."""
