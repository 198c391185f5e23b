"""The words of a drug's page: facts that are folded by what they say, each with the statements that bear it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from graph.model import Assertion, Entity, Source
from qa.drugs.model import Drug, Unknown
from qa.evidence.severity import Severity
from qa.evidence.wording import Words

Section = Literal[
    "classes",
    "products",
    "authorisations",
    "indications",
    "denied",
    "mechanisms",
    "targets",
    "enzymes",
    "expression",
    "effects",
    "contraindications",
    "circumstances",
    "allergies",
    "genotypes",
    "interactions",
    "follows",
    "alternatives",
]
SECTIONS: tuple[Section, ...] = get_args(Section)
"""In the order in which a page shows them."""

Basis = Literal["labelled", "listed", "mined", "literature", "denied"]
"""What an indication rests on: a label, a curated list, what a machine read in package inserts and no list has,
documents alone; or a source says that it is none."""
BASES: tuple[Basis, ...] = get_args(Basis)
"""The strongest first."""

Chain = tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """What sources state alike: one effect, one condition, one other drug, under however many ids."""

    what: Entity
    kind: str
    """What is said of it: a predicate, a basis, a severity or a verdict, as its section has it."""
    rows: tuple[Assertion, ...]
    """The statements, the strongest first."""
    against: tuple[Assertion, ...] = ()
    """The statements of the contrary."""
    chain: Chain = ()
    """By what classes it concerns the drug; empty where the statements name it."""
    told: Mapping[str, Words] = field(default_factory=dict)
    """What the statements say of it besides, by a word such as `frequency`."""
    weight: float = 0.0
    """What to order it by, the greatest first."""

    @property
    def statements(self) -> tuple[Assertion, ...]:
        """All that it rests on."""
        return (*self.rows, *self.against, *self.chain)


@dataclass(frozen=True, slots=True)
class Mechanism:
    """How a drug comes to act on a disease: chains of statements from the one to the other, by one curated path."""

    disease: Entity
    record: str
    source: str
    chains: tuple[Chain, ...]
    """Each from the drug to the disease; a statement may point backwards."""
    nodes: tuple[tuple[str, ...], ...]
    """The ids that each chain runs through, one more than its statements."""
    beside: Chain = ()
    """What the path states besides."""

    @property
    def statements(self) -> tuple[Assertion, ...]:
        return tuple(dict.fromkeys(row for chain in (*self.chains, self.beside) for row in chain))


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another drug for an indication of this one."""

    indication: Entity
    use: Fact
    """Of the other drug; its `what` is that drug."""
    shared: Entity | None
    """The class that both are of; None where it is of another."""
    interacts: tuple[tuple[str, Severity], ...] = ()
    """With which of the drugs that are taken it interacts gravely, stated or derived."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a drug is called and coded as. Names are sorted; the preferred one comes first."""

    english: tuple[str, ...]
    chinese: tuple[str, ...]
    codes: Mapping[str, tuple[str, ...]]
    """By system, such as `ATC`."""
    definition: str = ""
    members: tuple[Entity, ...] = ()
    """Of a class its drugs."""


@dataclass(frozen=True, slots=True)
class Page:
    """All that is known of one drug."""

    drug: Drug
    identity: Identity
    facts: Mapping[Section, tuple[Fact, ...]]
    mechanisms: tuple[Mechanism, ...]
    alternatives: tuple[Alternative, ...]
    counts: Mapping[str, Mapping[Severity, int]]
    """By source, how many other drugs or classes it states to interact, by severity."""
    sources: tuple[Source, ...]
    """Whose statements are shown, by id."""
    closed: tuple[Source, ...]
    """Loaded, and left out by their licence."""
    taken: tuple[Drug, ...] = ()
    """With what the alternatives were checked."""
    untaken: tuple[Unknown, ...] = ()
    """The names among those that no drug bears."""
    entities: Mapping[str, Entity] = field(default_factory=dict)

    @property
    def statements(self) -> tuple[Assertion, ...]:
        """Every statement that is shown, once."""
        rows = [row for facts in self.facts.values() for fact in facts for row in fact.statements]
        rows += [row for mechanism in self.mechanisms for row in mechanism.statements]
        rows += [row for alternative in self.alternatives for row in alternative.use.statements]
        return tuple(dict.fromkeys(rows))
