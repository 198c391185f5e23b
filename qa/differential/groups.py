"""Says which groups of diseases a patient's text speaks of, and by which of its words.

A multinomial logistic model over hashed words, pairs of words and parts of words (Weinberger 2009, arXiv:0902.2206),
tempered after training (Guo 2017, arXiv:1706.04599). It is linear, so that what each word says for a group is exact:
the words' shares and the group's intercept add up to the group's logit.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.differential.group_names import GROUPS
from qa.errors import ModelUnavailable
from text.names import is_chinese
from text.scripts import simplified_each
from text.words import FUNCTION_WORDS

Floats = NDArray[np.float32]

BUCKETS = 1 << 17
WORDS = 5
"""So many words are told of a group at most."""
_LONGEST = 20_000
"""Characters that are read of a text."""
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|[\u3400-\u9fff]|[^\s\w]")
_AGE = re.compile(r"(\d{1,3})\s?-?\s?(years?|yrs?|yo|y/o|y\.o|months?|mo\b|weeks?|days?|f\b|m\b|周?岁|个月|月龄|天)")
_DENIES = frozenset(
    ("no", "not", "denies", "denied", "without", "never", "nor", "isn't", "wasn't", "doesn't", "don't", "didn't",
     "hasn't", "无", "没", "未", "否")
)  # fmt: skip
_CLAUSE = frozenset(".;:!?,。；：！？，、()（）but although however 但")
_RUN = 8
"""Chinese characters that one word has at most."""
_ARRAYS = frozenset({"columns", "weights", "scales", "intercepts", "temperature", "shares", "diseases", "members"})
_FOLD = str.maketrans({chr(c): chr(c + 32) for c in range(65, 91)} | {"’": "'", "‘": "'"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word of a text, `text[start:end]`, and what it adds to the logit of a group."""

    start: int
    end: int
    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Group:
    """A group of diseases (a key of `group_names.GROUPS`) with its calibrated probability among all the groups and the
    words that speak most for it, the first the most."""

    group: str
    probability: float
    words: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True)
class Feature:
    """A bucket of the weights and the places of the tokens that it was made of."""

    bucket: int
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """The model: weights (BUCKETS, G) in int8 with a scale for each group (G), intercepts (G), and the temperature that
    logits are divided by. `columns` are the groups, `shares` (G) how common each was where it was learnt, `members` the
    column of each disease whose group is known."""

    columns: tuple[str, ...]
    weights: NDArray[np.int8]
    scales: Floats
    intercepts: Floats
    temperature: float
    shares: Floats
    members: Mapping[str, int]

    def of(self, text: str, limit: int = 3) -> tuple[Group, ...]:
        """The `limit` most probable groups of a text, the most probable first; none of a text without a letter."""
        tokens, features = read(text)
        if not features:
            return ()
        shares = self._shares(features)
        logits = self.intercepts + shares.sum(axis=0)
        chances = softmax(logits / self.temperature)
        by_token = np.zeros((len(tokens), len(self.columns)), np.float32)
        for feature, share in zip(features, shares, strict=True):
            by_token[list(feature.tokens)] += share / len(feature.tokens)
        order = np.argsort(-chances, kind="stable")[:limit]
        return tuple(
            Group(self.columns[at], float(chances[at]), _words(text, tokens, by_token[:, at])) for at in order.tolist()
        )

    def logits(self, text: str) -> Floats:
        """The logit of each group (G) before the temperature; the intercepts of a text without a letter."""
        _, features = read(text)
        logits: Floats = self.intercepts + self._shares(features).sum(axis=0)
        return logits

    def probabilities(self, text: str) -> Floats | None:
        """The calibrated probability of each group (G); None of a text without a letter."""
        features = read(text)[1]
        if not features:
            return None
        return softmax((self.intercepts + self._shares(features).sum(axis=0)) / np.float32(self.temperature))

    def _shares(self, features: Sequence[Feature]) -> Floats:
        """What each feature adds to each logit (F, G)."""
        rows = self.weights[[feature.bucket for feature in features]].astype(np.float32) * self.scales
        return np.asarray(rows * np.float32(scale(len(features))), np.float32)


def opened(path: Path) -> Groups:
    """The model of a file that `medgraph train disease-groups` wrote. Raises OSError, ValueError where the file is
    another's or of other groups."""
    with np.load(path, allow_pickle=False) as file:
        missing = _ARRAYS - set(file.files)
        if missing:
            raise ValueError(f"{path} lacks {', '.join(sorted(missing))}")
        columns = tuple(str(column) for column in file["columns"])
        weights = file["weights"]
        if weights.shape != (BUCKETS, len(columns)) or not set(columns) <= GROUPS.keys():
            raise ValueError(f"{path} has weights of {weights.shape} for {len(columns)} groups, or unknown groups")
        return Groups(
            columns=columns,
            weights=weights,
            scales=file["scales"],
            intercepts=file["intercepts"],
            temperature=float(file["temperature"]),
            shares=file["shares"],
            members=dict(zip(file["diseases"].tolist(), file["members"].tolist(), strict=True)),
        )


