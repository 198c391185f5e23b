"""What a store refuses before it writes or reads anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import product
from typing import get_args

from graph.errors import SchemaViolation
from graph.identity import strength
from graph.model import Assertion, Contribution, Match, Mention
from graph.schema import check_id, check_predicate, check_type
from text.context.judgement import Certainty, Experiencer, Polarity

_WORDS = frozenset(product(get_args(Polarity), get_args(Certainty), get_args(Experiencer)))


def latest(contributions: Iterable[Contribution]) -> list[Contribution]:
    """The contributions, checked; of a source that comes twice the last one. Raises SchemaViolation.

    A contribution's passages are of its document, its mentions in its passages, its assertions its own.
    """
    by_source = {contribution.source.id: contribution for contribution in contributions}
    for source, contribution in by_source.items():
        passages = {passage.id for passage in contribution.passages}
        for passage in contribution.passages:
            if passage.document != source:
                raise SchemaViolation(f"a passage of {passage.document!r} stands among those of {source!r}")
        for mention in contribution.mentions:
            if mention.passage not in passages:
                raise SchemaViolation(f"{source!r} has a mention in {mention.passage!r}, which is no passage of it")
            _check_words(mention)
        check_own(source, contribution.assertions)
    return list(by_source.values())


def check_own(source: str, assertions: Iterable[Assertion]) -> None:
    """The assertions are the source's, in words of the schema. Raises SchemaViolation."""
    for assertion in assertions:
        if assertion.source != source:
            raise SchemaViolation(f"an assertion of {assertion.source!r} stands among those of {source!r}")
        _check_words(assertion)


def _check_words(thing: Mention | Assertion) -> None:
    words = thing.polarity, thing.certainty, thing.experiencer
    if words not in _WORDS:
        raise SchemaViolation(f"no polarity, certainty and experiencer are called {', '.join(map(repr, words))}")


def checked_matches(pairs: Iterable[tuple[str, str] | Match]) -> list[Match]:
    """Mappings, sorted; of a pair that comes twice the stronger. Raises SchemaViolation."""
    best: dict[tuple[str, str], Match] = {}
    for pair in pairs:
        match = Match(*pair)
        ids = check_id(match.other), check_id(match.canonical)
        if not 0 <= match.confidence <= 1:
            raise SchemaViolation(f"the confidence of a mapping is between 0 and 1, not {match.confidence}")
        if ids not in best or strength(best[ids]) < strength(match):
            best[ids] = match
    return sorted(best.values())


def check_reading(*, type: str | None = None, predicates: Collection[str] | None = None) -> None:
    """What a read asks for is of the schema. Raises SchemaViolation."""
    if type is not None:
        check_type(type)
    for name in predicates or ():
        check_predicate(name)


def check_paths(predicates: Collection[str] | None, types: Collection[str] | None) -> None:
    """What paths are asked to go through is of the schema. Raises SchemaViolation."""
    check_reading(predicates=predicates)
    for name in types or ():
        check_type(name)


def need_one(message: str, *given: object) -> None:
    """Raise ValueError where a read that would return everything is given none of these."""
    if all(one is None for one in given):
        raise ValueError(message)
