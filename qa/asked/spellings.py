"""How the names of a graph are spelt: its words, to which misspelt ones are near, and Chinese names by their sound.

Read of the graph when first needed and again when it has changed; only words and Chinese names are kept, which is a
few megabytes for hundreds of thousands of names. Who bears what is asked of the reader's view, not of this.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock, Thread
from time import monotonic

from graph.store import GraphStore
from qa.asked.misspelling import slips
from storage import deadline
from text.names import is_chinese, normalise
from text.scripts import simplified_each

TYPES = ("Disease", "Drug", "Phenotype")
"""Of what the names are read of which a word may be misspelt; symbols of genes are kept apart."""
SHORTEST = 4
"""Letters of the shortest word that something misspelt is near to."""
CHINESE = (3, 10)
"""Characters of the shortest and the longest Chinese name that is known by its sound."""
_WORD = re.compile(r"[a-z]+")
_SYMBOL = re.compile(r"[A-Z][A-Z0-9]{3,9}")
_ONLY_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_QUICK = 0.2
"""Seconds that a question may wait for names that have changed."""
_MOST = 12
_RARE = 2
"""Names in which a word stands that may be a slip of the vocabulary itself."""
_COMMONER = 20
"""How many times commoner the right word is then."""


@dataclass(frozen=True, slots=True)
class _Index:
    """What one state of a graph holds. `words` has in how many names each stands, `alike` words by their length and
    beginning, and by their length and end: a slip leaves one of the two; `sounding` Chinese names by sound, `lacking`
    Chinese names by what is left without one character, `symbols` those of genes."""

    words: Mapping[str, int] = field(default_factory=dict)
    alike: Mapping[tuple[int, str], Sequence[str]] = field(default_factory=dict)
    chinese: frozenset[str] = frozenset()
    sounding: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lacking: Mapping[str, Sequence[str]] = field(default_factory=dict)
    symbols: frozenset[str] = frozenset()


class Spellings:
    """How the names of `graph` are spelt, of its present state. Safe for threads."""

    def __init__(self, graph: GraphStore) -> None:
        self._graph, self._lock = graph, Lock()
        self._version, self._held, self._took = "", _Index(), 0.0

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
        borne = index.words.get(word, 0) * _COMMONER
        found: dict[str, float] = {}
        for length in range(len(word) - most, len(word) + most + 1):
            words = {one for end in _ends(word) for one in index.alike.get((length, end), ())}
            for other, _, _ in process.extract(
                word, sorted(words), scorer=OSA.distance, score_cutoff=most, limit=4 * _MOST
            ):
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

    def open(self) -> None:
        """Read the names, so that no question waits for it. Raises what the graph raises."""
        self._index()

    def _index(self) -> _Index:
        """What is held of the present state. While another thread reads it, or where reading it takes long and an
        older one is there, that one: a question goes on with it."""
        version = self._graph.names_version(curated_only=False)
        if version == self._version or not self._lock.acquire(blocking=False):
            return self._held
        if self._version and self._took > _QUICK:
            Thread(target=self._renewed, daemon=True).start()
        else:
            self._renew()
        return self._held

    def _renewed(self) -> None:
        # What fails here is read again by the next question, which tells it; nobody waits for this one.
        with suppress(Exception):
            self._renew()

    def _renew(self) -> None:
        """Read the graph; the lock is held, and is let go."""
        try:
            version, begun = self._graph.names_version(curated_only=False), monotonic()
            with deadline.for_all():
                self._held = _read(self._graph)
            self._version, self._took = version, monotonic() - begun
        finally:
            self._lock.release()


def _read(graph: GraphStore) -> _Index:
    latin: list[str] = []
    others: set[str] = set()
    symbols: set[str] = set()
    for name, _, _, type in graph.names(curated_only=False):
        if type == "Gene":
            if _SYMBOL.fullmatch(name):
                symbols.add(name)
        elif type in TYPES:
            if name.isascii():
                latin.append(name)
            else:
                others.add(name)
    chinese = {_plain(name) for name in others if is_chinese(name)}
    latin += (normalise(name) for name in others if not is_chinese(name))
    words = _counted(latin)
    alike: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for word in words:
        for end in _ends(word):
            alike[len(word), end].append(word)
    sounding: defaultdict[str, list[str]] = defaultdict(list)
    lacking: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(chinese):
        if CHINESE[0] <= len(name) <= CHINESE[1]:
            sounding[sound(name)].append(name)
        if CHINESE[0] < len(name) < CHINESE[1]:
            for rest in {name[:at] + name[at + 1 :] for at in range(len(name))}:
                lacking[rest].append(name)
    return _Index(words, alike, frozenset(chinese), sounding, lacking, frozenset(symbols))


def _ends(word: str) -> tuple[str, str]:
    return f"{word[:2]}-", f"-{word[-3:]}"


def _counted(names: Sequence[str]) -> dict[str, int]:
    """In how many places of the names each word stands, as written in small letters and as normalised."""
    words: Counter[str] = Counter()
    for word, times in Counter(_WORD.findall("\n".join(names).casefold())).items():
        for form in {word, normalise(word)} if word.endswith("s") else (word,):
            if len(form) >= SHORTEST:
                words[form] += times
    return dict(words)


def _plain(name: str) -> str:
    """A Chinese name normalised, without blanks."""
    return simplified_each(name) if _ONLY_CHINESE.fullmatch(name) else normalise(name).replace(" ", "")


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
