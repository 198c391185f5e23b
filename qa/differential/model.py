"""The words of a differential: the case as it is told, as it is understood, and the candidates that explain it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from graph.model import Assertion
from qa.evidence.wording import Words

Sex = Literal["", "female", "male"]
Answered = Literal["present", "absent"]


class Impossible(ValueError):
    """What no case can be, such as one of an age that nobody has; the message says what, in the words of the case."""


@dataclass(frozen=True, slots=True)
class Told:
    """A case in words. Findings, conditions, drugs and factors are names in either language, or ids; `text` is prose
    of which findings, age, sex and the rest are read. `age` and `onset` are in years; `duration` is as somebody says
    it ("for three days", "两周") or a word of `profiles.TEMPOS`; `papers` are CURIEs of papers whose statements do not
    count (the case's own, where published cases are judged)."""

    observed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    text: str = ""
    age: float | None = None
    onset: float | None = None
    sex: Sex = ""
    duration: str = ""
    season: str = ""
    region: str = ""
    conditions: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    papers: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    """The names of ids among the findings, by which those that the graph lacks are read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a case: what it was called, the ids that it may mean (of findings of the matrix, the first the
    best), and the name of the first; `read` says how it came from the words where that is not plain. `severity` and
    `since` are as told, or empty."""

    told: str
    ids: tuple[str, ...]
    name: str = ""
    read: str = ""
    severity: str = ""
    since: str = ""


def by_number(told: str) -> bool:
    """Whether a finding was told as a number, such as `BP 168/112`: `no BP 168/112` would say nothing."""
    return any(map(str.isdigit, told))


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it is understood. `tempo` is one of `profiles.TEMPOS` or empty; `factors` are ids that change odds: of
    conditions, drugs, exposures and states, by the name as told; `drugs` are ids of what is taken, by the name as
    told."""

    observed: tuple[Finding, ...] = ()
    excluded: tuple[Finding, ...] = ()
    age: float | None = None
    onset: float | None = None
    sex: Sex = ""
    tempo: str = ""
    season: str = ""
    region: str = ""
    factors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drugs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    papers: frozenset[str] = frozenset()
    text: str = field(default="", repr=False)
    """The prose as it was told; never printed."""
    unclear: tuple[str, ...] = ()
    """Ids of findings that nobody can tell: they are not asked after."""
    unknown: tuple[Unknown, ...] = ()
    notes: tuple[Words, ...] = ()
    """What was done with what was told, such as an obsolete id followed or a contradiction."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What was told and is not understood, with the names nearest to it."""

    told: str
    kind: Literal["finding", "condition", "drug", "factor", "text"]
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """What one finding says for or against a candidate. `place` is that of the finding in `observed` or `excluded` of
    the case; `ratio` is its likelihood ratio; `by` the finding of the disease that it is compared with (itself, a more
    specific one, or empty where the disease has nothing like it); `often` how often the disease has that, None where
    nobody tells; `wider` the general finding in common, where no more than that is shared."""

    place: int
    ratio: float
    by: str = ""
    often: float | None = None
    told: bool = False
    """Whether a source says how often."""
    wider: str = ""
    kin: bool = False
    """Whether not the disease but those of its class are stated to have the finding."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that a disease often has and nobody has told of, or that was denied."""

    id: str
    often: float
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A disease that may explain a case. `ids` are all that stand for it; `score` is the logarithm of how the findings
    speak for it against any disease at random (natural, no prior); `prior` that of its odds before the findings
    against the average; `probability` is calibrated."""

    id: str
    ids: tuple[str, ...]
    name: str
    probability: float
    score: float
    prior: float
    missed: bool = False
    """Whether it must not be missed: dangerous, and treatable in time."""
    drug: str = ""
    """The drug, where the candidate is an adverse effect of what is taken."""
    explained: tuple[Explained, ...] = ()
    against: tuple[Explained, ...] = ()
    """Of the excluded findings, those that the disease has."""
    subtypes: tuple[str, ...] = ()
    """The ids of the candidates that are forms of the same disease, the most probable first, where this one stands for
    them."""
    expected: tuple[Expected, ...] = ()
    behind: Mapping[str, Assertion] = field(default_factory=dict)
    """Of the adverse effects of a drug, by the id of each finding that they explain, the statement that says so."""


@dataclass(frozen=True, slots=True)
class Next:
    """What to find out next: a finding, how it is found (`history`, `exam`, `bedside`, `lab`, `imaging`, `invasive`),
    how many bits it is expected to tell, and how probable it is that it is present."""

    id: str
    kind: str
    bits: float
    present: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates of a case in the order of `alarms.ordered`, and the probability that it is none of them. `thin`
    says why the graph knows too little, where it does."""

    case: Case
    candidates: tuple[Candidate, ...]
    other: float
    next: tuple[Next, ...] = ()
    thin: tuple[Words, ...] = ()