def opened_in(folder: Path) -> Groups | None:
    """The model of a folder, None where it has none. Raises ModelUnavailable where what is there cannot be read."""
    path = folder / "weights.npz"
    try:
        return opened(path) if path.is_file() else None
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"the weights for groups of diseases in {folder} cannot be read: {error}") from error


def write(groups: Groups, path: Path) -> None:
    """The file of a model, which `opened` reads. Raises OSError."""
    ids = sorted(groups.members)
    np.savez_compressed(
        path,
        columns=np.array(groups.columns),
        weights=groups.weights,
        scales=groups.scales,
        intercepts=groups.intercepts,
        temperature=np.float32(groups.temperature),
        shares=groups.shares,
        diseases=np.array(ids),
        members=np.array([groups.members[id] for id in ids], np.int8),
    )


def softmax(logits: Floats) -> Floats:
    """Probabilities of logits, along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float32)


def scale(features: int) -> float:
    """What each of so many features of a text counts: long texts do not shout."""
    return float(features**-0.5) if features else 0.0


def read(text: str) -> tuple[list[tuple[int, int]], list[Feature]]:
    """The places of the tokens of a text, and its features, each once: content words, pairs of them, and their
    beginnings and ends. What is denied counts apart, up to the end of its clause; an age counts as a stage of life."""
    folded = simplified_each(text[:_LONGEST].translate(_FOLD))
    stages = {match.start(): _stage(int(match[1]), match[2]) for match in _AGE.finditer(folded)}
    tokens, forms = [], []
    for match in _TOKEN.finditer(folded):
        tokens.append(match.span())
        number = stages.get(match.start(), "#") if match[0][0].isdigit() else match[0]
        forms.append(number)
    seen: dict[str, Feature] = {}
    denied, before = "", -1
    for at, form in enumerate(forms):
        if form in _CLAUSE:
            denied, before = denied if form == "、" else "", -1
        elif form in _DENIES:
            denied = "-"
        elif form not in FUNCTION_WORDS:
            for name, places in _names(forms, at, before):
                seen.setdefault(denied + name, Feature(zlib.crc32((denied + name).encode()) % BUCKETS, places))
            before = at
    return tokens, list(seen.values())


def _names(forms: Sequence[str], at: int, before: int) -> list[tuple[str, tuple[int, ...]]]:
    """The features that end with a token, each with the tokens that it is made of; `before` is the place of the content
    word before it in the clause, -1 where there is none."""
    form = forms[at]
    names: list[tuple[str, tuple[int, ...]]] = [(form, (at,))]
    if before >= 0:
        names.append((f"{forms[before]} {form}", (before, at)))
    if is_chinese(form):
        three = forms[at - 2 : at + 1] if at > 1 and before == at - 1 else []
        if three and all(map(is_chinese, three)):
            names.append((" ".join(three), (at - 2, at - 1, at)))
    elif len(form) > 5:
        names.append((f"{form[:5]}*", (at,)))
        names.append((f"*{form[-5:]}", (at,)))
    return names


def _stage(number: int, unit: str) -> str:
    if unit[0] in "dw天":
        return "#"
    if unit[0] == "月" or unit.startswith(("mo", "个")):
        return "#infant"
    bounds = ((2, "infant"), (12, "child"), (18, "adolescent"), (40, "young"), (65, "middle"), (1000, "old"))
    return "#" + next(stage for bound, stage in bounds if number < bound)


def _words(text: str, tokens: Sequence[tuple[int, int]], shares: Floats) -> tuple[Spoken, ...]:
    """The words that speak for a group: English tokens, and runs of Chinese characters that do."""
    words: list[Spoken] = []
    for (start, end), share in zip(tokens, shares.tolist(), strict=True):
        if share <= 0:
            continue
        last = words[-1] if words else None
        chinese = is_chinese(text[start:end])
        if last and chinese and last.end == start and is_chinese(last.text) and len(last.text) < _RUN:
            words[-1] = Spoken(last.start, end, text[last.start : end], last.share + share)
        else:
            words.append(Spoken(start, end, text[start:end], share))
    return tuple(sorted(words, key=lambda word: (-word.share, word.start))[:WORDS])
