"""Which licences let anybody use what a source states, and which keep it from some uses.

What a restricted source states carries the access label `licence:restricted` in place of `public`: a reader who is to
leave such sources out reads without that label, and every count, path and answer is made of the rest. Nothing else in
the stores needs to know of licences.
"""

from __future__ import annotations

import re

from graph.model import PUBLIC

LABEL = "licence:restricted"
RESTRICTED: frozenset[str] = frozenset({LABEL})

# CC BY-NC-SA 4.0, "research use only", "proprietary", terms that bind to the holder of a licence.
_RESTRICTS = re.compile(
    r"\bNC\b|\bND\b|non-?\s?commercial|(?:research|academic|educational|internal|personal|private|evaluation)"
    r"(?:\s+or\s+\w+)?\s+(?:use|purposes)|(?:research|academic)\s+only|\bDrugBank\b|\bUMLS\b|\bSNOMED\b|\bMedDRA\b"
    r"|proprietary|confidential|all\s+rights\s+reserved|非商业|仅[供限].{0,4}(?:研究|学术|内部)|保留所有权利",
    re.IGNORECASE,
)


def restricted(licence: str) -> bool:
    """Whether a licence, in its own words or as SPDX id, keeps what it covers from some uses."""
    return _RESTRICTS.search(licence) is not None


def readable(labels: frozenset[str], *, open_only: bool) -> frozenset[str]:
    """The labels with which a reader reads: who may see what is public also sees restricted sources, unless
    `open_only` leaves them out."""
    if open_only:
        return labels - RESTRICTED
    return labels | RESTRICTED if labels >= PUBLIC else labels
