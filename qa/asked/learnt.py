"""The trained router: a linear model over the words of a question, the kinds of what it names, and its vector.

What rules say is no feature: on questions held out it gained nothing, and plans may change their cues without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.asked.features import BUCKETS, features, plain
from qa.asked.router import Router
from qa.asked.topics import DECLINED, TOPICS
from qa.errors import ModelUnavailable
from qa.model import AskedEntity
from retrieval.encoder import Encoder
from text.names import is_chinese

Floats = NDArray[np.float32]
CLOSE = 0.45
"""From which share of the first one's probability the second reading is close."""
SURE = 0.6
"""How probable it has to be that a question is to be declined; where it names anything, `SURER`."""
SURER = 0.75
_ARRAYS = frozenset({"topics", "words", "steps", "meaning", "intercepts", "temperature", "encoder"})


@dataclass(frozen=True, slots=True)
class Weights:
    """`words` (BUCKETS, T) in int8 with a step for each topic (T); `meaning` (2, D, T) of the vectors that `encoder`
    gives to questions in other languages and in Chinese, with the `intercepts` (2, T) of each; and what logits are
    divided by."""

    topics: tuple[str, ...]
    words: NDArray[np.int8]
    steps: Floats
    meaning: Floats
    intercepts: Floats
    temperature: float
    encoder: str
    """The name of the encoder."""

    def probabilities(self, text: str, entities: Sequence[AskedEntity], encoder: Encoder) -> Floats:
        """The calibrated probability of each topic (T)."""
        buckets, values = features(text, entities)
        family = int(is_chinese(text))
        vector = encoder.encode([plain(text, entities)], "query")[0]
        logits = (values @ self.words[buckets].astype(np.float32)) * self.steps
        logits += vector @ self.meaning[family] + self.intercepts[family]
        raised = np.exp((logits - logits.max()) / np.float32(self.temperature))
        return np.asarray(raised / raised.sum(), np.float32)


@dataclass(frozen=True, slots=True)
class Learnt:
    """Keeps `Router` by weights and the encoder that they were made with; `rules` answer for a topic that is not among
    `known`, those that have a plan."""

    weights: Weights
    encoder: Encoder
    rules: Router
    known: frozenset[str]

    def intents(self, text: str, entities: Sequence[AskedEntity]) -> tuple[str, ...]:
        """See `Router`. Raises what the encoder raises."""
        chances = self.weights.probabilities(text, entities, self.encoder)
        sure = SURER if entities else SURE
        order = [at for at in np.argsort(-chances, kind="stable").tolist() if self._may(at, float(chances[at]), sure)]
        best = [self.weights.topics[at] for at in order[:2] if chances[at] >= CLOSE * chances[order[0]]]
        if self.known.issuperset(best):
            return tuple(best)
        ruled = self.rules.intents(text, entities)[0]
        return tuple(dict.fromkeys(topic if topic in self.known else ruled for topic in best))

    def _may(self, at: int, chance: float, sure: float) -> bool:
        return self.weights.topics[at] not in DECLINED or chance >= sure


def opened(path: Path) -> Weights:
    """The weights of a file that `medgraph train questions` wrote. Raises OSError, ValueError where it is another's."""
    with np.load(path, allow_pickle=False) as file:
        missing = _ARRAYS - set(file.files)
        if missing:
            raise ValueError(f"{path} lacks {', '.join(sorted(missing))}")
        topics = tuple(str(topic) for topic in file["topics"])
        if file["words"].shape != (BUCKETS, len(topics)) or not set(topics) <= set(TOPICS):
            raise ValueError(f"{path} has weights of {file['words'].shape} for {len(topics)} topics, or unknown ones")
        return Weights(
            topics=topics,
            words=file["words"],
            steps=file["steps"],
            meaning=file["meaning"],
            intercepts=file["intercepts"],
            temperature=float(file["temperature"]),
            encoder=str(file["encoder"]),
        )


def opened_in(folder: Path, encoder: str) -> Weights | None:
    """The weights of a folder, None where it has none, or those of another encoder than the one of this name. Raises
    ModelUnavailable where what is there cannot be read."""
    path = folder / "weights.npz"
    try:
        weights = opened(path) if path.is_file() else None
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"the weights for topics of questions in {folder} cannot be read: {error}") from error
    return weights if weights is not None and weights.encoder == encoder else None


def write(weights: Weights, path: Path) -> None:
    """The file of weights, which `opened` reads. Raises OSError."""
    np.savez_compressed(
        path,
        topics=np.array(weights.topics),
        words=weights.words,
        steps=weights.steps,
        meaning=weights.meaning,
        intercepts=weights.intercepts,
        temperature=np.float32(weights.temperature),
        encoder=np.array(weights.encoder),
    )
