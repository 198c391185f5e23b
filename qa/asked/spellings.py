"""How the names of a graph are spelt: its words, to which misspelt ones are near, and Chinese names by their sound.

Read of the graph when first needed and again when it has changed; only words and Chinese names are kept, which is a
few megabytes for hundreds of thousands of names. Who bears what is asked of the reader's view, not of this.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock

from graph.store import GraphStore
from qa.asked.misspelling import slips
from text.names import is_chinese, normalise

TYPES = ("Disease", "Drug", "Phenotype")
"""Of what the names are read of which a word may be misspelt; symbols of genes are kept apart."""
SHORTEST = 4
"""Letters of the shortest word that something misspelt is near to."""
CHINESE = (3, 10)
"""Characters of the shortest and the longest Chinese name that is known by its sound."""
_WORD = re.compile(r"[a-z]+")
_SYMBOL = re.compile(r"[A-Z][A-Z0-9]{3,9}")
_MOST = 12
_RARE = 2
"""Names in which a word stands that may be a slip of the vocabulary itself."""
_COMMONER = 20
"""How many times commoner the right word is then."""


@dataclass(frozen=True, slots=True)
class _Index:
    """What one state of a graph holds. `words` has in how many names each stands, `lengths` words by their length,
    `sounding` Chinese names by sound, `lacking` Chinese names by what is left without one character, `symbols` those of
    genes."""

    words: Mapping[str, int] = field(default_factory=dict)
    lengths: Mapping[int, Sequence[str]] = field(default_factory=dict)
    chinese: frozenset[str] = frozenset()
    sounding: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lacking: Mapping[str, Sequence[str]] = field(default_factory=dict)
    symbols: frozenset[str] = frozenset()


class Spellings:
    """How the names of `graph` are spelt, of its present state. Safe for threads."""

    def __init__(self, graph: GraphStore) -> None:
        self._graph, self._lock = graph, Lock()
        self._version, self._held = "", _Index()

    def known(self, word: str) -> bool:
        """Whether a word in small letters stands in a name; one that is a slip of a much commoner one does not count.
        Raises what the graph raises."""
        words = self._index().words
        return words.get(word, 0) > _RARE or (word in words and not self.near(word))

    def near(self, word: str) -> list[tuple[float, str]]:
        """The words of names that a word in small letters may be meant for, nearest first, each with how far it is."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most = 1 if len(word) < 6 else 2 if len(word) < 11 else 3
        index = self._index()
        lengths, borne = index.lengths, index.words.get(word, 0) * _COMMONER
        found: dict[str, float] = {}
        for length in range(len(word) - most, len(word) + most + 1):
            words = lengths.get(length, ())
            for other, _, _ in process.extract(word, words, scorer=OSA.distance, score_cutoff=most, limit=4 * _MOST):
                if index.words[other] > borne:
                    found[other] = slips(word, other)
        return sorted((far, other) for other, far in found.items())[:_MOST]

    def sounding(self, written: str) -> tuple[str, ...]:
        """The Chinese names that sound like `written` and are written otherwise, as long as it."""
        index = self._index()
        if written in index.chinese:
            return ()
        return tuple(name for name in index.sounding.get(sound(written), ()) if name != written)

    def slipped(self, written: str) -> tuple[str, ...]:
        """The Chinese names of which `written` lacks one character, has one more, or has another in one place; also
        those of which two neighbours have changed places."""
        index = self._index()
        if written in index.chinese:
            return ()
        found = dict.fromkeys(index.lacking.get(written, ()))
        for at in range(len(written)):
            rest = written[:at] + written[at + 1 :]
            if rest in index.chinese and len(rest) > CHINESE[0]:
                found[rest] = None
            same = (name for name in index.lacking.get(rest, ()) if name[:at] + name[at + 1 :] == rest)
            found.update(dict.fromkeys(same))
            swapped = written[:at] + written[at + 1 : at + 2] + written[at : at + 1] + written[at + 2 :]
            if swapped in index.chinese:
                return (swapped,)
        return tuple(found)

    def symbols(self, written: str) -> tuple[str, ...]:
        """The symbols of genes that `written` is with two neighbours changed."""
        swapped = {written[:at] + written[at + 1] + written[at] + written[at + 2 :] for at in range(len(written) - 1)}
        return tuple(sorted(swapped & self._index().symbols - {written}))

    def _index(self) -> _Index:
        with self._lock:
            version = self._graph.version()
            if version != self._version:
                self._held = _read(self._graph)
                self._version = version
            return self._held


def _read(graph: GraphStore) -> _Index:
    latin: Counter[str] = Counter()
    chinese: set[str] = set()
    symbols: set[str] = set()
    for name, _, _, type in graph.names(curated_only=False):
        if type == "Gene":
            if _SYMBOL.fullmatch(name):
                symbols.add(name)
        elif type in TYPES:
            if name.isascii():
                latin.update(_WORD.findall(name.casefold()))
            elif is_chinese(name):
                chinese.add(normalise(name).replace(" ", ""))
            else:
                latin.update(_WORD.findall(normalise(name)))
    words: Counter[str] = Counter()
    for word, times in latin.items():
        for form in {word, normalise(word)}:
            if len(form) >= SHORTEST:
                words[form] += times
    lengths: defaultdict[int, list[str]] = defaultdict(list)
    for word in sorted(words):
        lengths[len(word)].append(word)
    sounding: defaultdict[str, list[str]] = defaultdict(list)
    lacking: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(chinese):
        if CHINESE[0] <= len(name) <= CHINESE[1]:
            sounding[sound(name)].append(name)
        if CHINESE[0] < len(name) < CHINESE[1]:
            for rest in {name[:at] + name[at + 1 :] for at in range(len(name))}:
                lacking[rest].append(name)
    return _Index(dict(words), lengths, frozenset(chinese), sounding, lacking, frozenset(symbols))


def sound(text: str) -> str:
    """How Chinese sounds, by signs that are the same for characters that sound alike in their commonest reading."""
    signs = _signs()
    return "".join(signs[character][0] if character in signs else character for character in text)


def sound_alike(one: str, other: str) -> bool:
    """Whether two Chinese texts of one length sound alike, character by character, in some reading."""
    signs = _signs()
    return len(one) == len(other) and all(
        x == y or not set(signs.get(x, x)).isdisjoint(signs.get(y, y)) for x, y in zip(one, other, strict=True)
    )


@cache
def _signs() -> Mapping[str, str]:
    """By character a sign for each of its readings, the commonest first."""
    lines = Path(__file__).with_name("sounds.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    signs: defaultdict[str, str] = defaultdict(str)
    for column in (1, 2):
        for place, row in enumerate(rows):
            for character in row[column]:
                signs[character] += chr(0xE000 + place)
    return dict(signs)
