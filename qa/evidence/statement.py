"""How one statement of the graph reads as a sentence: the one place that makes it of the fields of an assertion."""

from __future__ import annotations

from collections.abc import Mapping

from graph.model import Assertion, Entity
from qa.evidence.judged import said
from qa.evidence.qualifying import ids, qualified
from qa.evidence.wording import fact, name_in

LANGUAGES = ("en", "zh")

# An organ or a disease does not regulate a gene: the gene is regulated there.
_WHERE = ("Anatomy", "Disease", "Phenotype")
_THERE = {
    ("upregulates", "en", False): "{o} is upregulated in {s}",
    ("upregulates", "en", True): "{o} is not upregulated in {s}",
    ("upregulates", "zh", False): "{o}在{s}中上调",
    ("upregulates", "zh", True): "{o}在{s}中并不上调",
    ("downregulates", "en", False): "{o} is downregulated in {s}",
    ("downregulates", "en", True): "{o} is not downregulated in {s}",
    ("downregulates", "zh", False): "{o}在{s}中下调",
    ("downregulates", "zh", True): "{o}在{s}中并不下调",
}


def about(assertion: Assertion) -> tuple[str, ...]:
    """The ids of all that its sentence names: subject, object, and what qualifies it."""
    return assertion.subject, assertion.object, *ids(assertion)


def clause(assertion: Assertion, language: str, entities: Mapping[str, Entity]) -> str:
    """The statement with what qualifies it, without a full stop: `Marfan syndrome presents with myopia (frequent, …)`.

    `entities` holds those of `about`; the id stands for one that is not there.
    """
    a = assertion
    stated = edge(
        (a.subject, a.predicate, a.object), language, entities,
        negated=a.polarity == "negated", certainty=a.certainty,
    )  # fmt: skip
    return stated + qualified(assertion, language, entities)


def edge(
    triple: tuple[str, str, str],
    language: str,
    entities: Mapping[str, Entity],
    *,
    negated: bool,
    certainty: str = "certain",
) -> str:
    """What a relation between two entities says, without what qualifies it and without a full stop."""
    ends = triple[0], triple[2]
    subject, object = (name_in(entities[id], language) if id in entities else id for id in ends)
    if not negated and (told := said(triple[1], triple[2], subject, language)):
        return told
    there = _THERE.get((triple[1], language, negated))
    types = [entities[id].type if id in entities else "" for id in ends]
    if there and types[0] in _WHERE and types[1] == "Gene" and certainty == "certain":
        return there.format(s=subject, o=object)
    return fact(triple[1], subject, object, negated=negated, certainty=certainty, language=language)


def sentence(assertion: Assertion, language: str, entities: Mapping[str, Entity]) -> str:
    """The clause with its full stop."""
    return clause(assertion, language, entities) + ("。" if language == "zh" else ".")
