"""Names that share words with a surface, by their weights and by the likeness of words."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from ingest.reading.linking import names
from ingest.reading.linking.lexicon import GROUPS, Lexicon

_Number = TypeVar("_Number", bound=np.generic)
_GATHERED = 6_000
"""How many names are looked at, at most: those that hold the rarest words."""
_LEAST = 0.35
_KEPT = 8
_LIKE = 0.55
_LIKEST = 3
_UNKNOWN = 9.0
"""The weight of a word that no name holds."""
_LIGHT_WORDS = (
    "severe mild moderate sporadic bilateral unilateral recurrent progressive induced associated related classic "
    "classical early late onset adult juvenile infantile childhood acute chronic primary secondary typical "
    "atypical transient persistent inherited familial hereditary isolated idiopathic symptomatic postoperative "
    "patient human clinical advanced common complete partial total generalized focal"
)
_LIGHT = frozenset(names.root(word) for word in _LIGHT_WORDS.split())
"""Words that say of what degree, age or origin something is: they count less where a name lacks them."""
_LIGHTNESS = 0.5
_AKIN = 0.2
"""Words have this much of their trigrams in common if one may be another form, or a misspelling, of the other."""
_GROUP = {code: number for number, code in enumerate(GROUPS.values())}


class Shared(NamedTuple):
    """A concept with the best of its names: the Dice coefficient of the words' weights, and which share of the
    surface's weight and of the name's weight is shared. `flags` are those of the name."""

    concept: int
    dice: float
    of_surface: float
    of_name: float
    flags: int


class Overlap:
    """Finds names by words in a lexicon. Never changes once its indexes are made, which the first calls do."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._term = {term: at for at, term in enumerate(lexicon.terms.all())}
        lengths = np.diff(lexicon.ends, prepend=np.uint32(0)).astype(np.int64)
        name_of = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)
        order = np.argsort(lexicon.words, kind="stable")
        self._names = name_of[order]
        counts = np.bincount(lexicon.words, minlength=len(self._term))
        self._starts = np.concatenate(([0], np.cumsum(counts)))
        self._weight = np.log((len(lengths) + 1) / (counts + 0.5)).astype(np.float32)
        self._mass = np.bincount(name_of, self._weight[lexicon.words], minlength=len(lengths)).astype(np.float32)
        self._alike: dict[int, list[tuple[int, float]]] = {}
        for (one, other), weight in zip(lexicon.alike.tolist(), lexicon.weights.tolist(), strict=True):
            self._alike.setdefault(one, []).append((other, weight / 255))

    def find(self, words: tuple[str, ...], group: str) -> list[Shared]:
        """The concepts of `group` whose names share most with `words`, the best first; at most 8."""
        query = names.rooted(words)
        terms = [self._alternatives(word) for word in query]
        weights = [
            max((float(self._weight[t]) for t, w in ways if w == 1.0), default=_UNKNOWN)
            * (_LIGHTNESS if word in _LIGHT else 1.0)
            for word, ways in zip(query, terms, strict=True)
        ]
        gathered = self._gather([term for ways in terms for term, _ in ways], group)
        if not len(gathered):
            return []
        shared = np.zeros(len(gathered), np.float32)
        owned = np.zeros(len(gathered), np.float32)
        for ways, weight in zip(terms, weights, strict=True):
            best = np.zeros(len(gathered), np.float32)
            mass = np.zeros(len(gathered), np.float32)
            for term, like in sorted(ways, key=lambda way: way[1]):  # of several in one name the likest counts
                at = self._holders(term, gathered)
                best[at] = like
                mass[at] = like * self._weight[term]
            shared += best * np.float32(weight)
            owned += mass
        total = sum(weights)
        whole = self._mass[gathered]
        dice = (shared + np.minimum(owned, whole)) / (total + whole)
        kept: dict[int, Shared] = {}
        for at in np.argsort(-dice, kind="stable")[: 4 * _KEPT].tolist():
            if dice[at] < _LEAST or len(kept) == _KEPT:
                break
            name = int(gathered[at])
            concept = int(self._lexicon.concept_of[name])
            if concept not in kept:
                of_name = min(1.0, float(owned[at] / whole[at])) if whole[at] else 0.0
                flags = int(self._lexicon.flags_of[name])
                kept[concept] = Shared(concept, float(dice[at]), float(shared[at] / total), of_name, flags)
        return list(kept.values())

    def akin(self, words: tuple[str, ...], others: tuple[str, ...]) -> bool:
        """Whether a word of `words` looks like one of `others`, or takes its place in names."""
        own, roots = names.rooted(words), names.rooted(others)
        meant = {term for root in roots if (term := self._term.get(root)) is not None}
        return any(
            any(alike(word, root) >= _AKIN for root in roots)
            or any(other in meant for other, _ in self._alike.get(self._term.get(word, -1), ()))
            for word in own
            if len(word) > 2
        )

    def _gather(self, terms: list[int], group: str) -> npt.NDArray[np.uint32]:
        """Names with one of the terms, ascending: those of the rarest terms first, until there are many."""
        rare: list[npt.NDArray[np.uint32]] = []
        room = _GATHERED
        for posted in sorted((self._posted(term) for term in dict.fromkeys(terms)), key=len):
            if rare and len(posted) > room:
                break
            rare.append(posted[:_GATHERED])
            room -= len(posted)
        if not rare:
            return np.zeros(0, np.uint32)
        holders = _distinct(np.concatenate(rare))
        of_group: npt.NDArray[np.uint32] = holders[self._lexicon.group_of[holders] == _GROUP[group]]
        return of_group

    def _posted(self, term: int) -> npt.NDArray[np.uint32]:
        return self._names[self._starts[term] : self._starts[term + 1]]

    def _holders(self, term: int, gathered: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
        """Where in `gathered` the names with the term stand."""
        posted = self._posted(term)
        if len(posted) < len(gathered):
            at = np.minimum(gathered.searchsorted(posted), len(gathered) - 1)
            holders: npt.NDArray[np.int64] = at[gathered[at] == posted]
            return holders
        at = np.minimum(posted.searchsorted(gathered), len(posted) - 1)
        return np.flatnonzero(posted[at] == gathered)

    def _alternatives(self, word: str) -> list[tuple[int, float]]:
        term = self._term.get(word)
        if term is not None:
            return [(term, 1.0), *self._alike.get(term, ())]
        return self._like(word) if len(word) >= 4 else []

    def _like(self, word: str) -> list[tuple[int, float]]:
        """Terms of much the same letters: the Dice coefficient of trigrams."""
        codes, starts, posted, sizes = self._trigrams
        mine = _trigrams(np.frombuffer(f" {word} ".encode(), np.uint8))
        at = np.minimum(codes.searchsorted(mine), len(codes) - 1)
        hits = [posted[starts[i] : starts[i + 1]] for i in at[codes[at] == mine].tolist()]
        if not hits:
            return []
        terms, times = np.unique(np.concatenate(hits), return_counts=True)
        dice = 2 * times / (sizes[terms] + len(mine))
        best = np.argsort(-dice, kind="stable")[:_LIKEST]
        return [(int(terms[i]), float(dice[i]) * 0.95) for i in best if dice[i] >= _LIKE]

    @cached_property
    def _trigrams(
        self,
    ) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64], npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
        """Codes, ascending; where the terms of each start; the terms; how many trigrams each term has."""
        text = np.frombuffer(("  ".join(["", *self._term, ""])).encode()[1:-1], np.uint8)
        # Every term stands between blanks of its own: " renal  liver ". A trigram over two blanks is nobody's.
        grams = (text[:-2].astype(np.uint32) << 16) | (text[1:-1].astype(np.uint32) << 8) | text[2:]
        begins = (text[:-1] == 32) & (text[1:] != 32)
        owner = (np.cumsum(begins)[: len(grams)] - 1).astype(np.uint32)
        whole = text[1:-1] != 32
        pairs = _distinct((grams[whole].astype(np.uint64) << 32) | owner[whole])
        terms = (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        codes, first = np.unique((pairs >> np.uint64(32)).astype(np.uint32), return_index=True)
        starts = np.concatenate((first, [len(terms)])).astype(np.int64)
        return codes, starts, terms, np.bincount(terms, minlength=len(self._term))


def alike(one: str, other: str) -> float:
    """The Dice coefficient of the trigrams of two words of ASCII."""
    first, second = ({f" {word} "[at : at + 3] for at in range(len(word))} for word in (one, other))
    return 2 * len(first & second) / max(1, len(first) + len(second))


def _trigrams(text: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    wide = text.astype(np.uint32)
    return _distinct(wide[:-2] * np.uint32(65536) + wide[1:-1] * np.uint32(256) + wide[2:])


def _distinct(values: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """The different values, ascending: `np.unique` hashes, which takes longer than sorting here."""
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered
