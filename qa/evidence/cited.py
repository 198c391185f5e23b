"""How a piece of evidence is shown below an answer: the line that says what is cited, and the text."""

from __future__ import annotations

from qa.evidence.kinds import DerivedEvidence, Evidence, FactEvidence, SearchedEvidence, ToldEvidence
from qa.evidence.qualifying import grounds
from qa.evidence.reasons import Explains

DERIVED = ("derived, stated by no source of the two drugs", "推导得出，并非来源对这两种药的陈述")
MADE = ("curated", "derived", "searched")
"""The kinds whose text is made here of what the source has."""


def heading(evidence: Evidence, language: str) -> str:
    """What is cited, and its address."""
    return " · ".join(part for part in (titled(evidence, language), evidence.url) if part)


def titled(evidence: Evidence, language: str) -> str:
    """What is cited: source, title with version, on what grounds and when it was stated."""
    parts = [evidence.source, evidence.title]
    if isinstance(evidence, FactEvidence) and evidence.kind == "curated":
        parts[1] = " ".join(part for part in (evidence.title, evidence.version) if part)
        parts += [grounds(evidence.assertion, language), evidence.date]
    if isinstance(evidence, SearchedEvidence):
        parts[1:] = [f"{evidence.title} {evidence.version}".strip(), evidence.record.licence]
    if isinstance(evidence, DerivedEvidence):
        parts[1] = DERIVED[language == "zh"]
    return " · ".join(part for part in parts if part)


def links(evidence: Evidence) -> tuple[FactEvidence, ...]:
    """The statements behind a candidate of a differential, each to be shown with its own source."""
    if not isinstance(evidence, ToldEvidence):
        return ()
    return tuple(link for link in evidence.chain if isinstance(link.because, Explains))


def shown(evidence: Evidence, language: str) -> str:
    """The text: verbatim, or the sentence made of a curated record in this language."""
    if isinstance(evidence, FactEvidence | DerivedEvidence | SearchedEvidence | ToldEvidence):
        return evidence.said(language)
    return evidence.text


def quoted(evidence: Evidence, language: str) -> str:
    """The same between quotation marks where it stands so in its source."""
    made = (
        isinstance(evidence, FactEvidence | DerivedEvidence | SearchedEvidence | ToldEvidence) and evidence.kind in MADE
    )
    return shown(evidence, language) if made else f"“{shown(evidence, language)}”"
