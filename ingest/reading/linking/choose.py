"""Which candidate a surface means, and how sure that is: two small logistic models, their weights as JSON.

The first gives every candidate of a question a number, and these a probability among one another (a conditional logit;
McFadden 1974). The second turns what is known of the best one into the probability that it is right.
"""

from __future__ import annotations

import json
import math
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.reading.linking.candidates import ROOTED, SIGNATURE, STRICT, Candidate, Question
from ingest.reading.linking.lexicon import CAPITALS, DESCRIPTOR, ONTOLOGY, PREFERRED, SUPPLEMENT, Lexicon

FEATURES = (
    "strict preferred", "strict synonym", "strict ontology", "strict supplement", "signature", "rooted", "dice",
    "of surface", "of name", "taught", "taught share", "taught other", "taught root", "taught root share", "short",
    "short share", "uses", "taught uses", "disease tree", "mental tree", "supplement", "omim", "depth", "elsewhere",
    "capitals agree", "small strict", "same name alone", "withdrawn", "several", "omim used", "strict of many",
    "recent", "dice squared", "dice uses", "strict uses", "dice share", "head",
    "agreed",
)  # fmt: skip
SURE = ("best", "second", "strict", "taught", "long", "alone", "expanded", "dice", "short", "disagrees", "recent")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the concepts, as plain lists for speed."""

    ids: list[str]
    trees: list[str]
    depths: list[int]
    uses: list[int]
    taught_uses: list[int]
    withdrawn: Set[int]

    @classmethod
    def of(cls, lexicon: Lexicon) -> Facts:
        return cls(
            lexicon.ids.all(),
            lexicon.trees.all(),
            lexicon.depths.tolist(),
            lexicon.uses.tolist(),
            lexicon.taught_uses.tolist(),
            set(lexicon.present[:, 0].tolist()) if len(lexicon.present) else set(),
        )


@dataclass(frozen=True, slots=True)
class _Whole:
    """What is the same for all candidates of a question."""

    taught: int
    taught_root: int
    short: int
    strict: int
    dice: float
    small: bool
    capitals: bool

    @classmethod
    def of(cls, question: Question) -> _Whole:
        surface = question.surface
        return cls(
            taught=sum(c.taught for c in question.candidates),
            taught_root=sum(c.taught_root for c in question.candidates),
            short=sum(c.short for c in question.candidates),
            strict=sum(1 for c in question.candidates if c.keys & STRICT),
            dice=max((c.dice for c in question.candidates), default=0.0),
            small=len(surface) <= 4,
            capitals=surface.isupper() and len(surface) <= 8,
        )


def features(question: Question, facts: Facts, elsewhere: Set[int]) -> npt.NDArray[np.float64]:
    """A row of `FEATURES` for every candidate. `elsewhere`: concepts that other surfaces of the text plainly name."""
    whole = _Whole.of(question)
    rows = [(*_of_names(c, whole), *_of_concept(c, whole, facts, elsewhere)) for c in question.candidates]
    return np.array(rows, np.float64).reshape(-1, len(FEATURES))


def _of_names(c: Candidate, whole: _Whole) -> tuple[float, ...]:
    """What the names of a candidate, and who used the surface for it, say: `strict preferred` to `short share`."""
    flags = _strict_flags(c)
    return (
        bool(flags & PREFERRED),
        bool(flags & DESCRIPTOR and not flags & PREFERRED),
        bool(flags & ONTOLOGY and not flags & (DESCRIPTOR | SUPPLEMENT)),
        bool(flags & SUPPLEMENT),
        bool(c.keys & SIGNATURE),
        bool(c.keys & ROOTED),
        c.dice,
        c.of_surface if c.dice else 0.0,
        c.of_name if c.dice else 0.0,
        math.log1p(c.taught),
        c.taught / (whole.taught + 1),
        math.log1p(whole.taught - c.taught),
        math.log1p(c.taught_root),
        c.taught_root / (whole.taught_root + 1),
        math.log1p(c.short),
        c.short / (whole.short + 2),
    )


def _of_concept(c: Candidate, whole: _Whole, facts: Facts, elsewhere: Set[int]) -> tuple[float, ...]:
    """What is known of a candidate's concept, by itself and with its names: `uses` to `agreed`."""
    strict = bool(c.keys & STRICT)
    flags = _strict_flags(c)
    id, trees = facts.ids[c.concept], facts.trees[c.concept]
    taught_uses = facts.taught_uses[c.concept]
    return (
        facts.uses[c.concept] / 16,
        math.log1p(taught_uses),
        "C" in trees or "c" in trees,
        "P" in trees,
        "c" in trees or "d" in trees,
        id.startswith("OMIM:"),
        facts.depths[c.concept] / 10,
        c.concept in elsewhere,
        whole.capitals == bool(flags & CAPITALS) if strict else 0,
        strict and whole.small,
        strict and whole.strict == 1,
        c.concept in facts.withdrawn,
        "|" in id,
        id.startswith("OMIM:") and taught_uses > 0,
        strict / max(1, whole.strict),
        len(id) > 12 and id.startswith(("MESH:D0000", "MESH:C0006", "MESH:C0007")),
        c.dice * c.dice,
        c.dice * math.log1p(taught_uses),
        strict * math.log1p(taught_uses),
        c.dice / whole.dice if whole.dice else 0.0,
        c.dice > 0 and c.of_name > 0.99,
        bool(flags & ONTOLOGY and flags & (DESCRIPTOR | SUPPLEMENT)),
    )


