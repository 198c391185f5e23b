"""What a document is about by its title, where that is a name, asks about one or heads a leaflet or a guideline of it:
"Metformin", "What causes gout?", "Zestril: patient leaflet"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import Mention

TYPES = frozenset(("Drug", "Disease", "Phenotype", "Gene", "Procedure"))
LONGEST = 90
"""Characters of a title that may be about one thing."""
_ASKS = re.compile(
    r"[?？]\s*$|^(?:what|how|who|is|are|do|does|can|when|why)\b|什么|哪些|如何|怎么|怎样|吗$", re.IGNORECASE
)

_SHEETS = re.compile(
    r"\b(?:leaflet|(?:package|patient|pack) insert|(?:patient|prescribing|product|drug|medication) information"
    r"|summary of product characteristics|SmPC|monograph|(?:fact|data) ?sheet)\b|说明书|用药指导",
    re.IGNORECASE,
)
"""What heads a paper about a drug. (Of a heart valve, a leaflet is something else.)"""
_GUIDES = re.compile(
    r"^(?:(?:clinical|practice|national|updated|new|the|\d{4}) )*guidelines? (?:for|on)\b|^(?:an )?overview of\b"
    r"|: (?:an? )?(?:clinical )?(?:practice )?(?:guidelines?|overview)$"
    r"|(?:指南|诊疗规范|概述|简介|健康教育)(?:[（(].*)?$",
    re.IGNORECASE,
)


def may_name(title: str) -> bool:
    """Whether a title is worth reading for a topic."""
    return 0 < len(title) <= LONGEST


def topic(title: str, mentions: Sequence[Mention]) -> Mention | None:
    """The mention in `title` that the document is about; None where it names several things, or tells of one."""
    named = [m for m in mentions if m.entity is not None and m.type in TYPES]
    if len({m.entity for m in named}) != 1:
        return None
    (first, *_) = named
    alone = 2 * (first.end - first.start) >= len(title.strip())
    heads = _GUIDES.search(title) or (first.type == "Drug" and _SHEETS.search(title))
    return first if alone or _ASKS.search(title) or heads else None
