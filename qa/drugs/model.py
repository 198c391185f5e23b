"""The words of the drug engine: what is asked about, what is stated of two drugs, what follows, what was searched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from graph.model import Assertion, Entity, Source
from qa.evidence.severity import Severity, worst
from qa.evidence.wording import Words

CLASSES = ("ATC:", "MEDGRAPH:group-", "ANSM:class-", "WHO:class-")
"""The prefixes of classes of drugs, which may be of classes themselves."""
FOODS = ("MEDGRAPH:group-food-", "MEDGRAPH:group-herb-")
"""The prefixes of foods, drinks and herbs."""
MEMBERSHIP = ("has_role", "subclass_of")
"""The predicates by which a drug is of a class."""


@dataclass(frozen=True, slots=True)
class Drug:
    """One drug as asked for. `ids` are all ids that may stand for it or for one of its ingredients."""

    asked: str
    entity: Entity
    ids: frozenset[str]
    ingredients: tuple[Entity, ...]
    """What is in it; itself, where it is no preparation."""
    parts: tuple[frozenset[str], ...] = ()
    """The same ids by substance: of each ingredient, of each drug of a class, of the preparation or class itself."""
    also: tuple[Entity, ...] = ()
    """What else bears the name."""
    others: frozenset[str] = frozenset()
    """The ids of that: what is stated of them is shown, too, since they may be meant."""
    food: bool = False
    """Whether it is a food, a drink or a herb: what is in it differs from one to the next."""
    note: str = ""
    """How the name was taken, where that is not the name as asked: `warfarin 5 mg` was read as `warfarin`."""


def one_substance(one: Drug, id: str, other: Drug, other_id: str) -> bool:
    """Whether an id of the one drug and an id of the other stand for the same substance."""
    return id == other_id or any(id in part and other_id in part for part in (*one.parts, *other.parts))


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that no drug here bears, with the nearest that one bears. It is never taken for one of these."""

    asked: str
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source states of two drugs, of their ingredients, or of classes that it counts them to."""

    assertion: Assertion
    severity: Severity
    word: str
    """How severe in the source's own word; empty where it does not say."""
    mechanism: Words
    management: Words
    members: tuple[Assertion, ...] = ()
    """By which of its own classes the source means the drugs; empty where it names them."""


@dataclass(frozen=True, slots=True)
class Derived:
    """What a class or a mechanism makes one think of. No source that was searched states it of these two drugs."""

    kind: Literal["class", "enzyme", "shared effect"]
    severity: Severity
    mechanism: Words
    management: Words
    path: tuple[Assertion, ...]
    """What it follows from, in the order of the chain from the one drug to the other."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two of the drugs, by their places in the list: what is stated of them, and what follows, the worst first."""

    a: int
    b: int
    statements: tuple[Statement, ...]
    derived: tuple[Derived, ...]
    same: bool = False
    """Whether both are one drug under two names."""

    @property
    def found(self) -> bool:
        """Whether a source states an interaction; that one denies it is no finding."""
        return any(statement.assertion.polarity == "affirmed" for statement in self.statements)

    @property
    def severity(self) -> Severity:
        """The worst that a source states; where none states any, the worst that follows."""
        return self.derived_severity if self.graded == "unknown" else self.graded

    @property
    def graded(self) -> Severity:
        """The worst that a source states."""
        return worst(statement.severity for statement in self.affirmed)

    @property
    def follows(self) -> bool:
        """Whether the severity is one that follows, for want of one that is stated."""
        return self.graded == "unknown" and bool(self.derived)

    @property
    def gravest(self) -> Severity:
        """The worst of what is stated and of what follows: a source that plays it down hides nothing."""
        return worst((self.severity, self.derived_severity))

    @property
    def affirmed(self) -> tuple[Statement, ...]:
        """The statements that there is an interaction."""
        return tuple(statement for statement in self.statements if statement.assertion.polarity == "affirmed")

    @property
    def derived_severity(self) -> Severity:
        return worst(derived.severity for derived in self.derived)

    @property
    def severities(self) -> Mapping[str, Severity]:
        """The worst of each source that grades it, by source."""
        by_source: dict[str, Severity] = {}
        for statement in self.affirmed:
            if statement.severity != "unknown":
                source = statement.assertion.source
                by_source[source] = worst((statement.severity, by_source.get(source, "unknown")))
        return by_source

    @property
    def disputed(self) -> bool:
        """Whether sources disagree."""
        return len(set(self.severities.values())) > 1


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Drugs that share an ingredient, or a class in which one is enough."""

    drugs: tuple[int, ...]
    kind: Literal["ingredient", "class"]
    shared: Entity


@dataclass(frozen=True, slots=True)
class Circumstances:
    """For whom the drugs are. Ids are of the graph."""

    conditions: frozenset[str] = frozenset()
    diseases: frozenset[str] = frozenset()
    """Those of them that were told by name; the others are what age, pregnancy, kidney and liver are known as."""
    allergies: frozenset[str] = frozenset()
    age: float | None = None
    """In years."""
    age_within: float = 0.0
    """By so many years it may be off."""
    pregnant: bool = False
    lactating: bool = False
    egfr: float | None = None
    """In mL/min per 1.73 m²."""
    liver: Literal["", "impaired", "severe"] = ""
    genotypes: Mapping[str, str] = field(default_factory=dict)
    """By the symbol of the gene: a diplotype, a phenotype or an activity score, as guidelines name them."""
    told: tuple[tuple[Words, frozenset[str]], ...] = ()
    """Each thing that is told, as it was told, with what a caution may be about that answers it."""


Verdict = Literal["contraindicated", "caution", "allergy", "cross-reactivity", "genotype"]


@dataclass(frozen=True, slots=True)
class Caution:
    """What speaks against a drug for somebody."""

    drug: int
    verdict: Verdict
    what: Words
    """The condition, allergen or genotype."""
    why: Words
    path: tuple[Assertion, ...]
    about: frozenset[str] = frozenset()
    """What of the person it is about."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A source that was looked into, with how many interactions it states in all."""

    source: Source
    interactions: int


@dataclass(frozen=True, slots=True)
class Check:
    """All that is known of some drugs together."""

    drugs: tuple[Drug, ...]
    unknown: tuple[Unknown, ...]
    pairs: tuple[Pair, ...]
    """Every pair, found or not, the worst first."""
    duplicates: tuple[Duplicate, ...]
    cautions: tuple[Caution, ...]
    searched: tuple[Searched, ...]
    who: Circumstances = Circumstances()
    """For whom."""
    untold: tuple[Unknown, ...] = ()
    """The conditions and allergies told that nothing here bears."""
    silent: tuple[Words, ...] = ()
    """What is told of the person and that no caution is about."""
    closed: tuple[Source, ...] = ()
    """Sources of interactions that are loaded but that the reader leaves out by their licence."""
    entities: Mapping[str, Entity] = field(default_factory=dict)
    """What the statements are about, by id."""
