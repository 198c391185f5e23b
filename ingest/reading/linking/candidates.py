"""What a surface may mean, and what speaks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ingest.reading.linking import names
from ingest.reading.linking.lexicon import Lexicon, rooted_key, short_key, signature_key, strict_key
from ingest.reading.linking.overlap import Overlap
from ingest.reading.linking.queries import Query

STRICT, SIGNATURE, ROOTED = 1, 2, 4
"""Under which keys a surface is a name of a concept."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that a surface may name. `keys` and `flags` are bits over all of its names that match."""

    concept: int
    keys: int = 0
    flags: int = 0
    dice: float = 0.0
    of_surface: float = 0.0
    of_name: float = 0.0
    taught: int = 0
    """How often annotated corpora say that the surface means it."""
    taught_root: int = 0
    """The same of surfaces with the same roots."""
    short: int = 0
    """How many abstracts define the surface as a short form of it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A surface with its candidates, in the order of concepts; what is the same for all of them stands here."""

    surface: str
    group: str
    words: tuple[str, ...]
    candidates: tuple[Candidate, ...]


class Candidates:
    """Makes questions of surfaces. The same surface and group always give the same question."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._overlap = Overlap(lexicon)

    def ask(self, surface: str, group: str) -> Question:
        words = names.words(surface)
        if not words:
            return Question(surface, group, words, ())
        evidence: dict[int, dict[str, float]] = {}
        lexicon = self._lexicon
        strict, signature, rooted = strict_key(group, words), signature_key(group, words), rooted_key(group, words)
        for table, bit, key in (
            (lexicon.strict, STRICT, strict),
            (lexicon.loose, SIGNATURE, signature),
            (lexicon.loose, ROOTED, rooted),
        ):
            for concept, flags in table.find(key):
                seen = evidence.setdefault(concept, {"keys": 0, "flags": 0})
                if not seen["keys"]:
                    seen["flags"] = flags
                seen["keys"] = int(seen["keys"]) | bit
        for field, key in (("taught", strict), ("taught_root", rooted)):
            for concept, count in lexicon.taught.find(key):
                evidence.setdefault(concept, {})[field] = count
        if len(surface) <= 10:
            for concept, count in lexicon.short.find(short_key(group, surface)):
                evidence.setdefault(concept, {})["short"] = count
        if group in "cd" and any(len(word) > 3 for word in words) and not _named(evidence):
            for shared in self._overlap.find(words, group):
                seen = evidence.setdefault(shared.concept, {"flags": shared.flags})
                seen |= {"dice": shared.dice, "of_surface": shared.of_surface, "of_name": shared.of_name}
        return Question(
            surface,
            group,
            words,
            tuple(Candidate(concept, **evidence[concept]) for concept in sorted(evidence)),  # type: ignore[arg-type]  # the counts are whole numbers
        )

    def akin(self, surface: str, name: str) -> bool:
        """Whether a surface and a name have a word in common, or words that look or mean alike."""
        return self._overlap.akin(names.words(surface), names.words(name))


def _named(evidence: dict[int, dict[str, float]]) -> bool:
    """Whether a name was written as it is kept, so that names that only resemble it need not be looked for."""
    return any(int(seen.get("keys", 0)) & STRICT for seen in evidence.values())


def plainly(
    asked: Sequence[tuple[Query, ...]], groups: Sequence[str], ask: Callable[[str, str], Question]
) -> dict[int, set[str]]:
    """The concepts that spans of a text name beyond doubt, each with those surfaces; `groups` is that of each span."""
    surfaces_of: dict[int, set[str]] = {}
    for these, group in zip(asked, groups, strict=True):
        if group:
            for query in (one for one in these if not one.apposed):
                concept = _plain(ask(query.surface, group))
                if concept is not None:
                    surfaces_of.setdefault(concept, set()).update(one.surface for one in these if not one.apposed)
    return surfaces_of


def elsewhere(question: Question, surfaces_of: Mapping[int, set[str]]) -> frozenset[int]:
    """Those of the candidates that another surface of the text plainly names."""
    return frozenset(c.concept for c in question.candidates if surfaces_of.get(c.concept, set()) - {question.surface})


def _plain(question: Question) -> int | None:
    """The concept of which the surface is a name, and of no other; nothing for short forms."""
    if len(question.surface) < 5:
        return None
    strict = [c.concept for c in question.candidates if c.keys & STRICT]
    return strict[0] if len(strict) == 1 else None
