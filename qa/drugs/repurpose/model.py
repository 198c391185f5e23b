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
class Candidate:
    """A drug or gene, with the probability that it is one for the disease, as the model has it, and why."""

    id: str
    probability: float
    ways: tuple[Way, ...]
    stated: Stated

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
    entities: Mapping[str, Entity] = field(default_factory=dict)
    """What the paths and statements name, by id."""