def _strict_flags(c: Candidate) -> int:
    """The flags of the names that are written as the surface is; none where none is."""
    return c.flags if c.keys & STRICT else 0


@dataclass(frozen=True, slots=True)
class Choice:
    concept: int
    probability: float
    """Among the candidates."""
    second: float
    candidate: Candidate
    recent: bool
    """Whether MeSH made its id after 2015."""


@dataclass(frozen=True)
class Model:
    """Weights by group (`c`, `d`, …). `threshold` is the probability from which a link is made."""

    ranking: dict[str, npt.NDArray[np.float64]]
    certainty: dict[str, npt.NDArray[np.float64]]
    threshold: float
    strict_threshold: float

    @classmethod
    def load(cls, path: Path) -> Model:
        """Read what `save` wrote. Raises OSError, ValueError, KeyError."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["features"] != list(FEATURES) or stored["sure"] != list(SURE):
            raise ValueError("the weights are of other features than this code knows")
        return cls(
            {group: np.array(weights) for group, weights in stored["ranking"].items()},
            {group: np.array(weights) for group, weights in stored["certainty"].items()},
            stored["threshold"],
            stored["strict_threshold"],
        )

    def save(self, path: Path) -> None:
        stored = {
            "features": list(FEATURES),
            "sure": list(SURE),
            "ranking": {group: [round(w, 4) for w in weights.tolist()] for group, weights in self.ranking.items()},
            "certainty": {group: [round(w, 4) for w in weights.tolist()] for group, weights in self.certainty.items()},
            "threshold": self.threshold,
            "strict_threshold": self.strict_threshold,
        }
        path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")

    def choose(self, question: Question, rows: npt.NDArray[np.float64]) -> Choice | None:
        """The best candidate; of equals the first. None where there is no candidate."""
        if not len(rows):
            return None
        scores = rows @ self.ranking[question.group]
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        best = int(shares.argmax())
        second = float(np.delete(shares, best).max()) if len(shares) > 1 else 0.0
        candidate = question.candidates[best]
        return Choice(
            candidate.concept, float(shares[best]), second, candidate, bool(rows[best, FEATURES.index("recent")])
        )

    def sure(self, question: Question, choice: Choice, expanded: bool) -> float:
        """The probability that `choice` is right."""
        return float(1 / (1 + np.exp(-(certainty(question, choice, expanded) @ self.certainty[question.group]))))


def certainty(question: Question, choice: Choice, expanded: bool) -> npt.NDArray[np.float64]:
    """A bias, then a row of `SURE`."""
    c = choice.candidate
    others = sum(other.taught for other in question.candidates) - c.taught
    return np.array(
        (
            1.0,
            math.log(choice.probability / (1.0001 - choice.probability)),
            choice.second,
            bool(c.keys & STRICT),
            math.log1p(c.taught),
            min(len(question.words), 6) / 6,
            len(question.candidates) == 1,
            expanded,
            1.0 - c.dice if c.dice and not c.keys else 0.0,
            len(question.surface) <= 3,
            math.log1p(others),
            choice.recent,
        )
    )
