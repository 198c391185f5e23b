"""How a piece of evidence is shown below an answer: the line that says what is cited, and the text."""

from __future__ import annotations

from qa.evidence.kinds import Evidence, FactEvidence
from qa.evidence.qualifying import grounds


def heading(evidence: Evidence, language: str) -> str:
    """What is cited: source, title with version, on what grounds and when it was stated, and the address."""
    parts = [evidence.source, evidence.title]
    if isinstance(evidence, FactEvidence) and evidence.kind == "curated":
        parts[1] = " ".join(part for part in (evidence.title, evidence.version) if part)
        parts += [grounds(evidence.assertion, language), evidence.date]
    return " · ".join(part for part in (*parts, evidence.url) if part)


def shown(evidence: Evidence, language: str) -> str:
    """The text: verbatim, or the sentence made of a curated record in this language."""
    return evidence.said(language) if isinstance(evidence, FactEvidence) else evidence.text


def quoted(evidence: Evidence, language: str) -> str:
    """The same between quotation marks where it stands so in its source."""
    made = isinstance(evidence, FactEvidence) and evidence.kind == "curated"
    return shown(evidence, language) if made else f"“{shown(evidence, language)}”"
