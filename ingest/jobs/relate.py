"""From what is found in a text to what the graph keeps: findings to assertions."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Assertion
from graph.schema import PREDICATES
from ingest.model import Document, Mention
from ingest.reading.qualifiers.papers import Paper
from ingest.reading.qualifiers.told import Told
from ingest.reading.relations.model import Relator
from ingest.reading.relations.possible import possible
from ingest.vocabulary import qualifiers
from retrieval.model import Passage
from text.language import of_text
from text.species import PEOPLE, species

VERSION = "relate/4"


def relate(
    document: Document,
    mentions: Sequence[Mention],
    passages: Sequence[Passage],
    relator: Relator,
    topic: Mention | None = None,
) -> list[Assertion]:
    """The assertions that the text of `document` makes about its linked mentions, in order, without duplicates.

    A finding that is not firm, that no predicate of the graph says, or that cannot be, makes none. Qualifiers are what
    the sentence tells beside it, the animals that it is stated of, by the sentence or else by the title, as `species`,
    and what the document says of itself: its `study`, how many `patients`, the `section`. `passages` are those of the
    document in order, at least one; each assertion names the one its evidence begins in.
    """
    text = document.text
    assertions: dict[str, Assertion] = {}
    at = 0
    of_title = species(document.title)
    animals: dict[tuple[int, int], tuple[str, ...]] = {}
    beside: dict[tuple[int, int], Told] = {}
    paper: Paper | None = None
    # The language of an article is not that of its abstract.
    findings = possible(text, mentions, relator.find(text, mentions, of_text(text), facts=True, topic=topic))
    for finding in sorted(findings, key=lambda f: f.start):
        if not finding.firm or not finding.predicate:
            continue
        while at < len(passages) - 1 and passages[at].end <= finding.start:
            at += 1
        subject, object = finding.subject, finding.object
        if PREDICATES[finding.predicate].symmetric and object < subject:
            subject, object = object, subject
        sentence = text[finding.start : finding.end]
        place = finding.start, finding.end
        if place not in animals:
            animals[place] = species(sentence) or (of_title if not PEOPLE.search(sentence) else ())
            beside[place] = Told(sentence, finding.start, mentions)
        studied = animals[place]
        paper = paper or Paper(document)
        told = {**paper.of(finding.start), **beside[place].of(finding), **(qualifiers(finding.label) or {})}
        if studied:
            told["species"] = ", ".join(studied)
        assertion = Assertion.new(
            subject,
            finding.predicate,
            object,
            source=document.id,
            sentence=sentence,
            polarity=finding.polarity,
            certainty=finding.certainty,
            experiencer=finding.experiencer,
            qualifiers=told,
            passage=passages[at].id,
            start=finding.start,
            end=finding.end,
            extractor=finding.extractor,
            confidence=finding.confidence,
            access=document.access,
        )
        assertions.setdefault(assertion.id, assertion)
    return list(assertions.values())
