"""What a relation found in a text is, and the protocol of what finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ingest.model import Mention
from text.context.judgement import Certainty, Experiencer, Polarity


@dataclass(frozen=True, slots=True)
class Finding:
    """A text relates two entities; `start`-`end` is the sentence of it, or the pair of sentences, that says so."""

    subject: str
    object: str
    """Ids of entities that the text mentions."""
    predicate: str
    """One of `graph.schema.PREDICATES`; empty where none of them says what `label` says."""
    label: str
    """What the relation is called by who taught it: `CID`, a type of BioRED, `ADE`, or the predicate of a pattern."""
    polarity: Polarity
    certainty: Certainty
    confidence: float
    start: int
    end: int
    experiencer: Experiencer = "patient"
    extractor: str = ""
    """Name and version of what found it."""
    firm: bool = True
    """Whether it is sure enough to be kept as a fact: a graph wants precision where a list of candidates wants both."""


ALIKE = (
    frozenset(("causes", "has_adverse_effect", "contributes_to", "associated_with", "gene_associated_with")),
    frozenset(("contraindicated_in", "cautioned_in")),
    frozenset(("treats", "prevents")),
    frozenset(("binds", "inhibits", "activates")),
    frozenset(("upregulates", "downregulates")),
)
"""Predicates that say nearly the same, or what only one of can be: of these a pair is told one in one place."""


class Relator(Protocol):
    """Finds relations between linked mentions. `version` names weights or patterns: a change of it means reading again.

    The result depends on the text, its mentions and the language alone. Safe to call from several threads.
    """

    @property
    def version(self) -> str: ...

    def find(
        self,
        text: str,
        mentions: Sequence[Mention],
        language: str,
        *,
        facts: bool = False,
        topic: Mention | None = None,
    ) -> list[Finding]:
        """The findings in order of `start`. `mentions` come in order of `start`; those without an entity are no ends.

        `language` is ISO 639-1. No two findings agree in subject, object, label and place. With `facts` only those that
        are firm are wanted: what can be none need not be looked at, and findings that are not firm may be missing.
        `topic` is what the document is about by its title, for sentences that do not name it; it has no place in the
        text, and a relator need not heed it.
        """
