"""What an answer says of a drug by what sources state together: each piece as it is worded."""

from __future__ import annotations

from collections.abc import Iterator

from qa.evidence.kinds import ToldEvidence
from qa.evidence.material import Material
from qa.model import Sentence


def told(material: Material, language: str, *, warnings: bool | None = None) -> Iterator[Sentence]:
    """In the order of the evidence; `warnings` takes only what no answer may leave out, or only the rest."""
    for e in material.evidence:
        if isinstance(e, ToldEvidence) and warnings in (None, e.warns):
            yield Sentence(e.said(language), (e.id,))
