"""What a study found, as a verdict on a question: yes, no or maybe, by weights that were learnt."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.errors import ModelUnavailable
from qa.evidence.typed import Verdict
from qa.verdicts.features import features

VERDICTS: tuple[Verdict, ...] = ("yes", "no", "maybe")
FORMAT = 1
SURE = 0.8
"""Where neither yes nor no is as likely as this, and the conclusion leaves it open in so many words, it is maybe. What
is only cautious is not: of six conclusions that do no more than ask for further studies five lean clearly."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """How likely a conclusion means each verdict; the three add up to one."""

    yes: float
    no: float
    maybe: float
    open: bool = False
    """Whether the conclusion leaves the matter open in so many words."""

    @property
    def verdict(self) -> Verdict:
        if self.open and max(self.yes, self.no) < SURE:
            return "maybe"
        return "yes" if self.yes >= self.no else "no"


class Findings:
    """Judges conclusions against questions. Safe to use from several threads."""

    def __init__(self, weights: Mapping[str, Sequence[float]]) -> None:
        """`weights` are for each feature, and for `bias`, what it adds to yes, no and maybe."""
        self._weights = {name: tuple(row) for name, row in weights.items()}

    def judge(self, question: str, words: Collection[str], conclusion: Sequence[str]) -> Leaning:
        """How a conclusion, in sentences, answers `question`: see `features.features`."""
        return self.of(features(question, words, conclusion))

    def of(self, made: Mapping[str, float]) -> Leaning:
        """How a conclusion of these features answers."""
        scores = list(self._weights.get("bias", (0.0, 0.0, 0.0)))
        for name, value in made.items():
            for place, weight in enumerate(self._weights.get(name, ())):
                scores[place] += weight * value
        shares = [math.exp(score - max(scores)) for score in scores]
        total = sum(shares)
        yes, no, maybe = (share / total for share in shares)
        return Leaning(yes, no, maybe, open=bool(made.get("a_open")))


def opened_in(folder: Path) -> Findings | None:
    """What is in `weights.json` of a folder; None where there is none. Raises ModelUnavailable."""
    path = folder / "weights.json"
    if not path.is_file():
        return None
    try:
        stored = json.loads(path.read_bytes())
        weights = {str(name): tuple(map(float, row)) for name, row in stored["weights"].items()}
        numbers = [number for row in weights.values() for number in row]
        fit = stored["format"] == FORMAT and all(map(math.isfinite, numbers)) and len(numbers) == 3 * len(weights)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelUnavailable(f"{path} does not hold the weights of findings: {type(error).__name__}") from error
    if not fit:
        raise ModelUnavailable(f"{path} holds the weights of other features")
    return Findings(weights)
