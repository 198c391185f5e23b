"""What a way is: a named template from a set of entities to a set of entities; and what is found at its end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from graph.model import Assertion, Entity
from qa.drugs.model import CLASSES
from qa.drugs.page.model import Basis
from qa.evidence.wording import Words
from qa.ways.twins import same_name

Opening = Literal["", "kinds", "substances", "classes"]
"""What else stands for what is given: what is a kind of a condition; a drug's salts and brands, of a class its drugs;
besides these the classes that a drug is of, whose statements hold for it."""


@dataclass(frozen=True, slots=True)
class Way:
    """From what is given to what stands at `end` of statements with one of `predicates`."""

    name: str
    predicates: tuple[str, ...]
    """The one that is worth most first."""
    end: Literal["subject", "object", "either"]
    """At which the members stand."""
    given: tuple[str, ...]
    """The types of what it starts from; any where empty. A class of drugs counts as `Drug`."""
    members: tuple[str, ...]
    """The types of what it leads to; any where empty."""
    one: Words
    """One member in words with `{x}` for what is given: `drug that treats {x}`."""
    many: Words
    """Several of them: `drugs that treat {x}`."""
    opens: Opening = ""
    prefers: bool = False
    """Whether a name that is of several types means the first of `given`."""

    def starts_from(self, entity: Entity) -> bool:
        """Whether it can start from this."""
        return fits(entity, self.given)


def fits(entity: Entity, types: Collection[str]) -> bool:
    """Whether an entity is of one of the types; a class of drugs is a drug."""
    kind = "Drug" if entity.id.startswith(CLASSES) else entity.type
    return entity.type != "Patient" and (not types or kind in types)


@dataclass(frozen=True, slots=True)
class Member:
    """What a way leads to, under all ids of one name, with the statements that lead there."""

    entity: Entity
    ids: frozenset[str]
    rows: tuple[Assertion, ...]
    """That it is so, the strongest first."""
    against: tuple[Assertion, ...]
    """That it is not."""
    direct: bool
    """Whether any statement speaks of what is given itself, and not only of a kind or a class of it."""
    basis: Basis
    """What it rests on; `denied` where sources deny it and no list or label says it."""

    @property
    def sources(self) -> int:
        """How many sources say that it is so."""
        return len({row.source for row in self.rows})

    @property
    def best(self) -> Assertion:
        """The one statement to be shown for it."""
        return (*self.against, *self.rows)[0] if self.basis == "denied" else (*self.rows, *self.against)[0]

    @property
    def key(self) -> str:
        """By which members of two ways are the same."""
        return same_name(self.entity)


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a way led."""

    way: Way
    given: frozenset[str]
    """The ids it started from, without what was opened."""
    opened: frozenset[str]
    """What else stands for these."""
    members: tuple[Member, ...]
    """What is stated, ordered by evidence: labels, lists, what machines read, documents."""
    denied: tuple[Member, ...]
    """What sources deny and no list or label states."""
    total: int
    """How many members there are, which are more than `members` where there are very many."""
