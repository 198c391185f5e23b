"""What one piece of evidence can carry: its words, numbers, names and what it negates, ready to be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph.model import Entity
from graph.schema import PREDICATES
from qa.evidence import chart
from qa.evidence.interacting import INTERACTING, graded
from qa.evidence.kinds import DerivedEvidence, Evidence, FactEvidence, SearchedEvidence, ToldEvidence
from qa.evidence.material import Material
from qa.evidence.qualifying import FREQUENCIES, ids, qualified
from qa.evidence.reasons import Interacts
from qa.evidence.wording import LISTS, Words, all_names, fact, negated_phrase
from text.context.polarity import denies, polarities
from text.names import is_chinese, normalise, tokens
from text.numbers import numbers
from text.words import content_words, folded

_NUMBER_WORDS = folded(
    "zero one two three four five six seven eight nine ten twelve twenty thirty fifty hundred thousand"
)


@dataclass(frozen=True, slots=True)
class Support:
    """What one piece of evidence can carry."""

    evidence: Evidence
    words: frozenset[str]
    polarity: dict[str, set[bool]]
    """For each content word whether it stands denied, affirmed, or both."""
    numbers: frozenset[tuple[str, str]]
    chinese: bool
    """Whether its text is Chinese; names are there in every language."""
    names: frozenset[str]
    denying_names: tuple[str, ...]
    """Names with what reads as a negation in them (身材不成比例高大, sclerosis-2), which denies nothing."""
    written: tuple[str, ...]
    """The names as they are written."""


def support_of(e: Evidence, material: Material) -> Support:
    """Everything in the evidence that a sentence may rest on."""
    entities = [material.entities[entity] for entity in e.entities if entity in material.entities]
    names = [name for entity in entities for name in all_names(entity)]
    parts = [e.text, e.title, e.source, *names]
    counts: list[tuple[str, str]] = []
    if isinstance(e, FactEvidence):
        parts += [*_phrases(e.predicate), *_statement(e, names, material.entities)]
        names += _qualifying(e, material.entities)
        counts = _counts(e)
    texts, drugs = _together(e)
    parts += texts
    parts += drugs
    names += drugs
    return Support(
        evidence=e,
        words=frozenset(word for part in parts for word in _words(part)),
        polarity=_polarity(e, entities, texts),
        numbers=frozenset([*(number for part in parts for number in _numbers(part)), *counts]),
        chinese=any(is_chinese(text) for text in (e.text, *texts)),
        names=frozenset(normalise(name) for name in names),
        denying_names=tuple(name for name in names if _denying(name)),
        written=tuple(name for name in names if len(name) > 1),
    )


def _together(e: Evidence) -> tuple[list[str], list[str]]:
    """What a piece of evidence says of drugs together in both languages, and the names of the drugs."""
    texts: list[str] = []
    drugs: Sequence[Words] = ()
    if isinstance(e, FactEvidence) and isinstance(e.because, Interacts):
        texts = [e.said("en"), e.said("zh"), *INTERACTING]
        texts += [graded(e.because.severity, language) for language in ("en", "zh")]
        drugs = e.because.drugs
    elif isinstance(e, ToldEvidence):
        texts = [e.said("zh")]
    elif isinstance(e, DerivedEvidence | SearchedEvidence):
        texts = [e.said("zh"), *INTERACTING]
        drugs = e.drugs if isinstance(e, DerivedEvidence) else ()
    return texts, [name for drug in drugs for name in (drug.en, drug.zh)]


def _statement(e: FactEvidence, names: Sequence[str], entities: Mapping[str, Entity]) -> Iterable[str]:
    """The statement of the graph in the words of both languages, and its qualifiers."""
    first, last = (names[0], names[-1]) if names else ("", "")
    for language in ("en", "zh"):
        yield qualified(e.assertion, language, entities)
        yield fact(e.predicate, first, last, negated=e.negated, certainty=e.assertion.certainty, language=language)
    yield from (value for _, value in e.assertion.qualifiers)


def _qualifying(e: FactEvidence, entities: Mapping[str, Entity]) -> list[str]:
    """The names of what qualifies the statement."""
    return [name for id in ids(e.assertion) if id in entities for name in all_names(entities[id])]


def _counts(e: FactEvidence) -> list[tuple[str, str]]:
    """How many statements there are for and against it, and of how many sources."""
    counted = e.counted
    return [(str(n), "") for n in (counted.affirmed, counted.negated, counted.sources)] if counted else []


def _polarity(e: Evidence, entities: Sequence[Entity], texts: Sequence[str]) -> dict[str, set[bool]]:
    polarity = polarities(e.text)
    for text in texts:
        for word, verdicts in polarities(text).items():
            polarity.setdefault(word, set()).update(verdicts)
    if isinstance(e, FactEvidence) and entities:
        # A statement denies its object, not its subject.
        for word in (word for name in all_names(entities[-1]) for word in _words(name)):
            polarity.setdefault(word, set()).add(e.negated)
    return polarity


# Names and phrases come again and again, in one answer and in the next.
@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    return (*content_words(text), *(token.norm for token in tokens(text) if token.norm in _NUMBER_WORDS))


@lru_cache(maxsize=20_000)
def _numbers(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(numbers(text))


@lru_cache(maxsize=20_000)
def _denying(name: str) -> bool:
    # Among Chinese words a hyphen reads as the mark of a negative finding: sclerosis-2.
    return denies(name) or denies(f"{name}的")


def _phrases(predicate: str) -> Iterable[str]:
    """Every way in which a writer may put the predicate; none where the evidence has no predicate."""
    if not predicate:
        return
    words = PREDICATES[predicate]
    yield from (words.phrase, negated_phrase(words.phrase), words.chinese)
    for (name, _), patterns in LISTS.items():
        if name == predicate:
            yield from (pattern.replace("{x}", "，").replace("{list}", "，") for pattern in patterns)
    yield from (re.sub(r"\{\w+\}", "，", pattern) for pattern in chart.patterns(predicate))
    if predicate == "has_phenotype":
        yield from (label for labels in FREQUENCIES.values() for label in labels)
