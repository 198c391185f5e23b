"""From what is found in a text to what the graph keeps: findings to assertions."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Assertion
from graph.schema import PREDICATES
from ingest.model import Document, Mention
from ingest.reading.relations.model import Relator
from ingest.vocabulary import qualifiers
from retrieval.model import Passage
from text.language import of_text

VERSION = "relate/1"


def relate(
    document: Document, mentions: Sequence[Mention], passages: Sequence[Passage], relator: Relator
) -> list[Assertion]:
    """The assertions that the text of `document` makes about its linked mentions, in order, without duplicates.

    A finding that is not firm, or that no predicate of the graph says, makes none. `passages` are those of the document
    in order, at least one; each assertion names the one its evidence begins in.
    """
    text = document.text
    assertions: dict[str, Assertion] = {}
    at = 0
    # The language of an article is not that of its abstract.
    for finding in sorted(relator.find(text, mentions, of_text(text), facts=True), key=lambda f: f.start):
        if not finding.firm or not finding.predicate:
            continue
        while at < len(passages) - 1 and passages[at].end <= finding.start:
            at += 1
        subject, object = finding.subject, finding.object
        if PREDICATES[finding.predicate].symmetric and object < subject:
            subject, object = object, subject
        assertion = Assertion.new(
            subject,
            finding.predicate,
            object,
            source=document.id,
            sentence=text[finding.start : finding.end],
            polarity=finding.polarity,
            certainty=finding.certainty,
            experiencer=finding.experiencer,
            qualifiers=qualifiers(finding.label),
            passage=passages[at].id,
            start=finding.start,
            end=finding.end,
            extractor=finding.extractor,
            confidence=finding.confidence,
            access=document.access,
        )
        assertions.setdefault(assertion.id, assertion)
    return list(assertions.values())
